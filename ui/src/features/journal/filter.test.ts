import { describe, expect, it } from "vitest";
import type { EntryRow } from "../../platform";
import { chosenBy, filterOf, idsOf, joined, kindWords, NOBODY, without } from "./filter";

describe("what the journal is asked for", () => {
  it.each([
    ["", NOBODY, {}, { text: "", person: null, device: null, operator: null, kind: null, ids: [] }],
    [" 王㛃 ", { ...NOBODY, operator: "李四" }, {}, { text: "王㛃", person: null, device: null, operator: "李四", kind: null, ids: [] }],
    ["", NOBODY, { person: "p1" }, { text: "", person: "p1", device: null, operator: null, kind: null, ids: [] }],
    ["x", { device: "a1", operator: null, kind: "mark.keyed" }, { ids: "e1,e2" }, { text: "x", person: null, device: "a1", operator: null, kind: "mark.keyed", ids: ["e1", "e2"] }],
  ] as const)("%j %j %j", (text, chosen, about, filter) => expect(filterOf(text, chosen, about)).toEqual(filter));
});

describe("another page's choice", () => {
  it("stands chosen", () => {
    expect(chosenBy({ kind: "seats.drawn", person: "p" })).toEqual({ ...NOBODY, kind: "seats.drawn" });
    expect(chosenBy({ operator: "甲" })).toEqual({ ...NOBODY, operator: "甲" });
  });
});

describe("ids", () => {
  it.each([[undefined, []], ["", []], [" a, ,b,", ["a", "b"]]])("%j", (list, ids) => expect(idsOf(list)).toEqual(ids));
});

describe("a tag taken away", () => {
  it("leaves the others", () => expect(without({ person: "p", text: "x" }, "person")).toEqual({ text: "x" }));
});

describe("what can be chosen", () => {
  it("only grows", () => expect(joined(["b"], ["a", "b"])).toEqual(["a", "b"]));
  it("is the same when nothing is new", () => {
    const before = ["a", "b"];
    expect(joined(before, ["b"])).toBe(before);
  });
});

describe("a kind", () => {
  const row: EntryRow = { id: "e", device: "d", site: "s", seq: 1, at: "", by: "", kind: "mark.keyed", title: { zh: "录入成绩", en: "Mark keyed" }, about: { zh: "", en: "" }, live: true };
  it("has the words of its rows", () => {
    expect(kindWords([row], "zh-CN")).toEqual({ "mark.keyed": "录入成绩" });
    expect(kindWords([row], "en")).toEqual({ "mark.keyed": "Mark keyed" });
  });
});
