import { Button, Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RoomRow } from "../../platform";
import { LongList, type Column } from "../roster/LongList";
import { roomKey, roomsFor } from "./seating";

export function RoomsList({ rooms, open }: { rooms: RoomRow[]; open: (row: RoomRow) => void }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState("");
  const [onlyPairs, setOnlyPairs] = useState(false);
  const rows = roomsFor(rooms, wanted).filter((row) => !onlyPairs || row.pairs > 0);
  const sum = (of: (row: RoomRow) => number) => rows.reduce((all, row) => all + of(row), 0);
  const columns: Column<RoomRow>[] = [
    { key: "site", head: t("frame.site"), width: "minmax(220px, 2fr)", cell: (row) => row.siteName, hint: (row) => row.siteName },
    { key: "room", head: t("seating.room"), width: "100px", cell: (row) => <span className="figure">{row.room}</span> },
    { key: "seats", number: true, head: t("seating.seats"), width: "90px", cell: (row) => <span className="figure">{row.seats}</span> },
    { key: "people", number: true, head: t("seating.people"), width: "90px", cell: (row) => <span className="figure">{row.people}</span> },
    { key: "pairs", head: t("seating.pairs"), width: "150px", cell: (row) => <span className={row.pairs > 0 ? "state-word is-warn figure" : "figure"}>{row.pairs > 0 ? t("seating.pairsOf", { pairs: row.pairs }) : t("seating.noPairs")}</span> },
    {
      key: "open", head: t("seating.view.room"), width: "136px",
      cell: (row) => (
        <Button size="small" data-action="open-room" aria-label={t("seating.openRoom", { site: row.siteName, room: row.room })} onClick={() => open(row)}>
          {t("seating.open")}
        </Button>
      ),
    },
  ];
  return (
    <>
      <div className="row rooms-head">
        <h2>{t("seating.rooms")}</h2>
        <Input id="rooms-search" className="rooms-search" allowClear aria-label={t("seating.searchRooms")} placeholder={t("seating.searchRooms")} value={wanted} onChange={(e) => setWanted(e.target.value)} />
        <Checkbox id="rooms-pairs-only" checked={onlyPairs} onChange={(e) => setOnlyPairs(e.target.checked)}>
          {t("seating.onlyPairs")}
        </Checkbox>
        <span className="soft figure" id="rooms-sums" role="status">
          {t("seating.sums", { rooms: rows.length, used: rows.filter((row) => row.people > 0).length, seats: sum((row) => row.seats), people: sum((row) => row.people), pairs: sum((row) => row.pairs) })}
        </span>
      </div>
      <LongList id="rooms" label={t("seating.rooms")} least={200} columns={columns} count={rows.length} empty={rooms.length === 0 ? t("seating.emptyRooms") : undefined} rowAt={(at) => rows[at]} rowKey={roomKey} marks={(row) => ({ "data-site": row.site, "data-room": row.room })} />
    </>
  );
}
