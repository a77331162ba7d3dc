import { describe, expect, it } from "vitest";
import type { PanelRow } from "../../platform";
import { asDraft, begunMarks, checkMark, differing, fits, goOnWith, inLotOrder, neighbour, nextToKey, plain, shown, struck } from "./sheets";

const row = (person: string, more: Partial<PanelRow> = {}): PanelRow => ({
  person, panel: "1", order: Number(person), name: `人${person}`, number: `2001${person}`, mine: null, state: "empty", marks: [], dropped: [], sum: null, published: null, unit: "", ...more,
});

describe("a mark as it is typed", () => {
  it.each([
    ["85", "100", "0.5", null],
    ["85.5", "100", "0.5", null],
    ["85.50", "100", "0.5", null],
    ["100", "100", "0.5", null],
    ["0", "100", "1", null],
    ["85.3", "100", "0.5", "step"],
    ["85.05", "100", "0.1", "step"],
    ["100.5", "100", "0.5", "beyond"],
    ["1000", "100", "1", "beyond"],
    ["", "100", "1", "empty"],
    ["8o", "100", "1", "figure"],
    ["-1", "100", "1", "figure"],
    ["8.", "100", "1", "figure"],
    ["1e2", "100", "1", "figure"],
  ] as const)("%s of %s by %s: %s", (text, full, step, fault) => expect(checkMark(text, full, step)).toBe(fault));

  it("takes the digits of a Chinese input method", () => expect(plain(" ８５。５")).toBe("85.5"));
});

describe("what the grid shows of a person", () => {
  const worked = { marks: ["80.00", "90.00", "85.50"], dropped: [0, 1], sum: "85.50", published: "85.50" };
  const nothing = { marks: [], dropped: [], sum: null, published: null };
  const mine = ["80", "90", "85.5"];

  it.each([
    ["nothing keyed", row("1"), nothing],
    ["another's first pass stays hidden", row("1", { state: "one-pass", ...worked }), nothing],
    ["my own pass, worked", row("1", { state: "one-pass", mine, ...worked }), worked],
    ["the other pass is not mine", row("1", { state: "different", mine: ["80", "91", "85.5"], ...worked }), { ...nothing, marks: ["80", "91", "85.5"] }],
    ["settled is for all to see", row("1", { state: "matched", ...worked }), worked],
    ["decided, too", row("1", { state: "decided", mine: ["1", "2", "3"], ...worked }), worked],
  ] as const)("%s", (_, of, out) => expect(shown(of)).toEqual(out));

  it.each([
    [["80", "95", "85"], [0, 1], 1, [[0, "low"], [1, "high"]]],
    [["95", "9", "85"], [0, 1], 1, [[1, "low"], [0, "high"]]],
    [["85", "85", "85"], [0, 2], 1, [[0, "low"], [2, "high"]]],
    [["85", "90"], [1], 0, [[1, "high"]]],
    [["85", "90"], [], 1, []],
  ] as const)("of %j struck %j", (marks, dropped, low, out) => expect([...struck(marks, dropped, low)]).toEqual(out));
});

describe("a sheet that was begun", () => {
  it.each([
    [["", "", ""], ""],
    [["80", "", "79.5"], "80\n\n79.5"],
    [["80", "81", "79.5"], "80\n81\n79.5"],
  ])("%j is kept and comes back", (marks, text) => {
    expect(asDraft(marks)).toBe(text);
    expect(begunMarks(text === "" ? undefined : text, row("1"), 3)).toEqual(marks);
  });

  it.each([
    [undefined, ["80", "81"], ["80", "81", ""]],
    [undefined, ["缺考"], ["", "", ""]],
    ["9\n8\n7", ["80", "81", "82"], ["9", "8", "7"]],
    ["9\n8\n7\n6", null, ["9", "8", "7"]],
  ])("begun %j, keyed %j", (draft, mine, marks) => expect(begunMarks(draft, row("1", { mine }), 3)).toEqual(marks));

  it.each([
    [new Map([["3", "80"]]), "3"],
    [new Map([["9", "80"]]), "2"],
    [new Map([["4", "80"]]), "2"],
  ])("comes first: %j", (begun, next) => {
    expect(goOnWith([row("1", { mine: ["1"] }), row("2"), row("3"), row("4", { state: "matched" })], begun)).toBe(next);
  });
});

describe("the order of work", () => {
  const rows = [row("1", { mine: ["1"] }), row("2"), row("3", { state: "matched" }), row("4"), row("5", { mine: ["1"] })];

  it.each([
    [null, "2"],
    ["2", "4"],
    ["4", "2"],
    ["5", "2"],
  ])("after %s comes %s", (after, next) => expect(nextToKey(rows, after)).toBe(next));

  it("ends when all is keyed", () => expect(nextToKey([row("1", { mine: ["1"] })], "1")).toBeNull());

  it.each([
    ["2", 1, "4"],
    ["2", -1, "1"],
    ["1", -1, null],
    ["5", 1, null],
  ] as const)("from %s by %i is %s", (from, by, to) => expect(neighbour(rows, from, by)).toBe(to));

  it("follows panels, then lots, then those without", () => {
    const mixed = [row("9", { order: null }), row("2", { panel: "10" }), row("3", { panel: "2" }), row("1", { panel: "2" })];
    expect(inLotOrder(mixed).map((r) => r.person)).toEqual(["1", "3", "2", "9"]);
  });

  it.each([
    ["", true],
    ["人1", true],
    ["２００１", true],
    ["1", true],
    ["赵", false],
  ])("the search %s", (wanted, found) => expect(fits(row("1"), wanted)).toBe(found));
});

describe("two keyings beside each other", () => {
  it.each([
    [["80", "90"], ["80.00", "91"], [1]],
    [["80", "90"], ["缺考"], [0, 1]],
    [["80", "90"], ["80", "90.0"], []],
  ])("%j and %j", (first, second, out) => expect(differing({ first, second }, 2)).toEqual(out));
});
