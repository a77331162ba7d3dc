import { Tabs } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useScreen } from "../../frame/act";
import { Page } from "../../frame/parts";
import { go, usePlace } from "../../frame/place";
import { commands } from "../../platform";
import { Distribution } from "./Distribution";
import { Lists } from "./Lists";
import { Selection } from "./Selection";
import { Ties } from "./Ties";
import { Weights } from "./Weights";
import { WhatIf } from "./WhatIf";
import "./standing.css";

const VIEWS = { weights: <Weights />, selection: <Selection />, lists: <Lists />, ties: <Ties />, whatif: <WhatIf />, spread: <Distribution /> } satisfies Record<string, ReactNode>;
type View = keyof typeof VIEWS;
const NAMES: readonly View[] = ["weights", "selection", "lists", "ties", "whatif", "spread"];

/** From weights to ranks: the views in the order in which the office needs them; which one stands in the address. */
export function Standings() {
  const { t } = useTranslation();
  const { about } = usePlace();
  const ties = useScreen(["held-ties"], commands.heldTies);
  const now = NAMES.find((name) => name === about["view"]) ?? "lists";
  return (
    <Page title={t("standing.title")}>
      <Tabs
        className="views"
        activeKey={now}
        onChange={(view) => go("hq", "standing", { view })}
        destroyOnHidden
        items={NAMES.map((name) => ({
          key: name,
          label: (
            <span data-view={name}>
              {name === "ties" && ties.data !== undefined && ties.data.length > 0 ? t("standing.counted", { what: t("standing.view.ties"), n: ties.data.length }) : t(`standing.view.${name}`)}
            </span>
          ),
          children: VIEWS[name],
        }))}
      />
    </Page>
  );
}
