import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { Page } from "../../frame/parts";
import { go, usePlace } from "../../frame/place";
import { commands, type PracticeScreen } from "../../platform";
import "../standing/standing.css";
import { Honours } from "./Honours";
import { ImportExports } from "./ImportExports";
import { Participation } from "./Participation";
import { Suspects } from "./Suspects";
import "./practice.css";

const NAMES = ["import", "suspects", "daily", "weekly", "monthly", "year", "participation"] as const;
type View = (typeof NAMES)[number];

/** 日日学、周周练、月月比: from the platform's exports to the year's honours; which view stands in the address. */
export function Practice() {
  const { t } = useTranslation();
  const start = useScreen(["practice"], commands.practice);
  return <Page title={t("practice.title")}>{<Show of={start}>{(screen) => <Views screen={screen} />}</Show>}</Page>;
}

function Views({ screen }: { screen: PracticeScreen }) {
  const { t } = useTranslation();
  const { about } = usePlace();
  const now = NAMES.find((name) => name === about["view"]) ?? "import";
  return (
    <Tabs
      className="views"
      activeKey={now}
      onChange={(view) => go("hq", "practice", { view })}
      destroyOnHidden
      items={NAMES.map((name) => ({
        key: name,
        label: (
          <span data-view={name}>
            {name === "suspects" && screen.waiting > 0 ? t("practice.counted", { what: t("practice.view.suspects"), n: screen.waiting }) : t(`practice.view.${name}`)}
          </span>
        ),
        children: <div className="view">{view(name, screen)}</div>,
      }))}
    />
  );
}

function view(name: View, screen: PracticeScreen) {
  if (name === "import") return <ImportExports screen={screen} />;
  if (name === "suspects") return <Suspects />;
  if (name === "participation") return <Participation screen={screen} />;
  return <Honours key={name} which={name} screen={screen} />;
}
