import { describe, expect, it } from "vitest";
import { newKeeper } from "./keeper";

/** A program whose answers come when they are told to. */
function program() {
  const sent: string[] = [];
  const answers: (() => void)[] = [];
  const send = (line: string, text: string) => {
    sent.push(`${line}=${text}`);
    return new Promise<void>((answer, refuse) => answers.push(text === "bad" ? () => refuse(new Error("full")) : answer));
  };
  const answer = async () => {
    answers.shift()?.();
    await new Promise((turn) => setTimeout(turn));
  };
  return { sent, send, answer };
}

describe("what is being typed", () => {
  it("is sent at once, one text after the other, the latest last", async () => {
    const { sent, send, answer } = program();
    const keeper = newKeeper(send, () => undefined);
    for (const text of ["8", "85", "85.", "85.5"]) keeper.keep("a", text);
    keeper.keep("b", "9");
    expect(sent).toEqual(["a=8", "b=9"]);
    await answer();
    expect(sent).toEqual(["a=8", "b=9", "a=85.5"]);
  });

  it("is waited for", async () => {
    const { send, answer } = program();
    const keeper = newKeeper(send, () => undefined);
    let done = false;
    keeper.keep("a", "8");
    keeper.keep("a", "");
    void keeper.settled("a").then(() => (done = true));
    await answer();
    expect(done).toBe(false);
    await answer();
    expect(done).toBe(true);
    await keeper.settled("nothing");
    await keeper.all();
  });

  it("says when it could not be kept, and goes on", async () => {
    const { sent, send, answer } = program();
    const faults: unknown[] = [];
    const keeper = newKeeper(send, (why) => faults.push(why));
    keeper.keep("a", "bad");
    await answer();
    expect(faults).toHaveLength(1);
    keeper.keep("a", "9");
    expect(sent).toEqual(["a=bad", "a=9"]);
  });
});
