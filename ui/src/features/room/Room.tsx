import { Button, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { Page, usePart } from "../../frame/parts";
import { go, usePlace } from "../../frame/place";
import { commands, type RoomCount } from "../../platform";
import { IN_ROOM } from "../papers/kinds";
import { InspectionsHere } from "../staff/Inspections";
import { OnDuty } from "../staff/OnDuty";
import { PapersButton } from "../papers/PapersButton";
import { CheckIn } from "./CheckIn";
import { IncidentDesk } from "./IncidentDesk";
import { Record } from "./Record";
import { Rooms } from "./Rooms";
import "./room.css";

export type RoomPlace = { stage: string; part: string; site: string; siteName: string; room: string };

const KEPT = "kaowu.room";
const VIEWS = ["checkin", "incident", "record", "inspection"] as const;

/** The invigilator's desk: one room, at its door, in it, and when it closes. */
export function Room() {
  const { t } = useTranslation();
  const { stage, part, info, picker } = usePart((one) => !one.interview);
  const counts = useScreen(["room-counts", stage, part], () => commands.roomCounts(stage, part), info !== null);
  const [chosen, setChosen] = useState(() => localStorage.getItem(KEPT) ?? "");
  const choose = (key: string) => {
    if (key !== "") localStorage.setItem(KEPT, key);
    setChosen(key);
  };
  if (info === null) {
    return (
      <Page title={t("room.title")} extra={picker}>
        <p>{t("room.noPart")}</p>
      </Page>
    );
  }
  return (
    <Show of={counts}>
      {(rooms) => {
        const now = rooms.find((one) => keyOf(one) === chosen) ?? (rooms.length === 1 ? rooms[0] : undefined);
        if (now === undefined || counts.isPlaceholderData) {
          return (
            <Page title={t("room.title")} extra={picker}>
              <Rooms rooms={rooms} choose={(one) => choose(keyOf(one))} />
            </Page>
          );
        }
        return (
          <Page
            title={t("room.of", { site: now.siteName, room: now.room })}
            extra={
              <>
                {picker}
                <PapersButton key={keyOf(now)} id="room-papers" kinds={IN_ROOM} stage={stage} part={part} place={now} />
                {rooms.length > 1 && (
                  <Button id="change-room" onClick={() => choose("")}>
                    {t("room.change")}
                  </Button>
                )}
              </>
            }
          >
            <OnDuty stage={stage} part={part} site={now.site} room={now.room} />
            <Views key={`${stage}/${part}/${keyOf(now)}`} place={{ stage, part, site: now.site, siteName: now.siteName, room: now.room }} />
          </Page>
        );
      }}
    </Show>
  );
}

function keyOf(one: RoomCount): string {
  return `${one.site}/${one.room}`;
}

function Views({ place }: { place: RoomPlace }) {
  const { t } = useTranslation();
  const { tab } = usePlace();
  const view = VIEWS.find((name) => name === tab) ?? VIEWS[0];
  const views = { checkin: <CheckIn place={place} />, incident: <IncidentDesk place={place} />, record: <Record place={place} />, inspection: <InspectionsHere stage={place.stage} part={place.part} at={place} /> };
  return (
    <Tabs
      className="room-views"
      activeKey={view}
      onChange={(key) => go("room", key)}
      destroyOnHidden
      items={VIEWS.map((name) => ({ key: name, label: t(`room.view.${name}`), children: views[name] }))}
    />
  );
}
