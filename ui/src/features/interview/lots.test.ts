import { describe, expect, it } from "vitest";
import type { LotRow, Person } from "../../platform";
import { byPanel, namesStand, panelNames, wantedPeople, withoutLot } from "./lots";

const person = (id: string): Person => ({ person: id, late: false, masked: "", name: `人${id}`, unit: "南京市", city: "南京市", number: `20${id}`, room: null, seat: null });
const lot = (id: string, panel: string, order: number): LotRow => ({ person: id, panel, order, name: `人${id}`, number: "", unit: "" });

describe("the draw of lots", () => {
  it.each([
    [2, ["甲"], ["甲", "2"]],
    [1, ["甲", "乙"], ["甲"]],
    [0, [], []],
  ])("%i panels of %j are %j", (count, typed, names) => expect(panelNames(count, typed)).toEqual(names));

  it.each([
    [["1", "2"], true],
    [["1", " 1 "], false],
    [["1", " "], false],
    [[], false],
  ])("names %j stand: %s", (names, stand) => expect(namesStand(names)).toBe(stand));

  it("lists each panel in lot order", () => {
    const rows = [lot("a", "2", 2), lot("b", "1", 1), lot("c", "2", 1)];
    expect(byPanel(rows, ["1", "2", "3"]).map(({ panel, rows: of }) => [panel, of.map((r) => r.person)])).toEqual([["1", ["b"]], ["2", ["c", "a"]], ["3", []]]);
  });

  it("knows who holds no lot", () => expect(withoutLot([person("a"), person("b")], [lot("a", "1", 1)]).map((p) => p.person)).toEqual(["b"]));

  it.each([
    ["", 2],
    ["人a", 1],
    ["南京", 2],
    ["２０b", 1],
  ])("search %s finds %i", (wanted, found) => expect(wantedPeople([person("a"), person("b")], wanted)).toHaveLength(found));
});
