// A list of any length of which only the rows in sight stand in the page.
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { inSight } from "./roster";
import "./list.css";

const HEAD = 33;
const EDGES = 2;

/** `number`: its figures stand under each other, at the right. */
export type Column<R> = { key: string; number?: boolean; head: ReactNode; width: string; cell: (row: R, at: number) => ReactNode; hint?: (row: R) => string };

/** Rows have one height, so that the scroll bar tells the truth from the start; what does not fit is shown as a hint. */
export function LongList<R>({
  label, id, columns, count, rowAt, rowKey, rowHeight = 36, className = "", below = 16, least = 220, onSight, marks, empty,
}: {
  label: string; id: string; columns: Column<R>[]; count: number; rowAt: (at: number) => R | undefined;
  rowKey: (row: R, at: number) => string; rowHeight?: number; className?: string;
  /** Pixels kept free under the list, and how low it may become; it takes what is left of the window. */
  below?: number; least?: number;
  /** Called when scrolling has come to rest on other rows. */
  onSight?: (first: number, last: number) => void;
  /** Attributes of a row, e.g. data-person or data-state. */
  marks?: (row: R) => Record<string, string>;
  /** What an empty list says: what to do next, and the way there. */
  empty?: ReactNode;
}) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const sight = inSight(top, box.current?.clientHeight ?? innerHeight, rowHeight, count);
  useEffect(() => {
    const timer = setTimeout(() => onSight?.(sight.first, sight.last), 60);
    return () => clearTimeout(timer);
  }, [sight.first, sight.last, onSight]);
  useEffect(() => {
    // A shorter list may end above where one had scrolled to.
    if (box.current !== null && box.current.scrollTop > count * rowHeight) box.current.scrollTop = 0;
  }, [count, rowHeight]);
  useLayoutEffect(() => {
    const fill = () => {
      const list = box.current;
      if (list === null) return;
      const from = list.getBoundingClientRect().top + (list.closest("main")?.scrollTop ?? 0);
      const whole = HEAD + Math.max(count, 1) * rowHeight + EDGES;
      list.style.height = `${Math.min(whole, Math.max(least, innerHeight - from - below))}px`;
    };
    fill();
    addEventListener("resize", fill);
    return () => removeEventListener("resize", fill);
  });
  const grid = { gridTemplateColumns: columns.map((column) => column.width).join(" ") };
  const rows = Array.from({ length: sight.last - sight.first }, (_, n) => sight.first + n);
  return (
    <div ref={box} id={id} className={`long-list ${className}`} role="table" aria-label={label} aria-rowcount={count + 1} tabIndex={0} onScroll={(e) => setTop(e.currentTarget.scrollTop)}>
      <div role="rowgroup" className="long-head">
        <div role="row" aria-rowindex={1} className="long-row" style={grid}>
          {columns.map((column) => (
            <span key={column.key} role="columnheader" className={column.number === true ? "number" : undefined}>{column.head}</span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="long-body" style={{ height: Math.max(count, 1) * rowHeight }}>
        {count === 0 && (
          <div role="row" className="long-row soft" style={{ height: rowHeight }}>
            <span role="cell">{empty ?? t("frame.none")}</span>
          </div>
        )}
        {rows.map((at) => {
          const row = rowAt(at);
          return (
            <div key={row === undefined ? `at-${at}` : rowKey(row, at)} role="row" aria-rowindex={at + 2} className="long-row" data-odd={at % 2 === 1} style={{ ...grid, height: rowHeight, top: at * rowHeight }} {...(row === undefined ? {} : marks?.(row))}>
              {columns.map((column) => (
                <span key={column.key} role="cell" className={column.number === true ? "number" : undefined} data-column={column.key} title={row === undefined ? undefined : column.hint?.(row)}>
                  {row === undefined ? "…" : column.cell(row, at)}
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
