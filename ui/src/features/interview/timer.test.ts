import { describe, expect, it } from "vitest";
import { figures, left, newTimer, phase, toggle } from "./timer";

describe("the interview timer", () => {
  const begun = toggle(newTimer(10), 5_000);
  const paused = toggle(begun, 65_000);

  it.each([
    ["before the start", newTimer(10), 999_999, 600_000, "ready"],
    ["running", begun, 65_000, 540_000, "running"],
    ["a pause does not count", paused, 999_999_999, 540_000, "paused"],
    ["going on after a pause", toggle(paused, 100_000), 160_000, 480_000, "running"],
    ["one minute left", begun, 545_000, 60_000, "last"],
    ["paused in the last minute", toggle(begun, 560_000), 9e9, 45_000, "last"],
    ["the time is over", begun, 605_000, 0, "over"],
    ["and counts on", begun, 617_500, -12_500, "over"],
  ] as const)("%s", (_, timer, now, rest, name) => {
    expect(left(timer, now)).toBe(rest);
    expect(phase(timer, now)).toBe(name);
  });

  it.each([
    [600_000, "10:00"],
    [599_001, "10:00"],
    [599_000, "09:59"],
    [60_000, "01:00"],
    [1, "00:01"],
    [0, "+00:00"],
    [-12_500, "+00:12"],
    [-75_000, "+01:15"],
    [6_000_000, "100:00"],
  ])("%i ms reads %s", (rest, text) => expect(figures(rest)).toBe(text));
});
