import { describe, expect, it } from "vitest";
import { readPlace, writePlace } from "./place";

describe("a place in the window", () => {
  it.each([
    ["", { desk: "overview", tab: "", about: {} }],
    ["#/hq/seating", { desk: "hq", tab: "seating", about: {} }],
    ["#/journal?person=%E7%8E%8B&x=1", { desk: "journal", tab: "", about: { person: "王", x: "1" } }],
    ["#/nowhere", { desk: "overview", tab: "", about: {} }],
  ] as const)("%s is read", (hash, place) => expect(readPlace(hash)).toEqual(place));

  it("comes back as it was written", () => {
    const place = { desk: "hq", tab: "standing", about: { list: "people", name: "李 四&=" } } as const;
    expect(readPlace(writePlace(place))).toEqual(place);
  });
});
