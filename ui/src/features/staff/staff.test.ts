import { describe, expect, it } from "vitest";
import type { StaffLine } from "../../platform";
import { found, reservesFor } from "./staff";

const one = (over: Partial<StaffLine>): StaffLine => ({ id: "a1", name: "王㛃", role: "invigilator", site: "3201-01", siteName: "南京考点", place: { zh: "第001考场", en: "Room 001" }, room: "001", unit: "第一中学", standing: "on", replacedBy: null, reason: "", standsFor: [], ...over });

describe("people on duty", () => {
  it.each([["", true], ["㛃", true], ["南京", true], ["A1", true], ["room 001", true], ["无锡", false]])("%s finds: %s", (text, want) => expect(found(one({}), text)).toBe(want));

  it("offers free people of the same role and site", () => {
    const people = [one({}), one({ id: "b", standing: "reserve" }), one({ id: "c", standing: "reserve", site: "3202-01" }), one({ id: "d", standing: "reserve", role: "judge" }), one({ id: "e", standing: "left" })];
    expect(reservesFor(people, one({})).map((p) => p.id)).toEqual(["b"]);
  });
});
