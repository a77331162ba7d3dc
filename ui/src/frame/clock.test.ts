import { describe, expect, it } from "vitest";
import { clockText, fieldText, fromField, moved } from "./clock";

describe("a time with its zone", () => {
  it.each([
    ["2020-07-04T09:00:00+08:00", -15 * 60_000, "2020-07-04T08:45:00+08:00"],
    ["2020-07-04T00:05:00+08:00", -600_000, "2020-07-03T23:55:00+08:00"],
    ["2020-07-04T09:00:00.250+08:00", 1_000, "2020-07-04T09:00:01+08:00"],
    ["2020-07-04T23:59:59-03:30", 1_000, "2020-07-05T00:00:00-03:30"],
    ["2020-07-04T09:00:00Z", 0, "2020-07-04T09:00:00Z"],
  ])("%s moves by %d to %s", (time, by, wanted) => expect(moved(time, by)).toBe(wanted));

  it("is shown and typed in its own zone", () => {
    expect(clockText("2020-07-04T08:45:00+08:00")).toBe("2020-07-04 08:45:00");
    expect(fieldText("2020-07-04T08:45:00+08:00")).toBe("2020-07-04 08:45");
    for (const typed of ["2020-07-04 08:30", "2020-07-04T08:30", " 2020/7/4 8：30 "]) {
      expect(fromField(typed, "2026-01-01T00:00:00+08:00")).toBe("2020-07-04T08:30:00+08:00");
    }
    expect(fromField("tomorrow", "2026-01-01T00:00:00Z")).toBe("tomorrow");
  });
});
