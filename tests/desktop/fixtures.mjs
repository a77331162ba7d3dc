// The invented event's files as the tests read them: with unzip, not with the program's own reader.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const FIXTURE = join(import.meta.dirname, "../fixtures/jiangsu-2020");

/** Lines of a file with commas, none of them quoted, without its head. */
export function csv(file) {
  return readFileSync(join(FIXTURE, file), "utf8").replace(/^\uFEFF/, "").trim().split(/\r?\n/).slice(1).map((line) => line.split(","));
}

/** The same, by the names of the columns. */
export function table(file) {
  const head = readFileSync(join(FIXTURE, file), "utf8").replace(/^\uFEFF/, "").split(/\r?\n/)[0].split(",");
  return csv(file).map((line) => Object.fromEntries(head.map((name, at) => [name, line[at]])));
}

/** The rows of a workbook's sheet as text, by its number; empty cells in between are left out where `file` has none. */
export function sheet(file, number = 1) {
  const part = (name) => {
    const out = spawnSync("unzip", ["-p", file, name], { maxBuffer: 1 << 27, encoding: "utf8" });
    return out.status === 0 ? out.stdout : "";
  };
  const plain = (xml) => xml.replace(/<[^>]+>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");
  const shared = [...part("xl/sharedStrings.xml").matchAll(/<si>(.*?)<\/si>/gs)].map((found) => plain(found[1]));
  const rows = part(`xl/worksheets/sheet${number}.xml`);
  assert.notEqual(rows, "", `${file} has no sheet ${number}`);
  return [...rows.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) =>
    [...row.matchAll(/<c [^>]*?(?:\/>|>(.*?)<\/c>)/gs)].map(([cell, inside = ""]) => {
      const value = /<v>(.*?)<\/v>/s.exec(inside)?.[1] ?? /<t[^>]*>(.*?)<\/t>/s.exec(inside)?.[1] ?? "";
      return /^<c [^>]*t="s"/.test(cell) ? shared[Number(value)] : plain(value);
    }),
  );
}

/** The last rows of a sheet against what must come out: figures are compared as figures, text as text. */
export function same(rows, wanted, what) {
  const figure = (text) => (/^-?\d+(\.\d+)?$/.test(text) && text.length < 12 ? Number(text) : text);
  const body = rows.slice(rows.length - wanted.length).map((row) => row.map(figure));
  assert.deepEqual(body, wanted.map((row) => row.map(figure)), what);
}

/** An ID number as screens show it. */
export const masked = (id) => `${id.slice(0, 4)}${"*".repeat(id.length - 8)}${id.slice(-4)}`;
