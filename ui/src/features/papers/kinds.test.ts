import { describe, expect, it } from "vitest";
import { ALL, BEFORE_PANEL, IN_ROOM, isPaper, needsOf, SEATED, wanted } from "./kinds";

describe("a paper", () => {
  it.each([
    ["sign-in", "written", true],
    ["tickets", "written", true],
    ["draw-proof", "stage", false],
    ["interview-summary", "interview", false],
    ["judge-sheets", "interview", false],
    ["absences", "part", true],
    ["receipts", "part", true],
    ["awards", "nothing", false],
    ["duty-cards", "part", true],
    ["closing-report", "nothing", false],
    ["standing:people", "nothing", false],
  ])("%s needs %s, site %s", (kind, place, site) => expect(needsOf(kind)).toEqual({ place, site }));

  it("stands once in the list of all", () => {
    const all = Object.values(ALL).flat();
    expect(new Set(all).size).toBe(all.length);
    for (const kind of [...SEATED, ...IN_ROOM, ...BEFORE_PANEL]) expect(isPaper(kind)).toBe(true);
    expect(isPaper("standing:people")).toBe(false);
  });

  it.each([
    ["sign-in", "3201-01", "001", "3201-01", "001"],
    ["sign-in", null, "001", null, null],
    ["judge-sheets", "3201-01", "001", null, null],
  ] as const)("%s of site %s, room %s is asked for with %s, %s", (kind, site, room, ofSite, ofRoom) =>
    expect(wanted(kind, "s", "p", site, room)).toEqual({ kind, stage: "s", part: "p", site: ofSite, room: ofRoom }));
});
