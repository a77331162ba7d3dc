// What everybody does who sits before a laptop, and the steps of an exam day that several tests go through.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { FIXTURE } from "./fixtures.mjs";
import { home, open, until } from "./drive.mjs";

/** The site of Nanjing, and of the province. */
export const SITE = "3201-01";
const OK = ".ant-modal-footer .ant-btn-primary";

const started = Date.now();
export const say = (text) => console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);
export const equal = (what, read, wanted) => until(what, async () => assert.deepEqual(await read(), wanted), 20_000);

/** The same use cases by the headless door, for what went before; `env` holds PINs. The refusal's code where one is wanted. */
export function headless(program, db, operator, words, { at = "2020-06-27T09:40:00+08:00", env = {}, refused = false, clock = [] } = {}) {
  const when = at === null ? [] : ["--at", at];
  const [name, ...args] = [...clock, join(dirname(program), "kaowu-cli"), "--db", join(home, db), "--operator", operator, ...when, "--json", ...words];
  const done = spawnSync(name, args, { encoding: "utf8", env: { ...process.env, ...env } });
  assert.equal(done.status, refused ? 1 : 0, `${words.join(" ")}: ${done.error?.message ?? done.stderr}`);
  return refused ? JSON.parse(done.stderr.trim().split("\n").at(-1)).code : JSON.parse(done.stdout);
}

/** One laptop's window, with what everybody does who sits before it. */
export class Laptop {
  constructor(window, name) {
    this.w = window;
    this.name = name;
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
    // Where nobody is signed in the window asks by itself, as soon as its form is read: a click may meet it half-way.
    await this.w.seen("#operator");
    if ((await this.w.count("#operator-name")) === 0) await this.w.run("document.querySelector('#operator').click()");
    await this.fill("#operator-name", name);
    await this.w.press("Enter");
    await this.w.reads("#operator", new RegExp(name));
    await this.clear();
  }

  /** Chooses a name in one of the system's own lists. */
  async choose(selector, name) {
    await this.w.seen(selector);
    // The names may still be read: chosen before, nobody would be.
    const set = "const e = document.querySelector(arguments[0]); e.value = arguments[1]; if (e.value === arguments[1]) e.dispatchEvent(new Event('change', { bubbles: true })); return e.value";
    await until(`${selector} to offer ${name}`, async () => assert.equal(await this.w.run(set, selector, name), name));
  }

  /** Types a PIN at the door of a protected event, under a name. */
  async atDoor(name, pin) {
    await this.choose("#door-operator", name);
    await this.w.fill("#door-pin", pin);
    await this.w.press("Enter");
  }

  /** Another operator takes over in a protected event. */
  async takeOver(name, pin) {
    await this.w.click("#operator");
    await this.atDoor(name, pin);
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

  /** A refusal in a dialog: its code, with words and a remedy; then it is put away. */
  async refused(code) {
    await this.w.seen(`.ant-modal .refusal[data-code="${code}"]`);
    assert.ok((await this.w.text(`.ant-modal .refusal[data-code="${code}"]`)).trim().length > 15, `${code} in words`);
    await this.w.click(".ant-modal-confirm-warning .ant-modal-confirm-btns .ant-btn-primary");
    // What was asked before it may still stand there.
    await until("the refusal to be put away", async () =>
      assert.equal(await this.w.run("return [...document.querySelectorAll('.ant-modal .refusal')].filter((e) => e.getClientRects().length > 0).length"), 0),
    );
  }

  /** The power goes; the program is started again with what the disk holds. */
  async crash(program) {
    // The last keys are on their way for a moment: longer on a machine that has other things to do.
    await new Promise((done) => setTimeout(done, 1500));
    await this.w.crash();
    // The same window for whoever holds it.
    Object.assign(this.w, await open(program, this.name));
    await this.w.seen(".start", 60_000);
    await this.watch();
  }

  /** The cells of all rows of a table of which only those in sight are drawn. */
  async tableRows(wanted) {
    const rows = new Map();
    const holder = ".ant-table-tbody-virtual-holder";
    await this.w.run("document.querySelector(arguments[0]).scrollTop = 0", holder);
    return until(`${wanted} rows`, async () => {
      const read = await this.all(".ant-table-row", "[e.dataset.rowKey, [...e.querySelectorAll('.ant-table-cell')].map((c) => c.innerText.trim())]");
      for (const [key, cells] of read) rows.set(key, cells);
      if (rows.size < wanted) await this.w.run("const e = document.querySelector(arguments[0]); e.scrollTop += e.clientHeight / 2", holder);
      assert.equal(rows.size, wanted);
      return [...rows.values()];
    }, 20_000);
  }

  async close() {
    await this.w.click("#close-event");
    await this.w.seen(".start");
  }
}

/** Every resource the window has asked for is its own, and no fault came that the program does not know. */
export async function quiet(city) {
  const noted = await city.w.run("return noted");
  assert.deepEqual(noted.policy, [], "what the content policy had to refuse");
  assert.deepEqual(noted.unknown, [], "faults without a name");
  const asked = await city.w.run("return [location.href, ...performance.getEntries().filter((e) => ['resource', 'navigation'].includes(e.entryType)).map((e) => e.name)]");
  assert.deepEqual(asked.filter((url) => !/^(tauri|ipc|asset):\/\/localhost\b|^data:|^blob:tauri/.test(url)), [], "everything comes from the program itself");
}

// --- headquarters and the stick ---

/** Issues one site's packet from the tab that is open, with its words on a slip. */
export async function issuePacket(city, name) {
  const { w } = city;
  const [stick, slips] = [join(home, "stick"), join(home, `slips-${name}.pdf`)];
  mkdirSync(stick, { recursive: true });
  await w.seen("#posts");
  await w.click(`[data-action="select"][data-site="${SITE}"]`);
  await city.fill('[data-field="packets-folder"] input', stick);
  const again = (await w.count(`#posts [data-site="${SITE}"][data-issued="true"]`)) > 0;
  await w.click("#issue-packets");
  if (again) await w.click("#issue-again");
  await w.seen('#issued[data-unsaved="1"] [data-post]');
  await city.clear();
  // What was issued last stands first.
  const post = await w.attribute("#issued tr[data-post]", "data-post");
  const path = (await w.text("#issued .path-cell")).trim();
  const people = Number(await w.text("#issued tr[data-post] td.number"));
  assert.equal(await w.count(`code.six-words[data-words="${post}"]`), 0, "the words stand covered");
  await w.click(`[data-action="show-words"][data-post="${post}"]`);
  const shown = `code.six-words[data-words="${post}"]`;
  await w.seen(shown);
  const words = (await w.text(shown)).trim();
  assert.equal(words.split(/[\s-]+/).length, 6);
  await w.click("#save-slips");
  await city.fill('[data-field="save-path"] input', slips);
  await w.press("Enter");
  await city.clear();
  await equal("the slip to be saved", () => w.attribute("#issued", "data-unsaved"), "0");
  assert.ok(existsSync(slips) && existsSync(path));
  say(`packet: ${post} for ${people} people in ${basename(path)}`);
  return { post, path, people, words };
}

/** Opens a packet with its words on a laptop of its own, at a moment of the drill. */
export async function openPacket(city, packet, { folder, operator, clock, desks }) {
  const { w } = city;
  await city.close();
  await w.click('[data-choice="packet"]');
  await city.fill('[data-field="packet-path"] input', packet.path);
  await city.fill("#packet-words", packet.words.toUpperCase());
  await city.fill('[data-field="folder"] input', folder);
  await w.click("#start-packet");
  await w.seen('[data-dialog="packet-opened"]');
  await w.click(".ant-modal-confirm-btns .ant-btn-primary");
  await city.signIn(operator);
  assert.deepEqual(await city.all("[data-desk]", "e.dataset.desk"), desks);
  await city.setClock(clock);
}

export async function handOver(city, operator = "考点负责人") {
  const { w } = city;
  const stick = join(home, "back");
  mkdirSync(stick, { recursive: true });
  await city.signIn(operator);
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

/** Headquarters' laptop again, from the list of events opened last. */
export async function reopen(city, path, operator) {
  const { w } = city;
  await city.close();
  await w.click('[data-choice="open"]');
  await w.click(`[data-recent*="${path}"]`);
  await w.seen("nav.desks");
  await city.signIn(operator);
}

/** Merges a handover at headquarters, and once more, which changes nothing. */
export async function merge(city, packet, handover) {
  const { w } = city;
  await city.hq("board");
  // Late where the drill's clock has passed the day.
  await w.seen(`#board tr[data-post="${packet.post}"]:is([data-state="missing"], [data-state="late"])`);
  for (const outcome of ["new", "again"]) {
    await city.fill("#handover-paths", handover.path);
    await w.press("Enter");
    await w.seen(`#merge-results li[data-post="${packet.post}"][data-outcome="${outcome}"]`, 60_000);
    assert.ok((await w.text("#merge-results")).includes(handover.code), "the same check code as on the site's laptop");
    await w.seen(`#board tr[data-post="${packet.post}"][data-state="merged"]`);
    await equal("the field to be empty", () => w.run("return document.querySelector('#handover-paths').value"), "");
  }
  assert.equal(await w.attribute("#conflicts", "data-count"), "0");
}

// --- the door ---

export async function chooseRoom(city, room) {
  const { w } = city;
  await city.desk("room");
  await until("rooms or a room", async () => assert.ok((await w.count("#room-search, #change-room")) > 0));
  if (await w.count("#change-room")) await w.click("#change-room");
  await w.click(`[data-action="select"][data-site="${SITE}"][data-room="${room}"]`);
  await w.seen(".room-views");
  await city.tab("checkin");
  await w.seen("#checkin-input");
}

export const listed = (city, list) =>
  city.all(`ul[data-list="${list}"] li[data-person]`, "({ person: e.dataset.person, seat: e.dataset.seat, name: e.querySelector('.name').innerText, number: e.querySelector('.figure.soft').innerText })");
export const count = async (city, name) => Number(await city.w.text(`[data-count="${name}"] dd`));
export const keysPressed = async (city) => Number(await city.w.attribute("#checkin-pace", "data-keys"));

/** Types a number as a scanner does and waits for the answer. */
export async function show(city, number, answered) {
  await city.w.press(...number, "Enter");
  await until(`an answer to ${number}`, () => answered(number), 10_000);
}
export const isIn = (city) => async (number) => {
  assert.equal(await city.w.attribute("#checkin-answer", "data-answer"), "in");
  assert.match(await city.w.text("#checkin-answer .which"), new RegExp(number));
};
export async function isOut(city, code) {
  assert.equal(await city.w.attribute("#checkin-answer", "data-answer"), "out");
  assert.equal(await city.w.attribute("#checkin-answer", "data-code"), code);
  for (const words of [".why", ".remedy"]) assert.ok((await city.w.text(`#checkin-answer ${words}`)).trim().length > 5, `${code} in words`);
}

/** Who comes and who, by the marks, does not. */
export function split(people, isAway) {
  const absent = people.filter(isAway);
  return { absent, coming: people.filter((one) => !absent.includes(one)) };
}

/** Lets people in one after the other and counts the keys it takes. */
export async function letIn(city, people) {
  let before = await keysPressed(city);
  for (const { number, seat } of people) {
    await city.w.press(...number, "Enter");
    const read = () =>
      city.w.run("const a = document.querySelector('#checkin-answer'); return [a.dataset.answer, a.querySelector('.which')?.innerText.includes(arguments[0]) ?? false, a.querySelector('.seat')?.dataset.seat, Number(document.querySelector('#checkin-pace').dataset.keys)]", number);
    await until(`${number} to be let in`, async () => assert.deepEqual(await read(), ["in", true, seat, before + number.length + 1]), 10_000);
    before += number.length + 1;
  }
}

/** While people are awaited a room's record says once that papers come later; nothing is red before somebody tries to save it. */
export async function recordIsCalm(city) {
  const { w } = city;
  const red = () => city.all('.record [aria-invalid="true"], .record .ant-input-status-error', "e.id");
  await city.tab("record");
  await w.seen("#record-papers-later");
  assert.equal(await w.run("return document.querySelector('#record-issued').value"), "", "papers are not counted yet");
  const calm = async (when) => {
    assert.deepEqual(await red(), [], when);
    assert.equal(await w.count("#record-faults, .record .bad"), 0, when);
  };
  await calm("before anybody has touched it");
  await w.click("#record-issued");
  for (let field = 0; field < 5; field += 1) await w.press("Tab");
  await equal("the focus to have gone through the papers", () => w.run("return document.activeElement.id"), "record-first");
  await calm("after a walk through the fields");
  await w.click("#record-save");
  await equal("the papers to be asked for", red, ["record-issued", "record-used", "record-absentPapers", "record-spare", "record-returned"]);
  await w.seen('#record-faults[data-faults="5"]');
  await equal("the first of them to have the focus", () => w.run("return document.activeElement.id"), "record-issued");
  await city.fill("#record-issued", "30");
  await equal("one fewer to be asked for", async () => (await red()).length, 4);
  await city.fill("#record-issued", "");
  // A name typed early stays; the counts beside it follow the door.
  await city.fill("#record-first", "监考员甲");
  await city.tab("checkin");
  await w.seen("#checkin-input");
}

/** Fixes absence, writes a room's record and signs it; `wrong` first has one that does not add up. */
export async function closeRoom(city, room, { coming, absent }, wrong = false) {
  const { w } = city;
  await chooseRoom(city, room);
  if (absent.length > 0) {
    await w.click("#fix-absence");
    await w.seen("#fix-list li");
    assert.deepEqual(await city.all("#fix-list li", "e.querySelector('.name').innerText"), absent.map((one) => one.name));
    await w.click(OK);
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
  if (wrong) {
    await city.fill("#record-used", String(coming.length + 1));
    await w.seen('#record-faults li[data-code="papers-do-not-add-up"]', 5_000);
    // It may be kept as it is, and cannot be signed.
    await w.press("Enter");
    await w.seen('#record-state[data-unsaved="false"]');
    await w.click("#sign-off");
    await city.fill("#signer-1", "监考员甲");
    await city.fill("#signer-2", "监考员乙");
    await w.click(OK);
    await city.refused("papers-do-not-add-up");
    await city.fill("#record-used", String(coming.length));
    await w.seen('#record-faults[data-faults="0"]', 5_000);
  }
  await w.press("Enter");
  await w.seen('#record-state[data-unsaved="false"]');
  await w.click("#sign-off");
  await city.fill("#signer-1", "监考员甲");
  await city.fill("#signer-2", "监考员乙");
  await w.click(OK);
  await w.reads("#room-check-code", /^\d{4}-\d{4}$/);
  await city.clear();
}

// --- marks ---

export const progress = async (city) => Number(await city.w.attribute("#mark-progress", "data-count"));
export const rowsOf = (city, state) => city.w.count(`.mark-grid tr[data-person][data-state="${state}"]`);

export async function choosePass(city, pass, tab = "keying") {
  await city.desk("marks");
  await city.tab(tab);
  // The pass proposed is left alone: the first field has the focus already.
  await city.w.seen(`#pass-${pass}`);
  const chosen = () => city.w.run("return document.querySelector(arguments[0]).checked", `#pass-${pass}`);
  if (!(await chosen())) await city.w.click(`label:has(#pass-${pass})`);
  await until(`pass ${pass} to be chosen`, async () => assert.equal(await chosen(), true));
}

/** The row in which the next key would arrive. */
export const inHand = (city) => city.w.run("const e = document.activeElement; return e.dataset.mark === undefined ? null : { person: e.dataset.mark, number: e.closest('tr').dataset.number }");

export async function importPass(city, operator, pass, file) {
  const { w } = city;
  await city.signIn(operator);
  await choosePass(city, pass, "import");
  await city.fill(".import-marks input", join(FIXTURE, "marks", file));
  await w.press("Enter");
  await w.seen("#import-result", 60_000);
  const read = async (name) => Number(await w.attribute("#import-result", `data-${name}`));
  return { taken: await read("taken"), known: await read("known"), uncounted: await read("uncounted"), refused: await read("refused") };
}

export const counted = async (city, name) => Number(await city.w.text(`.mark-counts [data-count="${name}"] dd`));

