import { describe, expect, it } from "vitest";
import { READS, WRITES, type Acting } from "./kinds";

const text = (files: Record<string, string>): string[] => Object.values(files).map((source) => source.replace(/^\s*\/\/.*$/gm, ""));
const shell = text(import.meta.glob<string>("../../../src-tauri/src/*.rs", { query: "?raw", import: "default", eager: true }));
const desk = text(import.meta.glob<string>("../../../src-tauri/kaowu-desk/src/**/*.rs", { query: "?raw", import: "default", eager: true }));
const table = text(import.meta.glob<string>("../../../src-tauri/kaowu-core/src/operators.rs", { query: "?raw", import: "default", eager: true })).join();
const pages = import.meta.glob<string>(["../**/*.tsx", "../**/*.ts", "!../**/*.test.ts", "!./kinds.ts"], { query: "?raw", import: "default", eager: true });

/** What the program writes about whoever works with it, whatever they do. */
const AMBIENT = new Set(["operator.signed-in", "operator.denied", "operator.refused", "operator.proved", "operator.recovered", "file.unconfirmed"]);
const kinds = new Set([...table.matchAll(/act\("([a-z.-]+)"/g)].map((found) => found[1] ?? ""));

type Fn = { calls: Set<string>; writes: Set<string> };

/** Functions of a source by name: what they call on a desk or view, and the kinds they name. */
function functions(sources: string[]): Map<string, Fn> {
  const all = new Map<string, Fn>();
  for (const source of sources) {
    const names = new Map([...source.matchAll(/const (\w+): &str = "([^"]+)"/g)].map(([, name, value]) => [name ?? "", value ?? ""]));
    for (const piece of source.split(/(?=^ *(?:pub(?:\([a-z]+\))? )?fn )/m)) {
      const name = /fn (\w+)/.exec(piece)?.[1];
      if (name === undefined) continue;
      const fn = all.get(name) ?? { calls: new Set(), writes: new Set() };
      all.set(name, fn);
      for (const [, called] of piece.matchAll(/(?:self|desk|Self|Desk|view|open\.desk)\s*(?:\.|::)(\w+)\b/g)) fn.calls.add(called ?? "");
      for (const [, kind, named] of piece.matchAll(/(?:Draft::new|sheet_draft|allowed|may|may_with|may_with_second)\((?:[&\w.()]+, )*(?:"([^"]+)"|([A-Z_]+))/g)) {
        const wanted = kind ?? names.get(named ?? "") ?? "";
        if (kinds.has(wanted)) fn.writes.add(wanted);
      }
      if (piece.includes("RECEIPT") || piece.includes("SETTLED")) fn.writes.add("receipt.taken");
    }
  }
  return all;
}

const ofDesk = functions(desk);

/** All kinds that a command may come to write, by the names of what it calls. */
function reach(command: string): Set<string> {
  const rust = command.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const body = shell.flatMap((source) => [...source.matchAll(new RegExp(`fn ${rust}\\([\\s\\S]*?^}`, "gm"))].map((found) => found[0])).join("\n");
  const out = new Set<string>();
  const seen = new Set<string>();
  const follow = (names: Iterable<string>) => {
    for (const name of names) {
      if (seen.has(name)) continue;
      seen.add(name);
      const fn = ofDesk.get(name);
      if (fn === undefined) continue;
      for (const kind of fn.writes) if (!AMBIENT.has(kind)) out.add(kind);
      follow(fn.calls);
    }
  };
  follow([...body.matchAll(/(?:desk|Desk|open\.desk)\s*(?:\.|::)(\w+)\b/g)].map((found) => found[1] ?? ""));
  return out;
}

describe("what commands write", () => {
  it.each(Object.entries(WRITES))("%s writes %s", (command, kind) => {
    expect(kinds.has(kind)).toBe(true);
    expect([...reach(command)]).toContain(kind);
  });

  it.each(READS)("%s writes nothing in anybody's name", (command) => expect([...reach(command)]).toEqual([]));

  it("each of them that a page calls has a button or a line that knows", () => {
    const called = new Set(Object.values(pages).flatMap((page) => [...page.matchAll(/commands\.(\w+)/g)].map((found) => found[1] ?? "")));
    const told = new Set(Object.values(pages).flatMap((page) => [...page.matchAll(/(?:does(?:=| = )|useMay\(\)\()(\{[^}]*\}|.*)/g)].flatMap((found) => [...(found[1] ?? "").matchAll(/"(\w+)"/g)].map((word) => word[1] ?? ""))));
    const acting = Object.keys(WRITES) as Acting[];
    expect(acting.filter((command) => called.has(command) && !told.has(command))).toEqual([]);
    expect(acting.filter((command) => !called.has(command))).toEqual([]);
  });
});
