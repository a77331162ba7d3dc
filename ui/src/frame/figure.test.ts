import { describe, expect, it } from "vitest";
import { padded } from "./figure";

describe("a mark in a column", () => {
  it.each([
    ["85", "0.5", "85.0"],
    ["85.5", "0.5", "85.5"],
    ["85.25", "0.5", "85.25"],
    ["85", "1", "85"],
    ["缺考", "0.5", "缺考"],
    ["", "0.1", ""],
    ["397", "0.05", "397.00"],
  ])("%s by steps of %s: %s", (mark, step, shown) => expect(padded(mark, step)).toBe(shown));
});
