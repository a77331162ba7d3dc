import i18next from "i18next";
import { initReactI18next } from "react-i18next";
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

/** The half of a remark in the language of the window. */
export function inWords<T>(both: { zh: T; en: T }, language: string): T {
  return language === "en" ? both.en : both.zh;
}
