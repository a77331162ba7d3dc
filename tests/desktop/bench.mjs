// How the window behaves with 40,000 people: start, keystroke to answer at the door, scrolling. Not a test: it prints.
//
//   node tests/desktop/bench.mjs PROGRAM CLI
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finish, home, open } from "./drive.mjs";

const [program, cli] = process.argv.slice(2);
const UNITS = join(import.meta.dirname, "../fixtures/jiangsu-2020/units.csv");
const PEOPLE = 40_000;
const median = (figures) => [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)];

/** An ID number with its check character (GB 11643). */
function idNumber(area, n) {
  const year = 1960 + (n % 35);
  const day = `${String(1 + (n % 12)).padStart(2, "0")}${String(1 + (n % 28)).padStart(2, "0")}`;
  const body = `${area}${year}${day}${String(Math.floor(n / 1) % 1000).padStart(3, "0")}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * weights[at], 0);
  return { id: body + "10X98765432"[sum % 11], sex: (Math.floor(n / 1) % 1000) % 2 === 1 ? "男" : "女" };
}

/** A roster and rooms of 40,000 invented people, spread over the cities of the plan. */
function event(db) {
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

async function started(name, args, usable) {
  const before = performance.now();
  const window = await open(program, name, args);
  await window.seen(usable, 60_000);
  return { window, ms: performance.now() - before };
}

await finish("bench", async () => {
  const folder = join(home, "event");
  mkdirSync(folder);
  const db = join(folder, "总部.kaowu-db");
  const rooms = event(db);
  console.log(`${PEOPLE} people in ${rooms} rooms`);

  const [bare, full] = [[], []];
  for (let n = 0; n < 3; n += 1) {
    const first = await started(`bare-${n}`, [], ".start");
    bare.push(first.ms);
    await first.window.close();
    const second = await started(`full-${n}`, [db], "tr[data-step]");
    full.push(second.ms);
    await second.window.close();
  }
  console.log(`start to a usable desk: ${median(full).toFixed(0)} ms; the same program with no event: ${median(bare).toFixed(0)} ms; ${(median(full) / median(bare)).toFixed(2)} ×`);

  const { window } = await started("desk", [db], "nav.desks");
  await window.fill("#operator-name", "监考员甲");
  await window.press("Enter");
  await window.click("#clock");
  await window.fill("#clock-at", "2020-06-27 08:50");
  await window.click(".ant-modal-footer .ant-btn-primary");
  await window.go("#/room");
  await window.click('[data-action="select"][data-room="001"]');
  await window.seen('ul[data-list="awaited"] li[data-person]');
  const numbers = await window.run(`return [...document.querySelectorAll('ul[data-list="awaited"] li[data-person]')].map((li) => li.innerText.match(/\\d{9,}/)[0])`);
  await window.run(`window.answers = []; let since = 0;
    addEventListener("keydown", (event) => { if (event.key === "Enter") since = performance.now(); }, true);
    new MutationObserver(() => { const seat = document.querySelector("#checkin-answer[data-answer=in] .seat"); if (since > 0 && seat !== null && seat.dataset.seat !== window.lastSeat) {
      window.lastSeat = seat.dataset.seat; answers.push(performance.now() - since); since = 0; } }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });`);
  for (const number of numbers) {
    await window.type(number);
    await window.press("Enter");
    await window.seen("#checkin-answer[data-answer=in]");
  }
  const answers = await window.run("return answers");
  console.log(`keystroke to answer at the door: median ${median(answers).toFixed(0)} ms, most ${Math.max(...answers).toFixed(0)} ms, of ${answers.length}`);
  const pace = await window.run(`const p = document.querySelector("#checkin-pace"); return [p.dataset.people, p.dataset.keys]`);
  console.log(`keystrokes for ${pace[0]} people: ${pace[1]}`);

  await window.go("#/hq/roster");
  await window.seen("#roster-view");
  await window.run(`[...document.querySelectorAll("#roster-view label, #roster-view button")].at(-1).click()`);
  await window.seen("#people [data-person]");
  const frames = await window.session("POST", "/execute/async", {
    script: `const say = arguments[arguments.length - 1];
      const box = [...document.querySelectorAll("#people, #people *")].find((e) => e.scrollHeight > e.clientHeight * 3 && getComputedStyle(e).overflowY !== "visible");
      const gaps = []; let last = performance.now(), n = 0;
      const step = (now) => { gaps.push(now - last); last = now; box.scrollTop += 600; n += 1; if (n < 600) requestAnimationFrame(step); else say({ gaps, top: box.scrollTop, height: box.scrollHeight }); };
      requestAnimationFrame(step);`,
    args: [],
  });
  console.log(`scrolling 600 frames through the list: median ${median(frames.gaps).toFixed(0)} ms a frame, most ${Math.max(...frames.gaps).toFixed(0)} ms; ${frames.top} of ${frames.height} px`);
  await window.close();
});
