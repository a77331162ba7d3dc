import { Button, Input, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ToEntries } from "../../frame/parts";
import type { RoomCount } from "../../platform";

/** The rooms of a part, to choose one from. */
export function Rooms({ rooms, choose }: { rooms: RoomCount[]; choose: (room: RoomCount) => void }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState("");
  const shown = rooms.filter((one) => `${one.siteName} ${one.site} ${one.room}`.includes(wanted.trim()));
  const first = shown[0];
  return (
    <>
      <div className="row">
        <p className="grow">{t("room.choose")}</p>
        <Input
          id="room-search"
          className="narrow"
          autoFocus
          aria-label={t("room.searchRoom")}
          placeholder={t("room.searchRoom")}
          value={wanted}
          onChange={(e) => setWanted(e.target.value)}
          onPressEnter={() => first !== undefined && shown.length === 1 && choose(first)}
        />
      </div>
      <Table<RoomCount>
        virtual
        size="small"
        pagination={false}
        scroll={{ x: 1060, y: 470 }}
        rowKey={(one) => `${one.site}/${one.room}`}
        dataSource={shown}
        locale={{ emptyText: t("room.noRooms") }}
        columns={[
          { title: t("room.site"), width: 260, render: (_, one) => one.siteName },
          { title: t("room.room"), width: 120, dataIndex: "room" },
          { title: t("room.expected"), width: 100, dataIndex: "expected", align: "right" },
          { title: t("room.present"), width: 100, dataIndex: "present", align: "right" },
          { title: t("room.absent"), width: 100, dataIndex: "absent", align: "right" },
          { title: t("room.awaited"), width: 100, align: "right", render: (_, one) => one.expected - one.present - one.absent },
          { title: t("room.state"), width: 140, render: (_, one) => t(one.signed ? "room.signed" : "room.unsigned") },
          { title: t("frame.entries"), width: 80, render: (_, one) => <ToEntries text={`/${one.site}/${one.room}`} of={t("room.of", { site: one.siteName, room: one.room })} /> },
          {
            title: t("room.action"),
            width: 130,
            render: (_, one) => (
              <Button size="small" data-action="select" data-site={one.site} data-room={one.room} aria-label={t("room.enterRoom", { site: one.siteName, room: one.room })} onClick={() => choose(one)}>
                {t("room.enter")}
              </Button>
            ),
          },
        ]}
      />
    </>
  );
}
