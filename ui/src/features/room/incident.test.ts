import { describe, expect, it } from "vitest";
import type { Door, IncidentRow } from "../../platform";
import { effectOf, EMPTY, formOf, isBegun, lacking, ofRoom, rulingOf, type IncidentDraft } from "./incident";

const full: IncidentDraft = { document: "201001000101", clause: "phone", facts: " 手机响 ", first: "甲", second: " 乙", signed: true, why: "" };
const row: IncidentRow = {
  id: "a-1", stage: "city", part: "written", siteName: "南京市考点", person: "p", name: "王㛃", number: "201001000101", room: "001", seat: 1, clause: "phone", clauseText: "带手机",
  facts: "手机响", at: "2020-09-12T10:00:00+08:00", invigilators: ["甲", "乙"], unsigned: null, upheld: null, reason: null,
};

describe("an incident that was begun", () => {
  it.each<[Partial<IncidentDraft>, boolean]>([
    [{}, false],
    [{ first: "甲", second: "乙" }, false],
    [{ facts: " " }, false],
    [{ facts: "手机响" }, true],
    [{ signed: false }, true],
    [{ clause: "phone" }, true],
  ])("%j: %s", (change, begun) => expect(isBegun({ ...EMPTY, ...change })).toBe(begun));
});

describe("an incident", () => {
  it.each<[Partial<IncidentDraft>, string[]]>([
    [{}, []],
    [{ document: " " }, ["document"]],
    [{ facts: "" }, ["facts"]],
    [{ second: "" }, ["invigilators"]],
    [{ signed: null }, ["signed"]],
    [{ signed: false }, ["why"]],
    [{ signed: false, why: "拒签" }, []],
  ])("with %j lacks %j", (change, wanted) => expect(lacking({ ...full, ...change })).toEqual(wanted));

  it("lacks everything when empty", () => expect(lacking(EMPTY)).toEqual(["document", "clause", "facts", "invigilators", "signed"]));

  it("is sent tidied, with why it is not signed", () => {
    expect(formOf(full)).toMatchObject({ facts: "手机响", invigilators: ["甲", "乙"], unsigned: null });
    expect(formOf({ ...full, signed: false, why: "拒签 " }).unsigned).toBe("拒签");
  });

  it("belongs to the room of its person", () => {
    const one = { person: "p", masked: "", name: "", unit: "", late: false, city: "", number: null, room: "001", seat: 1, at: null };
    const door: Door = { site: "01", siteName: "", room: "001", expected: 1, awaited: [], present: [one], absent: [], opens: "", lastEntry: "" };
    const rows = [row, { ...row, id: "b", person: "q" }, { ...row, id: "c", part: "other" }];
    expect(ofRoom(rows, "city", "written", door).map((held) => held.id)).toEqual(["a-1"]);
  });

  it.each([[null, "open"], [true, "upheld"], [false, "dismissed"]] as const)("ruled %s is %s", (upheld, ruling) => expect(rulingOf({ ...row, upheld })).toBe(ruling));

  it.each([["phone", "part"], ["gone", "nothing"]] as const)("by clause %s voids %s", (clause, voids) =>
    expect(effectOf({ ...row, clause }, [{ id: "phone", text: "带手机", voids: "part" }])).toBe(voids),
  );
});
