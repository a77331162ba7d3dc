// An event of 40,000 people, made by the program's headless door: for the bench, and for looking at full lists.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { home } from "./drive.mjs";

const UNITS = join(import.meta.dirname, "../fixtures/jiangsu-2020/units.csv");
export const PEOPLE = 40_000;

/** An ID number with its check character (GB 11643). */
function idNumber(area, n) {
  const year = 1960 + (n % 35);
  const day = `${String(1 + (n % 12)).padStart(2, "0")}${String(1 + (n % 28)).padStart(2, "0")}`;
  const body = `${area}${year}${day}${String(Math.floor(n / 1) % 1000).padStart(3, "0")}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * weights[at], 0);
  return { id: body + "10X98765432"[sum % 11], sex: (Math.floor(n / 1) % 1000) % 2 === 1 ? "男" : "女" };
}

/** A drill event of 40,000 invented people, spread over the cities of the plan, with their seats drawn; how many rooms. */
export function manyPeople(cli, db) {
  const units = readFileSync(UNITS, "utf8").trim().split(/\r?\n/).slice(1).map((line) => line.split(","));
  const surnames = [..."赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"];
  const given = [..."伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平"];
  const people = new Map();
  for (let n = 0; people.size < PEOPLE; n += 1) {
    const [code, county, cityCode, city] = units[n % units.length];
    const { id, sex } = idNumber(code, Math.floor(n / units.length) * 7 + (n % 7));
    const name = surnames[n % 20] + given[Math.floor(n / 20) % 20] + given[Math.floor(n / 400) % 20];
    if (!people.has(id)) people.set(id, { row: [name, sex, id, city, county], cityCode });
  }
  const perCity = new Map();
  for (const { cityCode } of people.values()) perCity.set(cityCode, (perCity.get(cityCode) ?? 0) + 1);
  const rooms = [];
  for (const [cityCode, count] of perCity) {
    for (let room = 1; room <= Math.ceil(count / 30); room += 1) {
      rooms.push(["city", cityCode.slice(0, 4), `${cityCode.slice(0, 4)}考点`, String(room).padStart(3, "0"), "7-8-8-7", "左前", "S"]);
    }
  }
  const write = (name, header, rows) => {
    const file = join(home, name);
    writeFileSync(file, [header, ...rows].map((row) => row.join(",")).join("\n"));
    return file;
  };
  const roster = write("名单.csv", ["姓名", "性别", "身份证号", "设区市", "县（市、区）"], [...people.values()].map((p) => p.row));
  const list = write("考场.csv", ["阶段", "设区市代码", "考点", "考场号", "各列座位数", "起始角", "排列"], rooms);
  const run = (...args) => {
    const out = spawnSync(cli, ["--db", db, "--operator", "考务处", ...args], { encoding: "utf8" });
    if (out.status !== 0) throw new Error(`${args.join(" ")}: ${out.stderr.slice(-500)}`);
  };
  run("event", "new", "--plan", "jiangsu-2020", "--drill");
  run("roster", "import", roster);
  run("rooms", "import", list);
  run("seats", "draw", "--stage", "city", "--seed", "40000");
  return rooms.length;
}
