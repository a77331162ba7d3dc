// The room as a picture: where places are, where the hand goes next, who sits beside their own.
import type { Cell, RoomPicture, RoomRow } from "../../platform";

/** Tints with words beside them; a second dozen is hatched. */
export const TINTS = 12;

export type Tint = { tint: number; hatched: boolean };

export function tintOf(group: number): Tint | null {
  return group < 0 ? null : { tint: group % TINTS, hatched: Math.floor(group / TINTS) % 2 === 1 };
}

/** Lines of the picture from the top of the screen: the back of the room first, the lectern below the last. */
export function lines(picture: RoomPicture): (Cell | null)[][] {
  const at = new Map(picture.cells.map((cell) => [`${cell.column}/${cell.row}`, cell]));
  const depth = Math.max(0, ...picture.cells.map((cell) => cell.row + 1));
  const width = Math.max(picture.columns.length, ...picture.cells.map((cell) => cell.column + 1));
  return Array.from({ length: depth }, (_, n) => Array.from({ length: width }, (_, column) => at.get(`${column}/${depth - 1 - n}`) ?? null));
}

export type Move = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight" | "Home" | "End";

const STEP: Record<Move, [number, number]> = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0], Home: [-1, 0], End: [1, 0] };

export function isMove(key: string): key is Move {
  return key in STEP;
}

/** The place a key leads to from another; itself at the wall. Up is away from the lectern. */
export function moved(cells: readonly Cell[], from: Cell, key: Move): Cell {
  const [right, back] = STEP[key];
  const ahead = cells.filter((cell) => (right === 0 ? cell.column === from.column && (cell.row - from.row) * back > 0 : cell.row === from.row && (cell.column - from.column) * right > 0));
  const far = (cell: Cell) => Math.abs(cell.column - from.column) + Math.abs(cell.row - from.row);
  const sorted = ahead.sort((a, b) => far(a) - far(b));
  return (key === "Home" || key === "End" ? sorted[sorted.length - 1] : sorted[0]) ?? from;
}

/** Pairs of one unit side by side. Diagonal ones count only where the room's own figure says that they do. */
export function conflictPairs(picture: RoomPicture): [Cell, Cell][] {
  const seated = picture.cells.filter((cell) => cell.conflict && cell.person !== null).sort((a, b) => (a.seat ?? 0) - (b.seat ?? 0));
  const straight: [Cell, Cell][] = [];
  const slanted: [Cell, Cell][] = [];
  seated.forEach((a, n) => {
    for (const b of seated.slice(n + 1)) {
      if (a.group !== b.group) continue;
      const across = Math.abs(a.column - b.column);
      const along = Math.abs(a.row - b.row);
      if (across + along === 1) straight.push([a, b]);
      else if (across === 1 && along === 1) slanted.push([a, b]);
    }
  });
  return straight.length >= picture.pairs ? straight : [...straight, ...slanted];
}

/** How many people of each unit sit in the room, the most first. */
export function groupCounts(picture: RoomPicture): { group: number; name: string; people: number }[] {
  return picture.groups
    .map((name, group) => ({ group, name, people: picture.cells.filter((cell) => cell.person !== null && cell.group === group).length }))
    .filter((one) => one.people > 0)
    .sort((a, b) => b.people - a.people || a.group - b.group);
}

/** Where one begins in a room: at its first seat. */
export function firstCell(picture: RoomPicture): Cell | undefined {
  return picture.cells.find((cell) => cell.seat === 1) ?? picture.cells[0];
}

export const roomKey = (room: { site: string; room: string }): string => `${room.site}/${room.room}`;

/** The room before or after another in the order of the list. */
export function besideRoom(rooms: readonly RoomRow[], key: string, step: 1 | -1): RoomRow | undefined {
  const at = rooms.findIndex((room) => roomKey(room) === key);
  return at < 0 ? rooms[0] : rooms[at + step];
}

export function sitesOf(rooms: readonly RoomRow[]): { site: string; siteName: string }[] {
  return [...new Map(rooms.map(({ site, siteName }) => [site, { site, siteName }])).values()];
}

export function roomsFor(rooms: readonly RoomRow[], wanted: string): RoomRow[] {
  const text = wanted.trim().toLowerCase();
  return text === "" ? [...rooms] : rooms.filter((room) => `${room.siteName} ${room.site} ${room.room}`.toLowerCase().includes(text));
}
