// A city's examination by hand: headquarters enters people and draws seats, Nanjing's laptop lets them in, keys their
// marks and hands over, headquarters merges. Every step by clicks and keys in the real window, one laptop after the other.
//
//   node tests/desktop/city.mjs PROGRAM
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { finish, home, open, until } from "./drive.mjs";
import { FIXTURE, masked, sheet as rowsOfFile, table } from "./fixtures.mjs";
import {
  choosePass, chooseRoom, closeRoom, count, counted, equal, handOver, importPass, inHand, isOut, issuePacket, Laptop, letIn, listed, merge, openPacket,
  progress, quiet, recordIsCalm, reopen, rowsOf, say, show, SITE, split,
} from "./laptop.mjs";

const [program] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: node tests/desktop/city.mjs PROGRAM");
  process.exit(2);
}
const sheet = (file) => rowsOfFile(join(FIXTURE, file));
/** People in all rosters. */
const ENTERED = 1372;

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

/** Room 001 with all that goes wrong at a door, then the others; returns who came and who did not, by room. */
async function atTheDoors(city, marks) {
  const { w } = city;
  const isAway = ({ name }) => marks.get(name) === "缺考";
  await city.desk("room");
  await w.seen('[data-action="select"][data-room]');
  const numbers = await city.all('[data-action="select"][data-room]', "e.dataset.room");
  await chooseRoom(city, "002");
  const [stranger] = await listed(city, "awaited");
  await chooseRoom(city, "001");
  await w.reads('[data-count="awaited"] dd', /^30$/);
  await recordIsCalm(city);
  const first = split(await listed(city, "awaited"), isAway);
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
    const people = split(await listed(city, "awaited"), isAway);
    rooms.set(room, people);
    await letIn(city, people.coming);
    await equal(`room ${room} to be in`, () => count(city, "present"), people.coming.length);
  }
  const sum = (of) => [...rooms.values()].reduce((all, room) => all + room[of].length, 0);
  say(`doors: ${sum("coming")} let in to ${rooms.size} rooms, ${sum("absent")} away`);
  return rooms;
}

async function closeRooms(city, rooms) {
  await city.setClock("2020-06-27T09:35");
  for (const [room, people] of rooms) await closeRoom(city, room, people, room === "001");
  say(`rooms: ${rooms.size} closed and signed`);
}

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
    assert.equal(await w.run("return document.querySelector(arguments[0]).value", `[data-mark="${row.person}"]`), mark === "缺考" || mark.includes(".") ? mark : `${mark}.0`);
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

async function bothPasses(city, packet, keyed) {
  const { w } = city;
  const second = await importPass(city, "录入员乙", 2, "city-written-second.xlsx");
  assert.deepEqual(second, { taken: packet.people, known: 0, uncounted: ENTERED - packet.people, refused: 0 });
  await choosePass(city, 2);
  const typeOver = async (field, mark) => {
    await w.click(field);
    await w.press("Control+a");
    await w.type(mark);
    await w.press("Enter");
  };
  const shown = (field) => until("the mark", async () => w.run("return document.querySelector(arguments[0]).value", field));
  const other = (mark) => (mark.startsWith("50") ? "51" : "50");
  // Where both passes agree another value is no keying any more.
  const agreed = `[data-mark="${keyed[1]}"]`;
  const settled = await shown(agreed);
  await typeOver(agreed, other(settled));
  await w.seen(`tr[data-person="${keyed[1]}"][data-state="refused"] [data-code="passes-agree"]`, 5_000);
  await typeOver(agreed, settled);
  await w.seen(`tr[data-person="${keyed[1]}"][data-state="mine"]`, 5_000);
  // A slip of the second keyer: one mark keyed over, before the first pass is there.
  const slipped = (await city.all("[data-mark]", "e.dataset.mark")).find((person) => !keyed.includes(person));
  const right = await shown(`[data-mark="${slipped}"]`);
  await typeOver(`[data-mark="${slipped}"]`, other(right));
  await w.seen(`tr[data-person="${slipped}"][data-state="mine"]`, 5_000);

  const first = await importPass(city, "录入员甲", 1, "city-written.xlsx");
  assert.deepEqual({ ...first, taken: first.taken + first.known, known: 0 }, { taken: packet.people, known: 0, uncounted: ENTERED - packet.people, refused: 0 });
  await equal("no mark to be missing", async () => [await counted(city, "missing"), await counted(city, "onePass")], [0, 0]);
  const differ = await counted(city, "different");

  await city.signIn("核分员");
  await city.tab("differences");
  await w.seen(`tr[data-person="${slipped}"] [data-action="decide"]`);
  let decided = 0;
  for (let left = differ; left > 0; left -= 1) {
    await equal(`${left} differences`, () => w.count('tr[data-person] [data-action="decide"]'), left);
    const person = await w.attribute("tr[data-person]:has([data-action=decide])", "data-person");
    await w.click(`tr[data-person="${person}"] [data-action="decide"]`);
    await w.click("label:has(#decide-first)");
    if (person === slipped) assert.match(await w.text("label:has(#decide-first)"), new RegExp(right.replace(".", "\\.")));
    await city.fill("#decide-reason", "核对试卷，第一遍无误");
    await w.press("Enter");
    await city.clear();
    decided += 1;
  }
  await equal("no difference to be left", async () => [await w.count('[data-action="decide"]'), await counted(city, "different"), await counted(city, "decided")], [0, 0, decided]);
  say(`marks: both passes in, ${decided} differences decided by a third person`);
}

await finish("a city by hand", async () => {
  const window = await open(program, "city");
  await window.seen(".start", 60_000);
  const city = new Laptop(window, "city");
  await city.watch();
  const marks = marksOfSite(["3200-省厅本级.xlsx", "3201-南京市.xlsx"]);
  const folder = await makeEvent(city);
  await enterPeople(city);
  await drawSeats(city);
  await city.tab("packet");
  const packet = await issuePacket(city, "city");
  await openPacket(city, packet, { folder: join(home, "site"), operator: "监考员甲", clock: "2020-06-27T08:45", desks: ["overview", "room", "marks", "handover", "journal"] });
  await window.reads('[data-time="start"] time', /^09:00$/);
  say("opened: the site's laptop shows five desks and the day's times");
  const rooms = await atTheDoors(city, marks);
  await closeRooms(city, rooms);
  const names = new Map([...rooms.values()].flatMap(({ coming, absent }) => [...coming, ...absent].map((one) => [one.number, one.name])));
  const keyed = await keyMarks(city, marks, names);
  await bothPasses(city, packet, keyed);
  const handover = await handOver(city);
  await reopen(city, folder, "报名组甲");
  await merge(city, packet, handover);
  await city.desk("overview");
  // The first row is the city stage's: its one post issued, its one post merged.
  await window.reads('tr[data-step="merge"]', /1 \/ 1/, 20_000);
  await quiet(city);
  await window.close();
});
