import { describe, expect, it } from "vitest";
import type { SheetRow } from "../../platform";
import { awardOf, canPrintAgain, countStates, fileName, goOnAt, isCode, otherTemplate, verdictOf, wantedSheets } from "./printing";

const sheet = (number: string, state: SheetRow["state"], name = "李䶮"): SheetRow => ({ number, name, award: "a", run: null, state, reason: null });

describe("a print run", () => {
  it.each([
    [["none", "none"], 1],
    [["printed", "none", "none"], 2],
    [["printed", "void", "none"], 3],
    [["printed", "printed"], null],
    [["printed", "again", "printed", "none"], 2],
    [[], null],
  ] as const)("of %j goes on at %s", (states, at) => expect(goOnAt(states.map((state) => ({ state })))).toBe(at));

  it("counts states", () => expect(countStates([sheet("1", "none"), sheet("2", "void"), sheet("3", "void")])).toEqual({ none: 1, printed: 0, void: 2, again: 0 }));

  it.each([
    [1, 3, true],
    [3, 3, true],
    [2, 2, false],
    [4, 4, false],
    [3, 1, false],
    [0, 3, false],
    [5, 9, false],
  ] as const)("sheets %i to %i of printed, waiting, void, new can be printed again: %s", (from, to, can) =>
    expect(canPrintAgain((["printed", "again", "void", "none"] as const).map((state) => ({ state })), from, to)).toBe(can));

  it("finds its award by title", () => {
    const award = { id: "a", title: { zh: "知识通", en: "Know-all" }, count: 1, template: "t", firstNumber: "1" };
    expect(awardOf({ award: { zh: "知识通", en: "Know-all" } }, [award])).toBe(award);
    expect(awardOf({ award: { zh: "x", en: "x" } }, [award])).toBeUndefined();
  });

  it.each([
    ["/media/usb/证书.toml", "证书.toml"],
    ["C:\\证书\\章.png", "章.png"],
    ["a.png", "a.png"],
  ])("%s is the file %s", (path, name) => expect(fileName(path)).toBe(name));

  it.each([
    [null, null],
    ["t", null],
    ["u", "u"],
  ])("template %s is asked for as %s", (chosen, asked) => expect(otherTemplate({ template: "t" }, chosen)).toBe(asked));
});

describe("the list of sheets", () => {
  const all = [sheet("JS-00001", "none"), sheet("JS-00002", "printed"), sheet("JS-00003", "void", "赵𰻝")];
  it.each([
    ["", "all", 3],
    ["js-00002", "all", 1],
    ["𰻝", "all", 1],
    ["０００３", "all", 1],
    ["", "printed", 1],
    ["李", "void", 0],
  ] as const)("search %s, %s: %i", (wanted, state, found) => expect(wantedSheets(all, wanted, state)).toHaveLength(found));
});

describe("a scanner's text", () => {
  it.each([
    ["KW1", true],
    ["KW1\tevent", true],
    ["K", false],
    ["证书", false],
  ])("%j is a code: %s", (text, code) => expect(isCode(text)).toBe(code));
});

describe("a refused code", () => {
  it.each([
    ["certificate-forged", "forged"],
    ["certificate-unreadable", "unreadable"],
    ["certificate-specimen", "specimen"],
    ["certificate-withdrawn", "withdrawn"],
    ["certificate-replaced", "withdrawn"],
    ["database-busy", "unsure"],
  ])("%s is %s", (code, verdict) => expect(verdictOf(code)).toBe(verdict));
});
