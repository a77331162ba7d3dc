// The interview's day on its laptop: roll call, lots before witnesses, judges' totals keyed twice, what is announced.
import assert from "node:assert/strict";
import { join } from "node:path";
import { until } from "./drive.mjs";
import { csv, FIXTURE, sheet } from "./fixtures.mjs";
import { equal, handOver, openPacket, say } from "./laptop.mjs";

const OK = ".ant-modal-footer .ant-btn-primary";
const FILE = join(FIXTURE, "marks/interview.xlsx");
/** Seven totals a person as a judge's sheet says them, by ID number; none for the absent. */
const TOTALS = new Map(
  sheet(FILE).slice(1).map(([id, , ...totals]) => [id, totals.every((total) => total === "缺考") ? null : totals.map((total) => String(Math.round(Number(total) * 10) / 10))]),
);
/** Published marks by ID number. */
const PUBLISHED = new Map(csv("expected/composite.csv").map((row) => [row[1], row[7]]));
const NAMES = new Map(csv("expected/composite.csv").map((row) => [row[1], row[2]]));

const active = (laptop) => laptop.w.run("const e = document.querySelector('tr[data-active]'); return e === null ? null : e.querySelector('td.figure:not(.iv-order)').innerText.trim()");
const field = (laptop) => laptop.w.run("return document.activeElement.dataset.judge ?? null");
const view = async (laptop, name) => {
  await laptop.desk("interview");
  await laptop.tab(name);
};
const pass = async (laptop, n) => {
  // The pass proposed is left alone: the first field has the focus already.
  await laptop.w.seen(`[data-pass="${n}"]`);
  if ((await laptop.w.count(`.ant-segmented-item-selected [data-pass="${n}"]`)) === 0) await laptop.w.click(`.ant-segmented-item:has([data-pass="${n}"])`);
  await laptop.w.seen(`.ant-segmented-item-selected [data-pass="${n}"]`);
};
const typed = (totals) => totals.flatMap((total) => [...total, "Enter"]);

async function drawLots(laptop, absent, late) {
  const { w } = laptop;
  await view(laptop, "lots");
  await w.seen("#lots-draw");
  assert.equal(await w.run("return document.querySelector('#lots-draw').disabled"), true, "no draw without seed and witnesses");
  await laptop.fill("#lots-panels", "2");
  await w.press("Tab");
  await laptop.fill("#lots-seed", "面试抽签 2020-07-25");
  await w.run("document.querySelector('#lots-witnesses').focus()");
  for (const name of ["监督员", "选手代表"]) {
    await w.type(name);
    await w.press("Enter");
  }
  for (const name of [absent, late]) {
    await laptop.fill("#lots-search", name);
    await equal(`${name} alone`, () => w.count(".iv-roll-call tbody .ant-checkbox-input"), 1);
    await w.click(".iv-roll-call tbody .ant-checkbox-input");
  }
  await w.click("#lots-draw");
  await w.click(".ant-modal-confirm-btns .ant-btn-primary");
  await w.seen("#lots-drawn");
  await laptop.clear();
  const order = async (panel) => (await laptop.all(`[data-panel="${panel}"] li[data-order]`, "Number(e.dataset.order)"));
  const first = [await order(1), await order(2)];
  for (const panel of first) assert.deepEqual(panel, panel.map((_, n) => n + 1), "lots run from 1 without a gap");
  assert.equal(first.flat().length, 177);
  // Who missed the roll call is out unless headquarters lets them in, with a reason.
  await w.click(`[data-action="late"][aria-label*="${late}"]`);
  await w.seen("#late-reason");
  assert.equal(await w.run("return document.querySelector(arguments[0]).disabled", OK), true);
  await laptop.fill("#late-reason", "总部电话同意：大巴途中故障");
  await w.press("Enter");
  await laptop.clear();
  await equal("one lot more", async () => (await order(1)).length + (await order(2)).length, 178);
  await w.click("#lots-big");
  await w.seen(".iv-big-scroll [data-order]");
  await w.press("Escape");
  say("lots: drawn before two witnesses for two panels, one let in late");
}

async function keySheets(laptop, byNumber, { program, folder }) {
  const { w } = laptop;
  const of = (number) => TOTALS.get(byNumber.get(number));
  await laptop.signIn("记分员");
  await view(laptop, "sheets");
  await w.seen("tr[data-active]");
  const order = await laptop.all("tr[data-person]", "e.querySelector('td.figure:not(.iv-order)').innerText.trim()");
  assert.equal(order.length, 179);
  const slip = order[30];
  await until("the first judge's field to have the focus", async () => assert.equal(await field(laptop), "1"));
  for (const [wrong, says] of [["80.35", "0.1"], ["100.5", "100"], ["", "还没有分数"]]) {
    // What was refused is marked: typing replaces it, Backspace empties it.
    await w.press(...(wrong === "" ? ["Backspace"] : wrong), "Enter");
    await w.reads("#sheet-fault", new RegExp(says.replace(".", "\\.")));
    assert.equal(await field(laptop), "1", "the field in which the fault is keeps the focus");
  }
  const key = async (number) => {
    await until(`${number} to be in hand`, async () => assert.deepEqual([await active(laptop), await field(laptop)], [number, "1"]), 20_000);
    const totals = of(number);
    if (totals === null) {
      await w.click('tr[data-active] [data-action="absent"]');
      await w.click(".ant-modal-confirm-btns .ant-btn-primary");
      return laptop.clear();
    }
    const wrong = totals.map((total, n) => (n === 2 ? String(Math.round((Number(total) > 90 ? Number(total) - 0.1 : Number(total) + 0.1) * 10) / 10) : total));
    return w.press(...typed(number === slip ? wrong : totals));
  };
  const from = Date.now();
  for (const number of order.slice(0, 20)) await key(number);
  // The power goes after four of seven totals.
  const half = order[20];
  await until("its line to be in hand", async () => assert.deepEqual([await active(laptop), await field(laptop)], [half, "1"]), 20_000);
  await w.press(...typed(of(half).slice(0, 4)));
  await until("the fifth judge's field", async () => assert.equal(await field(laptop), "5"));
  await new Promise((kept) => setTimeout(kept, 300));
  await laptop.crash(program);
  await w.click('[data-choice="open"]');
  await w.click(`[data-recent^="${folder}"]`);
  await w.seen("nav.desks");
  await laptop.signIn("核分员");
  await view(laptop, "sheets");
  await w.seen("tr[data-active]");
  assert.deepEqual(await laptop.all("tr[data-active] input[data-judge]", "e.value"), Array(7).fill(""), "nobody else is shown what was begun");
  await laptop.signIn("记分员");
  await view(laptop, "sheets");
  await until("the totals typed before the crash", async () => {
    assert.equal(await active(laptop), half);
    assert.deepEqual(await laptop.all("tr[data-active] input[data-judge]", "e.value"), [...of(half).slice(0, 4), "", "", ""]);
    assert.equal(await field(laptop), "5");
  });
  await w.press(...typed(of(half).slice(4)));
  for (const number of order.slice(21)) await key(number);
  await until("nobody to be left", async () => assert.equal(await active(laptop), null), 20_000);
  say(`sheets: 179 keyed, ${7 * 178} totals in ${((Date.now() - from) / 1000).toFixed(0)} s with a crash in the middle of one`);
  return { order, slip };
}

/** The sum and the two that are struck, as they stand once the last total is confirmed. */
async function struckOut(laptop, byNumber, number) {
  const { w } = laptop;
  const row = await w.run(
    "const e = [...document.querySelectorAll('tr[data-person]')].find((r) => r.innerText.includes(arguments[0])); return { mean: e.querySelector('[data-mean]').innerText, struck: [...e.querySelectorAll('td[data-dropped]')].map((d) => [d.dataset.dropped, d.querySelector('s').innerText]) }",
    number,
  );
  const totals = TOTALS.get(byNumber.get(number)).map(Number);
  assert.equal(row.mean, PUBLISHED.get(byNumber.get(number)));
  assert.deepEqual(Object.fromEntries(row.struck.map(([kind, mark]) => [kind, Number(mark)])), { low: Math.min(...totals), high: Math.max(...totals) });
}

async function secondPass(laptop, byNumber, { order, slip }) {
  const { w } = laptop;
  // One's own second pass is refused where it is typed.
  await pass(laptop, 2);
  await w.seen("tr[data-active]");
  await until("the first field", async () => assert.equal(await field(laptop), "1"));
  await w.press(...typed(TOTALS.get(byNumber.get(order[0]))));
  await w.seen('.iv-fault-line .ant-alert[data-code="same-person-twice"]');
  await laptop.signIn("核分员");
  await view(laptop, "sheets");
  await pass(laptop, 2);
  await w.seen("tr[data-active]");
  assert.ok((await laptop.all("tr[data-person] td[data-judge], tr[data-person] [data-mean]", "e.innerText.trim()")).every((text) => text === ""), "the second pass is blind");
  for (const number of order.slice(0, 2)) {
    await until(`${number} to be in hand`, async () => assert.deepEqual([await active(laptop), await field(laptop)], [number, "1"]), 20_000);
    await w.press(...typed(TOTALS.get(byNumber.get(number))));
  }
  await until("two to be settled", async () => assert.equal(await w.count('tr[data-state="matched"]'), 2), 20_000);
  await struckOut(laptop, byNumber, order[1]);
  await w.click("#sheets-import");
  await laptop.fill(".ant-modal .path-field input", FILE);
  await w.press("Enter");
  await w.seen("#sheets-taken", 60_000);
  await w.click(OK);
  await laptop.clear();

  await view(laptop, "differences");
  await equal("the slip alone to differ", () => w.count(".iv-pair"), 1);
  const decide = async () => {
    await w.click('.iv-pair [data-action="decide"]');
    await laptop.fill("#decide-mark-3", TOTALS.get(byNumber.get(slip))[2]);
    await laptop.fill("#decide-reason", "核对评委评分表");
    await w.click(OK);
  };
  await decide();
  await laptop.refused("own-decision");
  await w.click(".ant-modal-footer .ant-btn:not(.ant-btn-primary)");
  await laptop.clear();
  await laptop.signIn("监督员");
  await decide();
  await laptop.clear();
  await equal("nothing to differ", () => w.count(".iv-pair"), 0);

  await view(laptop, "sheets");
  await w.seen('[data-action="correct"]');
  await w.click('[data-action="correct"]');
  await laptop.fill("#decide-reason", "复核：与评分表一致");
  assert.equal(await w.run("return document.querySelector(arguments[0]).disabled", OK), true, "a correction takes two people");
  await laptop.fill("#decide-second", "监督员");
  await w.click(OK);
  await laptop.refused("correction-needs-two");
  await laptop.fill("#decide-second", "主考官");
  await w.click(OK);
  await laptop.clear();
  await w.seen('tr[data-state="decided"]');
  for (const number of [order[0], order[1], slip]) await struckOut(laptop, byNumber, number);
  say("second pass: own one refused, two keyed, the rest imported; a slip decided by a third; a correction took two");
}

async function announce(laptop, byNumber) {
  const { w } = laptop;
  await view(laptop, "announcement");
  await w.click("#announce-names");
  await w.click("#announce-open");
  await w.seen("#wall-mean");
  const seen = new Set();
  for (let n = 0; n < 3; n += 1) {
    const name = (await w.text("#wall-name")).trim();
    const ids = [...NAMES].filter(([, one]) => one === name).map(([id]) => id);
    assert.ok(ids.some((id) => PUBLISHED.get(id) === undefined) === false);
    const mean = (await w.text("#wall-mean")).trim();
    assert.ok(ids.some((id) => PUBLISHED.get(id) === mean), `${name}: ${mean}`);
    assert.equal(await w.count(".iv-wall-marks [data-dropped]"), 2);
    const before = await w.text("#wall-order");
    seen.add(before);
    await w.press("ArrowRight");
    await until("the next one", async () => assert.notEqual(await w.text("#wall-order"), before));
  }
  assert.equal(seen.size, 3);
  await w.press("Escape");
  await view(laptop, "timer");
  await w.click("#timer-toggle");
  await w.seen('[data-phase="running"]');
  await w.reads(".iv-timer-figures", /^09:5\d$/, 5_000);
  await w.click("#timer-toggle");
  await w.seen('[data-phase="paused"]');
  say("announced on the wall, one after the other; the timer ran");
}

/** The whole day; what the handover came to. */
export async function interviewDay(laptop, packet, byNumber, { program, folder }) {
  await openPacket(laptop, packet, { folder, operator: "面试秘书", clock: "2020-07-25T08:00", desks: ["overview", "interview", "handover", "journal"] });
  const missed = [...TOTALS].find(([, totals]) => totals === null)[0];
  const late = [...NAMES].find(([id, name]) => id !== missed && [...NAMES.values()].filter((one) => one === name).length === 1)[1];
  await drawLots(laptop, NAMES.get(missed), late);
  const keyed = await keySheets(laptop, byNumber, { program, folder });
  await secondPass(laptop, byNumber, keyed);
  await announce(laptop, byNumber);
  return handOver(laptop, "面试秘书");
}
