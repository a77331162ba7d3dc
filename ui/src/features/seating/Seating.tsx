import { Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { Page, useStage } from "../../frame/parts";
import { useSession } from "../../frame/session";
import { commands } from "../../platform";
import { SEATED } from "../papers/kinds";
import { PapersButton } from "../papers/PapersButton";
import { BesideDraw } from "./BesideDraw";
import { DrawBox } from "./DrawBox";
import { ImportRooms } from "./ImportRooms";
import { RoomView } from "./RoomView";
import { RoomsList } from "./RoomsList";
import { roomKey, sitesOf } from "./seating";
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
  const written = useSession().stages.find((one) => one.id === stage)?.parts.find((one) => !one.interview);
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
          <PapersButton key={stage} id="seating-papers" kinds={SEATED} stage={stage} part={written?.id ?? ""} sites={sitesOf(rooms.data ?? [])} disabled={draw.data == null || written === undefined} />
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
