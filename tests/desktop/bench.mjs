// How the window behaves with 40,000 people: start beside an empty Tauri window, keystroke to answer at the door and in
// the marks, first look-up, scrolling. Not a test: it prints.
//
//   node tests/desktop/bench.mjs PROGRAM CLI EMPTY
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { finish, home, open, until } from "./drive.mjs";
import { manyPeople, PEOPLE } from "./many.mjs";

const [program, cli, empty] = process.argv.slice(2);
const STARTS = 7;
const MARKS = 30;
const median = (figures) => [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)];

async function started(what, name, args, usable) {
  const before = performance.now();
  const window = await open(what, name, args);
  await window.seen(usable, 60_000);
  return { window, ms: performance.now() - before };
}

/** The same window several times, in turns, so that what else the machine does falls on all alike. */
async function starts(db) {
  const kinds = [
    { name: "empty", what: empty, args: [], usable: "#empty", ms: [] },
    { name: "bare", what: program, args: [], usable: ".start", ms: [] },
    { name: "full", what: program, args: [db], usable: "tr[data-step]", ms: [] },
  ];
  for (let n = 0; n <= STARTS; n += 1) {
    for (const kind of kinds) {
      const { window, ms } = await started(kind.what, `${kind.name}-${n}`, kind.args, kind.usable);
      // The first of each finds its files cold.
      if (n > 0) kind.ms.push(ms);
      await window.close();
      // Its processes end by and by, and are not to be in the way of the next.
      await sleep(500);
    }
  }
  const [nothing, bare, full] = kinds.map((kind) => median(kind.ms));
  console.log(
    `start to a usable desk: ${full.toFixed(0)} ms; an empty Tauri window: ${nothing.toFixed(0)} ms; ${(full / nothing).toFixed(2)} ×; ` +
      `the same program with no event: ${bare.toFixed(0)} ms (medians of ${STARTS})`,
  );
}

const shown = (what, figures) => console.log(`${what}: median ${median(figures).toFixed(0)} ms, most ${Math.max(...figures).toFixed(0)} ms, of ${figures.length}`);

/** Notes in the page how long it takes from Enter until `answered` says what is new. */
function watchAnswers(window, answered) {
  return window.run(`window.answers = []; let since = 0, last = null;
    addEventListener("keydown", (event) => { if (event.key === "Enter") since = performance.now(); }, true);
    const look = () => { const now = (() => { ${answered} })(); if (since > 0 && now !== null && now !== last) { last = now; answers.push(performance.now() - since); since = 0; } };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });`);
}

async function door(window) {
  await window.fill("#operator-name", "监考员甲");
  await window.press("Enter");
  await window.gone(".ant-modal-wrap:not([style*='display: none'])");
  await window.click("#clock");
  await window.fill("#clock-at", "2020-06-27 08:50");
  await window.click(".ant-modal-footer .ant-btn-primary");
  await window.go("#/room");
  await window.click('[data-action="select"][data-room="001"]');
  await window.seen('ul[data-list="awaited"] li[data-person]');
  const numbers = await window.run(`return [...document.querySelectorAll('ul[data-list="awaited"] li[data-person]')].map((li) => li.innerText.match(/\\d{9,}/)[0])`);
  await watchAnswers(window, `return document.querySelector("#checkin-answer[data-answer=in] .seat")?.dataset.seat ?? null`);
  for (const [n, number] of numbers.entries()) {
    await window.type(number);
    await window.press("Enter");
    await until("an answer", async () => assert.equal(await window.run("return answers.length"), n + 1));
  }
  shown("keystroke to answer at the door", await window.run("return answers"));
  const pace = await window.run(`const p = document.querySelector("#checkin-pace"); return [p.dataset.people, p.dataset.keys]`);
  console.log(`keystrokes for ${pace[0]} people: ${pace[1]}`);
}

async function marks(window) {
  await window.go("#/marks/keying");
  await window.seen(".mark-grid tr[data-person]", 30_000);
  await until("a row to be in hand", async () => assert.notEqual(await window.run("return document.activeElement.dataset.mark ?? null"), null));
  await watchAnswers(window, `return document.querySelectorAll('.mark-grid tr[data-state="mine"]').length + " " + (document.querySelector("#mark-progress")?.dataset.count ?? "")`);
  for (let n = 1; n <= MARKS; n += 1) {
    await window.type("71.5");
    await window.press("Enter");
    await until("the mark to be kept", async () => assert.equal(Number(await window.attribute("#mark-progress", "data-count")), n));
  }
  shown(`keystroke to answer in a sheet of ${PEOPLE} marks`, (await window.run("return answers")).slice(0, MARKS));
}

/** From a name typed into the list of everybody to the people it may mean. */
async function lookUp(window) {
  const ms = await window.session("POST", "/execute/async", {
    script: `const say = arguments[arguments.length - 1]; const from = performance.now();
      window.__TAURI_INTERNALS__.invoke("find_people", { stage: "city", wanted: "赵伟" }).then((rows) => say([performance.now() - from, rows.length]), (fault) => say([0, String(fault)]));`,
    args: [],
  });
  console.log(`first look-up by name: ${Number(ms[0]).toFixed(0)} ms, ${ms[1]} people`);
}

async function scrolling(window) {
  await window.go("#/hq/roster");
  await window.seen("#roster-view");
  await window.run(`document.querySelectorAll("#roster-view label")[1].click()`);
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
}

await finish("bench", async () => {
  const folder = join(home, "event");
  mkdirSync(folder);
  const db = join(folder, "总部.kaowu-db");
  const rooms = manyPeople(cli, db);
  console.log(`${PEOPLE} people in ${rooms} rooms`);
  await starts(db);
  const { window } = await started(program, "desk", [db], "nav.desks");
  await lookUp(window);
  await door(window);
  await marks(window);
  await scrolling(window);
  await window.close();
});
