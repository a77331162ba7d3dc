import { describe, expect, it } from "vitest";
import type { AtSeat, Door, Person } from "../../platform";
import { doorState, isWhole, lastIn, letIn, matchesOf, NO_TALLY, pace, plain, preselect, pressed, step, timeOf, type Match } from "./door";

const person = (handle: string, name: string, number: string, seat: number): Person => ({
  person: handle, name, number, seat, masked: "3210**********0450", unit: "南京市", late: false, city: "南京市", room: "001",
});
const at = (one: Person, when: string | null = null): AtSeat => ({ ...one, at: when });
const door: Door = {
  site: "01", siteName: "一中", room: "001", expected: 4, opens: "2020-09-12T08:45:00+08:00", lastEntry: "2020-09-12T09:30:00+08:00",
  awaited: [at(person("c", "王敏", "201001000103", 3)), at(person("a", "王㛃", "201001000101", 1))],
  present: [at(person("b", "李䶮", "201001000102", 2), "2020-09-12T08:50:00+08:00")],
  absent: [at(person("d", "赵𰻝", "201001000104", 4))],
};
const numbers = ["201001000101", "201001000102"];

describe("what is whole", () => {
  it.each([
    ["201001000101", true],
    ["32100219831009545X", true],
    ["32100219831009545x", true],
    ["321002198310095450", true],
    ["20100100010", false],
    ["0101", false],
    ["wm", false],
    ["王敏", false],
  ])("%s: %s", (text, whole) => expect(isWhole(text, numbers)).toBe(whole));

  it("takes twelve figures where the room is empty", () => {
    expect(isWhole("201001000101", [])).toBe(true);
    expect(isWhole("2010010001", [])).toBe(false);
  });

  it("reads full-width figures", () => expect(plain("　２０１Ｘ ")).toBe("201X"));
});

describe("who is meant", () => {
  it.each([
    ["王", [], ["a", "c"]],
    ["03", [], ["c"]],
    ["ly", [door.present[0]], ["b"]],
    ["wm", [person("x", "吴明", "201001000203", 3), door.awaited[0]], ["c", "x"]],
    ["", [door.awaited[0]], []],
  ])("%s", (text, found, wanted) => {
    const rows = found.filter((one): one is AtSeat => one !== undefined);
    expect(matchesOf(text, door, rows).map((one) => one.person)).toEqual(wanted);
  });

  const match = (where: Match["where"]): Match => ({ ...person("p", "某", "1", 1), where, at: null });
  it.each([
    [["awaited"], 0],
    [["awaited", "elsewhere", "elsewhere"], 0],
    [["awaited", "awaited"], -1],
    [["elsewhere"], 0],
    [["elsewhere", "elsewhere"], -1],
    [["present", "absent"], -1],
    [[], -1],
  ] as const)("Enter alone takes %j: %i", (where, chosen) => expect(preselect(where.map(match))).toBe(chosen));

  it.each([
    [-1, 1, 3, 0],
    [-1, -1, 3, 2],
    [2, 1, 3, 0],
    [0, -1, 3, 2],
    [0, 1, 0, -1],
  ] as const)("arrow from %i by %i of %i: %i", (from, by, count, to) => expect(step(from, by, count)).toBe(to));
});

describe("the pace", () => {
  it("counts keys a person, and leaves out the time in which nobody came", () => {
    let tally = NO_TALLY;
    for (const now of [0, 200, 400]) tally = pressed(tally, now);
    tally = letIn(tally, 1_000);
    tally = pressed(tally, 601_000);
    tally = pressed(tally, 602_000);
    tally = letIn(tally, 603_000);
    expect(pace(tally)).toEqual({ people: 2, keys: "2.5", minutes: 0, seconds: 3, thirty: 1 });
  });

  it("says nothing of thirty before the first", () => expect(pace(NO_TALLY)).toEqual({ people: 0, keys: "0", minutes: 0, seconds: 0, thirty: null }));
});

describe("the last one let in", () => {
  const present = [at(person("a", "甲", "1", 1), "2020-09-12T08:51:00+08:00"), at(person("b", "乙", "2", 2), "2020-09-12T08:59:00+08:00")];
  it.each([
    [["b", "a"], "a"],
    [["b", "gone"], "b"],
    [[], "b"],
  ])("of %j is %s", (mine, who) => expect(lastIn(present, mine)?.person).toBe(who));
  it("is nobody in an empty room", () => expect(lastIn([], ["a"])).toBeNull());
});

describe("the door's times", () => {
  it.each([
    ["2020-09-12T08:30:00", "before", 15],
    ["2020-09-12T08:45:00", "open", 45],
    ["2020-09-12T09:29:30", "open", 1],
    ["2020-09-12T09:31:00", "closed", 1],
  ])("at %s: %s, %i", (now, state, minutes) => {
    expect(doorState("2020-09-12T08:45:00", "2020-09-12T09:30:00", now)).toMatchObject({ state, minutes, opens: "08:45", lastEntry: "09:30" });
  });
  it.each([
    ["2020-09-11T08:46:00", "before", false],
    ["2020-09-11T08:45:00", "before", true],
    ["2020-09-13T09:29:59", "closed", false],
    ["2020-09-13T09:30:00", "closed", true],
    ["2026-11-26T10:00:00", "closed", true],
  ])("at %s, %s, are of another day: %s", (now, state, far) => {
    const at = state === "before" ? "2020-09-12 08:45" : "2020-09-12 09:30";
    expect(doorState("2020-09-12T08:45:00", "2020-09-12T09:30:00", now)).toMatchObject({ state, far, at });
  });
  it("leave unreadable times as they stand", () => expect(doorState("?", "!", "2020-09-12T08:30:00")).toMatchObject({ state: "unknown", opens: "?" }));
  it.each([[null, ""], ["08:51", "08:51"], ["2020-09-12T08:51:00", "08:51"], ["2020-07-04 08:51", "08:51"], ["2020-09-12T08:51:00+08:00", "08:51"], ["later", "later"]])("%s reads %s", (text, time) => expect(timeOf(text)).toBe(time));
});
