import { Alert } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRefusalWords } from "../../frame/act";
import { Ask, PathField } from "../../frame/parts";
import { useWork } from "../../frame/work";
import { commands, WORKBOOKS, type MarksTaken } from "../../platform";

/** A workbook with judges' marks as one pass; what was not taken is named line by line. */
export function ImportSheets({ open, close, stage, part, pass }: { open: boolean; close: () => void; stage: string; part: string; pass: number }) {
  const { t } = useTranslation();
  const run = useWork();
  const words = useRefusalWords();
  const [file, setFile] = useState("");
  const [taken, setTaken] = useState<MarksTaken | null>(null);
  const end = () => {
    setTaken(null);
    setFile("");
    close();
  };
  const take = async () => {
    if (taken !== null) return end();
    if (file.trim() !== "") setTaken((await run((progress) => commands.importSheets(stage, part, pass, file.trim(), progress))) ?? null);
  };
  return (
    <Ask open={open} title={t("interview.import.titlePass", { pass })} onOk={() => void take()} onCancel={end} disabled={file.trim() === ""} wide>
      <div className="iv-stack">
        {taken === null ? (
          <>
            <p>{t("interview.import.hint")}</p>
            <PathField label={t("frame.file")} kind="open" filters={WORKBOOKS} value={file} onChange={setFile} onEnter={() => void take()} />
          </>
        ) : (
          <>
            <Alert
              id="sheets-taken"
              type={taken.refused.length > 0 ? "warning" : "success"}
              showIcon
              title={t("interview.import.taken", { taken: taken.taken, known: taken.known, uncounted: taken.uncounted, refused: taken.refused.length })}
            />
            {taken.refused.length > 0 && (
              <ul className="iv-refused-rows" tabIndex={0} aria-label={t("interview.import.refused")}>
                {taken.refused.map(({ row, said }) => (
                  <li key={row}>
                    <strong>{t("interview.import.row", { row })}</strong> {words(said).what} {words(said).remedy}
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </div>
    </Ask>
  );
}
