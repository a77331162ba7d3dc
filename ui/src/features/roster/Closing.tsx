import { Alert, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Ask, ToEntries, useReason } from "../../frame/parts";
import { commands } from "../../platform";

export type Late = { reason: string; second: string };

/** Whether the roster is open: the plan's day only warns; closed by hand, a change needs a reason and a second person. */
export function Closing({ stage }: { stage: string }) {
  const { t } = useTranslation();
  const act = useAct();
  const ask = useReason();
  const [opening, setOpening] = useState(false);
  const state = useScreen(["rosterState", stage], () => commands.rosterState(stage)).data;
  if (state === undefined || !state.enteredHere) return null;
  const close = async () => {
    // On time no reason is needed; before the day is over it is.
    const reason = state.overdue ? "" : await ask(t("roster.closing.earlyTitle"), t("roster.closing.earlyHint", { due: state.due }));
    if (reason !== null) await act(() => commands.closeRoster(stage, reason).then(() => true), t("roster.closing.done"));
  };
  const closed = state.closedAt !== null;
  return (
    <>
      <Alert
        id="roster-state"
        data-closed={closed}
        data-late={state.late}
        type={closed ? "success" : state.overdue ? "warning" : "info"}
        showIcon
        title={closed ? t("roster.closing.closed", { at: state.closedAt ?? "", by: state.closedBy ?? "", late: state.late }) : t(state.overdue ? "roster.closing.overdue" : "roster.closing.open", { due: state.due })}
        action={
          <>
            <ToEntries kind={closed ? "roster.closed" : "roster.reopened"} />
            {closed ? <Act does="reopenRoster" size="small" data-action="reopen-roster" onClick={() => setOpening(true)}>{t("roster.closing.reopen")}</Act> : <Act does="closeRoster" size="small" data-action="close-roster" onClick={() => void close()}>{t("roster.closing.close")}</Act>}
          </>
        }
      />
      <LateDialog open={opening} title={t("roster.closing.reopenTitle")} what={t("roster.closing.reopenWhat")} close={() => setOpening(false)} save={async (late) => (await act(() => commands.reopenRoster(stage, late).then(() => true), t("roster.closing.reopened"))) === true} />
    </>
  );
}

/** A reason and a second person. */
export function LateDialog({ open, title, what, save, close }: { open: boolean; title: string; what: string; save: (late: Late) => Promise<boolean>; close: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [second, setSecond] = useState("");
  const ready = reason.trim() !== "" && second.trim() !== "";
  const done = async () => {
    if (!ready || !(await save({ reason: reason.trim(), second: second.trim() }))) return;
    setReason("");
    setSecond("");
    close();
  };
  return (
    <Ask open={open} title={title} disabled={!ready} onCancel={close} onOk={() => void done()}>
      <div className="asked">
        <p>{what}</p>
        <label htmlFor="late-reason">{t("frame.reason")}</label>
        <Input id="late-reason" autoFocus value={reason} onChange={(e) => setReason(e.target.value)} />
        <label htmlFor="late-second">{t("roster.closing.second")}</label>
        <Input id="late-second" value={second} onChange={(e) => setSecond(e.target.value)} onPressEnter={() => void done()} />
      </div>
    </Ask>
  );
}
