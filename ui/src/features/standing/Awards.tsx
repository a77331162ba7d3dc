import { Alert, Button, Empty, Table } from "antd";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useRefusalWords, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Page, PathField, ToEntries } from "../../frame/parts";
import { go } from "../../frame/place";
import { useSession } from "../../frame/session";
import { useWork } from "../../frame/work";
import { useInWords } from "../../language";
import { useKept } from "../../frame/typed";
import { commands, XLSX, type AwardRow } from "../../platform";
import { Announcement } from "../papers/Announcements";
import { AwardsPaper } from "../papers/StandingPaper";
import { ConfirmAll, ConfirmAward } from "./ConfirmAward";
import { Mend } from "./Mend";
import { readyTogether, stateOf } from "./winners";
import "./standing.css";

/** Who gets what, confirmed with the number of its document; the team sent on; everything as a workbook. */
export function Awards() {
  const { t } = useTranslation();
  const awards = useScreen(["awards"], commands.awards);
  const [asked, setAsked] = useState<AwardRow | "all" | null>(null);
  // One number serves several awards, so it stays until somebody types another.
  const [{ document }, put] = useKept("awards", { document: "" });
  const setDocument = (to: string) => put({ document: to });
  const ready = readyTogether(awards.data ?? []);
  return (
    <Page
      title={t("standing.awards.title")}
      extra={
        <>
          <Announcement of="awards" stage="" disabled={(awards.data ?? []).every((award) => award.winners.length === 0)} />
          <AwardsPaper disabled={(awards.data ?? []).every((award) => award.winners.length === 0)} />
          <Act does="confirmAwards" type="primary" data-action="confirm-all" disabled={ready.length === 0} title={ready.length === 0 ? t("standing.awards.confirmAllNone") : undefined} onClick={() => setAsked("all")}>
            {t("standing.awards.confirmAll")}
          </Act>
        </>
      }
    >
      {awards.isError ? <Mend refusal={awards.error} retry={() => void awards.refetch()} /> : <Show of={awards}>{(rows) => <AwardTable rows={rows} ask={setAsked} />}</Show>}
      <Delegation />
      <Workbook />
      {asked === "all" && <ConfirmAll awards={ready} document={document} setDocument={setDocument} close={() => setAsked(null)} />}
      {asked !== null && asked !== "all" && <ConfirmAward key={asked.id} award={asked} document={document} setDocument={setDocument} close={() => setAsked(null)} />}
    </Page>
  );
}

function AwardTable({ rows, ask }: { rows: AwardRow[]; ask: (award: AwardRow) => void }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  return (
    <section className="view" aria-label={t("standing.awards.section")}>
      <Table<AwardRow>
        className="awards-table"
        size="small"
        pagination={false}
        rowKey="id"
        dataSource={rows}
        locale={{ emptyText: t("frame.none") }}
        columns={[
          { title: t("standing.awards.award"), width: 250, rowScope: "row", render: (_, award) => <span data-award={award.id}>{inWords(award.title)}</span> },
          { title: t("standing.awards.winners"), render: (_, award) => <Winners award={award} /> },
          { title: t("standing.awards.state"), width: 250, render: (_, award) => <State award={award} /> },
          { title: t("standing.awards.action"), width: 130, render: (_, award) => <Action award={award} ask={ask} /> },
        ]}
      />
    </section>
  );
}

function Winners({ award }: { award: AwardRow }) {
  const { t } = useTranslation();
  if (award.winners.length === 0) return <span className="soft">—</span>;
  return (
    <span className="winners" data-winners={award.winners.length}>
      {award.winners.map((one) => (
        <span key={one.winner}>
          {one.name}
          {one.rank !== null && <span className="soft figure"> {t("standing.awards.ranked", { rank: one.rank })}</span>}
          {one.elsewhere === true ? <span className="soft" data-elsewhere=""> {t("standing.awards.elsewhere")}</span> : one.also !== undefined && one.also.length > 0 && <span className="soft"> {t("standing.awards.also", { grounds: one.also.join(t("standing.comma")) })}</span>}
        </span>
      ))}
    </span>
  );
}

function State({ award }: { award: AwardRow }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const words = useRefusalWords();
  const state = stateOf(award);
  return (
    <div className="award-state" data-state={state}>
      <b className={state === "confirmed" ? "good" : state === "tie" || state === "refused" ? "warn" : ""}>{t(`standing.awards.${state}`)}</b>
      {state === "confirmed" && (
        <span data-document="">
          {award.document}
          <ToEntries kind="award.confirmed" text={award.id} of={inWords(award.title)} />
        </span>
      )}
      {award.tie !== null && state === "tie" && <span>{t("standing.awards.tieWho", { names: award.tie.tied.map((one) => inWords(one.name)).join(t("standing.comma")) })}</span>}
      {state === "refused" && <span>{words(award.refused).what}{t("frame.stop")}{words(award.refused).remedy}</span>}
    </div>
  );
}

function Action({ award, ask }: { award: AwardRow; ask: (award: AwardRow) => void }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const state = stateOf(award);
  if (state === "refused" || state === "empty") return null;
  if (state === "tie")
    return (
      <Button size="small" data-action="to-ties" data-award={award.id} aria-label={`${t("standing.awards.toTies")} ${inWords(award.title)}`} onClick={() => go("hq", "standing", { view: "ties", tie: award.tie?.id ?? "" })}>
        {t("standing.awards.toTies")}
      </Button>
    );
  const [short, long] =
    state === "confirmed"
      ? [t("standing.awards.again"), t("standing.awards.againOf", { title: inWords(award.title) })]
      : state === "people"
        ? [t("standing.awards.enter"), t("standing.awards.enterOf", { title: inWords(award.title) })]
        : [t("standing.awards.confirm"), t("standing.awards.confirmOf", { title: inWords(award.title) })];
  return (
    <Act does="confirmAward" size="small" data-action="confirm-award" data-award={award.id} aria-label={long} onClick={() => ask(award)}>
      {short}
    </Act>
  );
}

function Delegation() {
  const { t } = useTranslation();
  const inWords = useInWords();
  const table = useScreen(["delegation"], commands.delegation);
  return (
    <section className="view" aria-labelledby="delegation">
      <h2 id="delegation">{table.data === undefined || table.data.rows.length === 0 ? t("standing.awards.delegation") : inWords(table.data.title)}</h2>
      {table.isError ? (
        <Mend refusal={table.error} />
      ) : (
        <Show of={table}>
          {({ columns, headers, rows }) =>
            rows.length === 0 ? (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("standing.awards.delegationNone")} />
            ) : (
              <Table<string[]>
                size="small"
                pagination={false}
                rowKey={(row) => row.join("\n")}
                dataSource={rows}
                columns={headers.map((header, n) => ({ title: delegationHead(columns[n], header, t), key: n, render: (_: unknown, row: string[]) => row[n] ?? "" }))}
              />
            )
          }
        </Show>
      )}
    </section>
  );
}

function Workbook() {
  const { t } = useTranslation();
  const run = useWork();
  const { folder } = useSession();
  const between = folder.includes("\\") ? "\\" : "/";
  const proposed = `${folder}${folder.endsWith(between) ? "" : between}${t("standing.awards.resultsName")}.xlsx`;
  const [path, setPath] = useState(proposed);
  const [saved, setSaved] = useState("");
  const out = path.trim();
  const save = async () => {
    setSaved("");
    if (out !== "" && (await run((progress) => commands.saveResults(out, progress))) !== undefined) setSaved(out);
  };
  return (
    <section className="view" aria-labelledby="results-workbook">
      <h2 id="results-workbook">{t("standing.awards.results")}</h2>
      <p className="soft">{t("standing.awards.resultsHint")}</p>
      <div className="results-file" id="results-path">
        <PathField label={t("standing.awards.resultsFile")} kind="save" filters={XLSX} proposed={proposed} value={path} onChange={setPath} onEnter={() => void save()} />
        <Button data-action="save-results" disabled={out === ""} onClick={() => void save()}>{t("standing.awards.save")}</Button>
      </div>
      {saved !== "" && <Alert type="success" showIcon data-saved="" title={t("frame.saved", { path: saved })} />}
    </section>
  );
}

/** A head of the delegation's table; the program's own where the pages have no word for the column. */
function delegationHead(column: string | undefined, header: string, t: TFunction): string {
  switch (column) {
    case "county": return t("standing.lists.named.teams");
    case "id": return t("roster.person.id");
    case "name": return t("standing.name");
    case "role": return t("standing.awards.role");
    default: return header;
  }
}
