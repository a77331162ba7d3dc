import { describe, expect, it } from "vitest";
import { choiceOf, demoStageOf, wordsIn } from "./start";

describe("the words of a packet", () => {
  it.each([
    ["", []],
    ["river apple stone cloud lamp summer", ["river", "apple", "stone", "cloud", "lamp", "summer"]],
    ["  River - APPLE\n- stone ", ["river", "apple", "stone"]],
    ["river，apple、stone, cloud", ["river", "apple", "stone", "cloud"]],
  ])("%j are read", (text, words) => expect(wordsIn(text)).toEqual(words));
});

describe("a file dropped on the first screen", () => {
  it.each([
    ["/media/usb/S1-3201-01.kaowu", "packet"],
    ["C:\\考务\\2020\\EVENT.KAOWU-DB", "open"],
    ["/plans/jiangsu-2020.toml", "create"],
    ["/home/a/roster.xlsx", null],
    ["", null],
  ] as const)("%s", (path, choice) => expect(choiceOf(path)).toBe(choice));
});

describe("a stage of the demo event", () => {
  it.each([
    ["/home/a/考务/demo/before-roster-20261124-194800123/files", "before-roster"],
    ["C:\\考务\\demo\\tie-20261124\\files", "tie"],
    ["finished", "finished"],
    ["/home/a/marks-of-mine/files", null],
    [null, null],
  ] as const)("%s", (folder, stage) => expect(demoStageOf(folder)).toBe(stage));
});
