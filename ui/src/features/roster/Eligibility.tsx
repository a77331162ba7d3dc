import { Alert } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Masked, Page, PathField, ToEntries, useReason, useStage } from "../../frame/parts";
import { useWork } from "../../frame/work";
import { commands, WORKBOOKS, type ExclusionsTaken, type FindingRow } from "../../platform";
import { LongList, type Column } from "./LongList";
import { countFindings, findingOf, inOrder } from "./roster";
import "./roster.css";

const TINT = { suspect: "warn", excluded: "bad", confirmed: "bad", cleared: "good" } as const;

/** Whom an exclusion list touches. A namesake is only suspected: a person decides. */
export function Eligibility() {
  const { t } = useTranslation();
  const run = useWork();
  const { stage, picker } = useStage();
  const [file, setFile] = useState("");
  const [taken, setTaken] = useState<ExclusionsTaken | null>(null);
  const findings = useScreen(["findings", stage], () => commands.findings(stage));
  const take = async () => {
    if (file.trim() === "") return;
    const done = await run((progress) => commands.importExclusions(file.trim(), progress));
    if (done === undefined) return;
    setTaken(done);
    setFile("");
  };
  return (
    <Page title={t("roster.eligibility.title")} extra={picker}>
      <div className="row">
        <div className="wide-field" data-field="exclusions-path">
          <PathField label={t("roster.eligibility.list")} kind="open" filters={WORKBOOKS} value={file} onChange={setFile} onEnter={() => void take()} />
        </div>
        <Act does="importExclusions" id="exclusions-import" type="primary" disabled={file.trim() === ""} onClick={() => void take()}>
          {t("roster.eligibility.import")}
        </Act>
      </div>
      {taken !== null && (
        <Alert
          type={taken.doubtful.length > 0 ? "warning" : "success"}
          showIcon
          id="exclusions-taken"
          closable={{ "aria-label": t("roster.eligibility.closeNotice") }}
          onClose={() => setTaken(null)}
          title={t("roster.eligibility.taken", { source: taken.source, lines: taken.lines, withoutId: taken.withoutId })}
          description={taken.doubtful.length > 0 && t("roster.eligibility.doubtful", { rows: taken.doubtful.join(t("roster.comma")) })}
        />
      )}
      <Show of={findings}>{(rows) => <Findings stage={stage} rows={inOrder(rows)} />}</Show>
    </Page>
  );
}

function Findings({ stage, rows }: { stage: string; rows: FindingRow[] }) {
  const { t } = useTranslation();
  const act = useAct();
  const ask = useReason();
  const counts = countFindings(rows);
  const rule = async (row: FindingRow, confirmed: boolean) => {
    const who = { name: row.name, city: row.city, activity: row.activity };
    const reason = confirmed
      ? await ask(t("roster.eligibility.excludeTitle", who), t("roster.eligibility.excludeHint", who))
      : await ask(t("roster.eligibility.clearTitle", who), t("roster.eligibility.clearHint", who));
    if (reason === null) return;
    const done = await act(() => commands.ruleSuspect(stage, row.person, confirmed, reason).then(() => true), t(confirmed ? "roster.eligibility.excludedNow" : "roster.eligibility.clearedNow", who));
    // The next suspect is where the hand is: the row decided has moved away.
    if (done) setTimeout(() => document.querySelector<HTMLElement>('#findings [data-action="exclude"]')?.focus(), 120);
  };
  // Why somebody was decided so, and by whom; an ID number on the list needs no decision.
  const ruling = (row: FindingRow) => (row.reason === null ? "" : row.by === null ? row.reason : t("roster.eligibility.ruledBy", { reason: row.reason, by: row.by }));
  const columns: Column<FindingRow>[] = [
    { key: "finding", head: t("roster.eligibility.finding"), width: "112px", cell: (row) => <span className={`state-word is-${TINT[findingOf(row)]}`}>{t(`roster.finding.${findingOf(row)}`)}</span> },
    { key: "name", head: t("frame.name"), width: "minmax(84px, 0.8fr)", cell: (row) => row.name, hint: (row) => row.name },
    { key: "id", head: t("roster.person.id"), width: "206px", cell: (row) => <Masked stage={stage} person={row.person} masked={row.masked} /> },
    { key: "city", head: t("roster.person.city"), width: "80px", cell: (row) => row.city, hint: (row) => row.city },
    { key: "activity", head: t("roster.eligibility.activity"), width: "minmax(140px, 1.2fr)", cell: (row) => row.activity, hint: (row) => row.activity },
    {
      key: "decision", head: t("roster.eligibility.decision"), width: "minmax(326px, 1.4fr)",
      cell: (row) =>
        findingOf(row) === "suspect" ? (
          <span className="decide-two">
            <Act does="ruleSuspect" size="small" data-action="exclude" data-person={row.person} onClick={() => void rule(row, true)}>{t("roster.eligibility.same")}</Act>
            <Act does="ruleSuspect" size="small" data-action="clear" data-person={row.person} onClick={() => void rule(row, false)}>{t("roster.eligibility.other")}</Act>
          </span>
        ) : (
          ruling(row)
        ),
      hint: ruling,
    },
    { key: "entries", head: t("frame.entries"), width: "64px", cell: (row) => <ToEntries person={row.person} /> },
  ];
  return (
    <>
      <Alert
        type={counts.suspect > 0 ? "warning" : "success"}
        showIcon
        id="open-suspects"
        data-count={counts.suspect}
        title={<span className="tally"><strong>{counts.suspect > 0 ? t("roster.eligibility.open", { suspects: counts.suspect }) : t("roster.eligibility.noneOpen")}</strong>{(["excluded", "confirmed", "cleared"] as const).map((key) => <span key={key} data-count={key} data-value={counts[key]}>{t("roster.eligibility.tally", { finding: t(`roster.finding.${key}`), count: counts[key] })}</span>)}</span>}
      />
      <LongList id="findings" label={t("roster.eligibility.findings")} rowHeight={38} columns={columns} empty={t("roster.eligibility.emptyFindings")} count={rows.length} rowAt={(at) => rows[at]}
        rowKey={(row) => `${row.person}/${row.finding}/${row.activity}`} marks={(row) => ({ "data-person": row.person, "data-finding": row.finding })} />
    </>
  );
}
