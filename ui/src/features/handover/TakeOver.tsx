import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Act } from "../../frame/may";
import { PathField } from "../../frame/parts";
import { commands, PACKETS, type TakenRow } from "../../platform";
import { CheckCode } from "./Says";

/** A laptop stopped: this one, opened with the same packet, goes on from the last stick that can be found. */
export function TakeOver() {
  const { t } = useTranslation();
  const act = useAct();
  const [file, setFile] = useState("");
  const [taken, setTaken] = useState<TakenRow | null>(null);
  const take = async () => {
    if (file.trim() === "") return;
    setTaken((await act(() => commands.takeOver(file.trim()))) ?? null);
  };
  return (
    <>
      <ol className="hand-steps">
        {(["packet", "stick", "backup", "rest"] as const).map((step) => <li key={step}>{t(`handover.takeover.${step}`)}</li>)}
      </ol>
      <section className="hand-form" aria-labelledby="hand-takeover">
        <h2 id="hand-takeover">{t("handover.tab.takeover")}</h2>
        <div className="hand-line" data-field="takeover-path">
          <PathField label={t("handover.takeover.file")} kind="open" filters={PACKETS} value={file} onChange={setFile} onEnter={() => void take()} />
          <Act does="takeOver" id="take-over" type="primary" disabled={file.trim() === ""} onClick={() => void take()}>{t("handover.takeover.take")}</Act>
        </div>
      </section>
      {taken !== null && (
        <section id="taken-over" className="hand-result" data-says="whole" data-added={taken.added} aria-labelledby="hand-taken" role="status">
          <div>
            <h2 id="hand-taken">{t("handover.takeover.taken", { device: taken.device })}</h2>
            <p>{t("handover.takeover.takenHint", { seq: taken.seq, added: taken.added })}</p>
          </div>
          <CheckCode id="taken-check-code" code={taken.checkCode} />
        </section>
      )}
    </>
  );
}
