import { Alert, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRefusalWords } from "../../frame/act";
import { Act } from "../../frame/may";
import { PathField } from "../../frame/parts";
import { useSession } from "../../frame/session";
import { useWork } from "../../frame/work";
import { commands, WORKBOOKS, type MarksTaken } from "../../platform";
import type { MarksPlace } from "./Marks";

/** A pass as a workbook, e.g. from the marking centre. Whoever is signed in is its author. */
export function ImportMarks({ place }: { place: MarksPlace }) {
  const { t } = useTranslation();
  const { operator } = useSession();
  const run = useWork();
  const [file, setFile] = useState("");
  const [taken, setTaken] = useState<{ file: string; out: MarksTaken } | null>(null);
  const [busy, setBusy] = useState(false);
  const pass = t(place.pass === 1 ? "marks.pass1" : "marks.pass2");
  const take = async () => {
    if (file.trim() === "" || busy) return;
    setBusy(true);
    setTaken(null);
    const out = await run((progress) => commands.importMarks(place.stage, place.part, place.pass, file.trim(), progress));
    setBusy(false);
    if (out !== undefined) setTaken({ file: file.trim(), out });
  };
  return (
    <div className="import-marks">
      <p>{t("marks.importHint", { pass, operator: operator ?? "—" })}</p>
      <PathField label={t("marks.importFile")} kind="open" filters={WORKBOOKS} value={file} onChange={setFile} onEnter={() => void take()} />
      <div className="row">
        <Act does="importMarks" id="import-marks" type="primary" disabled={file.trim() === ""} loading={busy} onClick={() => void take()}>
          {t("marks.importNow", { pass })}
        </Act>
      </div>
      {taken !== null && <Taken file={taken.file} out={taken.out} />}
    </div>
  );
}

function Taken({ file, out }: { file: string; out: MarksTaken }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  return (
    <section id="import-result" className="taken" aria-labelledby="import-head" data-taken={out.taken} data-known={out.known} data-uncounted={out.uncounted} data-refused={out.refused.length}>
      <h2 id="import-head">{t("marks.importDone", { file: file.split(/[\\/]/).at(-1) ?? file })}</h2>
      <dl className="mark-counts figure">
        {(["taken", "known", "uncounted", "sum"] as const).map((name) => (
          <div key={name}>
            <dt>{t(`marks.taken.${name}`)}</dt>
            <dd>{out[name]}</dd>
          </div>
        ))}
        <div>
          <dt>{t("marks.taken.refused")}</dt>
          <dd className={out.refused.length > 0 ? "bad" : ""}>{out.refused.length}</dd>
        </div>
      </dl>
      {out.refused.length === 0 ? (
        <Alert type="success" showIcon title={t("marks.noneRefused")} />
      ) : (
        <Table
          virtual
          size="small"
          pagination={false}
          scroll={{ x: 900, y: 260 }}
          rowKey="row"
          dataSource={out.refused}
          columns={[
            { title: t("marks.fileRow"), dataIndex: "row", width: 110 },
            { title: t("marks.what"), width: 400, render: (_, one) => <strong className="bad">{words(one.said).what}</strong> },
            { title: t("marks.remedy"), width: 390, render: (_, one) => words(one.said).remedy },
          ]}
        />
      )}
    </section>
  );
}
