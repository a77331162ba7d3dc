import { describe, expect, it } from "vitest";
import { choiceOf, isDemoStage, wordsIn } from "./start";

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
  it.each([["tie", true], ["finished", true], ["lunch", false], [null, false]] as const)("%s", (text, known) => expect(isDemoStage(text)).toBe(known));
});
