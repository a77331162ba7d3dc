import { describe, expect, it } from "vitest";
import type { BoardRow, IssuedRow, PostRow } from "../../platform";
import { countStates, inOrder, issuedBefore, issuedMeanwhile, outcome, stateOf, unsaved, withIssued, withSaved } from "./packet";

const board = (post: string, state: BoardRow["state"]): BoardRow => ({ post, of: { zh: post, en: post }, siteName: post, people: 1, state, devices: [], strangers: [] });
const issued = (post: string, words: string): IssuedRow => ({ post, of: { zh: post, en: post }, siteName: post, path: `/usb/${post}.kaowu`, words, people: 1, checkCode: "1" });

describe("the merge board", () => {
  const rows = [board("a", "merged"), board("c", "missing"), board("b", "missing"), board("d", "forked"), board("e", "late"), board("f", "conflicting"), board("g", "incomplete")];
  it("counts its states", () => expect(countStates(rows)).toEqual({ missing: 2, late: 1, merged: 1, incomplete: 1, conflicting: 1, forked: 1 }));
  it("has what is urgent first", () => expect(inOrder(rows).map((row) => row.post)).toEqual(["d", "g", "f", "e", "b", "c", "a"]));
  it.each([
    [0, false, "again"],
    [0, true, "superseded"],
    [5, false, "new"],
  ] as const)("a handover with %i new entries, a later one merged: %s, is %s", (added, superseded, said) => expect(outcome({ added, superseded })).toBe(said));
});

describe("a post's packet", () => {
  it.each([
    [false, false, "notIssued"],
    [true, false, "isIssued"],
    [true, true, "isOutdated"],
  ] as const)("issued %s, outdated %s", (issued, outdated, state) => expect(stateOf({ issued, outdated })).toBe(state));
});

describe("issued packets", () => {
  const first = withIssued([], [issued("a", "one"), issued("b", "two")]);
  it("begin with slips unsaved", () => expect(unsaved(first).map((row) => row.post)).toEqual(["a", "b"]));
  it("are saved by post", () => expect(unsaved(withSaved(first, ["a"])).map((row) => row.post)).toEqual(["b"]));
  it("have new words and an unsaved slip when issued anew", () => {
    const again = withIssued(withSaved(first, ["a", "b"]), [issued("b", "three")]);
    expect(again.map((row) => [row.post, row.words, row.slipSaved])).toEqual([["b", "three", false], ["a", "one", true]]);
  });
  it("hold those of a run that broke off", () => {
    const post = (name: string, issuedAt: string | null): PostRow => ({ post: name, site: name, siteName: name, people: 3, issued: issuedAt !== null, issuedAt, outdated: false, entry: null });
    const before = [post("a", null), post("b", "08:00"), post("c", null)];
    const after = [post("a", "09:00"), post("b", "08:00"), post("c", null)];
    expect(issuedMeanwhile(before, after).map((row) => [row.post, row.words])).toEqual([["a", ""]]);
  });
  it("warn of those issued before", () => {
    const posts = [{ site: "1", issued: true }, { site: "2", issued: false }, { site: "3", issued: true }] as PostRow[];
    expect(issuedBefore(posts, new Set(["1", "2"])).map((row) => row.site)).toEqual(["1"]);
  });
});
