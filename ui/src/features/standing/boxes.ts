// The box plot of a part's marks by unit.
import type { EChartsCoreOption } from "echarts/core";
import type { Spread } from "../../platform";

/** A unit's five figures, all of them there. */
export type Box = { unit: string; n: number; min: number; q1: number; median: number; q3: number; max: number };
export type BoxWords = { line: (row: Box) => string };
export type BoxColours = { box: string; edge: string; ink: string; line: string; font: string };

/** Units that have all five figures. */
export function boxes(rows: readonly Spread[]): Box[] {
  return rows.flatMap(({ unit, n, min, q1, median, q3, max }) =>
    min === null || q1 === null || median === null || q3 === null || max === null ? [] : [{ unit, n, min, q1, median, q3, max }],
  );
}

/** Best median first; level ones by the upper quartile, then by name. */
export function byMedian(rows: readonly Box[]): Box[] {
  return [...rows].sort((a, b) => b.median - a.median || b.q3 - a.q3 || a.unit.localeCompare(b.unit, "zh-CN"));
}

/** A figure with two places, for reading only. */
export function shown(figure: number): string {
  return figure.toFixed(2);
}

export const ROW = 24;

export function heightOf(rows: readonly Box[]): number {
  return rows.length * ROW + 44;
}

export function boxOption(sorted: readonly Box[], words: BoxWords, colours: BoxColours): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { fontFamily: colours.font, color: colours.ink },
    grid: { left: 8, right: 24, top: 24, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    // The page's policy forbids styles in markup, which is what an ordinary tooltip is made of.
    tooltip: {
      renderMode: "richText",
      trigger: "item",
      confine: true,
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const row = sorted[dataIndex];
        return row === undefined ? "" : words.line(row);
      },
    },
    xAxis: { type: "value", scale: true, position: "top", axisLabel: { color: colours.ink, fontSize: 13 }, splitLine: { lineStyle: { color: colours.line } } },
    yAxis: { type: "category", inverse: true, data: sorted.map((row) => row.unit), axisLabel: { color: colours.ink, fontSize: 13, interval: 0 }, axisTick: { show: false } },
    series: [
      {
        type: "boxplot",
        boxWidth: [6, 14],
        itemStyle: { color: colours.box, borderColor: colours.edge, borderWidth: 1.5 },
        data: sorted.map(({ min, q1, median, q3, max }) => [min, q1, median, q3, max]),
      },
    ],
  };
}
