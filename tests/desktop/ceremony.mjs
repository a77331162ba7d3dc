// The guide for staff (assets/guide/ceremony.zh-CN.md), followed in the window by whoever knows nothing but its words: what it quotes is
// looked for on the screen as it is written there, and pressed. Every quotation must have been met in the end. The pictures of the
// guide are taken on the way.
//
//   node tests/desktop/ceremony.mjs PROGRAM [FOLDER FOR PICTURES]
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { finish, home, open, until } from "./drive.mjs";
import { FIXTURE } from "./fixtures.mjs";
import { chooseRoom, count, equal, headless, Laptop, letIn, listed, quiet, say, SITE } from "./laptop.mjs";

const [program, pictures] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: node tests/desktop/ceremony.mjs PROGRAM [FOLDER FOR PICTURES]");
  process.exit(2);
}
const GUIDE = readFileSync(join(import.meta.dirname, "../../assets/guide/ceremony.zh-CN.md"), "utf8");
/** What it quotes; of a way as “总部 → 操作员” each step. */
const QUOTED = new Set([...GUIDE.matchAll(/“([^”]+)”/g)].flatMap(([, words]) => words.split(" → ")));
const met = new Set();
const PINS = { 总部甲: "805213", 总部乙: "413580", 总部丙: "6630152", 考点甲: "9140285", 监考甲: "7720961", 监考乙: "2750318" };
const POST = `city.written.${SITE}`;

const folder = (name) => {
  const path = join(home, name);
  mkdirSync(path, { recursive: true });
  return path;
};
const cli = (db, operator, words, env = {}) => headless(program, db, operator, words, { env: { KAOWU_PIN: PINS[operator], ...env } });
const onPaper = (pdf) => spawnSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" }).stdout;

let laptop;
/** A picture from the top of the page, or from where something stands; once no notice lies over it. */
async function picture(name, from = null) {
  if (!pictures) return;
  await laptop.w.gone(".ant-message-notice");
  await laptop.w.run("document.querySelector('main').scrollTop = 0; if (arguments[0] !== null) document.querySelector(arguments[0]).scrollIntoView()", from);
  laptop.w.picture(join(pictures, `${name}.png`));
}

/** A laptop is switched on; the one before is put away, or its power is gone. */
async function at(name) {
  laptop = new Laptop(await open(program, name), name);
  await laptop.w.seen(".start, .gate, nav.desks", 60_000);
  await laptop.watch();
}
async function away() {
  await quiet(laptop);
  await laptop.w.close();
  await laptop.w.ended();
}

const BUTTONS = "button, .ant-tabs-tab, .ant-btn, [role=tab]";
/** Marks what a person means who looks for these words, in front of all else, in the part of the page that has `within` as its heading. */
async function point(words, among, within) {
  const found = `
    const shown = (e) => e.getClientRects().length > 0;
    const reads = (e, words) => { const first = e.innerText.trim().split("\\n")[0].trim(); return first === words || first.split(/[（：]/)[0].trim() === words; };
    const front = [...document.querySelectorAll(".ant-modal-wrap")].filter(shown).at(-1) ?? document.body;
    const [words, among, within] = arguments;
    const part = within === null ? front : [...front.querySelectorAll("h2")].find((head) => reads(head, within))?.closest("section");
    for (const e of document.querySelectorAll("[data-pointed]")) e.removeAttribute("data-pointed");
    const e = [...(part?.querySelectorAll(among) ?? [])].filter(shown).find((e) => reads(e, words));
    const meant = e?.tagName === "LABEL" ? e.control ?? e.querySelector("input, select") : e;
    meant?.setAttribute("data-pointed", "");
    meant?.scrollIntoView({ block: "nearest" });
    return meant !== undefined && meant !== null`;
  await until(`“${words}” to stand on the screen`, async () => assert.ok(await laptop.w.run(found, words, among, within ?? null)), 20_000);
  if (QUOTED.has(words)) met.add(words);
}
/** Presses what reads so, one after the other. */
async function press(...all) {
  for (const words of all.flatMap((way) => way.split(" → "))) {
    await point(words, BUTTONS);
    await laptop.w.click("[data-pointed]");
  }
}
async function pressIn(within, words) {
  if (QUOTED.has(within)) met.add(within);
  await point(words, BUTTONS, within);
  await laptop.w.click("[data-pointed]");
}
/** Fills the field that is called so. */
async function type(words, text, within) {
  await point(words, "label", within);
  await laptop.fill("[data-pointed]", text);
}
/** The words stand on the screen, for whoever only looks. */
async function reads(...all) {
  for (const words of all) {
    assert.ok(QUOTED.has(words), `the guide does not say “${words}”`);
    await until(`“${words}” to be read`, async () => assert.ok((await laptop.w.text("body")).includes(words)), 20_000);
    met.add(words);
  }
}

/** Another of headquarters is asked for, and is there. */
async function both(who = "总部乙") {
  const { w } = laptop;
  await w.seen("#second-pin");
  await reads("第二人确认");
  await laptop.choose("#second-name", who);
  await w.fill("#second-pin", PINS[who]);
  await w.press("Enter");
  await w.gone("#second-pin");
}

async function name(who, role, site, second) {
  const { w } = laptop;
  await press("添加操作员");
  await type("姓名", who);
  await reads("角色", "工作地点");
  await w.click(`.operator-roles input[value="${role}"]`);
  if (site !== "") await type("工作地点", site);
  await type("新 PIN", PINS[who]);
  await type("再次输入", PINS[who]);
  await w.press("Enter");
  if (second) await both();
  await w.seen(`[data-operator="${who}"]`);
  await laptop.clear();
}

/** 一：操作员和 PIN. */
async function protectedEvent() {
  const { w } = laptop;
  // An event that was made open says how it is protected.
  headless(program, "open.kaowu-db", "考务处", ["event", "new", "--plan", "jiangsu-2020", "--drill"]);
  await press("打开活动");
  await laptop.fill('[data-field="event-path"] input', join(home, "open.kaowu-db"));
  await w.press("Enter");
  await laptop.signIn("考务处");
  await press("总部 → 操作员");
  await reads("设置操作员并加密");
  await laptop.close();

  await press("按方案新建活动");
  await w.click("#start-drill");
  await w.click("#start-guarded");
  await type("活动存放位置", folder("events"));
  await type("第一位总部操作员", "总部甲");
  await type("新 PIN", PINS.总部甲);
  await type("再次输入", PINS.总部甲);
  await w.click("#start-create");
  await w.seen("#words-once");
  const words = await laptop.all("#words-once li", "e.innerText.trim()");
  assert.equal(words.length, 6);
  const slip = join(home, "恢复词.pdf");
  await press("打印口令条");
  await type("口令条存为", slip);
  await press("保存口令条");
  await until("the slip to be written", async () => assert.ok(existsSync(slip)));
  for (const word of words) assert.match(onPaper(slip), new RegExp(word), "the slip for the safe");
  await press("已抄好");
  await laptop.clear();
  await laptop.setClock("2020-06-26T08:00");
  await press("总部 → 操作员");
  await name("考点甲", "site-head", SITE);
  await name("监考甲", "invigilator", SITE);
  await name("监考乙", "invigilator", SITE);
  await name("总部乙", "hq", "");
  // From the second of headquarters on both are asked.
  await name("总部丙", "hq", "", true);
  await reads("另设 PIN");
  await laptop.close();
  say("operators named, by two from the second on");
  return join("events", readdirSync(join(home, "events"))[0], "总部.kaowu-db");
}

/** People, rooms and seats, which other tests click. */
function filled(db) {
  cli(db, "总部甲", ["roster", "import", join(FIXTURE, "rosters/3201-南京市.xlsx")]);
  cli(db, "总部甲", ["rooms", "import", join(FIXTURE, "rooms.xlsx")]);
  cli(db, "总部甲", ["seats", "draw", "--stage", "city", "--seed", "种子"]);
}

/** Somebody comes back to an event that this laptop knows. */
async function back(db, who) {
  const { w } = laptop;
  if ((await w.count(".start")) > 0) {
    await press("打开活动");
    await w.click(`[data-recent="${join(home, db)}"]`);
  }
  await w.seen("#door-operator");
  await laptop.atDoor(who, PINS[who]);
  await w.seen("nav.desks");
}

/** 二：两把密钥，三只 U 盘. */
async function keys() {
  const { w } = laptop;
  await press("交接 → 密钥");
  for (const [part, id, sticks] of [["根密钥存到 U 盘", "root", ["stick-a", "stick-b"]], ["托管密钥存到 U 盘", "escrow", ["stick-c"]]]) {
    await pressIn(part, "生成口令");
    await until("six words", async () => assert.equal((await w.run("return document.querySelector(arguments[0]).value", `#words-${id}`)).split(" ").length, 6));
    for (const stick of sticks) {
      await type("U 盘或文件夹", folder(stick), part);
      await pressIn(part, "写入并读回核对");
      await both();
      await w.reads(`#saved-${id}`, new RegExp(stick));
      assert.equal(readdirSync(join(home, stick)).length, 1);
    }
    await point("打印口令条", BUTTONS, part);
  }
  await press("从本机取出托管密钥");
  await w.click("#take-out-sure");
  await both();
  await w.seen("#key-places.ant-alert-success");
  await reads("密钥均已存好");
  await laptop.clear();
  await picture("keys");
  say("keys on three sticks, each with a second person");
}

/** 三：考点包签发，口令条另送. */
async function issued() {
  const { w } = laptop;
  const [out, slips] = [folder("courier"), join(home, "口令条.pdf")];
  await press("总部 → 考点包");
  await w.click(`[data-action="select"][data-site="${SITE}"]`);
  await type("写入文件夹或 U 盘", out);
  await w.click("#issue-packets");
  await w.seen("#issued tr[data-post]");
  await laptop.clear();
  await w.click('[data-action="show-words"]');
  const words = (await w.text("code.six-words")).trim();
  await press("保存口令条");
  await laptop.fill('[data-field="save-path"] input', slips);
  await w.press("Enter");
  await w.seen('#issued[data-unsaved="0"]');
  await laptop.clear();
  const slip = onPaper(slips);
  const [packet] = readdirSync(out);
  say("a packet and its slip");
  return { path: join(out, packet), words, slip };
}

/** 三：考点打开考点包，对照口令条. */
async function opened({ path, words, slip }, place) {
  const { w } = laptop;
  await press("打开考点包");
  await type("考点包", path);
  await type("口令条上的六个单词", words);
  await type("考点数据存放位置", folder(place));
  await w.click("#start-packet");
  await w.seen("#packet-who");
  await type("操作员", "考点甲");
  await type("PIN", PINS.考点甲);
  await w.press("Enter");
  await w.seen('[data-dialog="packet-opened"]');
  const codes = await laptop.all(".start-code", "e.innerText.trim()");
  assert.equal(codes.length, 2);
  for (const code of codes) assert.ok(slip.includes(code), `${code} stands on the slip:\n${slip}`);
  await press("确定");
  await laptop.clear();
  await laptop.setClock("2020-06-27T08:50");
  return join(place, readdirSync(join(home, place)).find((file) => file.endsWith(".kaowu-db")));
}

/** 七：备份到另一处，旁边是它的密钥库. */
async function backedUp(place) {
  const { w } = laptop;
  await press("交接 → 备份与核验");
  await type("自动备份到", folder(place));
  await press("改用此处并立即备份");
  await w.seen(`[data-auto-backup*="${place}"]`, 60_000);
  await laptop.clear();
  await picture("keep");
  const file = readdirSync(join(home, place)).find((one) => one.endsWith(".kaowu-db"));
  assert.ok(existsSync(join(home, place, `${file}.keys`)), "what opens it lies beside it");
  return join(place, file);
}

/** 四：写交接包，得校验码. */
async function handedOver(place) {
  const { w } = laptop;
  await laptop.takeOver("考点甲", PINS.考点甲);
  await press("交接 → 写交接包");
  await w.click('label:has([data-stick="folder"]), [data-stick="folder"]');
  await laptop.fill('[data-field="handover-folder"] input', folder(place));
  await w.click("#handover-write");
  await w.seen("#handover-written", 60_000);
  await reads("校验码");
  const code = await w.text("#handover-check-code");
  assert.match(code, /^\d{4}-\d{4}$/);
  return { path: (await w.text("#handover-written .hand-path")).trim(), code };
}

/** The room's record as somebody counted it. */
async function recorded(used) {
  const { w } = laptop;
  await laptop.tab("record");
  const papers = { issued: 30, used, absentPapers: 30 - used, spare: 0, returned: 30 };
  await laptop.fill("#record-first", "监考甲");
  await laptop.fill("#record-second", "监考乙");
  for (const [field, value] of Object.entries(papers)) await laptop.fill(`#record-${field}`, String(value));
  await w.click("#record-save");
  await w.seen('#record-state[data-unsaved="false"]');
}

const present = (n) => equal(`${n} people to be in`, () => count(laptop, "present"), n);

/** 五：电脑坏了. The morning on one laptop; its power goes; the spare goes on. */
async function aLaptopStops(packet) {
  await at("first");
  await opened(packet, "first-site");
  await laptop.takeOver("监考甲", PINS.监考甲);
  await chooseRoom(laptop, "001");
  const people = await listed(laptop, "awaited");
  await letIn(laptop, people.slice(0, 5));
  await present(5);
  const handover = await handedOver("carried");
  const backup = await backedUp("second-place");
  await laptop.w.crash();
  say("the first laptop is dead");

  await at("spare");
  await press("打开活动");
  await laptop.fill('[data-field="event-path"] input', join(home, backup));
  await laptop.w.press("Enter");
  await laptop.w.seen("#door-operator");
  await laptop.atDoor("考点甲", PINS.考点甲);
  await press("换发密钥并继续");
  await laptop.w.gone('[data-does="device.continued"]');
  await chooseRoom(laptop, "001");
  await present(5);
  await laptop.close();
  say("the spare goes on from a backup");

  const db = await opened(packet, "spare-site");
  await press("交接 → 接续故障电脑");
  await type("故障电脑的交接包", handover.path);
  await pressIn("接续故障电脑", "接续");
  await laptop.w.seen("#taken-over");
  assert.equal(await laptop.w.text("#taken-check-code"), handover.code, "the code that the dead laptop showed");
  await picture("taken-over");
  await laptop.takeOver("监考甲", PINS.监考甲);
  await chooseRoom(laptop, "001");
  await present(5);
  await letIn(laptop, people.slice(5, 8));
  await present(8);
  await recorded(28);
  say("the spare goes on from the handover, and the door with it");
  return { db, ...(await handedOver("carried-again")) };
}

/** 六：另一台电脑说法不一，第三人裁定，回执送回. */
async function contradicted(hq, packet, spare) {
  const other = "other.kaowu-db";
  cli(other, "考点甲", ["packet", "open", packet.path], { KAOWU_WORDS: packet.words });
  cli(other, "监考乙", ["room", "record", "--room", "001", "--issued", "30", "--used", "27", "--absent-papers", "3", "--spare", "0", "--returned", "30", "--invigilators", "监考甲", "监考乙"]);
  const { path } = cli(other, "考点甲", ["packet", "export", "--out", folder("carried-too")]);

  await at("hq");
  const { w } = laptop;
  await back(hq, "总部丙");
  await press("总部 → 数据合并");
  await reads("未交回", "逾期未交", "记录矛盾", "不完整", "日志分叉", "告知恢复词");
  for (const file of [spare.path, path]) {
    await laptop.fill("#handover-paths", file);
    await press("打开并合并");
    await w.reads("#merge-results", new RegExp(file.split("/").at(-1)), 60_000);
    if (file === spare.path) assert.ok((await w.text("#merge-results")).includes(spare.code), "the same check code as on the site's laptop");
  }
  await w.seen('#conflicts[data-count="1"] .conflict-card[data-topic="room-record"]');
  await reads("相互矛盾的记录");
  await w.seen('#board tr[data-state="conflicting"]');
  await picture("conflict", "#conflicts");
  const first = (await laptop.all(".conflict-values > [data-entry]", "[e.dataset.entry, e.innerText]")).find(([, text]) => text.includes("监考甲") && text.includes("28"));
  await w.click(`[data-entry="${first[0]}"] [data-action="settle"]`);
  await laptop.reason("看过考场情况记录单");
  await w.seen('#conflicts[data-count="0"]');
  await press("交接 → 开具回执");
  await w.click("#receipts-all");
  await type("回执写到", folder("receipts"));
  await w.click("#receipts-write");
  await w.seen("#receipts-written");
  await away();
  say("settled by a third person, and a receipt written");
  return join(home, "receipts", readdirSync(join(home, "receipts"))[0]);
}

/** 四、六：回执到了考点. 八：忘记 PIN 的去处. */
async function answered(spare, receipt) {
  await at("spare");
  const { w } = laptop;
  await back(spare.db, "考点甲");
  await press("交接 → 打开回执");
  await type("回执文件", receipt);
  await pressIn("打开回执", "打开回执");
  await reads("总部已收到本机全部记录");
  assert.equal(await w.text("#receipt-check-code"), spare.code, "the same check code as the handover's");
  await w.reads("#receipt-settled", /1/);
  await picture("receipt");
  await chooseRoom(laptop, "001");
  await laptop.tab("record");
  await equal("what was settled to hold", () => w.run("return document.querySelector('#record-used').value"), "28");
  await w.click("#operator");
  await press("操作员与 PIN");
  await w.seen('[data-operator="监考甲"]');
  await point("另设 PIN", BUTTONS);
  await away();

  await at("spare");
  if ((await laptop.w.count(".start")) > 0) {
    await press("打开活动");
    await laptop.w.click(`[data-recent="${join(home, spare.db)}"]`);
  }
  await press("忘记 PIN");
  await type("六个恢复词", "");
  await away();
  say("the receipt arrived, with what was settled");
}

if (pictures) mkdirSync(pictures, { recursive: true });
await finish("ceremony", async () => {
  await at("hq");
  const hq = await protectedEvent();
  filled(hq);
  await back(hq, "总部甲");
  await keys();
  const packet = await issued();
  assert.ok(packet.path.includes(POST));
  await away();
  const spare = await aLaptopStops(packet);
  await away();
  const receipt = await contradicted(hq, packet, spare);
  await answered(spare, receipt);
  assert.deepEqual([...QUOTED].filter((words) => !met.has(words)), [], "quoted in the guide, met nowhere in the window");
});
