// The provincial trial by hand, from "the city trial is done" to the last certificate: headquarters confirms weights,
// selects, seats and issues; the written site lets people in, closes its rooms and keys marks; the interview laptop
// draws lots and keys judges' totals; headquarters merges, rules, ranks, awards and prints. Every step by clicks and keys
// in the real window, one laptop after the other. Twice the power goes while something is half typed.
//
// Which desk's refusals are exercised where:
//   headquarters  here: standings before weights, swap without a reason, substitution after the freeze; results: a held tie
//   room          here: too early, absence too early, unknown, other room, already in, too late, an incident that is not
//                 complete, a record that does not add up; city: the first three and the record again
//   marks         here: off the step, beyond full marks, one's own second pass, one's own decision; city: the same without the last
//   interview     here: off the step, beyond full marks, a gap, one's own second pass, one's own decision, a correction by one
//   handover      here: a handover opened twice, a receipt of another post
//   certificates  results: void without a reason, a forged code
//
//   node tests/desktop/province.mjs PROGRAM
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { finish, home, open, until } from "./drive.mjs";
import { csv, FIXTURE, masked, same, sheet, table } from "./fixtures.mjs";
import { interviewDay } from "./interview.mjs";
import {
  choosePass, chooseRoom, closeRoom, count, counted, equal, handOver, importPass, inHand, isOut, issuePacket, Laptop, letIn, listed, merge, openPacket,
  progress, quiet, reopen, say, show,
} from "./laptop.mjs";

const [program] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: node tests/desktop/province.mjs PROGRAM");
  process.exit(2);
}
const SELECTED = table("expected/selected-179.csv");
/** What they wrote, by ID number. */
const MARKS = new Map(sheet(join(FIXTURE, "marks/province-written.xlsx")).slice(1).map(([id, , mark]) => [id, mark]));
const HQ = "1-总部";
const SITE_DESKS = ["overview", "room", "marks", "handover", "journal"];
const OK = ".ant-modal-footer .ant-btn-primary";

/** From the overview's line to the desk that mends it. */
async function follow(hq, step, stage) {
  await hq.desk("overview");
  await hq.w.click(`tr[data-step="${step}"]${stage === undefined ? "" : `[data-stage="${stage}"]`} [data-action="go"]`);
}

/** What the program refuses when a page asks it for something that its buttons do not offer. */
const asked = (w, command, args) =>
  w.session("POST", "/execute/async", {
    script: `const say = arguments[arguments.length - 1];
      window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]).then(() => say("done"), (refusal) => say(refusal.code));`,
    args: [command, args],
  });

async function selectPeople(hq) {
  const { w } = hq;
  await w.click('[data-choice="demo"]');
  await w.click('[data-demo="city-done"]');
  await w.seen("nav.desks", 120_000);
  say("the city trial is done");
  await hq.signIn("成绩处处长");
  await follow(hq, "standings");
  await w.seen('.mend .ant-alert[data-code="no-selection"], .mend .ant-alert[data-code="weights-not-confirmed"]');
  await follow(hq, "weights", "province");
  await w.seen('[data-weights="open"]');
  await w.click('[data-action="confirm-weights"]');
  await w.seen('[data-weights="confirmed"]');
  await follow(hq, "selection", "province");
  await w.click('[data-action="select"]');
  await w.click(OK);
  await w.seen('[data-selected="179"]');
  await hq.clear();
  const rows = await hq.tableRows(SELECTED.length);
  const plain = (one) => [one.name, one.city === "省厅本级" ? "省厅" : one.city, one.county === "" ? "—" : one.county, one.as].join(" ");
  assert.deepEqual(rows.map((cells) => cells.slice(0, 4).join(" ")).sort(), SELECTED.map(plain).sort(), "who is selected, on the screen");
  await w.click('section [data-action="entries"]');
  await w.seen('tr[data-kind="people.selected"]');
  await hq.setClock("2020-07-21T09:00");
  await follow(hq, "selection", "province");
  // After the freeze the page does not offer it, and says why; nor would the program do it for whoever asks all the same.
  await w.seen('[data-action="substitute"]:disabled');
  assert.match(await w.attribute('[data-action="substitute"]', "title"), /2020-07-20 18:00/);
  const leaves = await w.attribute('[data-action="substitute"]', "data-person");
  assert.equal(await asked(w, "substitute", { stage: "province", leaves, approver: "考务处处长", reason: "因病不能参加" }), "selection-frozen");
  say("weights confirmed, 179 selected as expected");
}

/** Draws the seats, and says who has which candidate number. */
async function seatPeople(hq) {
  const { w } = hq;
  await follow(hq, "draw", "province");
  await hq.fill("#draw-seed", "2020-07-20 福彩 3D 417");
  await w.press("Enter");
  await w.seen('#draw-result[data-drawn="yes"]');
  assert.equal(await w.attribute("#draw-result", "data-pairs"), await w.attribute("#draw-result", "data-bound"), "no draw can seat fewer colleagues side by side");
  await w.click("#verify-seats");
  await w.seen('#seats-verified[data-faults="0"]');
  const rooms = new Set(await hq.all('#rooms [role="row"][data-room]', "e.dataset.room"));
  await w.go("#/hq/roster?stage=province");
  await w.click("#roster-view label:nth-child(2)");
  await w.reads("#people-total", /179/);
  const byNumber = new Map((await hq.rows("people")).map((row) => [row.number, SELECTED.find((one) => one.name === row.name && masked(one.id) === row.id.split(/\s/)[0])?.id]));
  assert.equal(byNumber.size, 179);
  assert.ok([...byNumber.values()].every((id) => id !== undefined), "everyone on the list is one of those selected");
  say(`seats: 179 people in ${rooms.size} rooms`);
  return byNumber;
}

const packets = async (hq, part) => {
  await hq.hq("packet");
  await hq.w.go(`#/hq/packet?stage=province&part=${part}`);
  await hq.w.seen(`#posts [data-post^="province.${part}."]`);
};

/** Two people change places after their packet went out: it is said where, and a new packet mends it. */
async function swapAfterwards(hq) {
  const { w } = hq;
  await follow(hq, "draw", "province");
  await w.click("#seating-view label:nth-child(2)");
  await w.seen('#room-grid [data-seat="1"]');
  const at = (seat) => w.attribute(`#room-grid [data-seat="${seat}"]`, "data-place");
  const name = (seat) => w.text(`#room-grid [data-seat="${seat}"] .seat-name`);
  const [first, second] = [await name(1), await name(3)];
  const swap = async () => {
    await w.run("document.querySelector(arguments[0]).focus()", `#room-grid [data-place="${await at(1)}"]`);
    await w.press("Enter");
    await w.run("document.querySelector(arguments[0]).focus()", `#room-grid [data-place="${await at(3)}"]`);
    await w.press("Enter");
    await w.seen(".ant-modal .reason input");
  };
  await swap();
  // Once seats are out nothing moves without a reason.
  await w.press("Enter");
  assert.equal(await w.count(".ant-modal .reason input"), 1);
  await hq.reason("左臂骨折，需靠走道");
  await equal("both to have changed places", async () => [await name(1), await name(3)], [second, first]);
  await hq.desk("overview");
  await w.seen('tr[data-step="packets"][data-stage="province"][data-part="written"][data-state="attention"]');
  await w.click('tr[data-step="packets"][data-stage="province"][data-part="written"] [data-action="go"]');
  await w.seen('#packets-outdated[data-outdated="1"]');
  await w.seen('#posts [data-outdated="true"]');
  // Back again the old packet says what holds.
  await follow(hq, "draw", "province");
  await w.click("#seating-view label:nth-child(2)");
  await w.seen('#room-grid [data-seat="1"]');
  await swap();
  await hq.reason("本人说明座位无碍，换回");
  await equal("both to sit as before", async () => [await name(1), await name(3)], [first, second]);
  await packets(hq, "written");
  await w.gone("#packets-outdated");
  say("a swap after the packet: marked as outdated on the overview and the packets' tab, mended by going back");
}

async function byKeys(site, byNumber) {
  const { w } = site;
  await site.desk("room");
  await w.seen('[data-action="select"][data-room]');
  const numbers = await site.all('[data-action="select"][data-room]', "e.dataset.room");
  await chooseRoom(site, numbers[1]);
  const [stranger] = await listed(site, "awaited");
  await chooseRoom(site, numbers[0]);
  await until("the room's people", async () => assert.ok((await count(site, "awaited")) > 0));
  const people = await listed(site, "awaited");
  for (const { number, name } of people) assert.equal(SELECTED.find((one) => one.id === byNumber.get(number)).name, name);
  await site.setClock("2020-07-24T08:40");
  await w.click("#checkin-input");
  await show(site, people[0].number, () => isOut(site, "too-early"));
  await site.setClock("2020-07-24T08:46");
  await w.click("#fix-absence");
  await w.click(OK);
  await site.refused("absence-too-early");
  await w.click("#checkin-input");
  const from = Date.now();
  await letIn(site, people.slice(0, 10));
  for (const [number, code] of [[stranger.number, "other-room"], [people[0].number, "already-checked-in"], ["9".repeat(people[0].number.length), "person-unknown"]]) {
    await show(site, number, () => isOut(site, code));
  }
  await letIn(site, people.slice(10));
  await equal("the room to be in", () => count(site, "present"), people.length);
  say(`door of ${numbers[0]}: ${people.length} people in ${((Date.now() - from) / 1000).toFixed(1)} s, five refused`);
  const rooms = new Map([[numbers[0], people]]);
  for (const room of numbers.slice(1)) {
    await chooseRoom(site, room);
    await until(`room ${room} to be read`, async () => assert.ok((await count(site, "awaited")) > 0));
    rooms.set(room, await listed(site, "awaited"));
    const last = room === numbers.at(-1) ? -1 : undefined;
    await letIn(site, rooms.get(room).slice(0, last));
  }
  assert.equal([...rooms.values()].flat().length, 179);
  return rooms;
}

/** In the marks of this event nobody missed the paper: the last one is overlooked at the door, fixed as absent, and found. */
async function overlooked(site, rooms) {
  const { w } = site;
  const [room, people] = [...rooms].at(-1);
  const one = people.at(-1);
  await site.setClock("2020-07-24T09:31");
  await show(site, one.number, () => isOut(site, "too-late"));
  await site.desk("overview");
  await w.seen('tr[data-step="absence"][data-state="attention"]');
  assert.match(await w.text('tr[data-step="absence"] .day-who'), new RegExp(one.name));
  await w.click('tr[data-step="absence"] [data-action="go"]');
  await w.seen("#fix-absence");
  await w.click("#fix-absence");
  await w.click(OK);
  await site.clear();
  await equal("one to be absent", () => count(site, "absent"), 1);
  await show(site, one.number, () => isOut(site, "fixed-absent"));
  await w.click(".door-side .ant-segmented-item:nth-child(3)");
  await w.click('[data-action="undo-absence"]');
  await site.reason("监考员核对：本人 8:50 已入座，漏扫");
  await equal("nobody to be absent", () => count(site, "absent"), 0);
  await site.setClock("2020-07-24T09:29");
  await w.click("#checkin-input");
  await letIn(site, [one]);
  await site.setClock("2020-07-24T09:35");
  say(`room ${room}: one overlooked, refused as too late, fixed as absent, found and let in; the overview named them`);
}

async function anIncident(site, rooms) {
  const { w } = site;
  const [room, people] = [...rooms][0];
  await chooseRoom(site, room);
  await site.tab("incident");
  await site.fill("#incident-document", people[2].number);
  await site.fill("#incident-facts", "开考后手机响铃");
  await w.seen("#incident-kept");
  assert.equal(await w.run("return document.querySelector('#report-incident').disabled"), true, "nothing is reported while something lacks");
  assert.ok((await w.text("#incident-lacking")).length > 5);
}

/** Half an incident and half a mark stand on the screen when the power goes. */
async function thePowerGoes(site, folder, operator) {
  await site.crash(program);
  const { w } = site;
  await w.click('[data-choice="open"]');
  await w.click(`[data-recent*="${folder}"]`);
  await w.seen("nav.desks");
  await site.signIn(operator);
}

async function finishIncident(site, rooms) {
  const { w } = site;
  const [room, people] = [...rooms][0];
  await chooseRoom(site, room);
  await site.tab("incident");
  const value = (id) => w.run("return document.querySelector(arguments[0]).value", id);
  await equal("what was written before the crash", async () => [await value("#incident-document"), await value("#incident-facts")], [people[2].number, "开考后手机响铃"]);
  await w.click("#incident-clause label:has(.voids.part)");
  await site.fill("#incident-first", "监考员甲");
  await site.fill("#incident-second", "监考员乙");
  await w.click("label:has(#incident-unsigned)");
  await site.fill("#incident-why", "本人认为手机已关机，拒绝签字");
  await w.click("#report-incident");
  await w.seen("ul.incidents li[data-incident]");
  await equal("the form to be empty again", () => value("#incident-facts"), "");
}

async function keyEverything(site, rooms, byNumber) {
  const { w } = site;
  const order = [...rooms.values()].flat().map(({ number }) => number).sort();
  const markOf = (number) => MARKS.get(byNumber.get(number));
  await site.setClock("2020-07-24T15:00");
  await site.signIn("录入员甲");
  await choosePass(site, 1);
  await until("a row to be in hand", async () => assert.equal((await inHand(site))?.number, order[0]));
  for (const [wrong, code] of [["60.3", "mark-off-step"], ["100.5", "mark-beyond-full"]]) {
    await w.type(wrong);
    await w.press("Enter");
    await w.seen(`tr[data-number="${order[0]}"][data-state="refused"] [data-code="${code}"]`, 5_000);
    await until("the refused mark to be marked", async () => assert.equal(await w.run("return document.activeElement.selectionEnd"), wrong.length));
  }
  const slipAt = 40;
  const slip = markOf(order[slipAt]) === "50" ? "51" : "50";
  const from = Date.now();
  const key = async (numbers) => {
    await w.press(...numbers.flatMap((number) => [...(number === order[slipAt] ? slip : markOf(number)), "Enter"]));
    const next = order[order.indexOf(numbers.at(-1)) + 1];
    if (next !== undefined) await until(`${next} to be in hand`, async () => assert.equal((await inHand(site))?.number, next), 10_000);
  };
  for (let at = 0; at < 60; at += 10) await key(order.slice(at, at + 10));
  await equal("sixty marks to be kept", () => progress(site), 60);
  // Half a mark: two digits, no Enter.
  await w.type("7");
  await w.reads("#marks-unsaved", /./);
  await until("the digit to be kept", async () => assert.equal(await w.attribute("#marks-unsaved", "data-unsaved"), "1"));
  await new Promise((kept) => setTimeout(kept, 300));
  await thePowerGoes(site, "site-written", "录入员甲");
  await choosePass(site, 1);
  const half = `tr[data-number="${order[60]}"] [data-mark]`;
  await until("what was typed before the crash", async () => assert.equal(await w.run("return document.querySelector(arguments[0])?.value", half), "7"));
  await equal("sixty marks to stand", () => progress(site), 60);
  await until("its row to be in hand", async () => assert.equal((await inHand(site))?.number, order[60]));
  for (let at = 60; at < order.length; at += 10) await key(order.slice(at, at + 10));
  await equal("all marks to be kept", () => progress(site), 179);
  const seconds = (Date.now() - from) / 1000;
  await site.fill("#control-count", "179");
  await w.seen('#control-count-says[data-agreement="agrees"]');
  const sum = order.reduce((all, number) => all + Number(markOf(number)), 0);
  await site.fill("#control-sum", String(sum));
  await w.seen('#control-sum-says[data-agreement="differs"]');

  await choosePass(site, 2);
  await w.seen('#marks-locked [data-code="same-person-twice"]');
  const second = await importPass(site, "录入员乙", 2, "province-written.xlsx");
  assert.deepEqual(second, { taken: 179, known: 0, uncounted: 0, refused: 0 });
  await equal("the slip alone to differ", async () => [await counted(site, "missing"), await counted(site, "onePass"), await counted(site, "different")], [0, 0, 1]);
  await site.tab("controls");
  await w.seen('[data-control="differs"]');
  await site.tab("differences");
  await w.click('[data-action="decide"]');
  await w.click("label:has(#decide-second)");
  await site.fill("#decide-reason", "核对试卷，第二遍无误");
  await w.press("Enter");
  await site.refused("own-decision");
  await w.click(".ant-modal-footer .ant-btn:not(.ant-btn-primary)");
  await site.clear();
  await site.signIn("核分员");
  await w.click('[data-action="decide"]');
  await w.click("label:has(#decide-second)");
  await site.fill("#decide-reason", "核对试卷，第二遍无误");
  await w.press("Enter");
  await site.clear();
  await equal("no difference to be left", async () => [await counted(site, "different"), await counted(site, "decided")], [0, 1]);
  // A mark that stands is corrected by two people; here it stays what it was.
  await w.click('[data-action="correct-mark"]');
  await site.fill("#correct-who", order[5]);
  await w.seen("#correct-found li");
  await w.click(OK);
  await w.click("label:has(#decide-other)");
  await site.fill("#decide-text", markOf(order[5]));
  await site.fill("#decide-reason", "复核：与试卷一致");
  assert.equal(await w.run("return document.querySelector(arguments[0]).disabled", OK), true);
  await site.fill("#decide-with", "核分员");
  await w.press("Enter");
  await site.refused("correction-needs-two");
  await site.fill("#decide-with", "监督员");
  await w.press("Enter");
  await site.clear();
  await equal("two to be decided", () => counted(site, "decided"), 2);
  say(`marks: 179 keyed in ${seconds.toFixed(0)} s with a crash between, the second pass imported, a slip decided by a third`);
}

async function writtenDay(site, packet, byNumber) {
  await openPacket(site, packet, { folder: join(home, "site-written"), operator: "监考员甲", clock: "2020-07-24T08:30", desks: SITE_DESKS });
  const rooms = await byKeys(site, byNumber);
  await overlooked(site, rooms);
  await anIncident(site, rooms);
  await thePowerGoes(site, "site-written", "监考员甲");
  await site.setClock("2020-07-24T09:36");
  await finishIncident(site, rooms);
  for (const [n, [room, people]] of [...rooms].entries()) await closeRoom(site, room, { coming: people, absent: [] }, n === 0);
  await site.desk("overview");
  for (const step of ["checkin", "absence", "record"]) await site.w.seen(`tr[data-step="${step}"][data-state="done"]`);
  say(`rooms: ${rooms.size} closed and signed; an incident survived the crash half written`);
  await keyEverything(site, rooms, byNumber);
  return handOver(site);
}

async function receipts(laptop, handovers) {
  const { w } = laptop;
  await laptop.desk("handover");
  await w.go("#/handover/receipts");
  await w.seen('[data-post^="province."]');
  for (const { post } of handovers) await w.click(`tr[data-post="${post}"] input[type="checkbox"]`);
  const stick = join(home, "receipts");
  mkdirSync(stick, { recursive: true });
  await laptop.fill('[data-field="receipts-folder"] input', stick);
  await w.press("Enter");
  await w.seen("#receipts-written li");
  const files = await laptop.all("#receipts-written li", "({ post: e.dataset.post, path: e.innerText.trim() })");
  assert.equal(files.length, handovers.length);
  for (const { post, code, folder } of handovers) {
    const mine = files.find((one) => one.post === post);
    await reopen(laptop, folder, "考点负责人");
    await laptop.desk("handover");
    await w.go("#/handover/receipt");
    await laptop.fill('[data-field="receipt-path"] input', files.find((one) => one.post !== post).path);
    await w.press("Enter");
    await w.seen(".ant-modal .refusal[data-code]");
    assert.notEqual(await w.attribute(".ant-modal .refusal", "data-code"), "");
    await w.click(".ant-modal-confirm-btns .ant-btn-primary");
    await laptop.clear();
    await laptop.fill('[data-field="receipt-path"] input', mine.path);
    await w.press("Enter");
    await w.seen('#receipt-read[data-says="whole"]');
    assert.equal(await w.text("#receipt-check-code"), code);
  }
  say(`receipts: ${files.map((one) => basename(one.path)).join(", ")} opened at their sites, each with its check code`);
}

async function ruleAndRank(hq) {
  const { w } = hq;
  await reopen(hq, HQ, "考务处处长");
  await hq.setClock("2020-07-27T09:00");
  await hq.desk("overview");
  await w.seen('tr[data-step="incidents"][data-state="attention"]');
  await follow(hq, "incidents");
  await w.click('tr:has(.ruling.open) [data-action="dismiss"]');
  await hq.reason("监控显示手机存放在物品存放处，不属本条情形");
  await w.gone(".ruling.open");

  const people = csv("expected/composite.csv");
  await w.go("#/hq/standing?view=lists&list=people");
  await w.seen(".ranks .ant-table-row");
  const rows = await hq.tableRows(people.length);
  const figures = rows.map((cells) => cells.filter((cell) => /^\d+(\.\d+)?$|^缺考$/.test(cell)).map((cell) => (cell === "缺考" ? "0.00" : cell)));
  const wanted = people.map(([rank, , , , , city, written, interview, total]) => [rank, city, written, interview, total]);
  assert.deepEqual(figures, wanted, "ranks and figures of all people, on the screen");
  for (const [list, file, at] of [["county", "expected/county-teams.csv", 3], ["city", "expected/cities.csv", 2]]) {
    await w.go(`#/hq/standing?view=lists&list=${list}`);
    const best = csv(file)[0];
    await w.reads(".ranks .ant-table-row", new RegExp(`^1\\b[\\s\\S]*${best[at].replace(".", "\\.")}`));
    await w.click(".ranks .name-link");
    await w.seen("[data-why] [data-step]");
    const steps = await hq.all("[data-why] [data-step]", "e.innerText");
    assert.equal(steps.length, (list === "county" ? 4 : 13) + 2, `every member, the sum and the rank of ${list}`);
    assert.ok(steps.at(-2).includes(best[at]), `the worked sum ends in ${best[at]}: ${steps.at(-2)}`);
    await w.click('[data-action="close-why"]');
  }
  say("incident ruled; standings of people, county teams and cities as expected, each with its worked sum");

  await follow(hq, "awards");
  await w.click('[data-action="confirm-all"]');
  await hq.fill("#award-document", "苏人社发〔2020〕00号（演练）");
  await w.click(OK);
  await hq.clear();
  await until("awards to be confirmed", async () => assert.ok((await w.count('[data-state="confirmed"]')) > 0), 20_000);
  const book = join(home, "成绩与获奖.xlsx");
  await hq.fill("#results-path input", book);
  await w.click('[data-action="save-results"]');
  await w.seen("[data-saved]");
  for (const [n, name] of ["selected-179", "composite", "county-teams", "cities", "awards", "regional"].entries()) same(sheet(book, n + 1), csv(`expected/${name}.csv`), `${name}.csv`);
  say("awards confirmed; the workbook's six sheets as expected");
}

async function certificates(hq) {
  const { w } = hq;
  const folder = join(home, "证书");
  mkdirSync(folder, { recursive: true });
  await hq.desk("certificates");
  await w.seen("[data-drawn=true]");
  await w.seen("#glyphs-good");
  const choose = () => w.run("document.querySelector('#certificate-award').focus()");
  await choose();
  await w.press("ArrowDown");
  const offered = await until("the awards offered", async () => {
    const titles = await hq.all(".ant-select-dropdown .ant-select-item-option-content", "e.innerText");
    assert.ok(titles.length > 0);
    return titles;
  });
  await w.press("Escape");
  const wanted = new Map();
  for (const [award, winner] of csv("expected/awards.csv")) wanted.set(award, [...(wanted.get(award) ?? []), winner]);
  let printed = 0;
  for (let at = 0; at < offered.length; at += 1) {
    if (at > 0) {
      await choose();
      await w.press("ArrowDown", "ArrowDown", "Enter");
    }
    await hq.fill(".path-field input", folder);
    await w.click("#run-print");
    await w.seen(`#run-done[data-run="${at + 1}"][data-stopped="false"]`, 60_000);
    await hq.clear();
    printed += 1;
  }
  const text = readdirSync(folder).filter((name) => name.endsWith(".pdf")).map((name) => spawnSync("pdftotext", ["-layout", join(folder, name), "-"], { encoding: "utf8" }).stdout.replaceAll(/\s+/g, ""));
  const names = [...wanted].filter(([award]) => offered.some((title) => title.includes(award)));
  assert.ok(offered.every((title) => names.some(([award]) => title.includes(award))), `every award with certificates is one expected: ${offered.join()}`);
  for (const [award, winners] of names) for (const winner of winners) assert.ok(text.some((pages) => pages.includes(winner)), `${winner} has a certificate of ${award}`);
  assert.ok(text.every((pages) => pages.includes("演练")), "a drill is marked in every file");
  await hq.desk("overview");
  await w.seen('tr[data-step="certificates"][data-state="done"]');
  say(`certificates: ${printed} runs printed, ${names.reduce((all, [, winners]) => all + winners.length, 0)} sheets with the right names`);
}

await finish("the province by hand", async () => {
  const laptop = new Laptop(await open(program, "province"), "province");
  await laptop.w.seen(".start", 60_000);
  await laptop.watch();
  await selectPeople(laptop);
  const byNumber = await seatPeople(laptop);
  await packets(laptop, "written");
  const written = await issuePacket(laptop, "written");
  await packets(laptop, "interview");
  const interview = await issuePacket(laptop, "interview");
  await swapAfterwards(laptop);
  const first = await writtenDay(laptop, written, byNumber);
  const second = await interviewDay(laptop, interview, byNumber, { program, folder: join(home, "site-interview") });
  await reopen(laptop, HQ, "成绩处");
  await merge(laptop, written, first);
  await merge(laptop, interview, second);
  await laptop.desk("overview");
  for (const part of ["written", "interview"]) await laptop.w.reads(`tr[data-step="merge"][data-stage="province"][data-part="${part}"]`, /1 \/ 1/, 20_000);
  await receipts(laptop, [{ post: written.post, code: first.code, folder: "site-written" }, { post: interview.post, code: second.code, folder: "site-interview" }]);
  await ruleAndRank(laptop);
  await certificates(laptop);
  await quiet(laptop);
  await laptop.w.close();
});
