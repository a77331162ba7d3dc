import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { App, Button, Select } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useAct, useScreen } from "../../frame/act";
import { Act } from "../../frame/may";
import { useMay } from "../../frame/useMay";
import { useReason } from "../../frame/parts";
import { commands, type Cell, type RoomRow } from "../../platform";
import { RedrawRoom } from "./RedrawRoom";
import { RoomGrid } from "./RoomGrid";
import { RoomSide } from "./RoomSide";
import { besideRoom, firstCell, roomKey, sitesOf } from "./seating";

type Swap = { first: Cell; second: Cell; room: string };

/** One room at a time: who sits where, and two of them change places. */
export function RoomView({ stage, rooms, chosen, choose, published }: { stage: string; rooms: RoomRow[]; chosen: string; choose: (key: string) => void; published: boolean }) {
  const { t } = useTranslation();
  const act = useAct();
  const ask = useReason();
  const { message } = App.useApp();
  const now = rooms.find((room) => roomKey(room) === chosen) ?? rooms[0];
  const key = now === undefined ? "" : roomKey(now);
  const picture = useScreen(["roomPicture", stage, key], () => commands.roomPicture(stage, now?.site ?? "", now?.room ?? ""), now !== undefined);
  const [place, setPlace] = useState<{ room: string; column: number; row: number } | null>(null);
  const [picked, setPicked] = useState<string | null>(null);
  const may = useMay();
  const [undo, setUndo] = useState<Swap | null>(null);

  const leaf = (step: 1 | -1) => {
    const next = besideRoom(rooms, key, step);
    if (next !== undefined) {
      setPicked(null);
      choose(roomKey(next));
    }
  };
  const leafing = useRef(leaf);
  leafing.current = leaf;
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if ((event.key !== "PageUp" && event.key !== "PageDown") || target?.closest("input, textarea, .ant-modal, .ant-select") != null) return;
      event.preventDefault();
      leafing.current(event.key === "PageUp" ? -1 : 1);
    };
    addEventListener("keydown", keys);
    return () => removeEventListener("keydown", keys);
  }, []);

  if (now === undefined) return <p className="soft" id="no-rooms">{t("seating.noRooms")}</p>;

  // Seats are moved and pinned by keys, too, where no button stands.
  const refused = (does: "swapSeats" | "pinSeat") => {
    const why = may(does);
    if (why !== null) void message.info(why);
    return why !== null;
  };
  const swap = async (first: Cell, second: Cell, back = false) => {
    setPicked(null);
    if (refused("swapSeats")) return;
    if (first.person === null || first.person === second.person) return;
    if (second.person === null) return void message.info(t("seating.swap.empty"));
    // On the way back each sits where the other sat before.
    const said = { first: first.name, firstSeat: back ? second.seat : first.seat, second: second.name, secondSeat: back ? first.seat : second.seat };
    const reason = published ? await ask(t("seating.swap.title", said), t("seating.swap.published"), back ? t("seating.swap.back") : "") : "";
    if (reason === null) return;
    const { person: one } = first;
    const { person: other } = second;
    const done = await act(() => commands.swapSeats(stage, one, other, reason));
    if (done !== undefined) setUndo(back ? null : { first, second, room: key });
  };
  const pin = async (cell: Cell) => {
    if (cell.person === null || refused("pinSeat")) return;
    const { person, name, seat, pinned } = cell;
    const reason = await ask(t(pinned ? "seating.pin.offTitle" : "seating.pin.title", { name, seat }), t(pinned ? "seating.pin.offHint" : "seating.pin.hint"));
    if (reason !== null) await act(() => commands.pinSeat(stage, person, !pinned, reason), t(pinned ? "seating.pin.offDone" : "seating.pin.done", { name }));
  };
  const sites = sitesOf(rooms);
  const offered = undo?.room === key ? undo : null;
  return (
    <div className="room-view">
      <div className="room-bar">
        <Button icon={<LeftOutlined />} id="room-previous" aria-label={t("seating.previous")} title={t("seating.previous")} disabled={besideRoom(rooms, key, -1) === undefined} onClick={() => leaf(-1)} />
        <Select
          className="site-select" id="room-site" aria-label={t("frame.site")} value={now.site} showSearch={{ optionFilterProp: "label" }}
          onChange={(site: string) => { const first = rooms.find((room) => room.site === site); if (first !== undefined) choose(roomKey(first)); }}
          options={sites.map((one) => ({ value: one.site, label: one.siteName }))}
        />
        <Select
          className="room-select" id="room-room" aria-label={t("seating.room")} value={key} showSearch={{ optionFilterProp: "label" }} onChange={choose}
          options={rooms.filter((room) => room.site === now.site).map((room) => ({ value: roomKey(room), label: t("seating.roomOption", { room: room.room, people: room.people }) }))}
        />
        <Button icon={<RightOutlined />} id="room-next" aria-label={t("seating.next")} title={t("seating.next")} disabled={besideRoom(rooms, key, 1) === undefined} onClick={() => leaf(1)} />
        <RedrawRoom stage={stage} room={now} published={published} />
        {offered !== null && (
          <span className="swap-undo" role="status">
            {t("seating.swap.done", { first: offered.first.name, second: offered.second.name })}
            <Act does="swapSeats" size="small" data-action="undo-swap" onClick={() => void swap(offered.first, offered.second, true)}>{t("seating.swap.undo")}</Act>
          </span>
        )}
      </div>
      <Show of={picture}>
        {(shown) => {
          // While the next room is being read the last one still stands there: nothing may be moved in it.
          if (roomKey(shown) !== key) return <p role="status" className="soft">{t("frame.working")}</p>;
          const focus = shown.cells.find((cell) => place?.room === key && cell.column === place.column && cell.row === place.row) ?? firstCell(shown);
          const held = shown.cells.find((cell) => cell.person !== null && cell.person === picked) ?? null;
          return (
            <div className="room-and-side">
              <RoomGrid picture={shown} focus={focus} held={held} goTo={(cell) => setPlace({ room: key, column: cell.column, row: cell.row })} hold={(cell) => setPicked(cell?.person ?? null)} swap={(a, b) => void swap(a, b)} pin={(cell) => void pin(cell)} />
              <RoomSide picture={shown} focus={focus} held={held} hold={(cell) => setPicked(cell?.person ?? null)} swap={(a, b) => void swap(a, b)} pin={(cell) => void pin(cell)} />
            </div>
          );
        }}
      </Show>
    </div>
  );
}
