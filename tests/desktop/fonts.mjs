// On a machine without any Chinese font the window still draws every character: with the fonts of the papers.
//
//   node tests/desktop/fonts.mjs PROGRAM [PICTURE]
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finish, home, open, until } from "./drive.mjs";

const [program, picture] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: node tests/desktop/fonts.mjs PROGRAM [PICTURE]");
  process.exit(2);
}
/** Common, in a name only, of extension A, of extension B; a letter beside them. */
const CHARACTERS = [..."考务准证张㛃𠮷𪚥A"];

await finish("fonts", async () => {
  const conf = join(home, "fonts.conf");
  mkdirSync(join(home, "no-fonts"));
  writeFileSync(conf, `<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>${join(home, "no-fonts")}</cachedir></fontconfig>`);
  const window = await open(program, "fonts", [], { FONTCONFIG_FILE: conf });
  await window.seen(".start", 60_000);
  // A character that no font has is drawn as the same box as any other.
  await window.run(`const p = document.createElement("p"); p.id = "probe"; p.textContent = arguments[0]; document.querySelector(".start").append(p);`, CHARACTERS.join(""));
  await until("every character to have a form of its own", async () => {
    const forms = await window.run(
      `const canvas = document.createElement("canvas"); canvas.width = canvas.height = 40;
       const pen = canvas.getContext("2d", { willReadFrequently: true });
       pen.font = "30px " + getComputedStyle(document.querySelector("#probe")).fontFamily;
       return arguments[0].map((c) => { pen.clearRect(0, 0, 40, 40); pen.fillText(c, 2, 32); return [...pen.getImageData(0, 0, 40, 40).data].filter((_, at) => at % 4 === 3).join(""); });`,
      CHARACTERS,
    );
    const same = CHARACTERS.filter((_, at) => forms.indexOf(forms[at]) !== at);
    assert.equal(same.length, 0, `drawn as boxes: ${same.join(" ")}`);
  }, 15_000);
  if (picture !== undefined) window.picture(picture);
  await window.close();
});
