import { describe, expect, it } from "vitest";
import { proposedPass } from "./pass";

describe("the keying one goes on with", () => {
  it.each([
    [[], 1],
    [["open", "open"], 1],
    [["mine", "open"], 1],
    [["other", "other"], 2],
    [["other", "open"], 2],
    [["other", "mine"], 1],
  ] as const)("%j: %i", (rows, pass) => expect(proposedPass(rows)).toBe(pass));
});
