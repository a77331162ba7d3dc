import { describe, expect, it } from "vitest";
import { spoken } from ".";
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

  // English has two forms where Chinese has one.
  const singular = (key: string) => key.endsWith("_one");

  it("have the same keys", () => {
    expect([...english.keys()].filter((key) => !singular(key)).sort()).toEqual([...chinese.keys()].sort());
    for (const key of [...english.keys()].filter(singular)) expect(chinese.has(key.replace(/_one$/, "_other")), key).toBe(true);
  });

  it("have the same holes in each text", () => {
    for (const [key, text] of chinese) {
      expect(holes(english.get(key) ?? ""), key).toEqual(holes(text));
      const one = english.get(key.replace(/_other$/, "_one"));
      if (one !== undefined) expect(holes(one), key).toEqual(holes(text));
    }
  });

  it("leave no text empty", () => {
    for (const [key, text] of [...chinese, ...english]) expect(text.trim(), key).not.toBe("");
  });
});

describe("what the program says in both languages", () => {
  const both = { title: { zh: "赛", en: "contest" }, rows: [{ who: { zh: "甲", en: "A" }, n: 3, none: null }], refused: { zh: { what: "不" }, en: { what: "no" } } };
  it.each([["zh-CN", "赛", "甲"], ["en", "contest", "A"]])("is spoken in one: %s", (language, title, who) => {
    expect(spoken(both, language)).toEqual({ title, rows: [{ who, n: 3, none: null }], refused: both.refused });
  });
});
