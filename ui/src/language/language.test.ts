import { describe, expect, it } from "vitest";
import { en, zh } from "./words";

type Words = { readonly [key: string]: string | Words };

function flat(words: Words, path = ""): Map<string, string> {
  const out = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    const here = path === "" ? key : `${path}.${key}`;
    if (typeof value === "string") out.set(here, value);
    else for (const [k, v] of flat(value, here)) out.set(k, v);
  }
  return out;
}

const holes = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1] ?? "").sort();

describe("the two languages", () => {
  const chinese = flat(zh);
  const english = flat(en);

  it("have the same keys", () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it("have the same holes in each text", () => {
    for (const [key, text] of chinese) expect(holes(english.get(key) ?? ""), key).toEqual(holes(text));
  });

  it("leave no text empty", () => {
    for (const [key, text] of [...chinese, ...english]) expect(text.trim(), key).not.toBe("");
  });
});
