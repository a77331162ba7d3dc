import { Alert, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Act } from "../../frame/may";
import { useInWords } from "../../language";
import { commands, type StaffScreen } from "../../platform";
import { LongList, type Column } from "../roster/LongList";

/** Whom a judge does not mark: declared here, kept apart by the lots. */
export function Recusals({ stage, part, screen }: { stage: string; part: string; screen: StaffScreen }) {
  const { t } = useTranslation();
  const inWords = useInWords();
  const act = useAct();
  const judges = screen.people.filter((one) => one.role === "judge" || one.role === "chief");
  const [judge, setJudge] = useState<string | null>(null);
  const [candidate, setCandidate] = useState("");
  const [unit, setUnit] = useState("");
  const [reason, setReason] = useState("");
  const [met, setMet] = useState(0);
  const ready = judge !== null && (candidate.trim() !== "" || unit.trim() !== "") && reason.trim() !== "";
  const declare = async () => {
    if (!ready) return;
    const found = await act(() => commands.recuse(stage, part, judge, candidate.trim(), unit.trim(), reason.trim()), t("staff.recuse.done"));
    if (found === undefined) return;
    setMet(found);
    setCandidate("");
    setUnit("");
    setReason("");
  };
  const columns: Column<StaffScreen["recusals"][number]>[] = [
    { key: "judge", head: t("staff.col.judge"), width: "160px", cell: (row) => row.judge },
    { key: "from", head: t("staff.col.from"), width: "minmax(220px, 1fr)", cell: (row) => inWords(row.from), hint: (row) => inWords(row.from) },
    { key: "reason", head: t("staff.col.reason"), width: "minmax(200px, 1fr)", cell: (row) => row.reason, hint: (row) => row.reason },
  ];
  return (
    <>
      <p className="soft">{t("staff.recuse.lead")}</p>
      <div className="row">
        <Select id="recuse-judge" className="part-picker" aria-label={t("staff.recuse.judge")} placeholder={t("staff.recuse.judge")} value={judge} onChange={setJudge} options={judges.map((one) => ({ value: one.id, label: `${one.name}　${inWords(one.place)}` }))} />
        <Input id="recuse-candidate" className="people-search" aria-label={t("staff.recuse.candidate")} placeholder={t("staff.recuse.candidate")} value={candidate} onChange={(e) => setCandidate(e.target.value)} spellCheck={false} />
        <Input id="recuse-unit" className="practice-of" aria-label={t("staff.recuse.unit")} placeholder={t("staff.recuse.unit")} value={unit} onChange={(e) => setUnit(e.target.value)} spellCheck={false} />
        <Input id="recuse-reason" className="people-search" aria-label={t("staff.recuse.reason")} placeholder={t("staff.recuse.reason")} value={reason} onChange={(e) => setReason(e.target.value)} onPressEnter={(e) => { e.preventDefault(); void declare(); }} />
        <Act does="recuse" id="recuse" type="primary" disabled={!ready} onClick={() => void declare()}>{t("staff.recuse.act")}</Act>
      </div>
      {met > 0 && <Alert type="warning" showIcon id="recuse-met" title={t("staff.recuse.met", { n: met })} />}
      {screen.recusals.length === 0 ? <p className="soft">{t("staff.recuse.none")}</p> : (
        <LongList id="recusals" label={t("staff.view.recusals")} columns={columns} count={screen.recusals.length} rowAt={(at) => screen.recusals[at]} rowKey={(_, at) => `recusal-${at}`} />
      )}
    </>
  );
}
