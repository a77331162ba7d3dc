// From a held tie to certificates, by clicks and keys in the real window; what comes out is compared with expected/.
//
//   node tests/desktop/results.mjs PROGRAM
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finish, home, open, until } from "./drive.mjs";
import { csv as rowsOf, same, sheet } from "./fixtures.mjs";

const [program] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: node tests/desktop/results.mjs PROGRAM");
  process.exit(2);
}
const OK = ".ant-modal-footer .ant-btn-primary, .ant-modal-confirm-btns .ant-btn-primary";
const csv = (name) => rowsOf(`expected/${name}`);

async function demo(window, stage) {
  if ((await window.count("#close-event")) > 0) await window.click("#close-event");
  await window.click('[data-choice="demo"]');
  await window.click(`[data-demo="${stage}"]`);
  await window.seen("nav.desks", 120_000);
}

async function aHeldTie(window) {
  await demo(window, "tie");
  await window.go("#/hq/standing?view=selection");
  await window.seen("[data-held]");
  assert.deepEqual([await window.attribute("[data-places]", "data-places"), await window.attribute("[data-places]", "data-open")], ["179", "1"]);
  // Nothing is selected while a tie is held: the button does not even offer it.
  assert.equal(await window.run(`return document.querySelector('[data-action="select"]').disabled`), true);
  await window.go("#/hq/standing?view=ties");
  await window.seen("li[data-tied]");
  // In what they are level, how many places wait for it; no key of the plan is offered, for all of them are used up.
  await window.reads("[data-level]", /\d\d\.\d\d/);
  assert.equal(await window.count('[data-how="key"]'), 0);
  const before = await window.run(`return [...document.querySelectorAll("li[data-tied]")].map((li) => li.dataset.tied)`);
  await window.click(`[data-action="down"][data-of="${before[0]}"]`);
  const after = await window.run(`return [...document.querySelectorAll("li[data-tied]")].map((li) => li.dataset.tied)`);
  assert.deepEqual(after, [before[1], before[0]]);
  assert.equal(await window.run(`return document.querySelector('[data-action="resolve-tie"]').disabled`), true);
  await window.click('[data-how="lot"]');
  await window.run(`document.querySelector('[data-field="tie-by"]').closest(".ant-select").querySelector("input").focus()`);
  for (const name of ["考务处处长", "纪检组"]) {
    await window.type(name);
    await window.press("Enter");
  }
  await window.fill('[data-field="tie-reason"]', "6月29日当众抽签，记录附后");
  await window.click('[data-field="tie-checked"]');
  await window.click('[data-action="resolve-tie"]');
  await window.click(OK);
  await window.gone("li[data-tied]");
  await window.go("#/hq/standing?view=selection");
  await window.gone("[data-held]");
  await window.click('[data-action="select"]');
  await window.click(OK);
  await window.seen('[data-selected="179"]');
  // From the figure to its entries.
  await window.go("#/journal?text=" + encodeURIComponent("当众抽签"));
  await window.seen('tr[data-kind="tie.resolved"]');
}

async function theLists(window) {
  await demo(window, "finished");
  await window.go("#/hq/standing?view=lists");
  const people = csv("composite.csv");
  for (const at of [0, 88, 178]) {
    const [rank, , name, , , city, province, interview, total] = people[at];
    await window.fill("#standing-search", name);
    await until(`${name} to stand alone or with namesakes`, async () => {
      const shown = await window.run(`return [...document.querySelectorAll(".ant-table-row")].map((row) => row.innerText.split(/\\s+/).filter(Boolean))`);
      const row = shown.find((cells) => cells[0] === rank && cells.includes(name));
      assert.ok(row !== undefined, JSON.stringify(shown.slice(0, 3)));
      for (const figure of [city, province, interview, total]) assert.ok(row.includes(figure) || (figure === "0.00" && row.includes("缺考")), `${name}: ${figure} in ${row}`);
    });
  }
  await window.press("Enter");
  await window.seen("[data-why] [data-step]");
  assert.match(await window.text("[data-why]"), new RegExp(people[178][8].replace(".", "\\.")), "the worked sum ends in the published total");
  await window.click('[data-action="close-why"]');

  const book = join(home, "成绩与获奖.xlsx");
  await window.go("#/hq/awards");
  await window.fill("#results-path input", book);
  await window.click('[data-action="save-results"]');
  await window.seen("[data-saved]");
  same(sheet(book, 1), csv("selected-179.csv"), "selected-179.csv");
  same(sheet(book, 2), people, "composite.csv");
  same(sheet(book, 3), csv("county-teams.csv"), "county-teams.csv");
  same(sheet(book, 4), csv("cities.csv"), "cities.csv");
  same(sheet(book, 5), csv("awards.csv"), "awards.csv");
  same(sheet(book, 6), csv("regional.csv"), "regional.csv");
}

/** A room into which somebody was let is not drawn again, whatever the reason. */
async function aRoomThatHasBegun(window) {
  await window.go("#/hq/seating?stage=city");
  await window.seen("#draw-result[data-drawn=yes]");
  await window.click('#rooms [data-action="open-room"]');
  await window.click("#redraw-room");
  await window.fill("#redraw-seed", "2020-06-28");
  await window.fill("#redraw-reason", "试一试");
  await window.click(OK);
  await window.seen('.ant-modal .refusal[data-code="redraw-after-check-in"]');
  await window.click(".ant-modal-confirm-btns .ant-btn-primary");
  await window.gone(".ant-modal .refusal");
  await window.press("Escape");
}

/** A template of the office's own. The dialog that chooses it is the system's: its answer is given in its place. */
async function anOwnTemplate(window) {
  const shipped = readFileSync(join(import.meta.dirname, "../../assets/certificates/personal-honour.toml"), "utf8");
  const [good, bad] = [join(home, "本厅证书.toml"), join(home, "坏模板.toml")];
  writeFileSync(good, shipped.replace('name = "荣誉证书"', 'name = "本厅证书"'));
  writeFileSync(bad, shipped.replace("width = 297", 'width = "宽"'));
  await window.run(`const ask = window.fetch;
    window.fetch = (url, ...more) => decodeURIComponent(String(url)).endsWith("plugin:dialog|open")
      ? Promise.resolve(new Response(JSON.stringify(window.chosen), { headers: { "Tauri-Response": "ok", "content-type": "application/json" } }))
      : ask(url, ...more);`);
  const choose = async (path) => {
    await window.run("window.chosen = arguments[0]", path);
    await window.click("#own-template");
  };
  await window.go("#/certificates/print");
  await window.seen("[data-drawn=true]");
  await choose(bad);
  await window.seen('.ant-modal .refusal[data-code]:not([data-code=""])');
  assert.match(await window.text(".ant-modal .refusal"), /坏模板.*line 9/);
  await window.click(".ant-modal-confirm-btns .ant-btn-primary");
  await window.gone(".ant-modal .refusal");
  assert.equal(await window.count('[data-clear="template"]'), 0, "a template with a fault is not taken");
  await choose(good);
  await window.seen('[data-clear="template"]');
  assert.match(await window.text(".cert-own-name"), /本厅证书\.toml/);
  await window.seen("[data-drawn=true]");
  await window.click('[data-clear="template"]');
  await window.gone('[data-clear="template"]');
}

async function theCertificates(window) {
  await anOwnTemplate(window);
  const folder = join(home, "证书");
  mkdirSync(folder, { recursive: true });
  await window.go("#/certificates/print");
  await window.seen("[data-drawn=true]");
  await window.seen("#glyphs-good");
  await window.fill(".path-field input", folder);
  await window.click("#run-print");
  await window.seen('#run-done[data-run="1"][data-stopped="false"]');
  const winners = csv("awards.csv").filter(([award]) => award === csv("awards.csv")[0][0]);
  const files = readdirSync(folder).filter((name) => name.endsWith(".pdf"));
  assert.equal(files.length, 1, files.join());
  const text = spawnSync("pdftotext", ["-layout", join(folder, files[0]), "-"], { encoding: "utf8" }).stdout.replaceAll(/\s+/g, "");
  for (const [, name] of winners) assert.ok(text.includes(name), `${name} is on a certificate`);
  assert.ok(text.includes("演练"), "a drill is marked in every file");

  await window.go("#/certificates/sheets");
  await window.seen('tr[data-state="printed"]');
  assert.equal(await window.count('tr[data-state="printed"]'), winners.length);
  const number = await window.attribute("tr[data-sheet]", "data-sheet");
  await window.click(`[data-action="void"][data-sheet="${number}"]`);
  await window.click(OK);
  assert.equal(await window.count(`tr[data-sheet="${number}"][data-state="void"]`), 0, "nothing is void without a reason");
  await window.fill(".ant-modal input", "打印机卡纸");
  await window.press("Enter");
  await window.seen(`tr[data-sheet="${number}"][data-state="void"]`);

  // All are on paper or void: nothing is made a second time before somebody has said why.
  await window.go("#/certificates/print");
  await window.seen("#glyphs-good");
  await window.fill(".path-field input", folder);
  await window.click("#run-print");
  await window.seen('.ant-modal .refusal[data-code="all-on-paper"]');
  await window.click(".ant-modal-confirm-btns .ant-btn-primary");
  await window.gone(".ant-modal .refusal");
  await window.click("#run-again");
  await window.seen("#again-reason");
  await window.fill("#again-reason", "打印机卡纸");
  await window.press("Enter");
  await window.gone("#again-reason");
  await window.click("#run-print");
  await window.seen('#run-done[data-run="2"][data-stopped="false"]');
  assert.equal(readdirSync(folder).filter((name) => name.endsWith(".pdf")).length, 2);

  await window.go("#/certificates/verify");
  await window.fill("#certificate-code", "KW1 不是证书上的码");
  await window.click("#certificate-verify");
  await window.seen('#verified:not([data-verdict="genuine"])');
}

await finish("results", async () => {
  const window = await open(program, "results");
  await window.seen(".start", 60_000);
  await aHeldTie(window);
  await theLists(window);
  await aRoomThatHasBegun(window);
  await theCertificates(window);
  await window.close();
});
