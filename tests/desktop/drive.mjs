// Drives the built program's real window on a display of its own: WebDriver to WebKitWebDriver, which starts the
// program itself (Debian: xvfb webkit2gtk-driver). A picture is taken of the display, with ImageMagick's import:
// WebDriver's own screenshot call never returns here.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const PATIENCE_MS = 60_000;

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

export async function until(what, attempt, patience = PATIENCE_MS) {
  const end = Date.now() + patience;
  let last;
  while (Date.now() < end) {
    try {
      return await attempt();
    } catch (error) {
      last = error;
      await sleep(50);
    }
  }
  throw new Error(`${what}: not within ${patience / 1000} s`, { cause: last });
}

async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

let display;
async function startDisplay() {
  if (display !== undefined) return display;
  const server = start("Xvfb", ["-displayfd", "3", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]);
  let number = "";
  server.stdio[3].on("data", (text) => (number += text));
  display = await until("Xvfb", async () => {
    assert.match(number, /^\d+\n$/);
    return `:${number.trim()}`;
  });
  return display;
}

/** A folder for all that a test leaves: what the window keeps, events, sticks. */
export const home = mkdtempSync(join(tmpdir(), "kaowu-window-"));

const KEYS = { Enter: "\uE007", Escape: "\uE00C", ArrowDown: "\uE015", ArrowUp: "\uE013", ArrowLeft: "\uE012", ArrowRight: "\uE014", Backspace: "\uE003", Tab: "\uE004", Control: "\uE009", Shift: "\uE008", F11: "\uE03B" };

/** Opens the program as one laptop; `name` keeps laptops apart, `more` adds to its environment. */
export async function open(program, name, args = [], more = {}) {
  const screen = await startDisplay();
  const port = await freePort();
  const { WAYLAND_DISPLAY: _, ...inherited } = process.env;
  const own = join(home, name);
  mkdirSync(own, { recursive: true });
  const env = {
    ...inherited,
    DISPLAY: screen,
    GDK_BACKEND: "x11",
    HOME: own,
    XDG_DATA_HOME: join(own, "data"),
    XDG_CACHE_HOME: join(own, "cache"),
    XDG_CONFIG_HOME: join(own, "config"),
    TZ: "Asia/Shanghai",
    NO_AT_BRIDGE: "1",
    TAURI_WEBVIEW_AUTOMATION: "true",
    WEBKIT_DISABLE_DMABUF_RENDERER: "1",
    ...more,
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
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary: resolve(program), args } } };
  const { sessionId } = await call("POST", "/session", { capabilities });
  const session = (method, path, body) => call(method, `/session/${sessionId}${path}`, body);
  const run = (script, ...args) => session("POST", "/execute/sync", { script, args });
  return new Window(session, run, screen, own);
}

/** The program's own process, among those that were started with this folder as home; none once it has ended. */
function programOf(own) {
  const env = `XDG_DATA_HOME=${join(own, "data")}`;
  const found = readdirSync("/proc").find((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "kaowu" && readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(env);
    } catch {
      return false; // gone meanwhile, or not ours to read
    }
  });
  return found === undefined ? null : Number(found);
}

/** One open window, in the terms of whoever sits before it. */
class Window {
  constructor(session, run, screen, own) {
    Object.assign(this, { session, run, screen, own });
  }

  /** The text of what a selector finds; refused where it finds nothing. */
  async text(selector) {
    const text = await this.run("const e = document.querySelector(arguments[0]); return e === null ? null : e.innerText", selector);
    if (text === null) throw new Error(`nothing is ${selector}`);
    return text;
  }

  attribute(selector, name) {
    return this.run("return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null", selector, name);
  }

  count(selector) {
    return this.run("return document.querySelectorAll(arguments[0]).length", selector);
  }

  /** Waits until something is there. */
  seen(selector, patience) {
    return until(`to see ${selector}`, async () => assert.ok((await this.count(selector)) > 0), patience);
  }

  gone(selector) {
    return until(`${selector} to go`, async () => assert.equal(await this.count(selector), 0));
  }

  /** Waits until a text fits. */
  reads(selector, wanted, patience) {
    return until(`${selector} to read ${wanted}`, async () => assert.match(await this.text(selector), wanted), patience);
  }

  async element(selector) {
    const found = await until(`to find ${selector}`, () => this.session("POST", "/element", { using: "css selector", value: selector }));
    return Object.values(found)[0];
  }

  /** Clicks like a person: only what is shown, enabled and in view. */
  async click(selector) {
    await until(`${selector} to be enabled`, async () =>
      assert.equal(await this.run("const e = document.querySelector(arguments[0]); return e !== null && !e.disabled", selector), true),
    );
    await until(`to click ${selector}`, async () => this.session("POST", `/element/${await this.element(selector)}/click`, {}));
  }

  /** Puts a text in a field in place of what stands there. */
  async fill(selector, text) {
    // A notice that has just come up may lie over the field for a moment.
    const element = await until(`to click ${selector}`, async () => {
      const found = await this.element(selector);
      await this.session("POST", `/element/${found}/click`, {});
      return found;
    });
    await this.run("document.querySelector(arguments[0]).select?.()", selector);
    await this.session("POST", `/element/${element}/value`, { text: text === "" ? "\uE017" : text });
    await until(`${selector} to hold ${text}`, async () => assert.equal(await this.run("return document.querySelector(arguments[0]).value", selector), text));
  }

  /** Presses keys where the focus is: names from KEYS, or characters. */
  async press(...keys) {
    const actions = [];
    for (const key of keys) {
      const [held, last] = key.includes("+") && key.length > 1 ? key.split("+") : [null, key];
      const value = KEYS[last] ?? last;
      if (held !== null) actions.push({ type: "keyDown", value: KEYS[held] });
      actions.push({ type: "keyDown", value }, { type: "keyUp", value });
      if (held !== null) actions.push({ type: "keyUp", value: KEYS[held] });
    }
    await this.session("POST", "/actions", { actions: [{ type: "key", id: "keys", actions }] });
  }

  /** Types a text where the focus is, one key after the other. */
  type(text) {
    return this.press(...text);
  }

  picture(file) {
    const taken = spawnSync("import", ["-display", this.screen, "-window", "root", file]);
    assert.equal(taken.status, 0, `no picture: ${taken.error?.message ?? taken.stderr}`);
  }

  go(place) {
    return this.run("location.hash = arguments[0]", place);
  }

  close() {
    return this.session("DELETE", "");
  }

  running() {
    return programOf(this.own) !== null;
  }

  ended() {
    return until("the program to end", async () => assert.ok(!this.running()));
  }

  /** The power goes: the program ends where it stands. */
  async crash() {
    process.kill(programOf(this.own) ?? assert.fail("the program runs"), "SIGKILL");
    await this.ended();
  }
}

/** Runs a test and ends the process with its verdict. */
export async function finish(name, test) {
  let status = 0;
  const started = Date.now();
  try {
    await test();
    console.log(`${name}: passed in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  } catch (error) {
    status = 1;
    console.error(`${name}: FAILED:`, error);
    if (display !== undefined) spawnSync("import", ["-display", display, "-window", "root", join(tmpdir(), "kaowu-failed.png")]);
    for (const child of children) if (child.said !== "") console.error(`--- ${child.spawnfile}:\n${child.said.slice(-4000)}`);
  }
  for (const child of children.reverse()) child.kill();
  rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  process.exit(status);
}
