// The guide for staff quotes what stands in the window: each quotation is a text of the pages, word for word, and the two languages
// quote the same texts in the same order. tests/desktop/ceremony.mjs walks through the guide in the window itself.
import { describe, expect, it } from "vitest";
import en from "../../../assets/guide/ceremony.en.md?raw";
import zh from "../../../assets/guide/ceremony.zh-CN.md?raw";
import { en as english, zh as chinese } from "./words";

/** A way as “总部 → 操作员” is a quotation for each step. */
const quoted = (text: string, mark: RegExp) => [...text.matchAll(mark)].flatMap(([, words = ""]) => words.replace(/\s+/gu, " ").split(" → "));
const CHINESE = quoted(zh, /“([^”]+)”/gu);
const ENGLISH = quoted(en, /(?<!\*)\*(?!\*)([^*]+)\*(?!\*)/gu);

/** The texts of the pages that read so; what only follows in brackets or after a colon may be left out. */
function texts(pages: unknown, words: string): string[] {
  const out: string[] = [];
  const walk = (path: string, node: unknown): void => {
    if (typeof node === "string") {
      if (node.split(/[（(：:]/u)[0]?.trim() === words || node === words) out.push(path);
    } else for (const [name, below] of Object.entries(node as object)) walk(`${path}.${name}`, below);
  };
  walk("", pages);
  return out;
}

describe("the guide", () => {
  it("quotes as much in both languages", () => expect(CHINESE.length).toBe(ENGLISH.length));

  it.each(CHINESE.map((words, at) => [words, ENGLISH[at] ?? ""]))("“%s” and “%s” are one text of the pages", (inZh, inEn) => {
    const [inChinese, inEnglish] = [texts(chinese, inZh), texts(english, inEn)];
    expect(inChinese, `“${inZh}” stands nowhere in the window`).not.toEqual([]);
    expect(inEnglish, `“${inEn}” stands nowhere in the window`).not.toEqual([]);
    expect(inChinese.filter((text) => inEnglish.includes(text))).not.toEqual([]);
  });
});
