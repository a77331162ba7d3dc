// A laptop stops in the middle of the day and another goes on; two of them contradict each other and a third person settles
// it; the settlement travels back; the keys go on sticks; backups lie at a second place.
//
//   node tests/desktop/spare.mjs PROGRAM [FOLDER FOR PICTURES]
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { finish, home, open } from "./drive.mjs";
import { FIXTURE } from "./fixtures.mjs";
import { headless, Laptop, quiet, say } from "./laptop.mjs";

const [program, pictures] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: node tests/desktop/spare.mjs PROGRAM");
  process.exit(2);
}

const cli = (db, operator, ...words) => headless(program, db, operator, words);
const folder = (name) => {
  const path = join(home, name);
  mkdirSync(path, { recursive: true });
  return path;
};

/** Opens a database that this machine has not seen. */
async function openEvent(laptop, db, operator) {
  await laptop.w.click('[data-choice="open"]');
  await laptop.fill('[data-field="event-path"] input', join(home, db));
  await laptop.w.press("Enter");
  await laptop.w.seen("nav.desks", 60_000);
  await laptop.signIn(operator);
}

async function saveKey(laptop, key, stick) {
  const { w } = laptop;
  await laptop.fill(`[data-field="key-folder-${key}"] input`, folder(stick));
  await w.click(`#save-${key}`);
  await w.reads(`#saved-${key}`, new RegExp(stick));
}

/** A site's laptop wrote by a clock two hours ahead, which is set right: said on the overview, and at the door. */
async function aClockSetBack() {
  const { w } = laptop;
  const live = (db, words, how = {}) => headless(program, db, "负责人", words, { at: null, ...how });
  live("live.kaowu-db", ["event", "new", "--plan", "jiangsu-2020", "--open"]);
  live("live.kaowu-db", ["roster", "import", join(FIXTURE, "rosters/3211-镇江市.xlsx")]);
  live("live.kaowu-db", ["rooms", "import", join(FIXTURE, "rooms.xlsx")]);
  live("live.kaowu-db", ["seats", "draw", "--stage", "city", "--seed", "种子"]);
  const [packet] = live("live.kaowu-db", ["packet", "issue", "--stage", "city", "--part", "written", "--site", "3211-01", "--out", folder("live")]);
  live("ahead.kaowu-db", ["packet", "open", packet.path], { clock: ["faketime", "+2 hours"], env: { KAOWU_WORDS: packet.words } });
  await laptop.close();
  await openEvent(laptop, "ahead.kaowu-db", "负责人");
  const own = '[data-clock="overview"] li[data-own="true"]';
  await w.seen(`${own}[data-seq=""]`);
  await w.reads('[data-clock="overview"]', /时钟曾被调回.*镇江市考点.*请把时钟调准/s);
  await w.click('[data-desk="room"]');
  await w.click('[data-action="select"][data-room="001"]');
  await w.reads('[data-clock="door"]', /迟到以考场统一的钟为准/);
  pictures && w.picture(join(pictures, "clock-door.png"));
  const papers = ["--issued", "30", "--used", "28", "--absent-papers", "2", "--spare", "0", "--returned", "30"];
  live("ahead.kaowu-db", ["room", "record", "--room", "001", ...papers, "--invigilators", "甲", "乙"]);
  // Whoever comes next sees from which entry on.
  await laptop.signIn("监考员甲");
  await w.go("#/overview");
  await w.seen(`${own}:not([data-seq=""])`);
  pictures && w.picture(join(pictures, "clock-overview.png"));
  await w.click(`${own} [data-action="to-device"]`);
  await w.seen('tr[data-kind="room.recorded"]');
  say("a clock set back is said where people look, and at the door");
}

let laptop;
if (pictures) mkdirSync(pictures, { recursive: true });
await finish("spare", async () => {
  const picture = (name) => pictures && laptop.w.picture(join(pictures, `${name}.png`));
  cli("hq.kaowu-db", "考务处", "event", "new", "--plan", "jiangsu-2020", "--drill");
  cli("hq.kaowu-db", "考务处", "roster", "import", join(FIXTURE, "rosters/3211-镇江市.xlsx"));
  cli("hq.kaowu-db", "考务处", "rooms", "import", join(FIXTURE, "rooms.xlsx"));
  cli("hq.kaowu-db", "考务处", "seats", "draw", "--stage", "city", "--seed", "种子");
  const part = ["--stage", "city", "--part", "written"];
  const [packet] = cli("hq.kaowu-db", "考务处", "packet", "issue", ...part, "--site", "3211-01", "--out", folder("out"));
  const slip = join(home, "slip");
  writeFileSync(slip, packet.words);
  const record = (db, who, used) => {
    const papers = ["--issued", "30", "--used", used, "--absent-papers", String(30 - Number(used)), "--spare", "0", "--returned", "30"];
    cli(db, who, "room", "record", "--room", "001", ...papers, "--invigilators", "甲", "乙");
    return cli(db, "负责人", "packet", "export", "--out", folder("back")).path;
  };
  const handed = ["one", "two"].map((db, at) => {
    cli(`${db}.kaowu-db`, "负责人", "packet", "open", packet.path, "--words-file", slip);
    return record(`${db}.kaowu-db`, ["甲", "乙"][at], ["28", "27"][at]);
  });
  cli("hq.kaowu-db", "成绩处", "packet", "merge", ...handed);
  // The first of them stops; its last handover is on the stick.
  cli("three.kaowu-db", "负责人", "packet", "open", packet.path, "--words-file", slip);
  say("two laptops contradict each other");

  laptop = new Laptop(await open(program, "spare"), "spare");
  const { w } = laptop;
  await w.seen(".start", 60_000);
  await laptop.watch();
  await openEvent(laptop, "hq.kaowu-db", "甲");
  await laptop.hq("board");
  await w.seen('#conflicts[data-count="1"] .conflict-card[data-topic="room-record"]');
  assert.match(await w.text(".conflict-card"), /使用 2[78]/, "what differs, in words");
  const ofFirst = `.conflict-values > [data-entry]:has(.conflict-said)`;
  picture("conflict");
  const first = await laptop.all(ofFirst, "[e.dataset.entry, e.innerText]").then((all) => all.find(([, text]) => text.includes("28"))[0]);
  const settle = `[data-entry="${first}"] [data-action="settle"]`;
  await w.click(settle);
  await laptop.fill(".ant-modal .reason input", "看过考场情况记录单");
  await w.press("Enter");
  await laptop.refused("settles-own-word");
  await laptop.signIn("丙");
  await w.click(settle);
  await laptop.reason("看过考场情况记录单");
  await w.seen('#conflicts[data-count="0"]');
  say("settled by a third person");

  await w.go("#/handover/receipts");
  await w.click("#receipts-all");
  await laptop.fill('[data-field="receipts-folder"] input', folder("receipts"));
  await w.click("#receipts-write");
  await w.seen("#receipts-written");
  const receipt = join(home, "receipts", readdirSync(join(home, "receipts"))[0]);

  await w.go("#/handover/keys");
  await w.seen("#key-places");
  await laptop.fill("#words-root", "too few");
  await laptop.fill('[data-field="key-folder-root"] input', folder("stick-a"));
  await w.click("#save-root");
  await laptop.refused("words-too-few");
  for (const [key, sticks] of [["root", ["stick-a", "stick-b"]], ["escrow", ["stick-c"]]]) {
    await w.click(`#propose-${key}`);
    for (const stick of sticks) await saveKey(laptop, key, stick);
  }
  await w.click("#take-out-escrow");
  await w.click("#take-out-sure");
  await w.seen("#key-places.ant-alert-success");
  picture("keys");
  say("keys on three sticks");

  await w.go("#/handover/keep");
  await laptop.fill('[data-field="backup-folder"] input', folder("second-place"));
  await w.click("#backup-folder");
  await w.seen('[data-auto-backup*="second-place"]', 60_000);
  picture("keep");
  assert.ok(readdirSync(join(home, "second-place")).some((file) => file.endsWith(".kaowu-db")));
  await laptop.clear();

  await laptop.close();
  await openEvent(laptop, "three.kaowu-db", "负责人");
  await w.go("#/handover/takeover");
  await laptop.fill('[data-field="takeover-path"] input', packet.path);
  await w.click("#take-over");
  await laptop.refused("needs-passphrase");
  await laptop.fill('[data-field="takeover-path"] input', handed[0]);
  await w.click("#take-over");
  await w.seen("#taken-over");
  assert.ok(Number(await w.attribute("#taken-over", "data-added")) >= 2);
  picture("taken-over");
  await w.go("#/handover/receipt");
  await laptop.fill('[data-field="receipt-path"] input', receipt);
  await w.click("#receipt-open");
  await w.reads("#receipt-settled", /1/);
  picture("receipt");
  assert.ok(existsSync(receipt));
  await aClockSetBack();
  await quiet(laptop);
});
