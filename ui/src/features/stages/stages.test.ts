import { describe, expect, it } from "vitest";
import type { NamingUnit } from "../../platform";
import { asTyped, placeOf, proposed, stateOf, type TeamScreen } from "./stages";

const member = { person: "AB", masked: "3201**********1234", name: "王㛃", unit: "盐城市滨海县", role: "正式", substitute: false, place: 2, result: "优秀" };
const team: TeamScreen = {
  id: "regional", title: "区域赛代表队", stage: "区域赛", named: false, unit: "盐城市滨海县", members: [member], substitutes: 1, chosen: null, naming: null,
  tie: null, refused: null, result: null, award: { title: "江苏省技术能手", to: 0, document: null, winners: [] },
};
const refused = (code: string) => ({ code, zh: { what: "", remedy: "" }, en: { what: "", remedy: "" } });

describe("a team", () => {
  it("is as far as what was entered of it", () => {
    const result = { place: 1, promoted: true, document: "文" };
    const check = (change: Partial<TeamScreen>, wanted: string) => expect(stateOf({ ...team, ...change })).toBe(wanted);
    check({}, "ready");
    check({ members: [], refused: refused("marks-missing") }, "waits");
    check({ members: [], refused: refused("team-not-named") }, "open");
    check({ members: [], tie: { id: "t", question: { zh: "q", en: "q" }, tied: [], places: 1, level: [] } }, "held");
    check({ result }, "entered");
    check({ result, award: { title: "", to: 0, document: "文", winners: [{ winner: "AB", masked: null, name: "王㛃", rank: null }] } }, "honoured");
  });
  it("is typed from what stands", () => expect(asTyped(team)).toEqual([{ person: "AB", name: "王㛃", place: "2", result: "优秀" }]));
});

describe("a place", () => {
  it.each([["", null], [" 3 ", 3], ["0", "wrong"], ["-1", "wrong"], ["1.5", "wrong"], ["第一", "wrong"]] as const)("%s", (text, wanted) => expect(placeOf(text)).toBe(wanted));
});

describe("people proposed", () => {
  it("are the unit's best, or nobody", () => {
    const one = (person: string, best: boolean) => ({ person, name: person, unit: "", rank: 1, total: "90.00", proposed: best });
    const unit: NamingUnit = { unit: "320500", name: "苏州市", people: [one("a", true), one("b", false)] };
    expect(proposed(unit)).toEqual(["a"]);
    expect(proposed(undefined)).toEqual([]);
  });
});
