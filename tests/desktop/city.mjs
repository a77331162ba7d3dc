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
/** Nanjing's own site. */
const SITE = "3201-01";
/** People in all rosters. */
const ENTERED = 1372;
const FIXTURE = join(import.meta.dirname, "../fixtures/jiangsu-2020");

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

  /** Turns to a tab, unless it is the one shown: a click would take the focus from the page. */
  async tab(name) {
    const tab = `.ant-tabs-tab[data-node-key="${name}"]`;
    await this.w.seen(tab);
    if ((await this.w.count(`${tab}.ant-tabs-tab-active`)) === 0) await this.w.click(tab);
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
    await this.w.fill("#clock-at", at.replace("T", " "));
    await this.w.click(".ant-modal-footer .ant-btn-primary");
    await this.clear();
    await this.w.reads("#clock", new RegExp(`^${at.replace("T", " ")}`));
  }

  async reason(text) {
    await this.fill(".ant-modal .reason input", text);
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
  say("start: a drill event made, signed in, clock set");
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
  assert.deepEqual(people, { rows: ENTERED, taken: ENTERED, refused: 0 });
  say(`rosters: ${(await w.text("#roster-sums")).replace(/\s+/g, " ")}`);

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
  say(`eligibility: ${wanted.length} findings as expected, ${suspects} cleared`);
}

async function drawSeats(city) {
  const { w } = city;
  await city.tab("seating");
  await city.fill('[data-field="rooms-path"] input', join(FIXTURE, "rooms.xlsx"));
  await w.press("Enter");
  await w.seen("#rooms-taken");
  await city.fill("#draw-seed", "南京 2020-06-10");
  await w.press("Enter");
  await w.seen('#draw-result[data-drawn="yes"]');
  const pairs = await w.attribute("#draw-result", "data-pairs");
  assert.equal(pairs, await w.attribute("#draw-result", "data-bound"), "no draw can seat fewer colleagues side by side");
  await w.click("#verify-seats");
  await w.seen('#seats-verified[data-faults="0"]');
  say(`seats: drawn, ${pairs} pairs as the bound says`);
}

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
  say(`packet: ${post} for ${people} people in ${basename(path)}`);
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
  say("opened: the site's laptop shows five desks and the day's times");
}

/** Marks of the site's people by name; a name that two of them bear is left out. */
function marksOfSite(files) {
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
async function isOut(city, code) {
  assert.equal(await city.w.attribute("#checkin-answer", "data-answer"), "out");
  assert.equal(await city.w.attribute("#checkin-answer", "data-code"), code);
  for (const words of [".why", ".remedy"]) assert.ok((await city.w.text(`#checkin-answer ${words}`)).trim().length > 5, `${code} in words`);
}

/** Lets people in one after the other and counts the keys it takes. */
async function letIn(city, people) {
  for (const { number, seat } of people) {
    const before = await keysPressed(city);
    await show(city, number, isIn(city));
    assert.equal(await city.w.attribute("#checkin-answer .seat", "data-seat"), seat);
    assert.equal((await keysPressed(city)) - before, number.length + 1, "keys pressed for one person");
  }
}

/** Room 001 with all that goes wrong at a door, then the others; returns who came and who did not, by room. */
async function atTheDoors(city, marks) {
  const { w } = city;
  await city.desk("room");
  await w.seen('[data-action="select"][data-room]');
  const numbers = await city.all('[data-action="select"][data-room]', "e.dataset.room");
  await chooseRoom(city, "002");
  const [stranger] = await listed(city, "awaited");
  await chooseRoom(city, "001");
  await w.reads('[data-count="awaited"] dd', /^30$/);
  const first = split(await listed(city, "awaited"), marks);
  const { coming } = first;
  assert.equal(first.absent.length, 1, "the seed leaves one of room 001 away");
  const from = Date.now();
  await letIn(city, coming.slice(0, 10));
  const wrong = [
    [stranger.number, "other-room"],
    [coming[0].number, "already-checked-in"],
    ["9".repeat(coming[0].number.length), "person-unknown"],
  ];
  for (const [number, code] of wrong) await show(city, number, () => isOut(city, code));
  await equal("nobody to come in by a refusal", () => count(city, "present"), 10);
  await letIn(city, coming.slice(10));
  const seconds = (Date.now() - from) / 1000;
  await equal("all who came to be in", () => count(city, "present"), coming.length);
  assert.equal(await w.attribute("#checkin-pace", "data-people"), String(coming.length));

  const again = coming[4];
  await w.click(".door-side .ant-segmented-item:nth-child(2)");
  await w.click(`ul[data-list="present"] li[data-person="${again.person}"] [data-action="undo-checkin"]`);
  await city.reason("误扫邻座准考证");
  await equal("one fewer to be in", () => count(city, "present"), coming.length - 1);
  await equal("the door's field to have the focus", () => w.run("return document.activeElement.id"), "checkin-input");
  await letIn(city, [again]);
  await equal("all to be in again", () => count(city, "present"), coming.length);
  say(`door of 001: ${coming.length} people in ${seconds.toFixed(1)} s, three refused, one let in again`);

  const rooms = new Map([["001", first]]);
  for (const room of numbers.filter((one) => one !== "001")) {
    await chooseRoom(city, room);
    await until(`room ${room} to be read`, async () => assert.ok((await count(city, "awaited")) > 0));
    const people = split(await listed(city, "awaited"), marks);
    rooms.set(room, people);
    await letIn(city, people.coming);
    await equal(`room ${room} to be in`, () => count(city, "present"), people.coming.length);
  }
  const sum = (of) => [...rooms.values()].reduce((all, room) => all + room[of].length, 0);
  say(`doors: ${sum("coming")} let in to ${rooms.size} rooms, ${sum("absent")} away`);
  return rooms;
}

/** Who comes and who, by the marks, does not. */
function split(people, marks) {
  const absent = people.filter(({ name }) => marks.get(name) === "缺考");
  return { absent, coming: people.filter((one) => !absent.includes(one)) };
}

async function closeRoom(city, room, { coming, absent }) {
  const { w } = city;
  await chooseRoom(city, room);
  if (absent.length > 0) {
    await w.click("#fix-absence");
    await w.seen("#fix-list li");
    assert.deepEqual(await city.all("#fix-list li", "e.dataset.person"), absent.map((one) => one.person));
    await w.click(".ant-modal-footer .ant-btn-primary");
    await city.clear();
    await equal("absence to be fixed", () => count(city, "absent"), absent.length);
  }
  await city.tab("record");
  await w.seen("#record-save");
  const all = coming.length + absent.length;
  const papers = { issued: all + 2, used: coming.length, absentPapers: absent.length, spare: 2, returned: all + 2 };
  await city.fill("#record-first", "监考员甲");
  await city.fill("#record-second", "监考员乙");
  for (const [name, wanted] of Object.entries(papers)) await city.fill(`#record-${name}`, String(wanted));
  await equal("the absent to be named", () => w.run("return document.querySelector('#record-absentNumbers').value"), absent.map((one) => one.number).join("\n"));
  await w.seen('#record-faults[data-faults="0"]', 5_000);
  if (room === "001") {
    await city.fill("#record-used", String(coming.length + 1));
    await w.seen('#record-faults li[data-code="papers-do-not-add-up"]', 5_000);
    await city.fill("#record-used", String(coming.length));
    await w.seen('#record-faults[data-faults="0"]', 5_000);
  }
  await w.press("Enter");
  await w.seen('#record-state[data-unsaved="false"]');
  await w.click("#sign-off");
  await city.fill("#signer-1", "监考员甲");
  await city.fill("#signer-2", "监考员乙");
  await w.click(".ant-modal-footer .ant-btn-primary");
  await w.reads("#room-check-code", /^\d{4}-\d{4}$/);
  await city.clear();
}

async function closeRooms(city, rooms) {
  await city.setClock("2020-06-27T09:35");
  for (const [room, people] of rooms) await closeRoom(city, room, people);
  say(`rooms: ${rooms.size} closed and signed`);
}

const progress = async (city) => Number(await city.w.attribute("#mark-progress", "data-count"));
const rowsOf = (city, state) => city.w.count(`.mark-grid tr[data-person][data-state="${state}"]`);

async function choosePass(city, pass, tab = "keying") {
  await city.desk("marks");
  await city.tab(tab);
  // The pass proposed is left alone: the first field has the focus already.
  await city.w.seen(`#pass-${pass}`);
  const chosen = () => city.w.run("return document.querySelector(arguments[0]).checked", `#pass-${pass}`);
  if (!(await chosen())) await city.w.click(`label:has(#pass-${pass})`);
  await until(`pass ${pass} to be chosen`, async () => assert.equal(await chosen(), true));
}

/** The row in which the next key would arrive. */
const inHand = (city) => city.w.run("const e = document.activeElement; return e.dataset.mark === undefined ? null : { person: e.dataset.mark, number: e.closest('tr').dataset.number }");

async function keyMarks(city, marks, names) {
  const { w } = city;
  await city.setClock("2020-06-27T15:00");
  await city.signIn("录入员甲");
  await choosePass(city, 1);
  await until("a row to be in hand", async () => assert.notEqual(await inHand(city), null));
  const keyed = [];
  for (let n = 0; n < 3; n += 1) {
    const row = await inHand(city);
    const mark = marks.get(names.get(row.number)) ?? "60.5";
    if (n === 0) {
      for (const [wrong, code] of [["60.3", "mark-off-step"], ["100.5", "mark-beyond-full"]]) {
        await w.type(wrong);
        await w.press("Enter");
        await w.seen(`tr[data-person="${row.person}"][data-state="refused"] [data-code="${code}"]`, 5_000);
        await until("the refused mark to be marked for typing over", async () =>
          assert.deepEqual(await w.run("const e = document.activeElement; return [e.dataset.mark, e.selectionStart, e.selectionEnd]"), [row.person, 0, wrong.length]),
        );
      }
    }
    await w.type(mark === "缺考" ? "q" : mark);
    await w.press("Enter");
    await w.seen(`tr[data-person="${row.person}"][data-state="mine"]`, 10_000);
    await until("the next row to be in hand", async () => assert.notEqual((await inHand(city))?.person ?? row.person, row.person), 5_000);
    assert.equal(await w.run("return document.querySelector(arguments[0]).value", `[data-mark="${row.person}"]`), mark);
    keyed.push(row.person);
  }
  await equal("three marks to be kept", () => progress(city), 3);

  await choosePass(city, 2);
  await w.seen('#marks-locked [data-code="same-person-twice"]');
  assert.equal(await w.count("[data-mark]"), 0, "no field of pass 2 for who has keyed pass 1");

  await city.signIn("录入员乙");
  await choosePass(city, 1);
  for (const person of keyed) {
    await w.seen(`tr[data-person="${person}"][data-state="other"]`);
    assert.equal(await w.count(`[data-mark="${person}"]`), 0);
    assert.equal((await w.text(`tr[data-person="${person}"] td:nth-child(4)`)).trim(), "—");
  }
  await choosePass(city, 2);
  await w.seen("[data-mark]");
  assert.equal(await w.count("#marks-locked"), 0);
  const shown = await w.count(".mark-grid tr[data-person]");
  assert.equal(await rowsOf(city, "empty"), shown);
  assert.deepEqual(await city.all("[data-mark]", "e.value"), Array(shown).fill(""), "the second pass is blind");
  say(`keying: three marks by hand; who keyed pass 1 is refused pass 2, which shows the other nothing`);
  return keyed;
}

async function importPass(city, operator, pass, file) {
  const { w } = city;
  await city.signIn(operator);
  await choosePass(city, pass, "import");
  await city.fill(".import-marks input", join(FIXTURE, "marks", file));
  await w.press("Enter");
  await w.seen("#import-result", 60_000);
  const read = async (name) => Number(await w.attribute("#import-result", `data-${name}`));
  return { taken: await read("taken"), known: await read("known"), uncounted: await read("uncounted"), refused: await read("refused") };
}

const counted = async (city, name) => Number(await city.w.text(`.mark-counts [data-count="${name}"] dd`));

async function bothPasses(city, packet, keyed) {
  const { w } = city;
  const first = await importPass(city, "录入员甲", 1, "city-written.xlsx");
  assert.deepEqual({ ...first, taken: first.taken + first.known, known: 0 }, { taken: packet.people, known: 0, uncounted: ENTERED - packet.people, refused: 0 });
  const second = await importPass(city, "录入员乙", 2, "city-written-second.xlsx");
  assert.deepEqual(second, { taken: packet.people, known: 0, uncounted: ENTERED - packet.people, refused: 0 });
  await equal("no mark to be missing", async () => [await counted(city, "missing"), await counted(city, "onePass")], [0, 0]);
  const before = await counted(city, "different");

  // A slip of the second keyer: one mark keyed over.
  await choosePass(city, 2);
  const field = `[data-mark="${keyed[1]}"]`;
  const right = await until("the mark", async () => w.run("return document.querySelector(arguments[0]).value", field));
  const slip = right === "50" ? "51" : "50";
  await w.click(field);
  await w.press("Control+a");
  await w.type(slip);
  await w.press("Enter");
  await equal("one mark more to differ", () => counted(city, "different"), before + 1);

  await city.signIn("核分员");
  await city.tab("differences");
  await w.seen(`tr[data-person="${keyed[1]}"] [data-action="decide"]`);
  let decided = 0;
  for (let left = before + 1; left > 0; left -= 1) {
    await equal(`${left} differences`, () => w.count('tr[data-person] [data-action="decide"]'), left);
    const person = await w.attribute("tr[data-person]:has([data-action=decide])", "data-person");
    await w.click(`tr[data-person="${person}"] [data-action="decide"]`);
    await w.click("label:has(#decide-first)");
    assert.match(await w.text("label:has(#decide-first)"), new RegExp(right.replace(".", "\\.")));
    await city.fill("#decide-reason", "核对试卷，第一遍无误");
    await w.press("Enter");
    await city.clear();
    decided += 1;
  }
  await equal("no difference to be left", async () => [await w.count('[data-action="decide"]'), await counted(city, "different"), await counted(city, "decided")], [0, 0, decided]);
  say(`marks: both passes in, ${decided} differences decided by a third person`);
}

async function handOver(city) {
  const { w } = city;
  const stick = join(home, "back");
  mkdirSync(stick, { recursive: true });
  await city.signIn("考点负责人");
  await city.desk("handover");
  await w.click('label:has([data-stick="folder"]), [data-stick="folder"]');
  await city.fill('[data-field="handover-folder"] input', stick);
  await w.click("#handover-write");
  await w.seen("#handover-written", 60_000);
  const code = await w.text("#handover-check-code");
  assert.match(code, /^\d{4}-\d{4}$/);
  const path = (await w.text("#handover-written .hand-path")).trim();
  assert.ok(existsSync(path), `${path} is there`);
  say(`handover: ${basename(path)} with check code ${code}`);
  return { path, code };
}

async function merge(city, packet, handover, folder) {
  const { w } = city;
  await city.close();
  await w.click('[data-choice="open"]');
  await w.click(`[data-recent^="${folder}"]`);
  await w.seen("nav.desks");
  await city.signIn("报名组甲");
  await city.hq("board");
  await w.seen(`#board tr[data-post="${packet.post}"][data-state="missing"]`);
  for (const outcome of ["new", "again"]) {
    await city.fill("#handover-paths", handover.path);
    await w.press("Enter");
    await w.seen(`#merge-results li[data-post="${packet.post}"][data-outcome="${outcome}"]`, 60_000);
    assert.ok((await w.text("#merge-results")).includes(handover.code), "the same check code as on the site's laptop");
    await w.seen(`#board tr[data-post="${packet.post}"][data-state="merged"]`);
    await equal("the field to be empty", () => w.run("return document.querySelector('#handover-paths').value"), "");
  }
  assert.equal(await w.attribute("#conflicts", "data-count"), "0");
  await city.desk("overview");
  // The first row is the city stage's: its one post issued, its one post merged.
  await w.reads('tr[data-step="merge"]', /1 \/ 1/, 20_000);
  say(`merge: ${(await w.text('tr[data-step="merge"]')).replace(/\s+/g, " ")}`);
}

/** Every resource the window has asked for is its own, and no fault came that the program does not know. */
async function quiet(city) {
  const noted = await city.w.run("return noted");
  assert.deepEqual(noted.policy, [], "what the content policy had to refuse");
  assert.deepEqual(noted.unknown, [], "faults without a name");
  const asked = await city.w.run("return [location.href, ...performance.getEntries().filter((e) => ['resource', 'navigation'].includes(e.entryType)).map((e) => e.name)]");
  assert.deepEqual(asked.filter((url) => !/^(tauri|ipc|asset):\/\/localhost\b|^data:|^blob:tauri/.test(url)), [], "everything comes from the program itself");
}

await finish("a city by hand", async () => {
  const window = await open(program, "city");
  await window.seen(".start", 60_000);
  const city = new City(window);
  await city.watch();
  const marks = marksOfSite(["3200-省厅本级.xlsx", "3201-南京市.xlsx"]);
  const folder = await makeEvent(city);
  await enterPeople(city);
  await drawSeats(city);
  const packet = await issuePacket(city);
  await openPacket(city, packet);
  const rooms = await atTheDoors(city, marks);
  await closeRooms(city, rooms);
  const names = new Map([...rooms.values()].flatMap(({ coming, absent }) => [...coming, ...absent].map((one) => [one.number, one.name])));
  const keyed = await keyMarks(city, marks, names);
  await bothPasses(city, packet, keyed);
  const handover = await handOver(city);
  await merge(city, packet, handover, folder);
  await quiet(city);
  await window.close();
});
