import { describe, expect, it } from "vitest";
import type { Cell, RoomPicture, RoomRow } from "../../platform";
import { besideRoom, conflictPairs, firstCell, groupCounts, lines, moved, roomKey, roomsFor, sitesOf, tintOf, type Move } from "./seating";

const cell = (column: number, row: number, seat: number | null, group = -1, conflict = false): Cell => ({
  column, row, seat, person: group < 0 ? null : `p${column}${row}`, name: "", number: "", unit: "", group, pinned: false, needs: [], withdrawn: false, conflict,
});

// Two places at the left, three in the middle (the second unusable), one at the right.
const picture: RoomPicture = {
  site: "3201-01", siteName: "", room: "001", columns: [2, 3, 1], groups: ["甲", "乙"], pairs: 1, bound: 0, free: 0,
  cells: [cell(0, 0, 1, 0, true), cell(0, 1, 2, 0, true), cell(1, 0, 4, 1), cell(1, 1, null), cell(1, 2, 3, 0, true), cell(2, 0, 5)],
};
const at = (column: number, row: number) => picture.cells.find((one) => one.column === column && one.row === row) as Cell;

describe("the picture", () => {
  it("has the back at the top and the front at the lectern", () => {
    expect(lines(picture).map((line) => line.map((one) => one?.seat ?? (one === null ? "-" : "x")))).toEqual([
      ["-", 3, "-"],
      [2, "x", "-"],
      [1, 4, 5],
    ]);
  });

  it.each<[Move, number, number, number, number]>([
    ["ArrowUp", 0, 0, 0, 1],
    ["ArrowUp", 0, 1, 0, 1],
    ["ArrowDown", 1, 2, 1, 1],
    ["ArrowRight", 0, 0, 1, 0],
    ["ArrowLeft", 0, 0, 0, 0],
    ["End", 0, 0, 2, 0],
    ["Home", 2, 0, 0, 0],
  ])("%s from %i-%i leads to %i-%i", (key, column, row, toColumn, toRow) => {
    expect(moved(picture.cells, at(column, row), key)).toBe(at(toColumn, toRow));
  });

  it("begins at the first seat", () => expect(firstCell(picture)?.seat).toBe(1));

  it("counts people of units", () => expect(groupCounts(picture)).toEqual([{ group: 0, name: "甲", people: 3 }, { group: 1, name: "乙", people: 1 }]));

  it.each([
    [-1, null],
    [0, { tint: 0, hatched: false }],
    [13, { tint: 1, hatched: true }],
    [24, { tint: 0, hatched: false }],
  ])("colours unit %i", (group, tint) => expect(tintOf(group)).toEqual(tint));
});

describe("pairs in words", () => {
  const seats = (pairs: number) => conflictPairs({ ...picture, pairs }).map(([a, b]) => [a.seat, b.seat]);
  it("are those side by side", () => expect(seats(1)).toEqual([[1, 2]]));
  it("hold diagonal ones where the room counts them", () => expect(seats(2)).toEqual([[1, 2], [2, 3]]));
});

describe("rooms", () => {
  const room = (site: string, name: string): RoomRow => ({ site, siteName: `${site}考点`, room: name, seats: 30, people: 30, pairs: 0 });
  const rooms = [room("a", "001"), room("a", "002"), room("b", "001")];
  it.each([
    ["a/001", 1, "a/002"],
    ["a/002", 1, "b/001"],
    ["b/001", 1, undefined],
    ["a/001", -1, undefined],
    ["gone", 1, "a/001"],
  ] as const)("beside %s by %i is %s", (key, step, next) => {
    const found = besideRoom(rooms, key, step);
    expect(found && roomKey(found)).toBe(next);
  });
  it("have sites", () => expect(sitesOf(rooms).map((one) => one.site)).toEqual(["a", "b"]));
  it("are filtered", () => expect(roomsFor(rooms, "B考点").map(roomKey)).toEqual(["b/001"]));
});
