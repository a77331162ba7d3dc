import { Button, Checkbox, Select } from "antd";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { useSession } from "../../frame/session";
import { padded } from "../../frame/figure";
import { commands, type PanelRow, type PanelSheet, type PartInfo } from "../../platform";
import { Big } from "./Big";
import { inLotOrder, isSettled, panelsOf, stateOf, struck } from "./sheets";

/** What is read out, large, one person after the other. Only what both keyings or a decision settled. */
export function Announcement({ stage, part }: { stage: string; part: string; info: PartInfo }) {
  const { operator } = useSession();
  const sheet = useScreen(["panelSheet", stage, part, 1, operator], () => commands.panelSheet(stage, part, 1));
  return <Show of={sheet}>{(read) => <Choose sheet={read} />}</Show>;
}

function Choose({ sheet }: { sheet: PanelSheet }) {
  const { t } = useTranslation();
  const [chosen, setPanel] = useState<string | null>(null);
  const [names, setNames] = useState(false);
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const panels = panelsOf(sheet.rows);
  const panel = chosen ?? panels[0] ?? "";
  const rows = inLotOrder(sheet.rows).filter((row) => row.order !== null && (row.panel === panel || panel === ""));
  const ready = rows.filter((row) => isSettled(row) || row.state === "absent").length;
  const row = rows[Math.min(at, rows.length - 1)];
  const label = (one: PanelRow) => t("interview.announcement.label", { order: one.order ?? "", name: one.name, state: t(`interview.state.${stateOf(one)}`) });
  return (
    <div className="iv-announcement">
      <p>{t("interview.announcement.hint")}</p>
      <div className="row">
        {panels.length > 1 && (
          <label className="iv-field" htmlFor="announce-panel">
            <span>{t("interview.column.panel")}</span>
            <Select id="announce-panel" className="part-picker" value={panel} onChange={(to) => { setPanel(to); setAt(0); }} options={panels.map((one) => ({ value: one, label: t("interview.panel", { panel: one }) }))} />
          </label>
        )}
        <label className="iv-field" htmlFor="announce-from">
          <span>{t("interview.announcement.from")}</span>
          <Select
            id="announce-from"
            className="iv-announce-from"
            showSearch={{ optionFilterProp: "label" }}
            {...(row === undefined ? {} : { value: row.person })}
            onChange={(person) => setAt(Math.max(0, rows.findIndex((one) => one.person === person)))}
            options={rows.map((one) => ({ value: one.person, label: label(one) }))}
          />
        </label>
        <Button id="announce-open" type="primary" disabled={row === undefined} onClick={() => setOpen(true)}>{t("interview.big.open")}</Button>
      </div>
      <Checkbox id="announce-names" checked={names} onChange={(e) => setNames(e.target.checked)}>{t("interview.announcement.names")}</Checkbox>
      <p id="announce-count" role="status">{rows.length === 0 ? t("interview.announcement.noLots") : t("interview.announcement.count", { ready, all: rows.length })}</p>
      <p className="soft">{t("interview.announcement.keys")}</p>
      {open && row !== undefined && (
        <Wall row={row} sheet={sheet} several={panels.length > 1} names={names} toggleNames={() => setNames(!names)} move={(to) => setAt(Math.max(0, Math.min(rows.length - 1, to === "first" ? 0 : to === "last" ? rows.length - 1 : at + to)))} close={() => setOpen(false)} />
      )}
    </div>
  );
}

type Move = 1 | -1 | "first" | "last";
const MOVES: Record<string, Move> = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1, Home: "first", End: "last" };

function Wall({ row, sheet, several, names, toggleNames, move, close }: { row: PanelRow; sheet: PanelSheet; several: boolean; names: boolean; toggleNames: () => void; move: (to: Move) => void; close: () => void }) {
  const { t } = useTranslation();
  const which = struck(row.marks, row.dropped, sheet.dropLow);
  const keys = (event: KeyboardEvent) => {
    const to = event.key === " " && event.target instanceof HTMLButtonElement ? undefined : MOVES[event.key];
    if (to !== undefined) move(to);
    else if (event.key.toLowerCase() === "n") toggleNames();
    else return;
    event.preventDefault();
  };
  return (
    <Big label={t("interview.view.announcement")} close={close} onKey={keys} hint={t("interview.announcement.bigKeys")}>
      <div className="iv-wall" data-person={row.person} aria-live="polite">
        <p className="iv-wall-who">
          {several && <span>{t("interview.panel", { panel: row.panel })}</span>}
          <b id="wall-order">{t("interview.lot", { order: row.order ?? "" })}</b>
          {names && <span id="wall-name">{row.name}</span>}
        </p>
        {isSettled(row) && row.published !== null ? (
          <>
            <ul className="iv-wall-marks">
              {row.marks.map((mark, n) => {
                const kind = which.get(n);
                return (
                  <li key={n} data-judge={n + 1} data-dropped={kind}>
                    <span>{t("interview.judge", { n: n + 1 })}</span>
                    {kind === undefined ? <b>{padded(mark, sheet.step)}</b> : <s>{padded(mark, sheet.step)}</s>}
                    <em>{kind === undefined ? "\u00a0" : t(`interview.dropped.${kind}`)}</em>
                  </li>
                );
              })}
            </ul>
            <p className="iv-wall-sum">{t("interview.announcement.sum", { sum: padded(row.sum ?? "", sheet.step) })}</p>
            <p className="iv-wall-mean"><span>{t("interview.announcement.mean")}</span><b id="wall-mean">{row.published}</b></p>
          </>
        ) : (
          <p className="iv-wall-not" id="wall-not">{t(row.state === "absent" || isSettled(row) ? "interview.state.absent" : "interview.announcement.notYet")}</p>
        )}
      </div>
    </Big>
  );
}
