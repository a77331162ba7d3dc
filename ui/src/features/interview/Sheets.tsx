import { useQueryClient } from "@tanstack/react-query";
import { App, Input, Segmented, Select, Spin } from "antd";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { RefusalNotice, Show, useScreen } from "../../frame/act";
import type { Keeper } from "../../frame/keeper";
import { Act, MayNot } from "../../frame/may";
import { useMay } from "../../frame/useMay";
import { useSession } from "../../frame/session";
import { useTyped } from "../../frame/typed";
import { usePass } from "../../frame/pass";
import { commands, type PanelRow, type PanelSheet, type PartInfo, type SheetDifference } from "../../platform";
import { DecideSheet } from "./DecideSheet";
import { ImportSheets } from "./ImportSheets";
import { KeyRow } from "./KeyRow";
import { PanelLine } from "./PanelLine";
import { ABSENT, asDraft, fits, goOnWith, inLotOrder, isSettled, isToKey, neighbour, nextToKey, panelsOf, shown, struck, withRow } from "./sheets";

type About = { stage: string; part: string; info: PartInfo };

/** Judges' sheets, keyed twice by two people who do not see each other's figures. */
export function Sheets({ stage, part }: About) {
  const { t } = useTranslation();
  const { operator } = useSession();
  const first = useScreen(["panelSheet", stage, part, 1, operator], () => commands.panelSheet(stage, part, 1));
  const rows = first.isPlaceholderData ? undefined : first.data?.rows;
  const keyed = rows === undefined ? null : () => rows.map((row) => (row.mine !== null ? "mine" : row.state === "empty" ? "open" : "other"));
  const [pass, setPass] = usePass(`${stage}/${part}/${operator ?? ""}`, first.isError ? () => [] : keyed);
  const [importing, setImporting] = useState(false);
  if (pass === null) return <Spin />;
  return (
    <div className="iv-sheets">
      <div className="row">
        <Segmented
          id="sheet-pass"
          aria-label={t("interview.sheets.pass")}
          value={pass}
          onChange={(n) => setPass(n === 2 ? 2 : 1)}
          options={[1, 2].map((n) => ({ value: n, label: <span data-pass={n}>{t(n === 1 ? "interview.sheets.first" : "interview.sheets.second")}</span> }))}
        />
        <Act does="importSheets" id="sheets-import" onClick={() => setImporting(true)}>{t("interview.import.title")}</Act>
        <span className="soft">{t(pass === 1 ? "interview.sheets.firstHint" : "interview.sheets.secondHint")}</span>
      </div>
      {/* Another pass or operator starts afresh: nothing of the other pass may be on the screen even for a moment. */}
      <Grid key={`${stage}/${part}/${pass}/${operator ?? ""}`} stage={stage} part={part} pass={pass} />
      <ImportSheets open={importing} close={() => setImporting(false)} stage={stage} part={part} pass={pass} />
    </div>
  );
}

type Of = { stage: string; part: string; pass: number };

function Grid(of: Of) {
  const { path, operator } = useSession();
  const key = ["panelSheet", of.stage, of.part, of.pass, operator];
  const sheet = useScreen(key, () => commands.panelSheet(of.stage, of.part, of.pass));
  const { begun, keeper } = useTyped(path, operator, { form: "sheets", ...of });
  return <Show of={sheet}>{(read) => (begun === undefined ? <Spin /> : <Keying {...of} sheet={read} queryKey={key} begun={begun} keeper={keeper} />)}</Show>;
}

function Keying({ stage, part, pass, sheet, queryKey, begun, keeper }: Of & { sheet: PanelSheet; queryKey: unknown[]; begun: ReadonlyMap<string, string>; keeper: Keeper }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const client = useQueryClient();
  // Not state: a key typed must not draw the whole list anew. Lines at rest are drawn when one moves on.
  const drafts = useRef(new Map(begun)).current;
  const [panel, setPanel] = useState("");
  const [wanted, setWanted] = useState("");
  const all = useMemo(() => inLotOrder(sheet.rows), [sheet]);
  const rows = useMemo(() => all.filter((row) => (panel === "" || row.panel === panel) && fits(row, wanted)), [all, panel, wanted]);
  const mayKey = useMay()("keySheet") === null;
  const [active, setActive] = useState<string | null>(() => (mayKey ? goOnWith(all, begun) : null));
  const [last, setLast] = useState<PanelRow | null>(null);
  const [refused, setRefused] = useState<{ person: string; thrown: unknown } | null>(null);
  const [correct, setCorrect] = useState<SheetDifference | null>(null);
  const busy = useRef(false);
  const several = panelsOf(all).length > 1;
  const toKey = rows.filter(isToKey).length;

  const save = async (row: PanelRow, marks: string[]): Promise<boolean> => {
    if (busy.current) return false;
    busy.current = true;
    try {
      // What is still on its way would come back after the entry has taken its place.
      await keeper.settled(row.person);
      const kept = await commands.keySheet(stage, part, pass, row.person, marks);
      client.setQueryData<PanelSheet>(queryKey, (old) => (old === undefined ? old : withRow(old, kept)));
      drafts.delete(kept.person);
      setLast(kept);
      setRefused(null);
      setActive(nextToKey(rows.map((one) => (one.person === kept.person ? kept : one)), kept.person));
      void client.invalidateQueries();
      return true;
    } catch (thrown) {
      setRefused({ person: row.person, thrown });
      return false;
    } finally {
      busy.current = false;
    }
  };
  const type = (row: PanelRow, marks: string[]) => {
    const text = asDraft(marks);
    keeper.keep(row.person, text);
    if (text === "") drafts.delete(row.person);
    else drafts.set(row.person, text);
  };
  const absent = (row: PanelRow) =>
    modal.confirm({ title: t("interview.sheets.absentAsk", { name: row.name }), okText: t("interview.sheets.absent"), cancelText: t("frame.cancel"), onOk: () => void save(row, [ABSENT]) });
  const edit = useCallback((person: string) => {
    if (!mayKey) return;
    setRefused(null);
    setActive(person);
  }, [mayKey]);
  const columns = (several ? 1 : 0) + 3 + sheet.judges + 4;
  return (
    <>
      <div className="row">
        {several && (
          <Select
            id="sheet-panel"
            className="part-picker"
            aria-label={t("interview.column.panel")}
            value={panel}
            onChange={setPanel}
            options={[{ value: "", label: t("interview.allPanels") }, ...panelsOf(all).map((one) => ({ value: one, label: t("interview.panel", { panel: one }) }))]}
          />
        )}
        <Input id="sheet-search" className="iv-search" allowClear aria-label={t("frame.search")} placeholder={t("interview.sheets.search")} value={wanted} onChange={(e) => setWanted(e.target.value)} />
        <span id="sheet-count" role="status">{t("interview.sheets.count", { keyed: rows.length - toKey, all: rows.length, left: toKey })}</span>
        <span className="soft">{t("interview.sheets.rules", { full: sheet.full, step: sheet.step, high: sheet.dropHigh, low: sheet.dropLow })}</span>
      </div>
      <MayNot does="keySheet" />
      <LastKept row={last} sheet={sheet} />
      <div className="iv-grid-scroll">
        <table className="iv-panel-grid">
          <thead>
            <tr>
              {several && <th scope="col">{t("interview.column.panel")}</th>}
              <th scope="col">{t("interview.column.order")}</th>
              <th scope="col">{t("interview.column.name")}</th>
              <th scope="col">{t("interview.column.number")}</th>
              {Array.from({ length: sheet.judges }, (_, n) => <th key={n} scope="col" className="number">{t("interview.judge", { n: n + 1 })}</th>)}
              <th scope="col" className="number">{t("interview.column.sum")}</th>
              <th scope="col" className="number">{t("interview.column.mean")}</th>
              <th scope="col">{t("interview.column.state")}</th>
              <th scope="col">{t("interview.column.action")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) =>
              row.person === active && !isSettled(row) ? (
                <KeyRow
                  key={row.person}
                  draft={drafts.get(row.person)}
                  typed={(marks) => type(row, marks)}
                  row={row}
                  sheet={sheet}
                  several={several}
                  columns={columns}
                  refused={refused?.person === row.person ? <RefusalNotice refusal={refused.thrown} /> : null}
                  save={(marks) => save(row, marks)}
                  absent={() => absent(row)}
                  move={(by) => { const to = neighbour(rows, row.person, by); if (to !== null) edit(to); }}
                />
              ) : (
                <PanelLine key={row.person} row={row} begun={drafts.has(row.person)} judges={sheet.judges} low={sheet.dropLow} step={sheet.step} several={several} edit={edit} correct={setCorrect} />
              ),
            )}
          </tbody>
        </table>
        {rows.length === 0 && <p className="soft iv-empty">{t("interview.sheets.nobody")}</p>}
      </div>
      <DecideSheet stage={stage} part={part} sheet={sheet} about={correct} settled close={() => setCorrect(null)} />
    </>
  );
}

/** What the program made of the sheet just confirmed: struck out, sum, mean. */
function LastKept({ row, sheet }: { row: PanelRow | null; sheet: PanelSheet }) {
  const { t } = useTranslation();
  if (row === null) return <p id="sheet-last" className="iv-last-kept soft" role="status">{t("interview.sheets.keys")}</p>;
  const { marks, dropped, sum, published } = shown(row);
  const which = struck(marks, dropped, sheet.dropLow);
  const of = (kind: "high" | "low") => marks.filter((_, n) => which.get(n) === kind).join(t("interview.comma")) || t("interview.nobody");
  return (
    <p id="sheet-last" className="iv-last-kept" role="status" data-person={row.person}>
      {row.mine?.[0] === ABSENT || row.state === "absent"
        ? t("interview.sheets.lastAbsent", { name: row.name })
        : published === null
          ? t("interview.sheets.lastPlain", { name: row.name, marks: marks.join(" ") })
          : t("interview.sheets.last", { name: row.name, high: of("high"), low: of("low"), sum: sum ?? "", published })}
      {row.state === "different" && `　${t("interview.sheets.lastDifferent")}`}
    </p>
  );
}
