import { PushpinFilled } from "@ant-design/icons";
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Cell, RoomPicture } from "../../platform";
import { isMove, lines, moved, tintOf } from "./seating";

// Less than this is a click, not a drag.
const DRAG = 6;

type Props = {
  picture: RoomPicture; focus: Cell | undefined; held: Cell | null;
  goTo: (cell: Cell) => void; hold: (cell: Cell | null) => void; swap: (first: Cell, second: Cell) => void; pin: (cell: Cell) => void;
};

/** The room from the lectern: its front below. Pointer events, because a webview that takes dropped files keeps HTML's own dragging to itself. */
export function RoomGrid({ picture, focus, held, goTo, hold, swap, pin }: Props) {
  const { t } = useTranslation();
  const grid = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ from: Cell; x: number; y: number; atX: number; atY: number; moving: boolean; over: string | null } | null>(null);
  const here = focus === undefined ? "" : idOf(focus);
  useEffect(() => {
    // The seat keeps the focus when the picture is drawn anew, unless one is elsewhere on the page.
    if (grid.current?.contains(document.activeElement)) grid.current.querySelector<HTMLElement>(`[data-place="${here}"]`)?.focus();
  }, [here, picture]);

  const keys = (event: KeyboardEvent, cell: Cell) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (isMove(event.key)) goTo(moved(picture.cells, cell, event.key));
    else if (event.key === "Enter" || event.key === " ") press(cell);
    else if (event.key === "Escape" && held !== null) hold(null);
    else if (event.key.toLowerCase() === "p" && cell.person !== null) pin(cell);
    else return;
    event.preventDefault();
  };
  const press = (cell: Cell) => {
    if (held === null) hold(cell.person === null ? null : cell);
    else if (held.person === cell.person) hold(null);
    else swap(held, cell);
  };
  const under = (event: PointerEvent): Cell | undefined => {
    const place = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-place]")?.getAttribute("data-place");
    return picture.cells.find((cell) => idOf(cell) === place);
  };
  const down = (event: PointerEvent, cell: Cell) => {
    if (event.button !== 0) return;
    goTo(cell);
    if (cell.person !== null) setDrag({ from: cell, x: event.clientX, y: event.clientY, atX: event.clientX, atY: event.clientY, moving: false, over: null });
  };
  const move = (event: PointerEvent) => {
    if (drag === null) return;
    const moving = drag.moving || Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > DRAG;
    const over = moving ? under(event) : undefined;
    setDrag({ ...drag, atX: event.clientX, atY: event.clientY, moving, over: over === undefined ? null : idOf(over) });
  };
  const up = (event: PointerEvent) => {
    if (drag === null) return;
    setDrag(null);
    const cell = under(event);
    if (drag.moving && cell !== undefined && idOf(cell) !== idOf(drag.from)) swap(drag.from, cell);
  };
  const rows = lines(picture);
  const columns = { gridTemplateColumns: `repeat(${rows[0]?.length ?? 1}, minmax(88px, 1fr))` };
  return (
    <div className={`room-picture${drag?.moving ? " is-dragging" : ""}`} data-room={picture.room} data-site={picture.site} onPointerMove={move} onPointerUp={up} onPointerCancel={() => setDrag(null)} onPointerLeave={() => setDrag(null)}>
      <div ref={grid} id="room-grid" role="grid" aria-label={t("seating.grid", { site: picture.siteName, room: picture.room })} aria-describedby="room-keys">
        {rows.map((row, n) => (
          <div key={n} role="row" className="seat-row" style={columns}>
            {row.map((cell, column) => {
              if (cell === null) return <div key={column} role="gridcell" className="no-place" />;
              const place = idOf(cell);
              return (
                <div
                  key={column}
                  role="gridcell"
                  tabIndex={place === here ? 0 : -1}
                  className={looks(cell, held, drag?.over === place)}
                  data-place={place}
                  data-seat={cell.seat ?? ""}
                  data-person={cell.person ?? ""}
                  data-conflict={cell.conflict}
                  data-pinned={cell.pinned}
                  data-needs={cell.needs.join(" ")}
                  aria-selected={held !== null && held.person === cell.person}
                  onFocus={() => place !== here && goTo(cell)}
                  onKeyDown={(event) => keys(event, cell)}
                  onPointerDown={(event) => down(event, cell)}
                  onDoubleClick={() => press(cell)}
                >
                  <Seat cell={cell} />
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <div className="lectern">{t("seating.lectern")}</div>
      {drag?.moving && <div className="carried-name" style={{ left: drag.atX + 12, top: drag.atY + 12 }}>{drag.from.name}</div>}
    </div>
  );

}

function Seat({ cell }: { cell: Cell }) {
  const { t } = useTranslation();
  if (cell.seat === null) return <span className="seat-word">{t("seating.unusable")}</span>;
  return (
    <>
      <span className="seat-top">
        <b className="figure">{cell.seat}</b>
        {cell.conflict && <span className="place-mark conflict-mark">{t("seating.conflictShort")}</span>}
        {cell.pinned && <span className="place-mark"><PushpinFilled aria-hidden="true" />{t("seating.pinnedShort")}</span>}
        {cell.needs.length > 0 && <span className="place-mark">{t("seating.needShort")}</span>}
      </span>
      {cell.withdrawn ? <span className="seat-word" title={cell.number}>{t("seating.withdrawnShort")}</span> : cell.person === null ? <span className="seat-word">{t("seating.empty")}</span> : <span className="seat-name" title={`${cell.name} ${cell.number}`}>{cell.name}</span>}
      <span className="seat-unit" title={cell.unit}>{cell.unit}</span>
    </>
  );
}

const idOf = (cell: Cell): string => `${cell.column + 1}-${cell.row + 1}`;

function looks(cell: Cell, held: Cell | null, over: boolean): string {
  const tint = cell.person === null || cell.withdrawn ? null : tintOf(cell.group);
  const all = ["place", cell.seat === null ? "is-unusable" : cell.person === null ? "is-free" : ""];
  if (tint !== null) all.push(`tint-${tint.tint}`, tint.hatched ? "is-hatched" : "");
  if (cell.conflict) all.push("is-conflict");
  if (held !== null && held.person === cell.person) all.push("is-held");
  if (over) all.push("is-over");
  return all.filter((name) => name !== "").join(" ");
}
