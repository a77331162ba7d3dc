import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PanelRow, PanelSheet } from "../../platform";
import { State } from "./PanelLine";
import { begunMarks, checkMark, plain, type MarkFault } from "./sheets";
import { Act } from "../../frame/may";

/** The line being keyed: digits, Enter to the next judge, Enter on the last keeps the sheet. */
export function KeyRow({
  draft, row, sheet, several, columns, refused, typed, save, absent, move,
}: {
  draft: string | undefined; row: PanelRow; sheet: PanelSheet; several: boolean; columns: number; refused: ReactNode;
  typed: (marks: string[]) => void; save: (marks: string[]) => Promise<boolean>; absent: () => void; move: (by: 1 | -1) => void;
}) {
  const { t } = useTranslation();
  const [marks, setMarks] = useState(() => begunMarks(draft, row, sheet.judges));
  const [fault, setFault] = useState<{ judge: number; why: MarkFault } | null>(null);
  const line = useRef<HTMLTableRowElement>(null);
  const input = (judge: number) => line.current?.querySelector<HTMLInputElement>(`input[data-judge="${judge + 1}"]`);
  useEffect(() => {
    // A sheet begun before goes on where it stood.
    const at = marks.indexOf("");
    input(draft === undefined || at === -1 ? 0 : at)?.select();
    line.current?.scrollIntoView({ block: "center" });
    // Only when the line is opened.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const type = (judge: number, text: string) => {
    const now = marks.map((mark, n) => (n === judge ? plain(text) : mark));
    setMarks(now);
    typed(now);
    setFault(null);
  };
  const to = (judge: number) => input(judge)?.select();
  const stop = (judge: number, why: MarkFault) => {
    setFault({ judge, why });
    to(judge);
  };
  const keep = async () => {
    for (const [judge, mark] of marks.entries()) {
      const why = checkMark(mark, sheet.full, sheet.step);
      if (why !== null) return stop(judge, why);
    }
    if (!(await save(marks))) to(sheet.judges - 1);
  };
  const key = (judge: number) => (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const why = checkMark(marks[judge] ?? "", sheet.full, sheet.step);
    const forward = event.key === "Enter" || (event.key === "Tab" && !event.shiftKey);
    if (forward && why !== null && (why !== "empty" || event.key === "Enter")) {
      event.preventDefault();
      stop(judge, why);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (judge + 1 < sheet.judges) to(judge + 1);
      else void keep();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    }
  };
  const says = fault && t(`interview.fault.${fault.why}`, { n: fault.judge + 1, full: sheet.full, step: sheet.step });
  return (
    <>
      <tr ref={line} className="iv-keying" data-person={row.person} data-active>
        {several && <td>{row.panel}</td>}
        <td className="figure iv-order">{row.order ?? "—"}</td>
        <th scope="row" title={`${row.name} ${row.unit}`}>{row.name}</th>
        <td className="figure">{row.number}</td>
        {marks.map((mark, judge) => (
          <td key={judge}>
            <input
              data-judge={judge + 1}
              inputMode="decimal"
              autoComplete="off"
              maxLength={10}
              aria-label={t("interview.sheets.judgeOf", { n: judge + 1, name: row.name })}
              aria-invalid={fault?.judge === judge}
              aria-describedby={fault?.judge === judge ? "sheet-fault" : undefined}
              value={mark}
              onChange={(e) => type(judge, e.target.value)}
              onFocus={(e) => e.target.select()}
              onClick={(e) => e.currentTarget.select()}
              onKeyDown={key(judge)}
            />
          </td>
        ))}
        <td />
        <td />
        <td><State row={row} /></td>
        <td>
          <span className="iv-two">
            <Act does="keySheet" size="small" type="primary" data-action="save" onClick={() => void keep()}>{t("interview.sheets.keep")}</Act>
            <Act does="keySheet" size="small" data-action="absent" onClick={absent}>{t("interview.sheets.absent")}</Act>
          </span>
        </td>
      </tr>
      {(says !== null || refused !== null) && (
        <tr className="iv-fault-line">
          <td colSpan={columns}>
            <div id="sheet-fault" role="alert">{says ?? refused}</div>
          </td>
        </tr>
      )}
    </>
  );
}
