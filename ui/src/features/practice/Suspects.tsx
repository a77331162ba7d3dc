import { Alert, Input } from "antd";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { useReason } from "../../frame/parts";
import { commands, type ClaimRow } from "../../platform";
import { LongList, type Column } from "../roster/LongList";
import { holds } from "./practice";

/** Names without ID number: a person says who each of them is. */
export function Suspects() {
  const claims = useScreen(["practice-claims"], commands.practiceClaims);
  return <Show of={claims}>{(rows) => <Claims rows={rows} />}</Show>;
}

function Claims({ rows }: { rows: ClaimRow[] }) {
  const { t } = useTranslation();
  const act = useAct();
  const ask = useReason();
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text);
  const shown = rows.filter((row) => holds([row.name, row.unitName, ...row.mayBe.map((one) => one.masked)], wanted));
  const open = rows.filter((row) => !row.decided);
  const strangers = open.filter((row) => row.mayBe.length === 0).length;
  const decide = async (row: ClaimRow, person: { person: string; masked: string } | null) => {
    const who = { name: row.name, unit: row.unitName, id: person?.masked ?? "" };
    const reason = await ask(t(person === null ? "practice.claim.ownTitle" : "practice.claim.sameTitle", who), t("practice.claim.hint"));
    if (reason !== null) await act(() => commands.matchPractice(row.unit, row.name, person?.person ?? null, reason), t("practice.claim.done", who));
  };
  const decideAll = async () => {
    const reason = await ask(t("practice.claim.allTitle", { n: strangers }), t("practice.claim.allHint"));
    if (reason !== null) await act(() => commands.matchStrangers(reason), t("practice.claim.allDone", { n: strangers }));
  };
  const columns: Column<ClaimRow>[] = [
    { key: "state", head: t("practice.claim.state"), width: "112px", cell: (row) => <span className={`state-word is-${row.decided ? "good" : "warn"}`}>{t(row.decided ? "practice.claim.decided" : "practice.claim.waits")}</span> },
    { key: "name", head: t("frame.name"), width: "minmax(90px, 0.8fr)", cell: (row) => row.name },
    { key: "unit", head: t("roster.person.unit"), width: "minmax(150px, 1fr)", cell: (row) => row.unitName, hint: (row) => row.unitName },
    { key: "who", head: t("practice.claim.who"), width: "minmax(190px, 1fr)", cell: (row) => (row.decided ? (row.is ?? t("practice.claim.own")) : t("practice.claim.known", { n: row.mayBe.length })) },
    {
      key: "act", head: t("practice.claim.act"), width: "minmax(380px, 2fr)",
      cell: (row) => (
        <span className="decide-two">
          {row.mayBe.map((one) => <Act does="matchPractice" key={one.person} size="small" data-action="same" onClick={() => void decide(row, one)}>{t("practice.claim.is", { id: one.masked })}</Act>)}
          <Act does="matchPractice" size="small" data-action="own" aria-label={t("practice.claim.ownOf", { name: row.name })} onClick={() => void decide(row, null)}>{t("practice.claim.own")}</Act>
        </span>
      ),
    },
  ];
  return (
    <>
      <Alert type={open.length > 0 ? "warning" : "success"} showIcon id="practice-waiting" data-count={open.length} title={open.length > 0 ? t("practice.claim.open", { n: open.length }) : t("practice.claim.none")} />
      <div className="row">
        <Input className="people-search" allowClear aria-label={t("practice.search")} placeholder={t("practice.search")} value={text} onChange={(e) => setText(e.target.value)} spellCheck={false} />
        <Act does="matchStrangers" data-action="strangers" disabled={strangers === 0} onClick={() => void decideAll()}>{t("practice.claim.all", { n: strangers })}</Act>
      </div>
      <LongList id="practice-claims" label={t("practice.view.suspects")} rowHeight={38} columns={columns} count={shown.length} rowAt={(at) => shown[at]} rowKey={(row) => `${row.unit}/${row.name}`} marks={(row) => ({ "data-name": row.name })} />
    </>
  );
}
