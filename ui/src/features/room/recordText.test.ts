import { describe, expect, it } from "vitest";
import type { RoomRecord } from "../../platform";
import { asText, complaints, proposed, readCount, readNumbers, readRecord, refilled, sameRecord, typedOver, unread, PAPERS, type Count, type RecordText } from "./recordText";

const record: RoomRecord = {
  expected: 30, present: 28, absent: 2, absentNumbers: ["201001000107", "201001000119"], issued: 32, used: 28, absentPapers: 2,
  spare: 2, returned: 32, incidents: 0, invigilators: ["甲", "乙"],
};

describe("a room record", () => {
  it.each([["30", 30], [" 7 ", 7], ["３０", 30], ["0", 0], ["", null], ["-1", null], ["1.5", null], ["三十", null]])("reads %j as %s", (text, count) =>
    expect(readCount(text)).toBe(count),
  );

  it.each([
    ["201001000107\n201001000119", ["201001000107", "201001000119"]],
    ["201001000107，201001000119、 201001000107", ["201001000107", "201001000119"]],
    ["  ", []],
  ])("parts %j", (text, numbers) => expect(readNumbers(text)).toEqual(numbers));

  it("is the same after being typed", () => expect(readRecord(asText(record))).toEqual(record));

  it("names what cannot be read and is none then", () => {
    const text = { ...asText(record), issued: "", spare: "x" };
    expect(unread(text)).toEqual(["issued", "spare"]);
    expect(readRecord(text)).toBeNull();
  });

  it("takes the people from the program and leaves the papers", () => {
    const now = { ...record, present: 27, absent: 3, absentNumbers: ["1"], issued: 0, used: 27 };
    const typed = { ...asText(record), issued: "40", used: " " };
    expect(refilled(typed, { suggested: now, papersKnown: true })).toMatchObject({ present: "27", absent: "3", absentNumbers: "1", issued: "40", used: "27" });
    expect(refilled(typed, { suggested: now, papersKnown: false })).toMatchObject({ present: "27", issued: "40", used: "" });
  });

  it("proposes papers only once nobody is awaited", () => {
    expect(proposed({ suggested: record, papersKnown: true })).toEqual(asText(record));
    const early = proposed({ suggested: record, papersKnown: false });
    expect(early).toMatchObject({ expected: "30", present: "28", incidents: "0" });
    expect(unread(early)).toEqual(["issued", "used", "absentPapers", "spare", "returned"]);
  });

  it.each<[string, Partial<RecordText>, { tried?: boolean; left?: Count[]; papersKnown?: boolean }, Count[]]>([
    ["nobody has touched it", {}, {}, []],
    ["it was tabbed through while people are awaited", {}, { left: PAPERS }, []],
    ["a word for a number, while it is typed", { used: "3o" }, {}, []],
    ["a word for a number, left", { used: "3o" }, { left: ["used"] }, ["used"]],
    ["a count of people taken away", { present: "" }, { left: ["present"] }, ["present"]],
    ["papers that are known, left blank", {}, { left: ["used"], papersKnown: true }, ["used"]],
    ["somebody tried to save", { spare: "2" }, { tried: true }, ["issued", "used", "absentPapers", "returned"]],
    ["what can be read is never one", { ...asText(record) }, { tried: true, left: PAPERS, papersKnown: true }, []],
  ])("%s: what is said", (_, typed, { tried = false, left = [], papersKnown = false }, want) => {
    const text = { ...proposed({ suggested: record, papersKnown: false }), ...typed };
    expect(complaints(text, { tried, left: new Set(left), papersKnown })).toEqual(want);
  });

  it("keeps what was typed, and follows those who come in with the rest", () => {
    const early = { suggested: { ...record, present: 5, absent: 0, absentNumbers: [] }, papersKnown: false };
    const typed = typedOver(proposed(early), { ...proposed(early), first: "王监考", issued: "32" });
    expect(typed).toEqual({ first: "王监考", issued: "32" });
    const later = { ...proposed({ suggested: record, papersKnown: true }), ...typed };
    expect([later.present, later.absentNumbers, later.issued, later.used, later.first]).toEqual([String(record.present), record.absentNumbers.join("\n"), "32", String(record.used), "王监考"]);
  });

  it("leaves out an invigilator without a name", () => expect(readRecord({ ...asText(record), second: " " })?.invigilators).toEqual(["甲"]));

  it("knows whether something was changed", () => {
    expect(sameRecord(record, { ...record })).toBe(true);
    expect(sameRecord(record, { ...record, spare: 3 })).toBe(false);
  });
});
