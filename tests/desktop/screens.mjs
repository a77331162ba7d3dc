// Every screen of every stage of the demo event, in both languages: drawn, without a serious finding of axe-core, without
// a word to the network, and without an ID number, on the screen or in what the page was given.
//
//   node tests/desktop/screens.mjs PROGRAM [FOLDER FOR PICTURES [CLI]]
//
// With the command line's program it looks at an event of 40,000 people instead, which takes some minutes.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { finish, home, open, until } from "./drive.mjs";
import { manyPeople } from "./many.mjs";

const [program, pictures, cli] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: node tests/desktop/screens.mjs PROGRAM [FOLDER [CLI]]");
  process.exit(2);
}
const AXE = readFileSync(join(import.meta.dirname, "../../ui/node_modules/axe-core/axe.min.js"), "utf8");

const HQ_TABS = ["roster", "eligibility", "seating", "packet", "board", "incidents", "standing", "awards", "stages", "practice", "staff", "archive", "operators"].map((tab) => `hq/${tab}`);
const STANDINGS = ["weights", "selection", "lists", "ties", "whatif", "spread"].map((view) => `hq/standing?view=${view}`);
const PRACTICE = ["suspects", "daily", "weekly", "monthly", "year", "participation"].map((view) => `hq/practice?view=${view}`);
const STAFF = ["draw", "inspections"].map((view) => `hq/staff?view=${view}`);
const RECUSALS = "hq/staff?stage=province&part=interview&view=recusals";
const CLOSING = ["archive", "delete", "figures"].map((view) => `hq/archive?view=${view}`);
const KEEPING = ["handover/inspect", "handover/keep", "journal"];
/** Which screens are looked at in which stage of the demo. */
const STAGES = {
  // Nothing is there yet: each screen says what comes first.
  "before-roster": [
    "overview", ...HQ_TABS, ...STANDINGS, ...PRACTICE, "room", "marks/keying", "marks/differences", "marks/controls",
    "interview/lots", "interview/sheets", "interview/announcement", "certificates/print", "handover/receipts",
  ],
  "check-in": ["overview", "room/checkin", "room/incident", "room/record", "room/inspection", "handover/write", "handover/receipt", "handover/takeover"],
  marks: ["marks/keying", "marks/import", "marks/differences", "marks/controls"],
  tie: ["hq/standing?view=ties", "hq/standing?view=selection"],
  finished: [
    "overview", ...HQ_TABS, ...STANDINGS, ...PRACTICE, ...STAFF, RECUSALS, ...CLOSING,
    "interview/lots", "interview/sheets", "interview/differences", "interview/announcement", "interview/timer", "interview/inspection",
    "certificates/print", "certificates/sheets", "certificates/verify", "certificates/papers", "handover/receipts", "handover/keys", ...KEEPING,
  ],
};

/** Lists that an event of 40,000 people fills. */
const MANY = ["overview", "hq/roster", "hq/roster people", "hq/eligibility", "hq/seating", "hq/packet", "hq/standing?view=selection", "marks/keying", "marks/controls", "journal", "room"];

/** Serious findings of axe-core, a line each. */
async function findings(window) {
  await window.run(`if (window.axe === undefined) { ${AXE} }`);
  const found = await window.session("POST", "/execute/async", {
    script: `const say = arguments[arguments.length - 1];
      // Ant Design measures text in a field of its own outside the window, which nobody can reach.
      axe.run({ exclude: ["textarea[name=hiddenTextarea]"] }, { resultTypes: ["violations"] }).then(
        (out) => say(out.violations.filter((v) => v.impact === "serious" || v.impact === "critical")
          .map((v) => v.id + ": " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | "))),
        (fault) => say(["axe failed: " + fault]));`,
    args: [],
  });
  return found;
}

/** Has the page note every ID number that an answer of the program holds. */
function watchAnswers(window) {
  return window.run(`window.answered = 0; window.given = [];
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const valid = (id) => "10X98765432"[weights.reduce((sum, weight, at) => sum + weight * Number(id[at]), 0) % 11] === id[17];
    // Eighteen digits within a hash are nobody's.
    window.idsIn = (text) => (text.match(/(?<![\\da-f])\\d{17}[\\dX](?![\\da-f])/g) ?? []).filter(valid);
    const ask = window.fetch;
    window.fetch = async (...asked) => {
      const answer = await ask(...asked);
      answer.clone().text().then((text) => { answered += 1; for (const id of idsIn(text)) given.push(asked[0] + " gives " + id); });
      return answer;
    };
    if (idsIn("x11010519491231002Xx").length !== 1) throw new Error("idsIn finds nothing");`);
}

/** Waits until nothing is being read any more. */
function still(window) {
  return until("the screen to be read", async () => assert.equal(await window.count(".reading, .ant-spin-spinning"), 0));
}

async function look(window, stage, place, language, faults) {
  const [address, view] = place.split(" ");
  await window.go(`#/${address}`);
  if (view === "people") await window.click("#roster-view label:nth-child(2)");
  await sleep(120);
  await still(window);
  await sleep(120);
  const where = `${stage} ${place} ${language}`;
  const page = await window.run(`return { title: document.querySelector("main h1, main h2")?.innerText ?? "",
    wide: document.documentElement.scrollWidth - innerWidth, main: (document.querySelector("main")?.scrollWidth ?? 0) - (document.querySelector("main")?.clientWidth ?? 0),
    ids: [...idsIn(document.documentElement.outerHTML), ...given.splice(0)],
    refused: [...document.querySelectorAll(".ant-alert[data-code]")].map((a) => a.dataset.code),
    objects: document.documentElement.outerHTML.includes("[object Object]"), holes: document.body.innerText.match(/.{0,20}\\{\\{.{0,20}/g) ?? [],
    keys: (document.body.innerText.match(/\\b(frame|start|overview|roster|seating|packet|standing|room|marks|interview|certificates|handover|journal|practice|stages|staff|archive|operators)\\.(?!xlsx)[a-z][A-Za-z.]+/g) ?? []) }`);
  if (page.title === "") faults.push(`${where}: no heading`);
  if (page.wide > 0 || page.main > 0) faults.push(`${where}: ${Math.max(page.wide, page.main)} px too wide`);
  if (page.holes.length > 0) faults.push(`${where}: nothing was put in: ${page.holes.join(" | ")}`);
  if (page.objects) faults.push(`${where}: a text is an object`);
  if (page.keys.length > 0) faults.push(`${where}: texts are missing: ${page.keys.join(", ")}`);
  if (page.ids.length > 0) faults.push(`${where}: ID numbers: ${page.ids.slice(0, 3).join(", ")}`);
  if (page.refused.includes("")) faults.push(`${where}: a fault of the page, not a refusal`);
  for (const finding of await findings(window)) faults.push(`${where}: ${finding}`);
  if (pictures !== undefined) window.picture(join(pictures, `${stage}-${place.replace(/[/?= ]/g, "-")}-${language}.png`));
}

await finish("screens", async () => {
  const window = await open(program, "screens");
  await window.seen(".start", 60_000);
  await window.run(`window.refusedByPolicy = [];
    addEventListener("securitypolicyviolation", (event) => { if (!event.blockedURI.startsWith("inline")) refusedByPolicy.push(event.effectiveDirective + " " + event.blockedURI); });`);
  await watchAnswers(window);
  const faults = [];
  let screens = 0;
  for (const choice of ["open", "create", "packet", "demo"]) {
    for (const language of ["zh-CN", "en"]) {
      await window.click(`[data-choice="${choice}"]`);
      await window.click(`button[lang="${language}"]`);
      await still(window);
      for (const finding of await findings(window)) faults.push(`start ${choice} ${language}: ${finding}`);
      if (pictures !== undefined) window.picture(join(pictures, `start-${choice}-${language}.png`));
      screens += 1;
    }
  }
  for (const [stage, places] of cli === undefined ? Object.entries(STAGES) : []) {
    await window.click('[data-choice="demo"]');
    await window.click(`[data-demo="${stage}"]`);
    await window.seen("nav.desks", 120_000);
    // A drill says so on every screen.
    await window.seen(".drill-band");
    if (stage === "check-in") {
      await window.go("#/room");
      await window.click('[data-action="select"][data-room="001"]');
    }
    for (const language of ["zh-CN", "en"]) {
      await window.click(`.top button[lang="${language}"]`);
      for (const place of places) {
        await look(window, stage, place, language, faults);
        screens += 1;
      }
    }
    await window.click("#close-event");
    await window.seen(".start");
  }
  if (cli !== undefined) {
    const db = join(home, "many", "总部.kaowu-db");
    mkdirSync(join(home, "many"));
    manyPeople(cli, db);
    await window.click('[data-choice="open"]');
    await window.fill('[data-field="event-path"] input', db);
    await window.click("#start-open");
    await window.seen("nav.desks", 120_000);
    await window.fill("#operator-name", "考务处");
    await window.press("Enter");
    await window.gone(".ant-modal-wrap:not([style*='display: none'])");
    for (const language of ["zh-CN", "en"]) {
      await window.click(`.top button[lang="${language}"]`);
      for (const place of MANY) {
        await look(window, "many", place, language, faults);
        screens += 1;
      }
    }
    await window.click("#close-event");
    await window.seen(".start");
  }
  const refused = await window.run("return refusedByPolicy");
  assert.deepEqual(refused, [], "what the content policy had to refuse: no page asks for anything that is not its own");

  // The page's own policy must be what refuses, whether or not there is a network.
  const refusedBy = await window.session("POST", "/execute/async", {
    script: `const say = arguments[arguments.length - 1];
      addEventListener("securitypolicyviolation", (event) => say(event.effectiveDirective));
      fetch("https://127.0.0.1:1/").catch(() => setTimeout(() => say("nothing"), 1000));`,
    args: [],
  });
  assert.equal(refusedBy, "connect-src", "what keeps the page from the network");
  const answered = await window.run("return answered");
  assert.ok(answered > screens, `${answered} answers were looked through`);
  assert.equal(faults.length, 0, `faults on ${screens} screens:\n${faults.join("\n")}`);
  console.log(`screens: ${screens} looked at`);
  await window.close();
});
