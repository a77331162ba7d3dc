// What a window manager says to a window, where there is none: asks the program's window to close, in the X protocol itself.
import assert from "node:assert/strict";
import { connect } from "node:net";

const [GET_GEOMETRY, QUERY_TREE, INTERN_ATOM, GET_PROPERTY, SEND_EVENT] = [14, 15, 16, 20, 25];
const CLIENT_MESSAGE = 33;

/** A conversation with the display's server: one request, then its answer. */
class Server {
  constructor(display) {
    this.socket = connect(`/tmp/.X11-unix/X${display.slice(1)}`);
    this.heard = Buffer.alloc(0);
    this.socket.on("data", (data) => (this.heard = Buffer.concat([this.heard, data])));
  }

  async take(bytes) {
    while (this.heard.length < bytes) await new Promise((more) => this.socket.once("data", () => setImmediate(more)));
    const out = this.heard.subarray(0, bytes);
    this.heard = this.heard.subarray(bytes);
    return out;
  }

  async begin() {
    this.socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    const head = await this.take(8);
    assert.equal(head[0], 1, "the display lets us in");
    const told = await this.take(head.readUInt16LE(6) * 4);
    const [vendor, formats] = [told.readUInt16LE(16), told[21]];
    this.root = told.readUInt32LE(32 + Math.ceil(vendor / 4) * 4 + formats * 8);
  }

  say(code, small, body) {
    const head = Buffer.alloc(4);
    head[0] = code;
    head[1] = small;
    head.writeUInt16LE(1 + body.length / 4, 2);
    this.socket.write(Buffer.concat([head, body]));
  }

  async ask(code, small, body) {
    this.say(code, small, body);
    const head = await this.take(32);
    assert.equal(head[0], 1, `the server answers request ${code}`);
    return Buffer.concat([head, await this.take(head.readUInt32LE(4) * 4)]);
  }

  async atom(name) {
    const body = Buffer.alloc(4 + Math.ceil(name.length / 4) * 4);
    body.writeUInt16LE(name.length, 0);
    body.write(name, 4, "latin1");
    return (await this.ask(INTERN_ATOM, 0, body)).readUInt32LE(8);
  }
}

const words = (...all) => {
  const out = Buffer.alloc(all.length * 4);
  all.forEach((word, n) => out.writeUInt32LE(word, n * 4));
  return out;
};

/** Asks the largest window of a display to close, as the button in its corner does. */
export async function askToClose(display) {
  const server = new Server(display);
  await server.begin();
  const [protocols, remove] = [await server.atom("WM_PROTOCOLS"), await server.atom("WM_DELETE_WINDOW")];
  const tree = await server.ask(QUERY_TREE, 0, words(server.root));
  const windows = Array.from({ length: tree.readUInt16LE(16) }, (_, n) => tree.readUInt32LE(32 + n * 4));
  const sized = [];
  for (const window of windows) {
    const has = (await server.ask(GET_PROPERTY, 0, words(window, protocols, 0, 0, 8))).readUInt32LE(8) !== 0;
    const geometry = await server.ask(GET_GEOMETRY, 0, words(window));
    if (has) sized.push([geometry.readUInt16LE(16) * geometry.readUInt16LE(18), window]);
  }
  sized.sort((a, b) => b[0] - a[0]);
  const [, window] = sized[0] ?? assert.fail("no window that can be asked");
  const event = Buffer.concat([Buffer.from([CLIENT_MESSAGE, 32, 0, 0]), words(window, protocols, remove, 0, 0, 0, 0)]);
  server.say(SEND_EVENT, 0, Buffer.concat([words(window, 0), event]));
  // An answer to anything says that what came before has been sent on.
  await server.atom("WM_PROTOCOLS");
  server.socket.end();
}
