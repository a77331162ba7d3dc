// Opens the built program's real window once, on a display of its own, and reads what stands in it.
//
//   node tests/desktop/window.mjs PROGRAM [PICTURE.png]
//
// Speaks WebDriver to WebKitWebDriver, which starts the program itself (Debian: xvfb webkit2gtk-driver). A picture is
// taken of the display, with ImageMagick's import: WebDriver's own screenshot call never returns here.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const PATIENCE_MS = 60_000;
const [program, picture] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: node tests/desktop/window.mjs PROGRAM [PICTURE.png]");
  process.exit(2);
}

const children = [];
/** Starts a helper program; what it says is shown only when the test fails. */
function start(name, args, options = {}) {
  const child = spawn(name, args, { stdio: ["ignore", "pipe", "pipe", "pipe"], ...options });
  child.said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (child.said += text));
  child.on("error", (error) => (child.said += `${error.message}\n`));
  children.push(child);
  return child;
}

async function until(what, attempt) {
  const end = Date.now() + PATIENCE_MS;
  let last;
  while (Date.now() < end) {
    try {
      return await attempt();
    } catch (error) {
      last = error;
      await sleep(100);
    }
  }
  throw new Error(`${what}: not within ${PATIENCE_MS / 1000} s`, { cause: last });
}

async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

async function startDisplay() {
  const server = start("Xvfb", ["-displayfd", "3", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]);
  let number = "";
  server.stdio[3].on("data", (text) => (number += text));
  return until("Xvfb", async () => {
    assert.match(number, /^\d+\n$/);
    return `:${number.trim()}`;
  });
}

/** A folder of its own for what the window keeps (language, WebKit's files). */
const home = mkdtempSync(join(tmpdir(), "kaowu-window-"));

async function openWindow() {
  const display = await startDisplay();
  const port = await freePort();
  const { WAYLAND_DISPLAY: _, ...inherited } = process.env;
  const env = {
    ...inherited,
    DISPLAY: display,
    GDK_BACKEND: "x11",
    HOME: home,
    XDG_DATA_HOME: join(home, "data"),
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_CONFIG_HOME: join(home, "config"),
    TAURI_WEBVIEW_AUTOMATION: "true",
    WEBKIT_DISABLE_DMABUF_RENDERER: "1",
  };
  start("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], { env });

  const call = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
  await until("WebKitWebDriver", () => call("GET", "/status"));
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary: resolve(program), args: [] } } };
  const { sessionId } = await call("POST", "/session", { capabilities });
  const session = (method, path, body) => call(method, `/session/${sessionId}${path}`, body);
  const run = (script) => session("POST", "/execute/sync", { script, args: [] });
  return { display, session, run };
}

async function test() {
  const { display, session, run } = await openWindow();
  const text = (selector) => run(`return document.querySelector(${JSON.stringify(selector)}).innerText`);

  await until("the version, which crosses from Rust to the page", async () => assert.match(await text(".version"), /^Kaowu 考务 · 版本 \d+\.\d+\.\d+/));
  assert.equal(await run("return document.title"), "考务 Kaowu");
  assert.equal(await text("h1"), "考务");
  if (picture !== undefined) {
    const taken = spawnSync("import", ["-display", display, "-window", "root", picture]);
    assert.equal(taken.status, 0, `no picture: ${taken.error?.message ?? taken.stderr}`);
  }

  await run("document.querySelector('button[lang=en]').click()");
  await until("the page in English", async () => assert.equal(await text("h1"), "Kaowu"));

  // The page's own policy must be what refuses, whether or not there is a network.
  const refusedBy = await run(`return new Promise((say) => {
    addEventListener("securitypolicyviolation", (event) => say(event.effectiveDirective));
    fetch("https://127.0.0.1:1/").catch(() => setTimeout(() => say("nothing"), 1000));
  })`);
  assert.equal(refusedBy, "connect-src", "what keeps the page from the network");

  await session("DELETE", "");
}

let status = 0;
try {
  const started = Date.now();
  await test();
  console.log(`window: opened, read and closed in ${((Date.now() - started) / 1000).toFixed(1)} s`);
} catch (error) {
  status = 1;
  console.error("window: FAILED:", error);
  for (const child of children) if (child.said !== "") console.error(`--- ${child.spawnfile}:\n${child.said}`);
}
for (const child of children.reverse()) child.kill();
rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
process.exit(status);
