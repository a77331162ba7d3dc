import { Alert, Input, Segmented, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { Ask, PathField, ToEntries, useReason } from "../../frame/parts";
import { useKept } from "../../frame/typed";
import { commands, type CertificateAward, type SheetRow } from "../../platform";
import { AwardChoice } from "./AwardChoice";
import { countStates, stateOf, wantedSheets, type SheetState } from "./printing";

const STATES = ["all", "none", "printed", "again", "void"] as const;

/** What became of every certificate of an award; voids and reprints, each with a reason. */
export function SheetList({ award, awards, choose }: { award: CertificateAward; awards: CertificateAward[]; choose: (id: string) => void }) {
  const { t } = useTranslation();
  const ask = useReason();
  const act = useAct();
  const sheets = useScreen(["sheets", award.id], () => commands.sheets(award.id));
  const [wanted, setWanted] = useState("");
  const [state, setState] = useState<SheetState | "all">("all");
  const [again, setAgain] = useState<SheetRow | null>(null);
  const voidOne = async (sheet: SheetRow) => {
    const reason = await ask(t("certificates.sheets.voidAsk", { number: sheet.number, name: sheet.name }), t("certificates.sheets.voidHint"));
    if (reason !== null) await act(() => commands.voidSheet(sheet.number, reason), t("certificates.sheets.voided", { number: sheet.number }));
  };
  return (
    <div className="cert-sheet-list">
      <div className="row">
        <AwardChoice award={award} awards={awards} choose={choose} />
        <Segmented aria-label={t("certificates.sheets.state")} value={state} onChange={setState} options={STATES.map((one) => ({ value: one, label: <span data-filter={one}>{t(`certificates.sheets.states.${one}`)}</span> }))} />
        <Input id="sheets-search" className="cert-search" allowClear aria-label={t("frame.search")} placeholder={t("certificates.sheets.search")} value={wanted} onChange={(e) => setWanted(e.target.value)} />
      </div>
      <Show of={sheets}>
        {(all) => (
          <>
            <p id="sheets-count" role="status">{t("certificates.run.states", countStates(all))}</p>
            <Table<SheetRow>
              size="small"
              rowKey="number"
              dataSource={wantedSheets(all, wanted, state)}
              onRow={(sheet) => ({ "data-sheet": sheet.number, "data-state": sheet.state }) as object}
              pagination={{ pageSize: 12, showSizeChanger: false, hideOnSinglePage: true }}
              columns={[
                { title: t("certificates.sheets.number"), dataIndex: "number", className: "figure", width: 200 },
                { title: t("certificates.sheets.name"), dataIndex: "name", ellipsis: true },
                { title: t("certificates.sheets.run"), width: 90, className: "figure", render: (_, sheet) => sheet.run ?? "—" },
                { title: t("certificates.sheets.state"), width: 110, render: (_, sheet) => <span className="cert-sheet-state" data-state={sheet.state}>{t(`certificates.sheets.states.${stateOf(sheet)}`)}</span> },
                { title: t("frame.reason"), ellipsis: true, render: (_, sheet) => sheet.reason ?? "" },
                {
                  title: t("certificates.sheets.action"),
                  width: 250,
                  render: (_, sheet) => (
                    <span className="cert-actions">
                      {sheet.state === "printed" && <Act does="voidSheet" size="small" danger data-action="void" data-sheet={sheet.number} aria-label={t("certificates.sheets.voidOne", { number: sheet.number })} onClick={() => void voidOne(sheet)}>{t("certificates.sheets.void")}</Act>}
                      {sheet.state !== "none" && <Act does="reprintSheet" size="small" data-action="reprint" data-sheet={sheet.number} aria-label={t("certificates.sheets.reprintOne", { number: sheet.number })} onClick={() => setAgain(sheet)}>{t("certificates.sheets.reprint")}</Act>}
                      <ToEntries text={sheet.number} />
                    </span>
                  ),
                },
              ]}
            />
          </>
        )}
      </Show>
      {again !== null && <Reprint sheet={again} close={() => setAgain(null)} />}
    </div>
  );
}

function Reprint({ sheet, close }: { sheet: SheetRow; close: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [{ reason }, put, spent] = useKept(`reprint/${sheet.number}`, { reason: "" });
  const [folder, setFolder] = useState("");
  const [file, setFile] = useState<string | null>(null);
  const ready = reason.trim() !== "" && folder.trim() !== "";
  const print = async () => {
    if (file !== null) return close();
    if (!ready) return;
    const printed = await act(() => commands.reprintSheet(sheet.number, reason.trim(), folder.trim()));
    if (printed === undefined) return;
    spent();
    setFile(printed);
  };
  return (
    <Ask open title={t("certificates.sheets.reprintAsk", { number: sheet.number, name: sheet.name })} onOk={() => void print()} onCancel={close} disabled={!ready}>
      <div className="cert-stack">
        {file === null ? (
          <>
            <p>{t("certificates.sheets.reprintHint")}</p>
            <label className="cert-field">
              <span>{t("frame.reason")}</span>
              <Input id="reprint-reason" autoFocus value={reason} onChange={(e) => put({ reason: e.target.value })} />
            </label>
            <PathField label={t("certificates.run.folder")} kind="folder" value={folder} onChange={setFolder} onEnter={() => void print()} />
          </>
        ) : (
          <Alert id="reprinted" type="success" showIcon title={t("certificates.sheets.reprinted")} description={file} />
        )}
      </div>
    </Ask>
  );
}
