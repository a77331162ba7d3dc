import { describe, expect, it } from "vitest";
import type { RoomRecord } from "../../platform";
import { asText, proposed, readCount, readNumbers, readRecord, refilled, sameRecord, unread } from "./recordText";

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

  it("leaves out an invigilator without a name", () => expect(readRecord({ ...asText(record), second: " " })?.invigilators).toEqual(["甲"]));

  it("knows whether something was changed", () => {
    expect(sameRecord(record, { ...record })).toBe(true);
    expect(sameRecord(record, { ...record, spare: 3 })).toBe(false);
  });
});
