// A protected event in the window: made with its first operator, left and opened again, wrong PINs, the screen locked, another
// operator named, a second person's PIN where two people are needed, and desks that a role does not need.
//
//   node tests/desktop/operators.mjs PROGRAM [PICTURES]
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { finish, home, open, until } from "./drive.mjs";
import { Laptop } from "./laptop.mjs";

const [program, pictures] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: node tests/desktop/operators.mjs PROGRAM [PICTURES]");
  process.exit(2);
}
const PIN = "805213";
const OTHER = "413580";

await finish("operators", async () => {
  const laptop = new Laptop(await open(program, "operators"), "operators");
  const { w } = laptop;
  const picture = (name) => pictures !== undefined && w.picture(join(pictures, `${name}.png`));

  // A live event asks for its first operator at once.
  await w.seen(".start", 60_000);
  await w.click('[data-choice="create"]');
  await w.click('[data-plan="jiangsu-2020"]');
  const folder = join(home, "events");
  await laptop.fill(".start-fields .path-field:not([data-field]) input", folder);
  await until("the button to wait for a PIN", async () => assert.equal(await w.run("return document.querySelector('#start-create').disabled"), true));
  await w.fill("#start-operator", "总部甲");
  await w.fill("#start-pin", PIN);
  await w.fill("#start-pin-again", PIN);
  picture("create");
  await w.click("#start-create");
  await w.seen("#words-once");
  const words = (await laptop.all("#words-once li", "e.innerText.trim()")).join(" ");
  assert.equal(words.split(" ").length, 6);
  await until("the dialog to stand", async () => assert.equal(await w.run("return document.querySelectorAll('.ant-zoom-appear, .ant-zoom-enter').length"), 0));
  picture("words");
  // On paper for the safe, where asked and nowhere else.
  const slip = join(home, "slip.pdf");
  await w.click("#slip-event");
  await laptop.fill("#words-once .path-field input", slip);
  await w.click("#slip-save-event");
  await until("the slip to be written", async () => assert.ok(existsSync(slip)));
  const onPaper = execFileSync("pdftotext", ["-layout", slip, "-"], { encoding: "utf8" });
  for (const word of words.split(" ")) assert.ok(onPaper.includes(word), `${word} is not on the slip: ${onPaper}`);
  assert.ok(onPaper.includes("总部甲") && onPaper.includes("总部.kaowu-db"), onPaper);
  picture("slip");
  await w.click("#words-written");
  await laptop.clear();
  await w.reads("#operator", /总部甲/);
  assert.equal(await w.count('[data-protection="open"]'), 0);
  const made = join(folder, readdirSync(folder)[0], "总部.kaowu-db");
  assert.ok(!readFileSync(made).subarray(0, 15).equals(Buffer.from("SQLite format 3")) && existsSync(`${made}.keys`));

  // Somebody else is named; each types their own PIN.
  await laptop.hq("operators");
  const name = async (who, role, pin) => {
    await w.click("#add-operator");
    await laptop.fill("#operator-new", who);
    await w.click(`.operator-roles input[value="${role}"]`);
    await w.fill("#new-pin", pin);
    await w.fill("#new-pin-again", pin);
    await w.press("Enter");
    await w.seen(`[data-operator="${who}"]`);
    await laptop.clear();
  };
  // Once there are two, another of headquarters is asked, too.
  await name("核分员丙", "checker", OTHER);
  await name("总部乙", "hq", OTHER);
  picture("operators");

  // A file with people in it, and an act that takes two: changed weights name the second person, whose PIN is asked for.
  await w.go("#/hq/standing?view=weights");
  await w.click('[data-action="change-weights"]');
  await w.fill("#weights-second", "总部乙");
  await w.fill("#weights-reason", "会议纪要");
  await w.click('[data-action="confirm-changed-weights"]');
  await w.seen("#second-pin");
  await w.fill("#second-pin", PIN);
  await w.press("Enter");
  await w.seen('.ant-modal [data-code="pin-wrong"]');
  picture("second");
  await w.fill("#second-pin", OTHER);
  await w.press("Enter");
  await w.seen('[data-weights="confirmed"]');
  await laptop.clear();

  // Locked by a key: nothing of the event is left on the screen; a wrong PIN, then the right one.
  await w.press("Control+l");
  await w.seen(".gate");
  assert.equal(await w.count("nav.desks"), 0);
  picture("locked");
  await w.fill("#door-pin", OTHER);
  await w.press("Enter");
  await w.seen('#door-refusal [data-code="pin-wrong"]');
  await w.fill("#door-pin", PIN);
  await w.press("Enter");
  await w.seen("nav.desks");
  await w.reads("#operator", /总部甲/);

  // Another takes over: a checker sees the desks of a checker.
  await w.click("#operator");
  await w.seen("#door-operator");
  await laptop.choose("#door-operator", "核分员丙");
  await w.fill("#door-pin", OTHER);
  await w.press("Enter");
  await w.reads("#operator", /核分员丙/);
  await laptop.clear();
  assert.deepEqual(await laptop.all("nav.desks [data-desk]", "e.dataset.desk"), ["overview", "marks", "interview", "handover", "journal"]);

  // Closed and opened again: the door, three wrong PINs, and then one waits.
  await w.click("#close-event");
  await w.seen(".start");
  await w.click(`[data-recent="${made}"]`);
  await w.seen("#door-pin");
  await laptop.choose("#door-operator", "总部乙");
  for (const wrong of ["111112", "111113", "111114"]) {
    await w.fill("#door-pin", wrong);
    await w.press("Enter");
    await until("the wrong PIN to be put away", async () => assert.equal(await w.run("return document.querySelector('#door-pin').value"), ""));
  }
  await w.reads("#door-wait", /\d+/);
  assert.equal(await w.run("return document.querySelector('#door-sign-in').disabled"), true);
  picture("wait");

  // The six words let headquarters in with a new PIN.
  await laptop.choose("#door-operator", "总部甲");
  await w.click("#door-forgotten");
  await w.fill("#recover-words", words);
  await w.fill("#new-pin", "9052137");
  await w.fill("#new-pin-again", "9052137");
  await w.press("Enter");
  await w.seen("nav.desks");
  await w.reads("#operator", /总部甲/);

  // The program started with the file: it waits at the same door.
  await w.close();
  const again = await open(program, "again", [made]);
  await again.seen("#door-pin", 60_000);
  assert.equal(await again.count("nav.desks"), 0);
  await again.run("const e = document.querySelector('#door-operator'); e.value = '总部甲'; e.dispatchEvent(new Event('change', { bubbles: true }))");
  await again.fill("#door-pin", "9052137");
  await again.press("Enter");
  await again.seen("nav.desks");
});
