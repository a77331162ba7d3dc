import { describe, expect, it } from "vitest";
import { alike, shows, sitesIn } from "./pin";

describe("operators", () => {
  it.each([
    ["805213", "805213", true],
    ["805213", "805214", false],
    ["", "", false],
    ["  ", "  ", false],
  ])("%s and %s are alike: %s", (pin, again, want) => expect(alike(pin, again)).toBe(want));

  it.each([
    ["", []],
    ["3201-01", ["3201-01"]],
    ["3201-01、3202-01，3203-01 3204-01", ["3201-01", "3202-01", "3203-01", "3204-01"]],
  ])("sites in %s", (text, want) => expect(sitesIn(text)).toEqual(want));

  it.each([
    [false, [], "certificates", true],
    [true, ["id.uncovered", "candidate.admitted"], "room", true],
    [true, ["id.uncovered", "candidate.admitted"], "marks", false],
    [true, ["id.uncovered", "mark.decided"], "marks", true],
    [true, ["id.uncovered", "mark.decided"], "overview", true],
    [true, ["id.uncovered", "mark.decided"], "journal", true],
    [true, ["operator.signed-in"], "marks", true],
  ])("protected %s, may %j: %s is shown: %s", (isProtected, may, desk, want) => expect(shows({ protected: isProtected, may }, desk)).toBe(want));
});
