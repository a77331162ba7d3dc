// Doing and reading: every call into the program goes through one of these, so that refusals look the same everywhere.
import { keepPreviousData, useQuery, useQueryClient, type QueryClient, type UseQueryResult } from "@tanstack/react-query";
import { createContext, useContext, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { WANTS_SECOND } from "../features/operators/pin";
import { inWords } from "../language";
import { isRefusal, type Refusal } from "../platform";
import { laterInKit, Reading } from "./later";
import { spendReasons } from "./reasons";
import { say } from "./say";

export { Reading };

/** What a refusal says, in the language of the window. */
export function useRefusalWords(): (thrown: unknown) => { what: string; remedy: string; code: string } {
  const { t, i18n } = useTranslation();
  return (thrown) =>
    isRefusal(thrown)
      ? { ...inWords(thrown, i18n.language), code: thrown.code }
      : { what: `${t("frame.unknownFault")}: ${thrown instanceof Error ? thrown.message : JSON.stringify(thrown)}`, remedy: t("frame.unknownRemedy"), code: "" };
}

/** A refusal as a notice inside a page. */
export const RefusalNotice = laterInKit<{ refusal: unknown; retry?: () => void }>(() => import("./RefusalNotice").then((m) => m.RefusalNotice));

/** Which event is open, as last read. */
const pathNow = (client: QueryClient): string | null => client.getQueryData<{ path: string } | null>(["session"])?.path ?? null;

/** Asks a second person for their PIN; says whether it was right. None in an open event. */
export const AskSecond = createContext<((what: string) => Promise<boolean>) | null>(null);

/** Does something that changes the event; says what was refused; all screens read again. Undefined when refused. */
export function useAct(): <T>(work: () => Promise<T>, done?: string) => Promise<T | undefined> {
  const client = useQueryClient();
  const words = useRefusalWords();
  const { t } = useTranslation();
  const askSecond = useContext(AskSecond);
  const attempt = async <T,>(work: () => Promise<T>, done: string | undefined): Promise<T | undefined> => {
    try {
      const out = await work();
      // The session first: screens of an event that was closed are gone before they would be read again.
      const before = pathNow(client);
      await client.refetchQueries({ queryKey: ["session"] });
      await new Promise((drawn) => setTimeout(drawn));
      // What they had read, or why they could not, is of no other event.
      if (pathNow(client) !== before) client.removeQueries({ type: "inactive", predicate: (query) => query.queryKey[0] !== "session" });
      await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "session" });
      spendReasons();
      if (done !== undefined) void say().then(({ message }) => message.success(done));
      return out;
    } catch (thrown) {
      const { what, remedy, code } = words(thrown);
      // Nothing was done: with the second person there, it is done once more.
      if (askSecond !== null && WANTS_SECOND.has(code)) return (await askSecond(what)) ? attempt(work, done) : undefined;
      if (code === "screen-locked") return void (await client.refetchQueries({ queryKey: ["session"] }));
      const { modal } = await say();
      modal.warning({
        title: t("frame.refused"),
        okText: t("frame.ok"),
        content: (
          <div className="refusal" data-code={code}>
            <p>{what}</p>
            {remedy !== "" && <p>{t("frame.remedy", { remedy })}</p>}
            {code !== "" && <p className="soft">{t("frame.code", { code })}</p>}
          </div>
        ),
      });
      return undefined;
    }
  };
  return attempt;
}

/** Reads a screen; it is read again after every act. */
export function useScreen<T>(key: readonly unknown[], read: () => Promise<T>, wanted = true): UseQueryResult<T, Refusal> {
  return useQuery<T, Refusal>({ queryKey: key, queryFn: read, enabled: wanted, placeholderData: keepPreviousData, retry: false });
}

/** Shows what a screen has read, or that it is reading, or why it could not. */
export function Show<T>({ of, children }: { of: UseQueryResult<T, Refusal>; children: (value: T) => ReactNode }) {
  if (of.data !== undefined && !of.isError) return <>{children(of.data)}</>;
  if (of.isError) return <RefusalNotice refusal={of.error} retry={() => void of.refetch()} />;
  return <Reading />;
}
