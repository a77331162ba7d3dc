import { Alert, Tabs } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Page, usePart } from "../../frame/parts";
import { go, usePlace } from "../../frame/place";
import { BEFORE_PANEL } from "../papers/kinds";
import { PapersButton } from "../papers/PapersButton";
import { InspectionsHere } from "../staff/Inspections";
import { Announcement } from "./Announcement";
import { Differences } from "./Differences";
import { Lots } from "./Lots";
import { Sheets } from "./Sheets";
import { Timer } from "./Timer";
import "./interview.css";

const VIEWS = ["lots", "sheets", "differences", "announcement", "timer", "inspection"] as const;
type View = (typeof VIEWS)[number];

/** The interview's desk: lots, judges' sheets, differences, what is announced, and the clock. */
export function Interview() {
  const { t } = useTranslation();
  const place = usePlace();
  const { stage, part, info, picker } = usePart((one) => one.interview);
  if (info === null) {
    return (
      <Page title={t("interview.title")}>
        <Alert type="info" showIcon title={t("interview.noPart")} />
      </Page>
    );
  }
  const about = { stage, part, info };
  const views: Record<View, ReactNode> = {
    lots: <Lots {...about} />,
    sheets: <Sheets {...about} />,
    differences: <Differences {...about} />,
    announcement: <Announcement {...about} />,
    timer: <Timer />,
    inspection: <InspectionsHere stage={stage} part={part} />,
  };
  const now = VIEWS.find((view) => view === place.tab) ?? "lots";
  return (
    <Page title={t("interview.title")} extra={<>{picker ?? <span className="soft">{info.whole}</span>}<PapersButton key={`${stage}/${part}`} id="interview-papers" kinds={BEFORE_PANEL} stage={stage} part={part} /></>}>
      <Tabs
        key={`${stage}/${part}`}
        className="iv-views"
        activeKey={now}
        onChange={(key) => go("interview", key)}
        destroyOnHidden
        items={VIEWS.map((view) => ({ key: view, label: t(`interview.view.${view}`), children: views[view] }))}
      />
    </Page>
  );
}
