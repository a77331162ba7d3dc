// A city's examination by hand: headquarters enters people and draws seats, Nanjing's laptop lets them in, keys their
// marks and hands over, headquarters merges. Every step by clicks and keys in the real window, one laptop after the other.
//
//   node tests/desktop/city.mjs PROGRAM
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { finish, home, open, until } from "./drive.mjs";

const [program] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: node tests/desktop/city.mjs PROGRAM");
  process.exit(2);
}
const FIXTURE = join(import.meta.dirname, "../fixtures/jiangsu-2020");
const STOP = process.env["CITY_STOP"] ?? "";
class Stopped extends Error {}

/** Expected rows of a file with commas, none of them quoted. */
function table(file) {
  const [head, ...lines] = readFileSync(join(FIXTURE, file), "utf8").replace(/^\uFEFF/, "").trim().split(/\r?\n/).map((line) => line.split(","));
  return lines.map((line) => Object.fromEntries(head.map((name, at) => [name, line[at]])));
}

/** The cells of a workbook's first sheet, rows of texts: these workbooks hold their texts in the cells. */
function sheet(file) {
  const all = readFileSync(join(FIXTURE, file));
  let at = all.readUInt32LE(all.lastIndexOf("PK\u0005\u0006", undefined, "latin1") + 16);
  while (all.readUInt32LE(at) === 0x02014b50) {
    const [packed, nameLength, extra, comment, local] = [all.readUInt32LE(at + 20), all.readUInt16LE(at + 28), all.readUInt16LE(at + 30), all.readUInt16LE(at + 32), all.readUInt32LE(at + 42)];
    if (all.toString("utf8", at + 46, at + 46 + nameLength) === "xl/worksheets/sheet1.xml") {
      const from = local + 30 + all.readUInt16LE(local + 26) + all.readUInt16LE(local + 28);
      const text = inflateRawSync(all.subarray(from, from + packed)).toString("utf8");
      return [...text.matchAll(/<row .*?<\/row>/gs)].map(([row]) => [...row.matchAll(/<c .*?<(?:t|v)>(.*?)<\/(?:t|v)>/gs)].map((cell) => cell[1]));
    }
    at += 46 + nameLength + extra + comment;
  }
  throw new Error(`${file} has no first sheet`);
}

const started = Date.now();
const say = (text) => console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);
const done = (step, text) => {
  say(`${step}: ${text}`);
  if (STOP === step) throw new Stopped();
};
const equal = (what, read, wanted) => until(what, async () => assert.deepEqual(await read(), wanted), 20_000);

/** The window, with what everybody does who sits before it. */
class City {
  constructor(window) {
    this.w = window;
  }

  /** Notes everything that would be a fault of the program, for as long as the window is open. */
  watch() {
    return this.w.run(`window.noted = { policy: [], unknown: [], refusals: [] };
      addEventListener("securitypolicyviolation", (e) => { if (!e.blockedURI.startsWith("inline")) noted.policy.push(e.effectiveDirective + " " + e.blockedURI); });
      addEventListener("error", (e) => noted.unknown.push("error: " + e.message));
      addEventListener("unhandledrejection", (e) => noted.unknown.push("rejection: " + (e.reason?.message ?? JSON.stringify(e.reason))));
      const seen = new WeakSet();
      new MutationObserver(() => {
        for (const e of document.querySelectorAll(".refusal[data-code], .ant-alert[data-code]")) {
          if (seen.has(e)) continue;
          seen.add(e);
          (e.dataset.code === "" ? noted.unknown : noted.refusals).push(e.dataset.code === "" ? e.innerText : e.dataset.code);
        }
      }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-code"] });`);
  }

  all(selector, script) {
    return this.w.run(`return [...document.querySelectorAll(arguments[0])].map((e) => ${script})`, selector);
  }

  desk(name) {
    return this.w.click(`[data-desk="${name}"]`);
  }

  tab(name) {
    return this.w.click(`.ant-tabs-tab[data-node-key="${name}"]`);
  }

  async hq(tab) {
    await this.desk("hq");
    await this.tab(tab);
  }

  /** Dialogs are gone, also those on their way out. */
  clear() {
    return until("all dialogs to close", async () =>
      assert.equal(await this.w.run("return [...document.querySelectorAll('.ant-modal-wrap')].filter((e) => e.getClientRects().length > 0).length"), 0),
    );
  }

  /** Fills a field, as soon as nothing lies over it. */
  fill(selector, text) {
    return until(`to fill ${selector}`, () => this.w.fill(selector, text));
  }

  async signIn(name) {
    if ((await this.w.count("#operator-name")) === 0) await this.w.click("#operator");
    await this.fill("#operator-name", name);
    await this.w.press("Enter");
    await this.w.reads("#operator", new RegExp(name));
    await this.clear();
  }

  async setClock(at) {
    await this.w.click("#clock");
    // The field's own parts stand in the order of the machine's language, so the time is put in whole.
    await this.w.seen("#clock-at");
    await this.w.run(
      `const field = document.querySelector("#clock-at");
       Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, arguments[0]);
       field.dispatchEvent(new Event("input", { bubbles: true }));`,
      at,
    );
    await this.w.click(".ant-modal-footer .ant-btn-primary");
    await this.clear();
    await this.w.reads("#clock", new RegExp(`^${at.replace("T", " ")}`));
  }

  async reason(text) {
    await this.fill(".ant-modal .reason input", text);
    await this.w.press("Enter");
    await this.clear();
  }

  /** A dialog says what was refused; it is read and put away. */
  async refused(code) {
    await this.w.seen(`.refusal[data-code="${code}"]`);
    await this.w.click(".ant-modal-confirm-btns .ant-btn-primary");
    await this.clear();
  }

  /** Adds a text where the focus is, as pasted. */
  async paste(selector, text) {
    await this.w.session("POST", `/element/${await this.w.element(selector)}/value`, { text });
  }

  /** All rows of a long list, scrolled through: cells by column, and the marks of the row. */
  async rows(id) {
    const rows = new Map();
    await this.w.run("document.querySelector(arguments[0]).scrollTop = 0", `#${id}`);
    return until(`the whole of ${id}`, async () => {
      const read = await this.all(
        `#${id} .long-body > [role="row"][data-person], #${id} .long-body > [role="row"][data-site]`,
        "[e.getAttribute('aria-rowindex'), { ...Object.fromEntries([...e.querySelectorAll('[data-column]')].map((c) => [c.dataset.column, c.innerText.trim()])), ...e.dataset }]",
      );
      for (const [at, row] of read) rows.set(at, row);
      const count = Number(await this.w.attribute(`#${id}`, "aria-rowcount")) - 1;
      if (rows.size < count) await this.w.run("const e = document.querySelector(arguments[0]); e.scrollTop = (e.scrollTop + e.clientHeight / 2) % e.scrollHeight", `#${id}`);
      assert.equal(rows.size, count);
      await this.w.run("document.querySelector(arguments[0]).scrollTop = 0", `#${id}`);
      return [...rows.values()];
    }, 10_000);
  }

  async close() {
    await this.w.click("#close-event");
    await this.w.seen(".start");
  }
}

async function makeEvent(city) {
  const { w } = city;
  const folder = join(home, "hq");
  await w.click('[data-choice="create"]');
  await w.click('[data-plan="jiangsu-2020"]');
  await city.fill('[data-field="folder"] input', folder);
  await w.click("#start-drill");
  await w.click("#start-create");
  await w.seen("nav.desks");
  await w.seen(".drill-band");
  await city.signIn("报名组甲");
  await city.setClock("2020-06-10T09:00");
  done("start", "a drill event made, signed in, clock set");
  return folder;
}

async function enterPeople(city) {
  const { w } = city;
  const files = readdirSync(join(FIXTURE, "rosters")).sort();
  assert.equal(files.length, 14);
  await city.hq("roster");
  await w.click("#roster-paths");
  for (const [at, file] of files.entries()) {
    if (at > 0) await w.press("Shift+Enter");
    await city.paste("#roster-paths", join(FIXTURE, "rosters", file));
  }
  await w.press("Enter");
  const people = { rows: 0, taken: 0, refused: 0 };
  for (const file of files) {
    await w.seen(`.roster-preview[data-source="${file}"]`);
    for (const key of Object.keys(people)) people[key] += Number(await w.attribute(`#roster-counts [data-count="${key}"]`, "data-value"));
    await w.click("#roster-import");
    await until(`${file} to be imported`, async () => assert.equal(await w.count(`.roster-preview[data-source="${file}"] #roster-import`), 0));
    if (await w.count(`.roster-preview[data-source="${file}"]`)) await w.click("#roster-next");
  }
  await w.seen("#roster-files");
  say(`rosters: ${JSON.stringify(people)}`);
  done("rosters", (await w.text("#roster-sums")).replace(/\s+/g, " "));

  await city.tab("eligibility");
  await city.fill('[data-field="exclusions-path"] input', join(FIXTURE, "exclusions-2019.xlsx"));
  await w.press("Enter");
  await w.seen("#exclusions-taken");
  const masked = (id) => `${id.slice(0, 4)}${"*".repeat(id.length - 8)}${id.slice(-4)}`;
  const wanted = table("expected/eligibility.csv").map((row) => `${row.name} ${masked(row.id)} ${row.city} ${row.finding}`).sort();
  const found = async () => (await city.rows("findings")).map((row) => `${row.name} ${row.id} ${row.city} ${row.finding}`).sort();
  await equal("the findings expected", found, wanted);
  const suspects = wanted.filter((row) => row.endsWith("suspect")).length;
  assert.equal(await w.attribute("#open-suspects", "data-count"), String(suspects));
  for (let left = suspects; left > 0; left -= 1) {
    await w.click('#findings [data-action="clear"]');
    await city.reason("出生日期不符，系同名同姓，电话核实");
    await equal(`${left - 1} suspects to be left`, () => w.attribute("#open-suspects", "data-count"), String(left - 1));
  }
  await equal("all suspects to be cleared", found, wanted.map((row) => row.replace("suspect", "cleared")).sort());
  done("eligibility", `${wanted.length} findings as expected, ${suspects} cleared`);
}

async function drawSeats(city) {
  const { w } = city;
  await city.tab("seating");
  await city.fill('[data-field="rooms-path"] input', join(FIXTURE, "rooms.xlsx"));
  await w.press("Enter");
  await w.seen("#rooms-taken");
  await city.fill("#draw-seed", process.env["CITY_SEED"] ?? "南京 2020-06-10");
  await w.press("Enter");
  await w.seen('#draw-result[data-drawn="yes"]');
  const pairs = await w.attribute("#draw-result", "data-pairs");
  assert.equal(pairs, await w.attribute("#draw-result", "data-bound"), "no draw can seat fewer colleagues side by side");
  await w.click("#verify-seats");
  await w.seen('#seats-verified[data-faults="0"]');
  done("seats", `${(await w.text("#draw-result")).replace(/\s+/g, " ").slice(0, 160)}; pairs and bound ${pairs}`);
}

const SITE = "3201-01";

async function issuePacket(city) {
  const { w } = city;
  const [stick, slips] = [join(home, "stick"), join(home, "slips.pdf")];
  mkdirSync(stick, { recursive: true });
  await city.tab("packet");
  await w.click(`[data-action="select"][data-site="${SITE}"]`);
  await city.fill('[data-field="packets-folder"] input', stick);
  await w.click("#issue-packets");
  await w.seen("#issued [data-post]");
  await city.clear();
  assert.equal(await w.count("#issued tr[data-post]"), 1);
  const post = await w.attribute("#issued tr[data-post]", "data-post");
  const path = (await w.text("#issued .path-cell")).trim();
  const people = Number(await w.text("#issued tr[data-post] td.figure"));
  assert.equal(await w.count("code.six-words"), 0, "the words stand covered");
  await w.click('[data-action="show-words"]');
  await w.seen("code.six-words");
  const words = (await w.text("code.six-words")).trim();
  assert.equal(words.split(/[\s-]+/).length, 6);
  assert.equal(await w.attribute("#issued", "data-unsaved"), "1");
  await w.click("#save-slips");
  await city.fill('[data-field="save-path"] input', slips);
  await w.press("Enter");
  await city.clear();
  await equal("the slip to be saved", () => w.attribute("#issued", "data-unsaved"), "0");
  assert.ok(existsSync(slips) && existsSync(path));
  done("packet", `${post} for ${people} people in ${basename(path)}`);
  return { post, path, people, words };
}

async function openPacket(city, packet) {
  const { w } = city;
  await city.close();
  await w.click('[data-choice="packet"]');
  await city.fill('[data-field="packet-path"] input', packet.path);
  await city.fill("#packet-words", packet.words.toUpperCase());
  await city.fill('[data-field="folder"] input', join(home, "site"));
  await w.click("#start-packet");
  await w.seen('[data-dialog="packet-opened"]');
  await w.click(".ant-modal-confirm-btns .ant-btn-primary");
  await city.signIn("监考员甲");
  assert.deepEqual(await city.all("[data-desk]", "e.dataset.desk"), ["overview", "room", "marks", "handover", "journal"]);
  await city.setClock("2020-06-27T08:45");
  await w.reads('[data-time="start"] time', /^09:00$/);
  say(`times: ${(await w.text(".day-times")).replace(/\s+/g, " ")}`);
  done("opened", "the site's laptop shows five desks and the day's times");
}

/** Marks of the site's people by name; a name that two of them bear is left out. */
function marksByName(files) {
  const entered = new Set(files.flatMap((file) => sheet(`rosters/${file}`).flat().filter((cell) => /^\d{17}[\dX]$/.test(cell))));
  const marks = new Map();
  const twice = new Set();
  for (const [id, name, mark] of sheet("marks/city-written.xlsx").slice(1)) {
    if (!entered.has(id)) continue;
    if (marks.has(name)) twice.add(name);
    marks.set(name, mark);
  }
  for (const name of twice) marks.delete(name);
  return marks;
}

async function chooseRoom(city, room) {
  const { w } = city;
  await city.desk("room");
  await until("rooms or a room", async () => assert.ok((await w.count("#room-search, #change-room")) > 0));
  if (await w.count("#change-room")) await w.click("#change-room");
  await w.click(`[data-action="select"][data-site="${SITE}"][data-room="${room}"]`);
  await w.seen(".room-views");
  await city.tab("checkin");
  await w.seen("#checkin-input");
}

const listed = (city, list) =>
  city.all(`ul[data-list="${list}"] li[data-person]`, "({ person: e.dataset.person, seat: e.dataset.seat, name: e.querySelector('.name').innerText, number: e.querySelector('.figure.soft').innerText })");
const count = async (city, name) => Number(await city.w.text(`[data-count="${name}"] dd`));
const keysPressed = async (city) => Number(await city.w.attribute("#checkin-pace", "data-keys"));

/** Types a number as a scanner does and waits for the answer. */
async function show(city, number, answered) {
  await city.w.press(...number, "Enter");
  await until(`an answer to ${number}`, () => answered(number), 10_000);
}
const isIn = (city) => async (number) => {
  assert.equal(await city.w.attribute("#checkin-answer", "data-answer"), "in");
  assert.match(await city.w.text("#checkin-answer .which"), new RegExp(number));
};
const isOut = (city, codes) => async () => {
  assert.equal(await city.w.attribute("#checkin-answer", "data-answer"), "out");
  const code = await city.w.attribute("#checkin-answer", "data-code");
  assert.ok(code !== "" && !codes.has(code), `the refusal before still stands: ${code}`);
  assert.ok((await city.w.text("#checkin-answer .why")).length > 5 && (await city.w.text("#checkin-answer .remedy")).length > 5);
};

/** Lets everybody in but those away; returns numbers let in. */
async function letIn(city, people) {
  for (const { number, seat } of people) {
    const before = await keysPressed(city);
    await show(city, number, isIn(city));
    assert.equal(await city.w.attribute("#checkin-answer .seat", "data-seat"), seat);
    assert.equal((await keysPressed(city)) - before, number.length + 1, "keys pressed for one person");
  }
}

async function atTheDoor(city, marks) {
  const { w } = city;
  await city.desk("room");
  await w.seen('[data-action="select"][data-room]');
  const rooms = await city.all('[data-action="select"][data-room]', "e.dataset.room");
  await chooseRoom(city, "002");
  const [stranger] = await listed(city, "awaited");
  await chooseRoom(city, "001");
  await w.reads('[data-count="awaited"] dd', /^30$/);
  const people = await listed(city, "awaited");
  const away = people.filter(({ name }) => marks.get(name) === "缺考");
  say(`rooms ${rooms.join(" ")}; away in 001: ${away.map((one) => one.name).join(" ")}`);
  const absent = away.length > 0 ? away : people.slice(-1);
  const coming = people.filter((one) => !absent.includes(one));
  await w.click("#checkin-input");
  const from = Date.now();
  await letIn(city, coming.slice(0, 10));
  const codes = new Set();
  for (const number of [stranger.number, coming[0].number, "9".repeat(coming[0].number.length)]) {
    await show(city, number, isOut(city, codes));
    codes.add(await w.attribute("#checkin-answer", "data-code"));
    say(`refused ${number}: ${(await w.text("#checkin-answer")).replace(/\s+/g, " ")} [${[...codes].at(-1)}]`);
  }
  assert.equal(await count(city, "present"), 10, "nobody came in by a refusal");
  await letIn(city, coming.slice(10));
  const seconds = (Date.now() - from) / 1000;
  await equal("all who came to be in", () => count(city, "present"), coming.length);
  assert.equal(await w.attribute("#checkin-pace", "data-people"), String(coming.length));

  await w.click(".door-side .ant-segmented-item:nth-child(2)");
  await w.click(`ul[data-list="present"] li[data-person="${coming[4].person}"] [data-action="undo-checkin"]`);
  await city.reason("误扫邻座准考证");
  await equal("one fewer to be in", () => count(city, "present"), coming.length - 1);
  await equal("the door's field to have the focus", () => w.run("return document.activeElement.id"), "checkin-input");
  await letIn(city, [coming[4]]);
  await equal("all to be in again", () => count(city, "present"), coming.length);
  await w.click(".door-side .ant-segmented-item:nth-child(1)");
  done("door", `${coming.length} let in within ${seconds.toFixed(1)} s, three refused (${[...codes].join(", ")}), ${absent.length} away`);
  return { rooms, coming, absent };
}

async function closeRoom(city, { coming, absent }) {
  const { w } = city;
  await city.setClock("2020-06-27T09:35");
  await w.click("#fix-absence");
  await w.seen("#fix-list li");
  assert.deepEqual(await city.all("#fix-list li", "e.dataset.person"), absent.map((one) => one.person));
  await w.click(".ant-modal-footer .ant-btn-primary");
  await city.clear();
  await equal("absence to be fixed", () => count(city, "absent"), absent.length);
  await city.tab("record");
  await w.seen("#record-save");
  const all = coming.length + absent.length;
  const papers = { issued: all + 2, used: coming.length + 1, absentPapers: absent.length, spare: 2, returned: all + 2 };
  for (const [name, papersOf] of Object.entries(papers)) await city.fill(`#record-${name}`, String(papersOf));
  await city.fill("#record-first", "监考员甲");
  await city.fill("#record-second", "监考员乙");
  assert.equal(await w.run("return document.querySelector('#record-absentNumbers').value"), absent.map((one) => one.number).join("\n"));
  await w.seen("#record-faults li[data-code]", 5_000);
  const faults = await city.all("#record-faults li[data-code]", "e.dataset.code");
  await city.fill("#record-used", String(coming.length));
  await w.seen('#record-faults[data-faults="0"]', 5_000);
  await w.press("Enter");
  await w.seen('#record-state[data-unsaved="false"]');
  await w.click("#sign-off");
  await city.fill("#signer-1", "监考员甲");
  await city.fill("#signer-2", "监考员乙");
  await w.click(".ant-modal-footer .ant-btn-primary");
  await w.reads("#room-check-code", /^\d{4}-\d{4}$/);
  await city.clear();
  done("record", `the mistake said at once (${faults.join(", ")}), signed with check code ${await w.text("#room-check-code")}`);
}

async function main() {
  const window = await open(program, "city");
  await window.seen(".start", 60_000);
  const city = new City(window);
  await city.watch();
  const marks = marksByName(["3200-省厅本级.xlsx", "3201-南京市.xlsx"]);
  await makeEvent(city);
  await enterPeople(city);
  await drawSeats(city);
  const packet = await issuePacket(city);
  await openPacket(city, packet);
  const room = await atTheDoor(city, marks);
  await closeRoom(city, room);
  await window.close();
}

await finish("a city by hand", async () => {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
});
