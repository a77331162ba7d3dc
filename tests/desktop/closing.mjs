// Closing the window while the words of a packet are saved nowhere asks first; afterwards it just closes.
//
//   node tests/desktop/closing.mjs PROGRAM
import assert from "node:assert/strict";
import { join } from "node:path";
import { finish, home, open } from "./drive.mjs";
import { Laptop, SITE } from "./laptop.mjs";
import { askToClose } from "./x11.mjs";

const [program] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: node tests/desktop/closing.mjs PROGRAM");
  process.exit(2);
}

await finish("closing", async () => {
  const laptop = new Laptop(await open(program, "closing"), "closing");
  const { w } = laptop;
  await w.seen(".start", 60_000);
  await w.click('[data-choice="demo"]');
  await w.click('[data-demo="seated"]');
  await w.seen("nav.desks", 120_000);
  await laptop.hq("packet");
  await w.seen("#posts");
  await w.click(`[data-action="select"][data-site="${SITE}"]`);
  await laptop.fill('[data-field="packets-folder"] input', home);
  await w.click("#issue-packets");
  await w.seen('#issued[data-unsaved="1"]');
  await laptop.clear();

  await w.go("#/journal");
  await askToClose(w.screen);
  await w.seen("#close-anyway");
  assert.equal(await w.run("return location.hash"), "#/hq/packet", "one is led to the slips");
  await w.press("Enter");
  await laptop.clear();
  await w.seen('#issued[data-unsaved="1"]');
  assert.ok(w.running(), "whoever stays has lost nothing");

  await w.click("#save-slips");
  await laptop.fill('[data-field="save-path"] input', join(home, "口令条.pdf"));
  await w.press("Enter");
  await w.seen('#issued[data-unsaved="0"]');
  await laptop.clear();
  await askToClose(w.screen);
  await w.ended();
});
