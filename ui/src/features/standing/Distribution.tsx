import { Empty, Table } from "antd";
import { BoxplotChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Show, useScreen } from "../../frame/act";
import { ToEntries, usePart } from "../../frame/parts";
import { commands } from "../../platform";
import { boxes, boxOption, byMedian, heightOf, shown, type Box } from "./boxes";

use([BoxplotChart, GridComponent, TooltipComponent, CanvasRenderer]);

export function Distribution() {
  const { t } = useTranslation();
  const { stage, part, info, picker } = usePart();
  const spread = useScreen(["spread", stage, part], () => commands.spread(stage, part), info !== null);
  if (info === null) return <Empty description={t("standing.spread.none")} />;
  return (
    <div className="view">
      <div className="filters">
        {picker}
        <ToEntries kind={info.interview ? "panel" : "mark"} text={`${stage}/${part}/`} of={info.whole} />
      </div>
      <Show of={spread}>{(rows) => (rows.length === 0 ? <Empty description={t("standing.spread.none")} /> : <Spreads rows={byMedian(boxes(rows))} />)}</Show>
    </div>
  );
}

function Spreads({ rows }: { rows: Box[] }) {
  const { t } = useTranslation();
  const figure = (key: "min" | "q1" | "median" | "q3" | "max") => ({ title: t(`standing.spread.${key}`), dataIndex: key, className: key === "median" ? "number strong" : "number", width: 110, render: (value: number) => shown(value) });
  return (
    <>
      <p className="soft">{t("standing.spread.read")}</p>
      <Boxes rows={rows} />
      <h2>{t("standing.spread.table")}</h2>
      <Table<Box>
        className="spread-table"
        size="small"
        pagination={false}
        rowKey="unit"
        dataSource={rows}
        columns={[
          { title: t("standing.unit"), dataIndex: "unit", rowScope: "row", width: 200 },
          { title: t("standing.spread.people"), dataIndex: "n", className: "number", width: 80 },
          figure("min"), figure("q1"), figure("median"), figure("q3"), figure("max"),
        ]}
      />
    </>
  );
}

/** The picture; whoever cannot see it reads the table below. */
function Boxes({ rows }: { rows: Box[] }) {
  const { t, i18n } = useTranslation();
  const box = useRef<HTMLDivElement | null>(null);
  useEffect(() => {
    const at = box.current;
    if (at === null) return;
    const chart = init(at, null, { renderer: "canvas" });
    const page = getComputedStyle(document.documentElement);
    const colour = (name: string) => page.getPropertyValue(name).trim();
    const words = {
      line: (row: Box) => t("standing.spread.line", { unit: row.unit, n: row.n, min: shown(row.min), q1: shown(row.q1), median: shown(row.median), q3: shown(row.q3), max: shown(row.max) }),
    };
    chart.setOption(boxOption(rows, words, { box: colour("--line"), edge: colour("--blue"), ink: colour("--ink"), line: colour("--line"), font: getComputedStyle(at).fontFamily }));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(at);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [rows, t, i18n.language]);
  return (
    <div className="boxes" tabIndex={0} role="region" aria-label={t("standing.spread.chart")}>
      <div ref={box} id="spread-chart" role="img" aria-label={t("standing.spread.chart")} style={{ height: heightOf(rows) }} />
    </div>
  );
}
