import { describe, expect, it } from "vitest";
import type { FindingRow, Person } from "../../platform";
import { countFindings, inFolder, inOrder, inSight, markedName, PAGE, pathsIn, personAt } from "./roster";

describe("rows in sight", () => {
  it.each([
    ["the top", 0, 0, 25],
    ["the middle", 3600, 92, 125],
    ["beyond the end", 999_999, 40_000, 40_000],
  ])("at %s", (_, top, first, last) => {
    const count = 40_000;
    expect(inSight(Math.min(top, 40 * count), 612, top > 900_000 ? 10 : 36, count)).toEqual({ first, last });
  });

  it("are none where there is nobody", () => expect(inSight(0, 600, 36, 0)).toEqual({ first: 0, last: 0 }));
});

describe("a person at a place", () => {
  const rows = [{ person: "a" }, { person: "b" }] as Person[];
  const pages = [{ offset: 0, page: { total: 300, rows } }, undefined];
  it.each([
    [0, "a"],
    [1, "b"],
    [2, undefined],
    [PAGE, undefined],
  ])("%i", (at, person) => expect(personAt(pages, at)?.person).toBe(person));
});

describe("pasted paths", () => {
  it.each([
    ["", []],
    ["/a/名单.xlsx", ["/a/名单.xlsx"]],
    [' "/a b/1.xlsx" \n\n/a/2.xls\r\n', ["/a b/1.xlsx", "/a/2.xls"]],
    ["file:///a/1.xlsx\n/a/1.xlsx", ["/a/1.xlsx"]],
  ])("%j", (text, paths) => expect(pathsIn(text)).toEqual(paths));
});

describe("proposed names", () => {
  it.each([
    ["/usb/", "a.xlsx", "/usb/a.xlsx"],
    ["D:\\考务", "a.xlsx", "D:\\考务\\a.xlsx"],
    ["", "a.xlsx", "a.xlsx"],
  ])("in %j", (folder, name, path) => expect(inFolder(folder, name)).toBe(path));

  it("of marked workbooks", () => expect(markedName("/usb/3201 南京.xls", "标注")).toBe("3201 南京-标注.xlsx"));
});

describe("findings", () => {
  const row = (person: string, finding: FindingRow["finding"]) => ({ person, finding }) as FindingRow;
  const rows = [row("1", "cleared"), row("2", "suspect"), row("3", "excluded"), row("4", "suspect")];
  it("put suspects first", () => expect(inOrder(rows).map((r) => r.person)).toEqual(["2", "4", "3", "1"]));
  it("are counted", () => expect(countFindings(rows)).toEqual({ suspect: 2, excluded: 1, confirmed: 0, cleared: 1 }));
});
