import { describe, expect, it } from "vitest";
import type { Control, MarkRow } from "../../platform";
import { agreement, beside, controlOf, figure, fits, groupsOf, inSight, kept, meant, nextOpen, scrollTo, sumsOf, thousandths } from "./sheet";

const row = (at: number, change: Partial<MarkRow> = {}): MarkRow => ({ person: `p${at}`, number: `n${at}`, room: "001", seat: at, state: "empty", value: null, absent: false, ...change });
const mine = (at: number, value: string) => row(at, { state: "mine", value });

describe("figures", () => {
  it.each([["72", 72000], ["72.5", 72500], ["0", 0], ["0.125", 125], ["100.0", 100000], ["", null], ["7.2345", null], [".5", null], ["q", null], ["-1", null]])("%s is %s", (text, units) =>
    expect(thousandths(text)).toBe(units),
  );
  it.each([[72000, "72"], [72500, "72.5"], [125, "0.125"], [0, "0"]])("%i shows as %s", (units, text) => expect(figure(units)).toBe(text));
});

describe("what is typed", () => {
  it.each([["72.5", "72.5"], ["７２。５", "72.5"], ["7a2 b", "72"], ["ABC", ""], ["q", "q"], ["缺考", "缺考"], ["-5", "5"]])("%s keeps %s", (text, out) => expect(kept(text)).toBe(out));
  it.each([["q", "缺考"], ["Q", "缺考"], ["缺", "缺考"], ["缺考", "缺考"], [" 63 ", "63"], ["违纪", "违纪"], ["q1", "q1"]])("%s means %s", (text, out) => expect(meant(text)).toBe(out));
  it.each([
    ["72.5", true], ["72.3", false], ["100", true], ["100.5", false], ["0", true], ["q", true], ["q1", false], ["", false], ["7.", false],
  ])("%s of 100 by 0.5 fits: %s", (text, good) => expect(fits(text, "100", "0.5")).toBe(good));
});

describe("count and sum", () => {
  it("takes only what this operator has keyed", () => {
    const rows = [mine(1, "72.5"), mine(2, "63"), mine(3, "缺考"), row(4), row(5, { state: "other" })];
    expect(sumsOf(rows)).toEqual({ keyed: 3, papers: 2, absent: 1, sum: "135.5" });
  });
  it("adds without drifting", () => expect(sumsOf(Array.from({ length: 1000 }, (_, at) => mine(at, "0.1"))).sum).toBe("100"));
  it.each([["", "5", "blank"], ["135.5", "135.5", "agrees"], ["135.50", "135.5", "agrees"], ["135", "135.5", "differs"], ["..", "1", "unreadable"]] as const)(
    "%s on paper beside %s: %s", (onPaper, here, how) => expect(agreement(onPaper, here)).toBe(how),
  );
});

describe("rooms of a sheet", () => {
  const rows = [row(1), row(2), row(1, { room: "002" }), row(1, { room: "001" }), row(1, { room: "001" })];
  const control = (room: string, siteName: string): Control => ({ room, siteName, people: 1, firstCount: 0, firstSum: "0", secondCount: 0, secondSum: "0" });
  it("part where the number changes or the seats start again", () =>
    expect(groupsOf(rows, []).map(({ room, from, to }) => [room, from, to])).toEqual([["001", 0, 2], ["002", 2, 3], ["001", 3, 4], ["001", 4, 5]]));
  it("are named after their sites where the controls fit", () => {
    const controls = [control("001", "甲"), control("002", "甲"), control("001", "乙"), control("001", "丙")];
    expect(groupsOf(rows, controls).map((group) => group.siteName)).toEqual(["甲", "甲", "乙", "丙"]);
    expect(groupsOf(rows, controls.slice(1)).map((group) => group.siteName)).toEqual(["", "", "", ""]);
  });
});

describe("moving", () => {
  const rows = [mine(1, "1"), row(2), row(3, { absent: true }), row(4, { state: "other" }), row(5)];
  const none = () => false;
  it.each([[0, 1], [1, 4], [4, 1]])("Enter goes from %i to %i", (from, to) => expect(nextOpen(rows, from, none)).toBe(to));
  it("passes a row that is being saved", () => expect(nextOpen(rows, 0, (one) => one.person === "p2")).toBe(4));
  it("goes one down where nothing is left", () => expect(nextOpen([mine(1, "1"), mine(2, "2")], 0, none)).toBe(1));
  it.each([[2, 1, 4], [4, -1, 2], [4, 1, 4], [0, -1, 0]] as const)("an arrow goes from %i by %i to %i", (from, by, to) => expect(beside(rows, from, by)).toBe(to));
});

describe("a long list", () => {
  it.each([
    [1000, 0, 400, 40, { first: 0, last: 16 }],
    [1000, 4000, 400, 40, { first: 94, last: 116 }],
    [5, 0, 400, 40, { first: 0, last: 5 }],
    [3, 9000, 400, 40, { first: 0, last: 3 }],
  ])("of %i at %i", (count, top, height, high, wanted) => expect(inSight(count, top, height, high)).toEqual(wanted));
  it.each([[0, 0, null], [5, 0, null], [9, 0, 80], [20, 0, 520], [2, 400, 40], [0, 400, 0]])("row %i seen from %i scrolls to %s", (at, top, to) => expect(scrollTo(at, top, 400, 40)).toBe(to));
});

describe("controls", () => {
  const control = (a: number, b: number, x = "10", y = "10"): Control => ({ room: "001", siteName: "甲", people: 2, firstCount: a, firstSum: x, secondCount: b, secondSum: y });
  it.each([
    [control(0, 0), { state: "empty", sums: false }],
    [control(2, 0), { state: "one", sums: false }],
    [control(2, 1), { state: "open", sums: false }],
    [control(2, 2), { state: "agrees", sums: true }],
    [control(2, 2, "10", "10.5"), { state: "differs", sums: true }],
    [control(2, 2, "10", "10.0"), { state: "agrees", sums: true }],
  ])("%j", (one, wanted) => expect(controlOf(one)).toEqual(wanted));
});
