import { describe, expect, it } from "vitest";
import { asBegun } from "./begun";

const EMPTY = { facts: "", signed: null as boolean | null };

describe("a form that was begun", () => {
  it.each([
    [undefined, EMPTY],
    ["", EMPTY],
    ["[", EMPTY],
    ["null", EMPTY],
    ['{"facts":"手机"}', { facts: "手机", signed: null }],
    ['{"facts":"手机","signed":false}', { facts: "手机", signed: false }],
    ['{"facts":5,"other":"x","toString":"y"}', EMPTY],
  ])("%s", (text, wanted) => expect(asBegun(EMPTY, text)).toEqual(wanted));

  it("has no fields but those of the form", () => expect(Object.getOwnPropertyNames(asBegun(EMPTY, '{"__proto__":{"a":1}}'))).toEqual(["facts", "signed"]));
});
