import { Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Ask } from "../../frame/parts";
import { useKept } from "../../frame/typed";
import { commands, type SheetDifference } from "../../platform";
import { ABSENT, checkMark, plain, sameMark } from "./sheets";

type Rules = { judges: number; full: string; step: string };
type Props = { stage: string; part: string; sheet: Rules; about: SheetDifference | null; settled?: boolean; close: () => void };

/** Decides a person's sheets against the paper; correcting settled ones takes two people. */
export function DecideSheet({ about, ...rest }: Props) {
  return about === null ? null : <Deciding key={about.person} about={about} {...rest} />;
}

function Deciding({ stage, part, sheet, about, settled = false, close }: Props & { about: SheetDifference }) {
  const { t } = useTranslation();
  const act = useAct();
  const judges = Array.from({ length: sheet.judges }, (_, n) => n);
  // Only what both keyings say alike is filled in: the rest is to be read from the paper.
  const [empty] = useState(() => ({ marks: judges.map((n) => (sameMark(about.first[n], about.second[n]) && about.first[n] !== ABSENT ? about.first[n] ?? "" : "")), absent: false, second: "", reason: "" }));
  const [form, put, spent] = useKept(`sheet/${stage}/${part}/${about.person}`, empty);
  const { marks, absent, second, reason } = form;
  const faults = marks.map((mark) => checkMark(mark, sheet.full, sheet.step));
  const ready = reason.trim() !== "" && (absent || faults.every((fault) => fault === null)) && (!settled || second.trim() !== "");
  const decide = async () => {
    if (!ready) return;
    const done = await act(async () => {
      await commands.decideSheet(stage, part, about.person, absent ? [ABSENT] : marks, second.trim() === "" ? null : second.trim(), reason.trim());
      return true;
    }, t("interview.decide.done", { name: about.name }));
    if (done === undefined) return;
    spent();
    close();
  };
  const wrong = faults.findIndex((fault) => fault !== null && fault !== "empty");
  const why = faults[wrong];
  return (
    <Ask open wide title={t(settled ? "interview.decide.correct" : "interview.decide.title", { name: about.name, number: about.number })} onOk={() => void decide()} onCancel={close} disabled={!ready}>
      <div className="iv-stack">
        <p>{t(settled ? "interview.decide.correctHint" : "interview.decide.hint")}</p>
        <div className="iv-decide-marks">
          {judges.map((n) => (
            <label key={n} className="iv-field">
              <span>{t("interview.judge", { n: n + 1 })}</span>
              <Input
                id={`decide-mark-${n + 1}`}
                autoFocus={n === Math.max(0, marks.indexOf(""))}
                inputMode="decimal"
                disabled={absent}
                status={faults[n] !== null && faults[n] !== "empty" ? "error" : ""}
                value={marks[n] ?? ""}
                onChange={(e) => put({ marks: marks.map((mark, at) => (at === n ? plain(e.target.value) : mark)) })}
                onPressEnter={() => document.getElementById(n + 1 < sheet.judges ? `decide-mark-${n + 2}` : "decide-reason")?.focus()}
              />
            </label>
          ))}
        </div>
        {!absent && why !== undefined && why !== null && <p className="iv-fault" role="alert">{t(`interview.fault.${why}`, { n: wrong + 1, full: sheet.full, step: sheet.step })}</p>}
        <Checkbox id="decide-absent" checked={absent} onChange={(e) => put({ absent: e.target.checked })}>{t("interview.decide.absent")}</Checkbox>
        <label className="iv-field">
          <span>{t("frame.reason")}</span>
          <Input id="decide-reason" value={reason} placeholder={t("interview.decide.reasonExample")} onChange={(e) => put({ reason: e.target.value })} />
        </label>
        <label className="iv-field">
          <span>{t(settled ? "interview.decide.secondNeeded" : "interview.decide.second")}</span>
          <Input id="decide-second" value={second} onChange={(e) => put({ second: e.target.value })} onPressEnter={() => void decide()} />
        </label>
      </div>
    </Ask>
  );
}
