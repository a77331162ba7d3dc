import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import { en, zh } from "./words";

export const LANGUAGES = ["zh-CN", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

// Chinese gives the shape: a key that English lacks fails the type check.
const resources: Record<Language, { translation: typeof zh }> = { "zh-CN": { translation: zh }, en: { translation: en } };

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof zh };
  }
}

const KEPT = "kaowu.language";

function isLanguage(text: string | null): text is Language {
  return LANGUAGES.some((language) => language === text);
}

/** Starts in the language last chosen on this machine; Chinese first. */
export async function startLanguage(): Promise<void> {
  const kept = localStorage.getItem(KEPT);
  i18next.on("languageChanged", (language) => {
    document.documentElement.lang = language;
  });
  await i18next.use(initReactI18next).init({
    resources,
    lng: isLanguage(kept) ? kept : "zh-CN",
    fallbackLng: false,
    interpolation: { escapeValue: false },
  });
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEPT, language);
  await i18next.changeLanguage(language);
}

/** What the program says in both languages. */
type InBoth = { zh: string; en: string };
/** The same with one language left. */
export type Spoken<T> = T extends InBoth ? string : T extends readonly (infer U)[] ? Spoken<U>[] : T extends object ? { [K in keyof T]: Spoken<T[K]> } : T;

const isBoth = (value: object): value is InBoth => "zh" in value && "en" in value && typeof value.zh === "string" && typeof value.en === "string";

/** Everything in a language: each remark in both becomes the half of it. */
export function spoken<T>(value: T, language: string): Spoken<T> {
  const said = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(said);
    if (typeof one !== "object" || one === null) return one;
    return isBoth(one) ? inWords(one, language) : Object.fromEntries(Object.entries(one).map(([key, part]) => [key, said(part)]));
  };
  return said(value) as Spoken<T>;
}

/** `inWords` of the window's language. */
export function useInWords(): <T>(both: { zh: T; en: T }) => T {
  const { i18n } = useTranslation();
  return (both) => inWords(both, i18n.language);
}

/** The half of a remark in the language of the window. */
export function inWords<T>(both: { zh: T; en: T }, language: string): T {
  return language === "en" ? both.en : both.zh;
}
