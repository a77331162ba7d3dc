import { describe, expect, it } from "vitest";
import { holds, kindOf, latest } from "./practice";

describe("a file's kind", () => {
  it.each([
    ["登录明细-2020-05.csv", "daily"], ["日日学5月.xlsx", "daily"], ["周周练-2020-05-04.csv", "weekly"], ["月月比-2020-05.csv", "monthly"],
    ["2020-05.csv", null], ["周周练登录.csv", null],
  ] as const)("%s", (name, kind) => expect(kindOf(name)).toBe(kind));
});

describe("periods and rows", () => {
  it("starts with the last period there is", () => {
    const line = (id: string, there: boolean) => ({ id, name: { zh: id, en: id }, there });
    expect(latest([line("1", true), line("2", true), line("3", false)])).toBe("2");
    expect(latest([line("1", false)])).toBe("");
  });
  it("finds a row by any cell", () => {
    expect(holds(["王㛃", "南京市"], " 南京 ")).toBe(true);
    expect(holds(["王㛃"], "李")).toBe(false);
    expect(holds([], "")).toBe(true);
  });
});
