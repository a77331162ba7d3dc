import { Tabs } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Archive } from "../features/archive/Archive";
import { OperatorsPage } from "../features/operators/Operators";
import { Board } from "../features/packet/Board";
import { Packets } from "../features/packet/Packets";
import { Practice } from "../features/practice/Practice";
import { Incidents } from "../features/room/Incidents";
import { Eligibility } from "../features/roster/Eligibility";
import { Roster } from "../features/roster/Roster";
import { Seating } from "../features/seating/Seating";
import { Stages } from "../features/stages/Stages";
import { Staff } from "../features/staff/Staff";
import { Awards } from "../features/standing/Awards";
import { HQ_TABS, type HqTab } from "./desks";
import { later } from "./later";
import { go } from "./place";

// With its charts: as much again as all the other tabs.
const Standings = later(() => import("../features/standing/Standings").then((m) => m.Standings));

const TABS: Record<HqTab, ReactNode> = {
  roster: <Roster />,
  eligibility: <Eligibility />,
  seating: <Seating />,
  packet: <Packets />,
  board: <Board />,
  incidents: <Incidents />,
  standing: <Standings />,
  awards: <Awards />,
  stages: <Stages />,
  practice: <Practice />,
  staff: <Staff />,
  archive: <Archive />,
  operators: <OperatorsPage />,
};

export function Headquarters({ tab, practice, teams }: { tab: string; practice: boolean; teams: boolean }) {
  const { t } = useTranslation();
  const tabs = HQ_TABS.filter((name) => (practice || name !== "practice") && (teams || name !== "stages"));
  const now = tabs.find((name) => name === tab) ?? HQ_TABS[0];
  return (
    <Tabs
      className="hq"
      activeKey={now}
      onChange={(key) => go("hq", key)}
      destroyOnHidden
      // All thirteen stand beside each other at 1366 pixels, in both languages.
      tabBarGutter={18}
      items={tabs.map((name) => ({ key: name, label: t(`frame.tab.${name}`), children: TABS[name] }))}
    />
  );
}
