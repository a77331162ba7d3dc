import { describe, expect, it } from "vitest";
import type { DayStep } from "../../platform";
import { backupName, lastHandover, receiptSays, roomOnStick, tabAt } from "./carry";

describe("the tab of the handover desk", () => {
  it.each([
    ["site", "", "write"], ["site", "keep", "keep"], ["site", "receipts", "write"], ["hq", "", "receipts"], ["hq", "write", "receipts"], ["hq", "inspect", "inspect"], ["hq", "keys", "keys"], ["site", "keys", "write"], ["site", "takeover", "takeover"],
  ] as const)("%s %s", (role, tab, now) => expect(tabAt(role, tab)).toBe(now));
});

describe("the last handover", () => {
  const step = (done: number, total: number): DayStep => ({ step: "handover", stage: null, part: null, desk: "handover", tab: null, view: null, state: "open", done, total, who: [], more: 0 });
  it.each([[0, 120, 120], [120, 120, 0], [118, 120, 2]] as const)("held %i of %i", (done, total, since) =>
    expect(lastHandover([step(done, total)])).toEqual({ held: done, all: total, since }));
  it("is unknown where no such step is", () => expect(lastHandover([])).toBeNull());
});

describe("a receipt", () => {
  it.each([[0, "whole"], [1, "behind"]] as const)("with %i missing", (notYet, says) => expect(receiptSays({ seq: 9, checkCode: "1642-9503", notYet, settled: 0 })).toBe(says));
});

describe("a backup's name", () => {
  it.each([
    ["2020年江苏省人社窗口 练兵比武", "2020年江苏省人社窗口练兵比武-20200627-0900.kaowu-db"],
    ["a/b:c?", "abc-20200627-0900.kaowu-db"],
    ["", "kaowu-20200627-0900.kaowu-db"],
  ])("of %s", (title, name) => expect(backupName(title, "2020-06-27T09:00:00")).toBe(name));
});

describe("room on a stick", () => {
  it.each([[512, "512 MB"], [14_900, "14.6 GB"]])("%i", (free, says) => expect(roomOnStick(free)).toBe(says));
});
