// What headquarters does beside the draw, by clicks and keys in the real window: a need recorded and taken back, somebody
// entered late and given a spare seat, one room drawn again; and an export of the practice platform. A refusal each.
//
//   node tests/desktop/seats.mjs PROGRAM
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { finish, home, open } from "./drive.mjs";
import { equal, Laptop, quiet, say } from "./laptop.mjs";

const [program] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: node tests/desktop/seats.mjs PROGRAM");
  process.exit(2);
}
const LATE = { name: "郗迟报", id: "32010219850307211" };
const OK = ".ant-modal-footer .ant-btn-primary";

/** With its check character (GB 11643). */
function whole(body) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return body + "10X98765432"[[...body].reduce((sum, digit, at) => sum + Number(digit) * weights[at], 0) % 11];
}

function file(name, ...lines) {
  const path = join(home, name);
  writeFileSync(path, lines.join("\n"));
  return path;
}

/** The first room of the list as a picture; who sits in it, by seat. */
async function firstRoom(hq) {
  const { w } = hq;
  await w.go("#/hq/seating?stage=city");
  await w.seen("#draw-result[data-drawn=yes]");
  await w.click('#rooms [data-action="open-room"]');
  await w.seen('#room-grid [data-person]:not([data-person=""])');
}
const seated = (hq) => hq.all('#room-grid [data-person]:not([data-person=""])', "`${e.dataset.seat} ${e.dataset.person}`");

async function needs(hq) {
  const { w } = hq;
  await firstRoom(hq);
  const number = (await w.attribute("#room-grid .seat-name", "title")).split(" ").at(-1);
  assert.match(number, /^\d{12}$/);
  await w.click("#seating-view label:nth-child(1)");
  await w.seen("#need-person");
  const record = async (who) => {
    await hq.fill("#need-person", who);
    if ((await w.count(".need-kinds .ant-checkbox-wrapper-checked")) === 0) await w.click(".need-kinds .ant-checkbox-wrapper:nth-child(1)");
    await w.click("#need-set");
  };
  await record("9".repeat(12));
  await hq.fill(".ant-modal .reason input", "残疾证明");
  await w.click(".ant-modal-confirm-btns .ant-btn-primary");
  await hq.refused("no-such-person");
  await record(number);
  await hq.reason("残疾证明，须坐前排");
  await equal("one to have a need", () => w.count("#need-list li[data-person]"), 1);
  assert.match(await w.text("#need-list"), /残疾证明，须坐前排/);
  await w.click('[data-action="take-need-back"]');
  await hq.reason("本人撤回申请");
  await equal("nobody to have a need", () => w.count("#need-list li[data-person]"), 0);
  say("needs: one recorded and taken back, an unknown number refused");
}

async function late(hq) {
  const { w } = hq;
  await w.go("#/hq/roster");
  await w.seen("#roster-paths");
  await hq.fill("#roster-paths", file("迟报名单.csv", "姓名,性别,身份证号,设区市,县（市、区）", `${LATE.name},男,${whole(LATE.id)},南京市,玄武区`));
  await w.press("Enter");
  await w.click("#roster-import");
  // The roster is closed: whoever comes now comes with a reason and a second person.
  await hq.fill("#late-reason", "单位补报，厅领导批准");
  await hq.fill("#late-second", "考务处处长");
  await w.press("Enter");
  await hq.clear();
  await w.gone("#roster-import");
  await w.go("#/hq/seating?stage=city");
  await w.seen('#late-list [data-action="seat-late"]');
  await w.click('[data-action="seat-late"]');
  await w.seen(".ant-modal .reason input");
  // Nobody is seated without a reason: the question stays.
  await w.press("Enter");
  assert.equal(await w.count(".ant-modal .reason input"), 1);
  await hq.reason("单位补报，厅领导批准");
  await w.gone("#late-list");
  await w.go("#/hq/roster?stage=city");
  await w.click("#roster-view label:nth-child(2)");
  await hq.fill("#people-search", LATE.name);
  await equal("the late one to have a number", async () => (await hq.rows("people")).map((row) => [row.name, /^\d{12}$/.test(row.number)]), [[`${LATE.name} 补报`, true]]);
  say("late entry: a spare seat and a number, not without a reason");
}

async function redraw(hq) {
  const { w } = hq;
  await firstRoom(hq);
  const before = await seated(hq);
  await w.click("#redraw-room");
  await w.seen("#redraw-seed");
  assert.equal(await w.run("return document.querySelector(arguments[0]).disabled", OK), true, "no room is drawn without a seed");
  await hq.fill("#redraw-seed", "南京 2020-06-26 重排");
  // A question half answered is still there when it is asked again.
  await w.press("Escape");
  await hq.clear();
  await w.click("#redraw-room");
  await equal("the seed typed before", () => w.run("return document.querySelector('#redraw-seed')?.value"), "南京 2020-06-26 重排");
  await w.click(OK);
  await hq.clear();
  const after = await seated(hq);
  assert.deepEqual(after.map((one) => one.split(" ")[1]).sort(), before.map((one) => one.split(" ")[1]).sort(), "the same people");
  assert.notDeepEqual(after, before, "other seats");
  say("one room drawn again: the same people, other seats");
}

async function practice(hq) {
  const { w } = hq;
  const rows = ["姓名,身份证号,设区市,县（市、区）,登录日期", `${LATE.name},${whole(LATE.id)},南京市,玄武区,2020-01-02`, `王无号,,南京市,玄武区,2020-01-02`];
  await w.go("#/hq/practice?view=import");
  await w.seen("#practice-paths");
  await hq.fill("#practice-paths", file("登录明细-坏.csv", "甲,乙", "1,2"));
  await w.press("Enter");
  await hq.refused("columns-missing");
  await hq.fill("#practice-paths", file("登录明细-2020-01.csv", ...rows));
  await w.press("Enter");
  await w.seen('.roster-preview[data-source="登录明细-2020-01.csv"]');
  assert.equal(await w.attribute('[data-count="people"]', "data-value"), "2");
  assert.equal(await w.attribute('[data-count="unnamed"]', "data-value"), "1");
  await w.click("#practice-import");
  await w.seen('#practice-files [data-source="登录明细-2020-01.csv"]');
  await w.click('[data-view="suspects"]');
  await w.seen('#practice-waiting[data-count="1"]');
  say("practice: an export imported, one without columns refused, its nameless one waits");
}

async function staff(hq) {
  const { w } = hq;
  await w.go("#/hq/staff?stage=city");
  await w.seen("#staff-look");
  const path = '.row:has(#staff-look) .path-field input';
  await hq.fill(path, file("考务-坏.csv", "姓名,单位", "甲,南京市"));
  await w.press("Enter");
  await hq.refused("columns-missing");
  const rows = ["郗监考,第一中学,监考员,3201-01", "郗厨师,第一中学,厨师,3201-01", "郗负责,人社局,考点负责人,3201-01"];
  await hq.fill(path, file("增派考务人员.csv", "姓名,单位,岗位,考点", ...rows));
  await w.press("Enter");
  await w.seen('#staff-seen[data-taken="2"]');
  await w.reads("#staff-faults", /厨师/);

  await w.click("#staff-import");
  await w.gone("#staff-seen");
  await hq.fill(".people-search input, input.people-search", "郗");
  await equal("those of the list, and not the one who is refused", async () => (await hq.all("#staff-list [data-staff]", "e.querySelector('[data-column=\"name\"]').innerText")).sort(), ["郗监考", "郗负责"].sort());
  say("staff: two imported, one refused with its row, a list without columns refused whole");
}

await finish("beside the draw", async () => {
  const window = await open(program, "seats");
  await window.seen(".start", 60_000);
  const hq = new Laptop(window, "seats");
  await hq.watch();
  await window.click('[data-choice="demo"]');
  await window.click('[data-demo="seated"]');
  await window.seen("nav.desks", 120_000);
  await needs(hq);
  await late(hq);
  await redraw(hq);
  await practice(hq);
  await staff(hq);
  await quiet(hq);
  await window.close();
});
