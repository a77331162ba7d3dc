import { Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { Page, useStage } from "../../frame/parts";
import { commands } from "../../platform";
import { BesideDraw } from "./BesideDraw";
import { DrawBox } from "./DrawBox";
import { ImportRooms } from "./ImportRooms";
import { PapersButton } from "./PapersButton";
import { RoomView } from "./RoomView";
import { RoomsList } from "./RoomsList";
import { roomKey } from "./seating";
import "./seating.css";

type View = "draw" | "room";

/** Rooms, the draw of seats, and each room as a picture. */
export function Seating() {
  const { t } = useTranslation();
  const { stage, picker } = useStage();
  const [view, setView] = useState<View>("draw");
  const [room, setRoom] = useState("");
  const rooms = useScreen(["rooms", stage], () => commands.rooms(stage));
  const draw = useScreen(["draw", stage], () => commands.draw(stage));
  return (
    <Page
      title={t("seating.title")}
      extra={
        <>
          {picker}
          <Radio.Group
            id="seating-view"
            aria-label={t("seating.view.label")}
            optionType="button"
            value={view}
            onChange={(e) => setView(e.target.value as View)}
            options={[
              { value: "draw", label: t("seating.view.draw") },
              { value: "room", label: t("seating.view.room") },
            ]}
          />
          <PapersButton stage={stage} rooms={rooms.data ?? []} drawn={draw.data != null} />
        </>
      }
    >
      {view === "draw" && (
        <>
          <ImportRooms />
          <Show of={draw}>{(drawn) => <DrawBox key={stage} stage={stage} draw={drawn} />}</Show>
          <BesideDraw key={`beside-${stage}`} stage={stage} drawn={draw.data != null} />
        </>
      )}
      <Show of={rooms}>
        {(rows) =>
          view === "draw" ? (
            <RoomsList
              rooms={rows}
              open={(row) => {
                setRoom(roomKey(row));
                setView("room");
              }}
            />
          ) : (
            <RoomView stage={stage} rooms={rows} chosen={room} choose={setRoom} published={draw.data?.published ?? false} />
          )
        }
      </Show>
    </Page>
  );
}
