import { Alert, InputNumber } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { PathField } from "../../frame/parts";
import { useWork } from "../../frame/work";
import { PrintAgain } from "./PrintAgain";
import { commands, type Adjust, type CertificateAward, type LookChoice, type Printed } from "../../platform";
import { countStates, goOnAt } from "./printing";

/** A numbered run: from which sheet, into which folder; what was printed, and where it goes on. */
export function RunForm({ award, look, adjust, blocked }: { award: CertificateAward; look: LookChoice; adjust: Adjust; blocked: boolean }) {
  const { t } = useTranslation();
  const run = useWork();
  const sheets = useScreen(["sheets", award.id], () => commands.sheets(award.id));
  const [typed, setFrom] = useState<number | null>(null);
  const [folder, setFolder] = useState("");
  const [printed, setPrinted] = useState<Printed | null>(null);
  const [jammed, setJammed] = useState(false);
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (printed !== null) result.current?.scrollIntoView({ block: "nearest" });
  }, [printed]);
  const rows = sheets.data ?? [];
  const next = goOnAt(rows);
  const from = typed ?? next ?? 1;
  const states = countStates(rows);
  const print = async (start: number) => {
    const done = await run((progress) => commands.printCertificates(award.id, look, adjust, start, folder.trim(), progress));
    if (done === undefined) return;
    setPrinted(done);
    setFrom(null);
  };
  const ready = !blocked && folder.trim() !== "" && from <= award.count;
  return (
    <section className="cert-run-form">
      <h2>{t("certificates.run.title")}</h2>
      <p className="soft" id="sheet-states">{t("certificates.run.states", states)}</p>
      <PathField label={t("certificates.run.folder")} kind="folder" value={folder} onChange={setFolder} />
      <div className="row">
        <label className="cert-field">
          <span>{t("certificates.run.from")}</span>
          <InputNumber id="run-from" min={1} max={Math.max(1, award.count)} precision={0} value={from} onChange={setFrom} />
        </label>
        <Act does="printCertificates" id="run-print" type="primary" disabled={!ready} onClick={() => void print(from)}>{t("certificates.run.print", { from, last: award.count })}</Act>
        <Act does="printAgain" id="run-again" disabled={states.printed + states.void === 0} onClick={() => setJammed(true)}>{t("certificates.again.button")}</Act>
      </div>
      {jammed && <PrintAgain award={award} sheets={rows} from={from} close={() => setJammed(false)} />}
      {blocked && <p className="cert-fault" id="run-blocked">{t("certificates.run.blocked")}</p>}
      {!blocked && folder.trim() === "" && <p className="soft">{t("certificates.run.needFolder")}</p>}
      {!blocked && next === null && rows.length > 0 && <p className="soft">{t("certificates.run.allPrinted")}</p>}
      <div ref={result} role="status">
        {printed !== null && (
          <Alert
            id="run-done"
            data-run={printed.run}
            data-stopped={printed.stopped}
            type={printed.stopped ? "warning" : "success"}
            showIcon
            title={t(printed.stopped ? "certificates.run.stopped" : "certificates.run.done", { run: printed.run, printed: printed.printed, total: printed.total })}
            description={
              <>
                {printed.stopped && next !== null && (
                  <Act does="printCertificates" id="run-resume" type="primary" disabled={blocked || folder.trim() === ""} onClick={() => void print(next)}>{t("certificates.run.resume", { from: next })}</Act>
                )}
                {printed.onPaper + printed.void > 0 && <p id="run-left-out">{t("certificates.run.leftOut", { onPaper: printed.onPaper, void: printed.void })}</p>}
                <ul className="cert-files">
                  {printed.files.map((file) => <li key={file}>{file}</li>)}
                </ul>
              </>
            }
          />
        )}
      </div>
    </section>
  );
}
