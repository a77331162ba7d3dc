import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input, Select, Spin } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNotice } from "../../frame/act";
import { Page } from "../../frame/parts";
import { go, usePlace } from "../../frame/place";
import { siteWords } from "../../frame/words";
import { commands, type EntryRow, type JournalPage, type Refusal } from "../../platform";
import { EntryDrawer } from "./EntryDrawer";
import { Entries } from "./Entries";
import { chosenBy, filterOf, idsOf, joined, kindWords, without, type Chosen } from "./filter";
import "./journal.css";

const ROWS = 100;
const PAUSE = 200;

/** Everything that happened, newest first. */
export function Journal() {
  const { t } = useTranslation();
  const { about } = usePlace();
  // Sent here from another figure, one starts afresh.
  return (
    <Page title={t("journal.title")}>
      <Search key={JSON.stringify(about)} about={about} />
    </Page>
  );
}

function Search({ about }: { about: Record<string, string> }) {
  const { t, i18n } = useTranslation();
  const [typed, setTyped] = useState(about["text"] ?? "");
  const text = usePaused(typed);
  const [chosen, setChosen] = useState<Chosen>(() => chosenBy(about));
  const [opened, setOpened] = useState<EntryRow | null>(null);
  const filter = filterOf(text, chosen, about);
  const pages = useInfiniteQuery<JournalPage, Refusal, { pages: JournalPage[] }, readonly unknown[], number>({
    queryKey: ["journal", filter],
    queryFn: ({ pageParam }) => commands.journal(filter, pageParam, ROWS),
    initialPageParam: 0,
    getNextPageParam: (last, _, offset) => (last.more ? offset + ROWS : undefined),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const offer = useOffer(pages.data?.pages, rows, i18n.language);
  const filtered = text !== "" || Object.values(chosen).some((one) => one !== null);
  return (
    <>
      <div className="log-filter" role="search">
        <div className="log-text">
          <label htmlFor="journal-search">{t("frame.search")}</label>
          <Input id="journal-search" autoFocus allowClear placeholder={t("journal.searchHint")} value={typed} onChange={(e) => setTyped(e.target.value)} />
        </div>
        {(["kind", "operator", "device"] as const).map((what) => (
          <div key={what} className={`log-choose ${what}`}>
            <label htmlFor={`journal-${what}`}>{t(`journal.${what}`)}</label>
            <Select
              id={`journal-${what}`}
              showSearch={{ optionFilterProp: "label" }}
              value={chosen[what] ?? ""}
              onChange={(value) => setChosen({ ...chosen, [what]: value === "" ? null : value })}
              options={[{ value: "", label: t("journal.all") }, ...offer[what]]}
            />
          </div>
        ))}
      </div>
      <div className="log-tags">
        {about["person"] !== undefined && <Tag what="person" label={t("journal.aboutPerson")} about={about} />}
        {idsOf(about["ids"]).length > 0 && <Tag what="ids" label={t("journal.aboutIds", { ids: idsOf(about["ids"]).length })} about={about} />}
        <span id="journal-count" role="status" className="soft">
          {t(pages.hasNextPage ? "journal.shownMore" : "journal.shown", { rows: rows.length })}
        </span>
      </div>
      {pages.isError ? (
        <RefusalNotice refusal={pages.error} retry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <div className="reading"><Spin /></div>
      ) : (
        <Entries rows={rows} empty={t(filtered || Object.keys(about).length > 0 ? "journal.noneFound" : "journal.none")} open={setOpened}>
          {pages.hasNextPage && (
            <Button id="journal-more" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t("journal.more")}</Button>
          )}
        </Entries>
      )}
      <EntryDrawer row={opened} close={() => setOpened(null)} />
    </>
  );
}

/** What another page sent one here about; can be taken back. */
function Tag({ what, label, about }: { what: string; label: string; about: Record<string, string> }) {
  const { t } = useTranslation();
  return (
    <span className="log-tag" data-tag={what}>
      {label}
      <button type="button" aria-label={t("journal.takeBack", { filter: label })} onClick={() => go("journal", "", without(about, what))}>×</button>
    </span>
  );
}

function usePaused(typed: string): string {
  const [text, setText] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setText(typed), PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  return text;
}

type Option = { value: string; label: string };

function useOffer(pages: JournalPage[] | undefined, rows: EntryRow[], language: string): Record<keyof Chosen, Option[]> {
  const { t } = useTranslation();
  const [seen, setSeen] = useState<{ device: readonly string[]; operator: readonly string[]; kind: readonly string[]; words: Record<string, string> }>({ device: [], operator: [], kind: [], words: {} });
  useEffect(() => {
    if (pages === undefined) return;
    setSeen((before) => ({
      device: joined(before.device, pages.flatMap((page) => page.devices)),
      operator: joined(before.operator, pages.flatMap((page) => page.operators)),
      kind: joined(before.kind, pages.flatMap((page) => page.kinds)),
      words: { ...before.words, ...kindWords(pages.flatMap((page) => page.rows), language) },
    }));
  }, [pages, language]);
  const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
  const sites = new Map(rows.map((row) => [row.device, row.site]));
  return {
    device: seen.device.map((value) => ({ value, label: [value, siteWords(sites.get(value) ?? "", t)].filter(Boolean).join(" · ") })),
    operator: plain(seen.operator),
    kind: seen.kind.map((value) => ({ value, label: seen.words[value] ?? value })),
  };
}
