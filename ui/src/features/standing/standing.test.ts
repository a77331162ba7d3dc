import { describe, expect, it } from "vitest";
import type { AwardRow } from "../../platform";
import { boxes, boxOption, byMedian, heightOf, shown, type Box } from "./boxes";
import { distinct, forProgram, matching, mendedIn, moved, movement, tags, wall, working } from "./order";
import { asShares, asWeights, fromPercent, remainder, summed, thousandths, toPercent, toWeight } from "./weights";
import { asWinners, fault, fromSheet, readyTogether, stateOf } from "./winners";

describe("weights", () => {
  it.each([["0.3", 300], ["1", 1000], ["0.125", 125], ["0.30", 300], ["", null], ["-0.1", null], ["0.1234", null], ["1e3", null]] as const)(
    "the weight %s is %s thousandths", (text, value) => expect(thousandths(text)).toBe(value));

  it.each([["30", 300], ["33.3", 333], ["30%", 300], ["40 ％", 400], ["0", 0], ["100.0", 1000], ["", null], ["33.33", null], ["三十", null], ["-3", null]] as const)(
    "the share %s is %s thousandths", (text, value) => expect(fromPercent(text)).toBe(value));

  it.each([[300, "30", "0.3"], [333, "33.3", "0.333"], [0, "0", "0"], [1000, "100", "1"], [5, "0.5", "0.005"], [1250, "125", "1.25"]] as const)(
    "%s is %s percent and the weight %s", (value, percent, weight) => {
      expect(toPercent(value)).toBe(percent);
      expect(toWeight(value)).toBe(weight);
    });

  it.each([
    [["30", "30", "40"], { sum: 1000, off: 0 }],
    [["30", "30", "30"], { sum: 900, off: -100 }],
    [["33.3", "33.3", "33.4"], { sum: 1000, off: 0 }],
    [["50", "60", "0"], { sum: 1100, off: 100 }],
    [["30", "", "40"], null],
  ] as const)("%s come to %s", (shares, sum) => expect(summed(shares, 1000)).toEqual(sum));

  it.each([[["30", "30", "10"], 2, "40"], [["30", "x", "10"], 1, "60"], [["70", "60", "10"], 2, "0"]] as const)(
    "of %s the one at %s is completed to %s", (shares, at, wanted) => expect(remainder(shares, at, 1000)).toBe(wanted));

  it("go back as they came", () => {
    const { shares, total } = asShares(["0.3", "0.3", "0.4"]);
    expect(shares).toEqual(["30", "30", "40"]);
    expect(asWeights(shares, total)).toEqual(["0.3", "0.3", "0.4"]);
    expect(asWeights(["30", "30", "41"], total)).toBeNull();
  });
});

describe("an order made by hand", () => {
  it.each([[0, 1, "bac"], [2, -1, "acb"], [0, -1, "abc"], [2, 1, "abc"]] as const)("moving the one at %s by %s gives %s", (at, by, wanted) =>
    expect(moved(["a", "b", "c"], at, by).join("")).toBe(wanted));

  it("takes each name once", () => expect(tags([" 王㛃", "李䶮", "", "王㛃 "])).toEqual(["王㛃", "李䶮"]));

  it.each([[3, 1, "up", 2], [1, 4, "down", 3], [5, 5, "same", 0]] as const)("from rank %s to %s is %s by %s", (before, after, way, by) =>
    expect(movement(before, after)).toEqual({ way, by }));
});

describe("narrowing a list", () => {
  const rows = [
    { person: "1", name: "王㛃", unit: "南京市玄武区" },
    { person: "2", name: "陈𠅤", unit: "徐州市鼓楼区" },
    { person: "3", name: "赵𰻝", unit: "南京市鼓楼区" },
    { person: null, name: "滨海县", unit: "盐城市" },
  ];
  const found = (wanted: string, known: string[] = []) => matching(rows, wanted, new Set(known), (r) => [r.name, r.unit]).map((r) => r.name).join();

  it.each([["", "王㛃,陈𠅤,赵𰻝,滨海县"], ["鼓楼", "陈𠅤,赵𰻝"], ["鼓楼 南京", "赵𰻝"], ["𰻝", "赵𰻝"], ["盐城", "滨海县"], ["无", ""]] as const)(
    "%s leaves %s", (wanted, left) => expect(found(wanted)).toBe(left));

  it("takes whom the program found", () => expect(found("wj", ["1"])).toBe("王㛃"));

  it.each([["wj", true], ["0427", true], ["w", false], ["王", false], [" ", false]] as const)("the program looks up %s: %s", (text, yes) =>
    expect(forProgram(text)).toBe(yes));

  it.each([["2020-07-20T18:00:00+08:00", "2020-07-20 18:00"], ["2020-07-20", "2020-07-20"]])("the moment %s reads %s", (at, read) => expect(wall(at)).toBe(read));

  it("knows each unit once", () => expect(distinct(["甲", "乙", "甲", ""])).toEqual(["甲", "乙"]));

});

describe("a line of working", () => {
  it.each([
    ["综合成绩：95.00×0.3 ＝ 28.500 → 94.49", "综合成绩", "95.00×0.3 ＝ 28.500 → 94.49"],
    ["Composite: 95.00×0.3 = 28.500", "Composite", "95.00×0.3 = 28.500"],
    ["并列", "", "并列"],
  ])("%s", (line, about, figures) => expect(working(line)).toEqual({ about, figures }));

  it.each([["weights-not-confirmed", "weights"], ["no-selection", "selection"], ["next-held", "ties"], ["marks-missing", null]] as const)(
    "%s is mended in %s", (code, view) => expect(mendedIn(code)).toBe(view));
});

describe("awards", () => {
  const award = (over: Partial<AwardRow>): AwardRow => ({ id: "a", title: { zh: "甲", en: "A" }, byPeople: false, document: null, winners: [{ winner: "1", masked: null, name: "王㛃", rank: 1 }], tie: null, refused: null, ...over });
  const tie = { id: "t", question: { zh: "q", en: "q" }, tied: [], places: 1, level: [] };
  const refused = { code: "x", zh: { what: "", remedy: "" }, en: { what: "", remedy: "" } };

  it.each([
    [{}, "ready"],
    [{ document: "苏人社〔2020〕1号" }, "confirmed"],
    [{ tie }, "tie"],
    [{ refused }, "refused"],
    [{ byPeople: true, winners: [] }, "people"],
    [{ winners: [] }, "empty"],
  ] as const)("%o is %s", (over, state) => expect(stateOf(award({ ...over, winners: "winners" in over ? [] : award({}).winners }))).toBe(state));

  it("are confirmed together where they follow from standings", () => {
    expect(readyTogether([award({ id: "a" }), award({ id: "b", byPeople: true }), award({ id: "c", tie }), award({ id: "d", document: "1" })]).map((a) => a.id)).toEqual(["a"]);
  });

  it.each([
    [[], "none"],
    [[{ name: " ", winner: "" }], "none"],
    [[{ name: "王㛃", winner: "" }], "half"],
    [[{ name: "甲", winner: "32010x" }, { name: "乙", winner: "32010X " }], "twice"],
    [[{ name: "甲", winner: "1" }, { name: "", winner: "" }], null],
  ] as const)("winners %o: %s", (rows, wrong) => expect(fault(rows)).toBe(wrong));

  it("drop blank lines and blanks", () =>
    expect(asWinners([{ name: " 甲 ", winner: " 32010x" }, { name: "", winner: "" }])).toEqual([{ name: "甲", winner: "32010X", masked: null, rank: null }]));

  it.each([
    ["王㛃", null],
    ["王㛃\t3201\n李䶮\t3202\n", [{ name: "王㛃", winner: "3201" }, { name: "李䶮", winner: "3202" }]],
    ["王㛃\r\n李䶮", [{ name: "王㛃", winner: "" }, { name: "李䶮", winner: "" }]],
  ])("pasted %j", (text, rows) => expect(fromSheet(text)).toEqual(rows));
});

describe("the box plot", () => {
  const box = (unit: string, median: number, q3 = 90): Box => ({ unit, n: 9, min: 50, q1: 60, median, q3, max: 99.5 });
  const rows = [box("乙", 70), box("甲", 80), box("丙", 80, 95)];

  it("leaves out a unit without figures", () => {
    expect(boxes([{ ...box("丁", 1), n: 0, min: null, q1: null, median: null, q3: null, max: null }, box("戊", 70)])).toEqual([box("戊", 70)]);
  });

  it("stands by median", () => {
    expect(byMedian(rows).map((r) => r.unit)).toEqual(["丙", "甲", "乙"]);
    expect(heightOf(rows)).toBe(116);
    expect([80, 79.456, 70.5].map(shown)).toEqual(["80.00", "79.46", "70.50"]);
  });

  it("draws five figures a unit and never moves", () => {
    const option = boxOption(byMedian(rows), { line: (r) => r.unit }, { box: "#fff", edge: "#000", ink: "#000", line: "#ccc", font: "serif" });
    expect(option["animation"]).toBe(false);
    expect(option["series"]).toMatchObject([{ data: [[50, 60, 80, 95, 99.5], [50, 60, 80, 90, 99.5], [50, 60, 70, 90, 99.5]] }]);
    expect(option["tooltip"]).toMatchObject({ renderMode: "richText" });
  });
});
