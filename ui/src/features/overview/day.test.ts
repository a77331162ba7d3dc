import { describe, expect, it } from "vitest";
import zh from "../../language/zh-CN/overview.json";
import type { DayStep, DayTime, Session } from "../../platform";
import { aboutOf, byPart, countStates, knownStep, percentDone, placeOf, STEPS, until, wall } from "./day";

const NOW = "2020-06-27T08:47:30+08:00";

describe("how long until", () => {
  it.each([
    ["2020-06-27T09:00:00+08:00", { unit: "minutes", n: 13, minutes: 0 }],
    ["2020-06-27T08:48:00+08:00", { unit: "minutes", n: 1, minutes: 0 }],
    ["2020-06-27T08:47:30+08:00", { unit: "now", n: 0, minutes: 0 }],
    ["2020-06-27T08:45:00+08:00", { unit: "now", n: 0, minutes: 0 }],
    ["2020-06-27T11:00:00+08:00", { unit: "hours", n: 2, minutes: 13 }],
    ["2020-07-24T09:00:00+08:00", { unit: "days", n: 27, minutes: 0 }],
    ["2020-07-24T08:45:00+08:00", { unit: "days", n: 27, minutes: 0 }],
    ["2020-06-27T01:00:00Z", { unit: "minutes", n: 13, minutes: 0 }],
  ] as const)("%s", (at, left) => expect(until(NOW, at)).toEqual(left));
});

describe("a moment", () => {
  it("is shown as it was written down", () => expect(wall("2020-06-27T09:00:00+08:00")).toEqual({ date: "2020-06-27", time: "09:00" }));
});

describe("the plan's times", () => {
  const time = (label: string, part: string, past: boolean): DayTime => ({ label, stage: "选拔赛", part, at: NOW, past });

  it("stand under their part, the first to come marked", () => {
    const groups = byPart([time("doors", "笔试", true), time("start", "笔试", false), time("end", "笔试", false), time("start", "面试", false)]);
    expect(groups.map((one) => [one.part, one.times.map((t) => t.next)])).toEqual([["笔试", [false, true, false]], ["面试", [false]]]);
  });

  it("have no next one when all are past", () => expect(byPart([time("end", "笔试", true)])[0]?.times[0]?.next).toBe(false));
});

describe("a step", () => {
  const step = (state: DayStep["state"], done: number, total: number): DayStep => ({ step: "marks", stage: null, part: null, desk: "marks", tab: null, view: null, state, done, total, who: [], more: 0 });

  it.each([
    [step("open", 1, 3), 33], [step("done", 3, 3), 100], [step("open", 0, 0), 0], [step("done", 0, 0), 100], [step("open", 999, 1000), 99], [step("attention", 5, 3), 100],
  ] as const)("%j", (one, percent) => expect(percentDone(one)).toBe(percent));

  it("is counted by its state", () => expect(countStates([step("open", 0, 1), step("open", 0, 2), step("done", 1, 1)])).toEqual({ attention: 0, open: 2, blocked: 0, done: 1 }));

  it("leads to its stage, part and view", () => {
    expect(aboutOf({ stage: "province", part: "written", view: null })).toEqual({ stage: "province", part: "written" });
    expect(aboutOf({ stage: null, part: null, view: "ties" })).toEqual({ view: "ties" });
  });

  it("is named by its own stage's part: parts of two stages may share an id", () => {
    const part = (whole: string) => ({ id: "written", name: "笔试", whole });
    const session = { stages: [{ id: "city", name: "市赛", parts: [part("市笔试")] }, { id: "province", name: "省赛", parts: [part("省笔试")] }] } as unknown as Session;
    expect(placeOf({ stage: "province", part: "written" }, session)).toBe("省笔试");
    expect(placeOf({ stage: "province", part: null }, session)).toBe("省赛");
    expect(placeOf({ stage: "regional", part: "written" }, session)).toBe("regional · written");
    expect(placeOf({ stage: null, part: null }, session)).toBe("");
  });

  it("has words for each that the program names", () => {
    expect(Object.keys(zh.step).sort()).toEqual([...STEPS].sort());
    expect(Object.keys(zh.stepWhat).sort()).toEqual([...STEPS].sort());
    expect(knownStep("lunch")).toBeNull();
  });
});
