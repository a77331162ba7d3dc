import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../frame/act";
import { Act } from "../../frame/may";
import { Ask, ToEntries, useReason } from "../../frame/parts";
import { commands, type AtSeat, type Door } from "../../platform";
import { bySeat, doorState, timeOf } from "./door";
import { useNow } from "./hooks";
import type { RoomPlace } from "./Room";

const LISTS = ["awaited", "present", "absent"] as const;
type List = (typeof LISTS)[number];

/** How far the room is: counts, times, who is missing, who is in. */
export function DoorSide({ place, door, undo }: { place: RoomPlace; door: Door; undo: (who: AtSeat) => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const ask = useReason();
  const [list, setList] = useState<List>("awaited");
  const [fixing, setFixing] = useState(false);
  const undoAbsence = async (who: AtSeat) => {
    const reason = await ask(t("room.undoAbsenceTitle", { name: who.name }), t("room.undoAbsenceHint"));
    if (reason !== null) await act(() => commands.undoAbsence(place.stage, place.part, who.person, reason), t("room.absenceUndone", { name: who.name }));
  };
  const fix = async () => {
    setFixing(false);
    await act(() => commands.fixAbsence(place.stage, place.part, place.site, place.room), t("room.absenceFixed"));
  };
  const rows = [...door[list]].sort(bySeat);
  return (
    <aside className="door-side" aria-label={t("room.side")}>
      <dl className="counts figure">
        {(["expected", "present", "absent", "awaited"] as const).map((name) => (
          <div key={name} data-count={name}>
            <dt>{t(`room.${name}`)}</dt>
            <dd>{name === "expected" ? door.expected : door[name].length}</dd>
          </div>
        ))}
      </dl>
      <div className="door-times">
        <Times door={door} />
        <ToEntries kind="candidate.a" text={`${place.stage}/${place.part}/`} of={t("room.side")} />
      </div>
      <Segmented<List>
        block
        aria-label={t("room.lists")}
        value={list}
        onChange={setList}
        options={LISTS.map((name) => ({ value: name, label: `${t(`room.list.${name}`)} ${door[name].length}` }))}
      />
      <ul className="people" data-list={list} tabIndex={0} aria-label={t(`room.list.${list}`)}>
        {rows.length === 0 && <li className="soft none">{t(`room.nobody.${list}`)}</li>}
        {rows.map((one) => (
          <li key={one.person} data-person={one.person} data-seat={one.seat ?? ""}>
            <b className="figure">{one.seat ?? "—"}</b>
            <span className="name" title={one.name}>{one.name}</span>
            <span className="figure soft">{one.number ?? ""}</span>
            {list !== "awaited" && (
              <span className="tail">
                {list === "present" && <span className="figure soft">{timeOf(one.at)}</span>}
                <Act does={list === "present" ? "undoCheckIn" : "undoAbsence"}
                  size="small"
                  data-action={list === "present" ? "undo-checkin" : "undo-absence"}
                  aria-label={t(list === "present" ? "room.undoOf" : "room.undoAbsenceOf", { name: one.name })}
                  onClick={() => (list === "present" ? undo(one) : void undoAbsence(one))}
                >
                  {t("room.undo")}
                </Act>
                <ToEntries person={one.person} />
              </span>
            )}
          </li>
        ))}
      </ul>
      <div className="door-acts">
        <Act does="fixAbsence" id="fix-absence" disabled={door.awaited.length === 0} onClick={() => setFixing(true)}>
          {t("room.fixAbsence")}
        </Act>
        <span className="soft">{t("room.undoKey")}</span>
      </div>
      <Ask open={fixing} title={t("room.fixTitle", { count: door.awaited.length })} onOk={() => void fix()} onCancel={() => setFixing(false)}>
        <p>{t("room.fixHint")}</p>
        <ul className="people in-dialog" id="fix-list" tabIndex={0} aria-label={t("room.list.awaited")}>
          {[...door.awaited].sort(bySeat).map((one) => (
            <li key={one.person} data-person={one.person}>
              <b className="figure">{one.seat ?? "—"}</b>
              <span className="name">{one.name}</span>
              <span className="figure soft">{one.number ?? ""}</span>
            </li>
          ))}
        </ul>
      </Ask>
    </aside>
  );
}

function Times({ door }: { door: Door }) {
  const { t } = useTranslation();
  const { state, opens, lastEntry, minutes, far, at } = doorState(door.opens, door.lastEntry, useNow());
  return (
    <p className={`times figure ${state}`} data-state={state}>
      <span>{t("room.times", { opens, lastEntry })}</span>
      <strong>{far && (state === "before" || state === "closed") ? t(`room.doorState.${state}Far`, { at }) : t(`room.doorState.${state}`, { minutes })}</strong>
    </p>
  );
}
