import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Act } from "../../frame/may";
import { ToEntries } from "../../frame/parts";
import type { Cell, RoomPicture } from "../../platform";
import { conflictPairs, groupCounts, tintOf } from "./seating";

type Props = { picture: RoomPicture; focus: Cell | undefined; held: Cell | null; hold: (cell: Cell | null) => void; swap: (first: Cell, second: Cell) => void; pin: (cell: Cell) => void };

/** In words what the picture shows: the seat one is at, who sits beside their own, which units there are. */
export function RoomSide({ picture, focus, held, hold, swap, pin }: Props) {
  const { t } = useTranslation();
  const pairs = conflictPairs(picture);
  return (
    <aside className="room-side" aria-label={t("seating.side.label")}>
      <section aria-label={t("seating.side.seat")} className="this-seat" id="this-seat" data-seat={focus?.seat ?? ""}>
        {focus === undefined ? (
          <p className="soft">{t("frame.none")}</p>
        ) : (
          <>
            <p>
              <strong>{focus.seat === null ? t("seating.unusable") : focus.person === null ? t("seating.side.empty", { seat: focus.seat }) : t("seating.side.who", { seat: focus.seat, name: focus.name })}</strong>
              {focus.person !== null && <ToEntries person={focus.person} />}
            </p>
            {focus.person !== null && <p className="soft">{focus.unit}　<span className="figure">{focus.number}</span></p>}
            {focus.needs.length > 0 && <p>{t("seating.need.of", { needs: focus.needs.map((need) => t(`seating.need.${need}`)).join(t("seating.comma")) })}</p>}
            <div className="seat-acts">
              {held !== null && focus.person !== null && focus.person !== held.person && (
                <Act does="swapSeats" size="small" type="primary" data-action="put-down" onClick={() => swap(held, focus)}>{t("seating.side.swapWith", { name: held.name })}</Act>
              )}
              {held === null && focus.person !== null && <Act does="swapSeats" size="small" data-action="pick-up" onClick={() => hold(focus)}>{t("seating.side.pickUp")}</Act>}
              {held !== null && <Button size="small" data-action="cancel-swap" onClick={() => hold(null)}>{t("seating.side.cancel")}</Button>}
              {focus.person !== null && (
                <Act does="pinSeat" size="small" data-action={focus.pinned ? "unpin" : "pin"} onClick={() => pin(focus)}>{t(focus.pinned ? "seating.side.unpin" : "seating.side.pin")}</Act>
              )}
            </div>
          </>
        )}
        <p role="status" className="seat-held">{held !== null && t("seating.side.holding", { seat: held.seat, name: held.name })}</p>
      </section>
      <section aria-labelledby="pairs-head">
        <h2 id="pairs-head">{t("seating.side.pairs")}</h2>
        <p id="room-pairs" data-pairs={picture.pairs} data-bound={picture.bound}>
          <span className={`state-word is-${picture.pairs === 0 ? "good" : "warn"}`}>{picture.pairs === 0 ? t("seating.noPairs") : t("seating.pairsOf", { pairs: picture.pairs })}</span>　{t("seating.side.bound", { bound: picture.bound })}
        </p>
        {pairs.length > 0 && (
          <ul>
            {pairs.map(([a, b]) => (
              <li key={`${a.seat}/${b.seat}`}>{t("seating.side.pair", { first: a.name, firstSeat: a.seat, second: b.name, secondSeat: b.seat, unit: picture.groups[a.group] ?? a.unit })}</li>
            ))}
          </ul>
        )}
      </section>
      <p id="room-keys" className="soft room-keys">{t("seating.side.keys")}</p>
      <section aria-labelledby="units-head">
        <h2 id="units-head">{t("seating.side.units")}</h2>
        <ul className="unit-legend">
          {groupCounts(picture).map(({ group, name, people }) => {
            const tint = tintOf(group);
            return (
              <li key={group}>
                <span aria-hidden="true" className={`swatch tint-${tint?.tint ?? 0}${tint?.hatched ? " is-hatched" : ""}`} />
                {t("seating.side.unit", { name, people })}
              </li>
            );
          })}
        </ul>
        <p className="soft">{t("seating.side.free", { free: picture.free })}</p>
      </section>
    </aside>
  );
}
