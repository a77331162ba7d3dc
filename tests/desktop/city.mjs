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
const equal = (what, read, wanted) => until(what, async () => assert.deepEqual(await read(), wanted));

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

  /** Rows of a long list: cells by column, and the marks of the row. */
  rows(id) {
    return this.all(`#${id} .long-body > [role="row"]`, "({ ...e.dataset, ...Object.fromEntries([...e.querySelectorAll('[data-column]')].map((c) => [c.dataset.column, c.innerText.trim()])) })");
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
  const masked = (id) => `${id.slice(0, 4)}******${id.slice(-4)}`;
  const wanted = table("expected/eligibility.csv").map((row) => [row.name, masked(row.id), row.city, row.finding]).sort();
  const found = async () => (await city.rows("findings")).map((row) => [row.name, row.id, row.city, row.finding]).sort();
  await equal("the findings expected", found, wanted);
  const suspects = wanted.filter((row) => row[3] === "suspect").length;
  assert.equal(await w.attribute("#open-suspects", "data-count"), String(suspects));
  for (let left = suspects; left > 0; left -= 1) {
    await w.click('#findings [data-action="clear"]');
    await city.reason("出生日期不符，系同名同姓，电话核实");
    await equal(`${left - 1} suspects to be left`, () => w.attribute("#open-suspects", "data-count"), String(left - 1));
  }
  await equal("all suspects to be cleared", found, wanted.map((row) => [...row.slice(0, 3), row[3] === "suspect" ? "cleared" : row[3]]).sort());
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

async function main() {
  const window = await open(program, "city");
  await window.seen(".start", 60_000);
  const city = new City(window);
  await city.watch();
  await makeEvent(city);
  await enterPeople(city);
  await drawSeats(city);
  await window.close();
}

await finish("a city by hand", async () => {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
});
