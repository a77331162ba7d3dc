// The pictures in README, taken from the running program on the demo event.
//
//   node tests/desktop/pictures.mjs PROGRAM FOLDER
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { finish, open } from "./drive.mjs";

const [program, folder] = process.argv.slice(2);
const PICTURES = [
  { name: "check-in", stage: "check-in", place: "room/checkin", before: async (w) => {
    await w.go("#/room");
    await w.click('[data-action="select"][data-room="001"]');
    await w.seen('ul[data-list="awaited"] li[data-person]');
    const number = await w.run(`return document.querySelector('ul[data-list="awaited"] li[data-person]').innerText.match(/\\d{9,}/)[0]`);
    await w.type(number);
    await w.press("Enter");
    await w.seen('#checkin-answer[data-answer="in"]');
  } },
  { name: "seats", stage: "finished", place: "hq/seating", before: async (w) => {
    await w.go("#/hq/seating");
    await w.click('#rooms [data-action="open-room"]');
    await w.seen("#room-grid");
  } },
  { name: "standing", stage: null, place: "hq/standing?view=lists" },
  { name: "certificate", stage: null, place: "certificates/print", before: async (w) => {
    await w.go("#/certificates/print");
    await w.seen("[data-drawn=true]");
  } },
];

await finish("pictures", async () => {
  mkdirSync(folder, { recursive: true });
  const window = await open(program, "pictures");
  await window.seen(".start", 60_000);
  for (const { name, stage, place, before } of PICTURES) {
    if (stage !== null) {
      if ((await window.count("#close-event")) > 0) await window.click("#close-event");
      await window.click('[data-choice="demo"]');
      await window.click(`[data-demo="${stage}"]`);
      await window.seen("nav.desks", 120_000);
    }
    await (before ?? ((w) => w.go(`#/${place}`)))(window);
    await sleep(1500);
    window.picture(join(folder, `${name}.png`));
  }
  await window.close();
});
