// An event that is protected afterwards, and what follows: operators named and withdrawn, a site packet opened with the PIN that
// headquarters gave, the screen that locks by itself, a forgotten PIN and the six words.
//
//   node tests/desktop/protected.mjs PROGRAM [FOLDER FOR PICTURES]
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finish, home, open, until } from "./drive.mjs";
import { FIXTURE } from "./fixtures.mjs";
import { chooseRoom, equal, headless, issuePacket, Laptop, quiet, say, SITE } from "./laptop.mjs";

const [program, pictures] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: node tests/desktop/protected.mjs PROGRAM [FOLDER FOR PICTURES]");
  process.exit(2);
}
const PINS = { 考务处: "805213", 总部乙: "413580", 核分员丙: "7720961", 核分员丁: "6630152", 考点甲: "9140285", 监督戊: "2750318", 证书己: "3964170" };
const PLAN = join(import.meta.dirname, "../../assets/plans/jiangsu-2020.toml");
const PLAIN = "SQLite format 3";

const begins = (file) => readFileSync(file).subarray(0, PLAIN.length).toString("latin1");
const cli = (operator, words, how) => headless(program, "hq.kaowu-db", operator, words, how);
let laptop;
const picture = (name) => pictures && laptop.w.picture(join(pictures, `${name}.png`));

/** Headquarters' database as it was before anybody thought of PINs; its screen locks after a minute. */
function before() {
  const plan = join(home, "plan.toml");
  writeFileSync(plan, readFileSync(PLAN, "utf8").replace(/^event\.id = .*$/m, "$&\nevent.lock_after_minutes = 1"));
  cli("考务处", ["event", "new", "--plan", plan, "--drill"]);
  cli("考务处", ["roster", "import", join(FIXTURE, "rosters/3201-南京市.xlsx")]);
  cli("考务处", ["rooms", "import", join(FIXTURE, "rooms.xlsx")]);
  cli("考务处", ["seats", "draw", "--stage", "city", "--seed", "种子"]);
}

async function name(who, role, site = "") {
  const { w } = laptop;
  await w.click("#add-operator");
  await laptop.fill("#operator-new", who);
  await w.click(`.operator-roles input[value="${role}"]`);
  if (site !== "") await w.fill("#operator-sites", site);
  await w.fill("#new-pin", PINS[who]);
  await w.fill("#new-pin-again", PINS[who]);
  await w.press("Enter");
  await w.seen(`[data-operator="${who}"]`);
  await laptop.clear();
}

/** Another of headquarters proves to be there. */
async function second(who = "总部乙") {
  const { w } = laptop;
  await w.seen("#second-pin");
  await laptop.choose("#second-name", who);
  await w.fill("#second-pin", PINS[who]);
  await w.press("Enter");
}

const atDoor = () => laptop.all("#door-operator option", "e.value");

/** The open event becomes a protected one, and work goes on where it was. */
async function protect() {
  const { w } = laptop;
  const db = join(home, "hq.kaowu-db");
  await w.click('[data-choice="open"]');
  await laptop.fill('[data-field="event-path"] input', db);
  await w.press("Enter");
  await w.seen("nav.desks", 60_000);
  await laptop.signIn("考务处");
  await laptop.setClock("2020-06-26T08:00");
  assert.equal(begins(db), PLAIN);
  await laptop.hq("operators");
  await w.seen('[data-protection="open"]');
  assert.equal(await w.run("return document.querySelector('#protect-name').value"), "考务处", "whoever works is proposed");
  await w.fill("#new-pin", PINS.考务处);
  await w.fill("#new-pin-again", PINS.考务处.replace("8", "9"));
  assert.equal(await w.run("return document.querySelector('#protect').disabled"), true, "not while the two differ");
  await w.fill("#new-pin-again", PINS.考务处);
  picture("protect");
  await w.click("#protect");
  await w.seen("#words-once");
  const words = (await laptop.all("#words-once li", "e.innerText.trim()")).join(" ");
  assert.equal(words.split(" ").length, 6);
  assert.notEqual(begins(db), PLAIN);
  assert.ok(existsSync(`${db}.keys`));
  await until("the dialog to stand", async () => assert.equal(await w.count(".ant-zoom-appear, .ant-zoom-enter"), 0));
  picture("protected-words");
  await w.click("#words-written");
  await laptop.clear();
  await w.reads("#operator", /考务处/);
  await w.reads("#clock", /^2020-06-26 08:0/);
  await w.seen("#add-operator");
  await w.seen('[data-operator="考务处"]');
  // What the pages had read and what they write now.
  await w.go("#/hq/roster?stage=city");
  await w.click("#roster-view label:nth-child(2)");
  await until("the roster to be read again", async () => assert.ok((await w.count("#people [data-person]")) > 5));
  await laptop.hq("operators");
  // The second of headquarters comes last: from then on both are asked.
  await name("核分员丙", "checker");
  await name("核分员丁", "checker");
  await name("考点甲", "site-head", SITE);
  await name("监督戊", "auditor");
  await name("证书己", "certificates");
  await name("总部乙", "hq");
  picture("named");
  assert.equal(cli("考务处", ["roster", "findings"], { env: { KAOWU_PIN: "000000" }, refused: true }), "pin-wrong");
  say("an open event protected, and work goes on");
  return words;
}

/** Whoever is withdrawn is gone from the door; nobody is withdrawn while another program works in the same file. */
async function withdraw() {
  const { w } = laptop;
  await w.click('[data-operator="核分员丁"] [data-action="withdraw"]');
  await laptop.fill(".ant-modal .reason input", "调离");
  await w.click(".ant-modal-confirm-btns .ant-btn-primary");
  await second();
  await w.seen('.gone[data-operator="核分员丁"]');
  picture("withdrawn");
  await w.click("#operator");
  await w.seen("#door-operator");
  await until("the door to list neither who was withdrawn nor who works at a site", async () =>
    assert.deepEqual((await atDoor()).sort(), ["总部乙", "考务处", "核分员丙", "监督戊", "证书己"].sort()));
  await w.press("Escape");
  await laptop.clear();
  assert.equal(cli("核分员丁", ["operators", "list"], { env: { KAOWU_PIN: PINS.核分员丁 }, refused: true }), "no-pin");
  // Nobody takes the key away from under a window that works.
  const alone = ["operators", "withdraw", "核分员丙", "--reason", "调离"];
  const both = { env: { KAOWU_PIN: PINS.总部乙, KAOWU_SECOND_PIN: PINS.考务处 }, refused: true };
  assert.equal(cli("总部乙", alone, both), "second-pin-needed");
  assert.equal(cli("总部乙", ["--second", "考务处", ...alone], both), "open-elsewhere");
  await laptop.takeOver("核分员丙", PINS.核分员丙);
  await w.go("#/journal");
  await w.seen("main h1");
  await laptop.takeOver("考务处", PINS.考务处);
  say("an operator withdrawn by two");
}

/** Buttons that do something, on screens with people in them: what they do, whether they are grey, what they say of it. */
async function buttons(places) {
  const { w } = laptop;
  const out = [];
  for (const place of places) {
    await w.go(`#/${place}`);
    await until(`${place} to be read`, async () => {
      assert.equal(await w.count(".reading, .ant-spin-spinning"), 0);
      assert.ok((await w.text("main")).trim() !== "" && (await w.count("nav.desks")) > 0);
      assert.equal(await w.run("return location.hash"), `#/${place}`);
    });
    out.push(...(await laptop.all("main [data-does]", "({ place: arguments[1], does: e.dataset.does, grey: e.getAttribute('aria-disabled') === 'true' && e.dataset.mayNot === e.dataset.does, text: e.getAttribute('aria-label') ?? e.textContent })")).map((one) => ({ ...one, place })));
  }
  return out;
}

/** An auditor sees everything and every button that does something is grey; a certificate desk has its own. */
async function roles() {
  const { w } = laptop;
  const ALL = ["hq/roster", "hq/roster?stage=city", "hq/eligibility", "hq/seating?stage=city", "hq/packet", "hq/board", "hq/staff", "hq/archive?view=archive", "hq/archive?view=delete", "hq/operators",
    "hq/standing?view=weights", "hq/standing?view=selection", "hq/awards", "hq/practice?view=import", "marks/import", "marks/differences", "handover/keys", "handover/receipts", "certificates/print"];
  await laptop.takeOver("监督戊", PINS.监督戊);
  assert.deepEqual(await laptop.all("nav.desks [data-desk]", "e.dataset.desk"), ["overview", "hq", "room", "marks", "interview", "certificates", "handover", "journal"], "an auditor sees every desk");
  const seen = await buttons(ALL);
  const own = "operator.pin-changed";
  assert.deepEqual(seen.filter((one) => one.grey === (one.does === own)), [], "all but the change of one's own PIN is grey");
  const kinds = new Set(seen.map((one) => one.does));
  assert.ok(seen.length > 25 && kinds.size > 15, `${seen.length} buttons of ${kinds.size} kinds were looked at`);
  for (const one of seen.filter((one) => one.grey)) assert.match(one.text, /须由.*总部.*登录后进行/, JSON.stringify(one));
  // Reached by keyboard, it says why; pressed, it does nothing, and nothing is asked of the program.
  await w.go("#/hq/operators");
  const add = '#add-operator[aria-disabled="true"]';
  await w.seen(add);
  await w.run("document.querySelector(arguments[0]).focus()", add);
  await w.reads(".ant-tooltip:not(.ant-tooltip-hidden)", /须由总部登录后进行/);
  await until("the reason to stand", async () => assert.equal(await w.count('[class*="ant-zoom-"]'), 0));
  picture("auditor");
  await w.press("Enter");
  await w.click(add);
  assert.equal(await w.count("#operator-new"), 0);
  // The door of a room and the keys of a mark say it above the form.
  await chooseRoom(laptop, "001");
  await w.reads('.may-not-note[data-may-not="candidate.admitted"]', /监考员/);
  await w.go("#/marks/keying");
  await w.seen('.may-not-note[data-may-not="mark.keyed"]');
  assert.equal(await w.count(".mark-input"), 0, "no mark can be typed");
  picture("auditor-marks");
  await laptop.takeOver("证书己", PINS.证书己);
  assert.deepEqual(await laptop.all("nav.desks [data-desk]", "e.dataset.desk"), ["overview", "certificates", "journal"]);
  const theirs = await buttons(["certificates/print", "certificates/sheets"]);
  assert.ok(theirs.every((one) => !one.grey), JSON.stringify(theirs));
  await laptop.takeOver("考务处", PINS.考务处);
  assert.deepEqual((await buttons(ALL)).filter((one) => one.grey), [], "headquarters may all of it");
  await w.go("#/journal?kind=operator.denied");
  await w.seen("#journal-count");
  const denied = await laptop.all('tr[data-kind="operator.denied"]', "e.innerText");
  assert.deepEqual(denied.filter((row) => /监督戊|证书己/.test(row)), [], "nothing was asked that had to be denied");
  say(`${seen.length} buttons grey for an auditor`);
}

/** After the event, in a protected one: the archive, its key and what opens from it; personal data deleted by two people. */
async function after() {
  const { w } = laptop;
  const [hq, later] = [join(home, "hq.kaowu-db"), join(home, "查阅.kaowu-db")];
  const back = async () => {
    await laptop.close();
    await reopened(hq);
    await laptop.atDoor("考务处", PINS.考务处);
    await w.seen("nav.desks");
    await laptop.setClock("2024-01-08T09:00");
  };
  await back();
  await w.go("#/hq/archive?view=archive");
  const field = (button, n) => `.row:has(${button}) .path-field:nth-of-type(${n}) input`;
  await laptop.fill(field("#archive-make", 1), home);
  await w.click("#archive-make");
  const found = () => readdirSync(home).filter((name) => name.endsWith(".archive.kaowu"));
  await until("the archive to be written", async () => assert.equal(found().length, 1));
  await laptop.clear();
  const file = join(home, found()[0]);
  await w.click("#propose-archive");
  const shown = () => w.run("return document.querySelector('#words-archive').value");
  await until("words to be made", async () => assert.equal((await shown()).split(" ").length, 6));
  const words = await shown();
  await laptop.fill('[data-field="key-folder-archive"] input', home);
  await w.click("#save-archive");
  await second();
  await w.seen("#saved-archive");
  const key = join(home, readdirSync(home).find((name) => name.endsWith(".archive.key.age")));
  assert.match(readFileSync(key, "latin1"), /^age-encryption\.org/);
  const open = async (n, path) => laptop.fill(`.archive-files .path-field:nth-of-type(${n}) input`, path);
  await open(1, file);
  await open(2, key);
  await w.fill("#archive-words", words);
  await open(4, later);
  await w.fill("#archive-reader", "档案员");
  await w.fill("#archive-pin", "8642097");
  await w.fill("#archive-pin-again", "8642097");
  picture("archive");
  await w.click("#archive-open");
  await w.seen('[data-sealed="archive"]', 60_000);
  // Without a root key from elsewhere its code is to be compared.
  await w.reads("#root-code", /^\d{4}(-\d{4}){3}$/);
  await w.click(".ant-modal-confirm-btns .ant-btn-primary");
  await laptop.clear();
  assert.notEqual(begins(later), PLAIN, "an archive of a protected event lies encrypted");
  await equal("the overview", () => w.run("return location.hash"), "#/overview");
  await w.go("#/hq/roster?stage=city");
  await w.click("#roster-view label:nth-child(2)");
  await until("the people in the archive", async () => assert.ok((await w.count("#people [data-person]")) > 5));
  const sealed = await buttons(["hq/seating?stage=city", "hq/packet"]);
  assert.ok(sealed.length > 2 && sealed.every((one) => one.grey && /只能查阅/.test(one.text)), JSON.stringify(sealed));
  picture("archive-opened");
  say("an archive made, its key given out, and opened");

  await back();
  await laptop.setClock("2020-08-01T09:00");
  await w.go("#/hq/archive?view=delete");
  await w.seen('#retention[data-due="false"]');
  assert.equal(await w.run("return document.querySelector('#delete-second').disabled"), true, "not before its time");
  await laptop.setClock("2024-01-08T09:00");
  await w.seen('#retention[data-due="true"]');
  const certificate = join(home, "销毁证明.pdf");
  await laptop.fill("#delete-second", "考务处");
  await laptop.fill("#delete-document", "苏人社办〔2024〕3号");
  await laptop.fill(".save-form .path-field input", certificate);
  await w.click("#delete-personal");
  await w.click("#delete-sure");
  await laptop.refused("second-is-self");
  await laptop.clear();
  await laptop.fill("#delete-second", "总部乙");
  await w.click("#delete-personal");
  picture("delete-sure");
  await w.click("#delete-sure");
  await w.seen("#second-pin");
  await w.fill("#second-pin", PINS.考务处);
  await w.press("Enter");
  await w.seen('.ant-modal [data-code="pin-wrong"]');
  await w.fill("#second-pin", PINS.总部乙);
  await w.press("Enter");
  await w.seen('[data-sealed="closed"]', 60_000);
  await laptop.clear();
  await w.go("#/hq/archive");
  await w.reads("#closed", /考务处.*总部乙.*苏人社办〔2024〕3号/s);
  picture("deleted");
  assert.equal(begins(hq), PLAIN, "nothing personal is left in it, so it is not encrypted");
  assert.ok(!existsSync(`${hq}.keys`));
  assert.match(spawnSync("pdftotext", [certificate, "-"], { encoding: "utf8" }).stdout.replaceAll(/\s+/g, ""), /苏人社办〔2024〕3号/);
  await w.go("#/hq/roster?stage=city");
  await w.click("#roster-view label:nth-child(2)");
  assert.equal(await w.count("#people [data-person]"), 0);
  say("personal data deleted by two people");
}

/** The head of a site opens its packet with the PIN that headquarters gave. */
async function atSite(packet) {
  const { w } = laptop;
  const folder = join(home, "site");
  await laptop.close();
  await w.click('[data-choice="packet"]');
  await laptop.fill('[data-field="packet-path"] input', packet.path);
  await laptop.fill("#packet-words", packet.words);
  await laptop.fill('[data-field="folder"] input', folder);
  await w.click("#start-packet");
  await w.seen("#packet-who");
  assert.match(await w.text("#packet-who"), /考点甲/);
  await w.fill("#packet-operator", "考点甲");
  await w.fill("#packet-pin", PINS.考务处);
  await w.press("Enter");
  await laptop.refused("pin-wrong");
  await w.fill("#packet-operator", "总部乙");
  await w.fill("#packet-pin", PINS.总部乙);
  await w.press("Enter");
  await laptop.refused("packet-needs-sign-in");
  await w.fill("#packet-operator", "考点甲");
  await w.fill("#packet-pin", PINS.考点甲);
  picture("packet-who");
  await w.press("Enter");
  await w.seen('[data-dialog="packet-opened"]');
  await w.click(".ant-modal-confirm-btns .ant-btn-primary");
  await laptop.clear();
  await w.reads("#operator", /考点甲/);
  assert.deepEqual(await laptop.all("[data-desk]", "e.dataset.desk"), ["overview", "room", "marks", "handover", "journal"]);
  const db = join(folder, `${packet.path.split("/").at(-1).replace(/\.kaowu$/, "")}.kaowu-db`);
  assert.ok(existsSync(`${db}.keys`));
  assert.notEqual(begins(db), PLAIN, "the site's database is encrypted from the start");
  say("a site packet opened with a PIN");
  return db;
}

/** Nobody touches the machine for a minute; what was being typed is there afterwards. */
async function idle() {
  const { w } = laptop;
  await laptop.setClock("2020-06-27T08:50");
  await chooseRoom(laptop, "001");
  await laptop.tab("incident");
  await laptop.fill("#incident-facts", "8:52 左右，考生把手机带进考场");
  await w.fill("#incident-first", "监考员甲");
  await w.seen("#incident-kept");
  // A minute goes by on the page's clocks and nobody comes; what looks at them is the program's own page.
  await w.run("const [now, steady] = [Date.now, performance.now.bind(performance)]; window.back = () => { Date.now = now; performance.now = steady; }; Date.now = () => now() + 50000; performance.now = () => steady() + 50000");
  await new Promise((rest) => setTimeout(rest, 5_500));
  assert.equal(await w.count(".gate"), 0, "not before the minute is over");
  await w.run("back(); const [now, steady] = [Date.now, performance.now.bind(performance)]; window.back = () => { Date.now = now; performance.now = steady; }; Date.now = () => now() + 61000; performance.now = () => steady() + 61000");
  await w.seen(".gate", 10_000);
  await w.run("back()");
  assert.equal(await w.count("nav.desks, .incident-desk"), 0, "nothing of the event is left on the screen");
  assert.ok(!(await w.text("body")).includes("手机"));
  picture("idle-locked");
  await laptop.atDoor("考点甲", PINS.考务处);
  await w.seen('#door-refusal [data-code="pin-wrong"]');
  await w.fill("#door-pin", PINS.考点甲);
  await w.press("Enter");
  await w.seen("#incident-facts");
  await equal("what was being typed", () => w.run("return ['facts', 'first'].map((name) => document.querySelector(`#incident-${name}`).value)"), ["8:52 左右，考生把手机带进考场", "监考员甲"]);
  picture("idle-unlocked");
  say("locked by itself, and nothing that was typed is lost");
}

/** Opens one of the events that were opened last, at the door of which somebody signs in. */
async function reopened(db) {
  const { w } = laptop;
  await w.seen(".start");
  await w.click('[data-choice="open"]');
  await w.click(`[data-recent="${db}"]`);
  await w.seen("#door-operator");
}

/** Headquarters is called: two of it look up the six words of a site, which the journal notes. */
async function told(post) {
  const { w } = laptop;
  await laptop.atDoor("考务处", PINS.考务处);
  await w.seen("nav.desks");
  await laptop.hq("board");
  const button = `#board [data-action="tell-recovery"][data-post="${post}"]`;
  await w.seen(button);
  await w.reads(button, /^告知恢复词/);
  picture("board-tell");
  await w.click(button);
  await w.reads(".ant-modal-confirm", /南京市考点.*核实来电人身份/s);
  // Whoever only looked leaves again: nothing is told, nothing noted.
  await until("the question to stand", async () => assert.equal(await w.count('[class*="ant-zoom-"]'), 0));
  picture("tell-ask");
  await w.press("Escape");
  await laptop.clear();
  await w.click(button);
  await w.click("#tell-sure");
  await second();
  await w.seen("#words-once");
  await w.reads(".ant-modal-confirm-info", /南京市考点.*的恢复词/s);
  const words = await laptop.all("#words-once li", "e.innerText.trim()");
  assert.equal(words.length, 6);
  await until("the words to stand", async () => assert.equal(await w.count('[class*="ant-zoom-"]'), 0));
  picture("told");
  await w.click("#words-written");
  await laptop.clear();
  assert.equal(await w.count("#words-once"), 0);
  await w.go("#/journal?kind=recovery.told");
  await w.seen('tr[data-kind="recovery.told"]');
  await equal("one entry, by both", () => laptop.all('tr[data-kind="recovery.told"]', "['考务处', '总部乙'].map((name) => e.innerText.includes(name))"), [[true, true]]);
  picture("told-journal");
  await laptop.close();
  return words.join(" ");
}

/** The PIN is forgotten: words that headquarters tells let the head of the site in, who takes another; those of the packet do not. */
async function forgotten({ post, words: ofPacket }, db) {
  const { w } = laptop;
  await w.click("#lock");
  await w.seen(".gate");
  await w.click("#door-forgotten");
  await w.fill("#recover-words", ofPacket);
  await w.fill("#new-pin", "5551212");
  await w.fill("#new-pin-again", "5551212");
  await w.press("Enter");
  await laptop.refused("words-wrong");
  await w.click("#door-leave");
  await reopened(join(home, "hq.kaowu-db"));
  const words = await told(post);
  await reopened(db);
  await laptop.choose("#door-operator", "考点甲");
  await w.click("#door-forgotten");
  await w.reads(".gate", /考点甲.*考点负责人请致电总部/s);
  await w.fill("#recover-words", words);
  await w.fill("#new-pin", "5551212");
  await w.fill("#new-pin-again", "5551212");
  picture("forgotten");
  await w.click("#recover");
  await w.seen("nav.desks");
  await w.reads("#operator", /考点甲/);
  await w.press("Control+l");
  await laptop.atDoor("考点甲", PINS.考点甲);
  await w.seen('#door-refusal [data-code="pin-wrong"]');
  await w.fill("#door-pin", "5551212");
  await w.press("Enter");
  await w.seen("nav.desks");
  say("a forgotten PIN: headquarters tells words that let in, the old PIN does not");
}

if (pictures) mkdirSync(pictures, { recursive: true });
await finish("protected", async () => {
  before();
  laptop = new Laptop(await open(program, "protected"), "protected");
  await laptop.w.seen(".start", 60_000);
  await laptop.watch();
  await protect();
  await withdraw();
  await roles();
  await laptop.hq("packet");
  const packet = await issuePacket(laptop, "protected");
  const db = await atSite(packet);
  await idle();
  await forgotten(packet, db);
  await after();
  await quiet(laptop);
});
