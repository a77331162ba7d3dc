//! The bundled plans, and one wrong plan for every fault.

use super::*;
use crate::coded::Coded;
use crate::figure::Mark;
use crate::words::Lang;
use std::collections::BTreeSet;

fn jiangsu() -> &'static str {
    bundled("jiangsu-2020").unwrap()
}

fn recruitment() -> &'static str {
    bundled("civil-service").unwrap()
}

/// The text with its first `from` made `to`.
fn changed(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "not in the plan: {from}");
    text.replacen(from, to, 1)
}

/// Codes and keys of what is wrong with a text.
fn found(text: &str) -> Vec<(String, String)> {
    let error = Plan::read(text).unwrap_err();
    error.faults().iter().map(|f| (f.code(), f.key.clone())).collect()
}

#[test]
fn bundled_plans_hold() {
    for (name, text) in BUNDLED {
        let plan = Plan::read(text).unwrap_or_else(|e| panic!("{name}: {:#?}", e.said(Lang::En)));
        // What is written out again is the same plan.
        let again = Plan::read(&toml::to_string(&plan).unwrap()).unwrap_or_else(|e| panic!("{name}: {:#?}", e.said(Lang::En)));
        assert_eq!(plan, again, "{name}");
    }
}

#[test]
fn the_day_of_a_part_ends_at_its_own_midnight() {
    let plan = Plan::read(jiangsu()).unwrap();
    let part = &plan.stages[0].parts[0];
    for (start, minutes, over) in [
        ("2020-06-27T09:00:00+08:00", 120, "2020-06-28T00:00:00+08:00"),
        ("2020-06-27T22:00:00+08:00", 120, "2020-06-29T00:00:00+08:00"),
        ("2020-06-27T22:00:00+08:00", 119, "2020-06-28T00:00:00+08:00"),
        ("2020-12-31T09:00:00+00:00", 60, "2021-01-01T00:00:00+00:00"),
    ] {
        let part = Part { start: start.parse().unwrap(), minutes, ..part.clone() };
        assert_eq!(part.day_over(), Some(over.parse().unwrap()), "{start} {minutes}");
    }
}

#[test]
fn jiangsu_says_the_rules() {
    let plan = Plan::read(jiangsu()).unwrap();
    let count = |tier: &str| plan.units_of(&tier.into()).count();
    assert_eq!((count("department"), count("city"), count("city-office"), count("county")), (1, 13, 13, 98));
    let composite = plan.composite(&"province".into()).unwrap();
    assert!(composite.needs_confirmation);
    assert_eq!(composite.terms.iter().map(|t| t.weight.0).collect::<Vec<_>>(), [300, 300, 400]);
    let interview = plan.part(&"province".into(), &"interview".into()).unwrap();
    assert_eq!((interview.full, interview.step), (Mark(100_000), Mark(100)));
    let panel = interview.panel.as_ref().unwrap();
    assert_eq!((panel.judges, panel.drop_high, panel.drop_low, panel.drop_by), (7, 1, 1, DropBy::Total));
    // 10 of the department, and 2 × 4 + 5 of each city.
    let people: u32 = plan.selection_to(&"province".into()).unwrap().rules.iter().fold(0, |sum, rule| match rule {
        SelectionRule::Teams { teams, size, .. } => sum + 13 * teams * size,
        SelectionRule::Best { per, count: Count::Fixed(n), .. } => sum + n * u32::try_from(plan.units_of(per).count()).unwrap(),
        SelectionRule::Best { .. } => sum,
    });
    assert_eq!(people, 179);
}

#[test]
fn awards_are_those_of_the_document() {
    let plan = Plan::read(jiangsu()).unwrap();
    let given: Vec<(&str, &str, u32, u32)> =
        plan.awards.iter().map(|a| (a.title.as_str(), a.standing.as_ref().map_or("", |s| s.as_str()), a.from, a.to)).collect();
    let wanted = [
        ("江苏省人社知识通", "people", 1, 10),
        ("江苏省五一劳动奖章（申报）", "people", 1, 1),
        ("江苏省技术能手", "people", 1, 2),
        ("江苏省五一创新能手", "people", 2, 3),
        ("练兵比武优秀团队奖一等奖", "county", 1, 2),
        ("练兵比武优秀团队奖二等奖", "county", 3, 5),
        ("练兵比武优秀团队奖三等奖", "county", 6, 9),
        ("练兵比武优秀组织奖一等奖", "city", 1, 1),
        ("练兵比武优秀组织奖二等奖", "city", 2, 3),
        ("练兵比武优秀组织奖三等奖", "city", 4, 6),
        ("江苏省技术能手", "", 0, 0),
        ("江苏省五一劳动奖章（申报）", "", 1, 3),
        ("月月比年度前十名", "", 1, 10),
        ("岗位练兵优秀组织奖", "", 1, 6),
    ];
    assert_eq!(given, wanted);
}

#[test]
fn syntax_errors_give_line_and_column() {
    let error = Plan::read(&changed(jiangsu(), "digit = 1\n", "digit = = 1\n")).unwrap_err();
    let line = jiangsu().lines().position(|l| l == "digit = 1").unwrap() + 1;
    let PlanError::PlanSyntax { line: at, column, .. } = &error else { panic!("{error:?}") };
    assert_eq!((*at, *column), (line, 9));
    assert!(error.to_string().contains(&format!("line {line}")), "{error}");
    assert!(matches!(Plan::read("\u{0}"), Err(PlanError::PlanSyntax { line: 1, .. })));
    assert!(matches!(Plan::read("a = 1\n二 = 2\n"), Err(PlanError::PlanSyntax { line: 2, column: 1, .. })));
}

/// Nothing at all lists every section a plan needs.
#[test]
fn an_empty_plan_lacks_its_sections() {
    let keys: Vec<String> = found("").into_iter().map(|(code, key)| format!("{code} {key}")).collect();
    let wanted = ["event", "arithmetic", "tiers", "units", "stages", "rooms"].map(|k| format!("plan-key-missing {k}"));
    assert_eq!(keys, wanted);
}

#[test]
fn all_faults_are_told_in_the_order_of_the_file() {
    let mut text = changed(jiangsu(), "places = 2", "places = 4");
    text = changed(&text, "standing = \"people\"", "standing = \"peple\"");
    text = changed(&text, "weight = \"0.4\"", "weight = \"0.5\"");
    let error = Plan::read(&text).unwrap_err();
    let seen: Vec<_> = error.faults().iter().map(|f| (f.key.as_str(), f.value.as_str(), f.line)).collect();
    let line = |part: &str| text.lines().position(|l| l.contains(part)).unwrap() + 1;
    let wanted = [
        ("arithmetic.places", "4", line("places = 4")),
        ("composites[0].terms", "1.1", line("terms = [")),
        ("awards[0].standing", "peple", line("\"peple\"")),
    ];
    assert_eq!(seen, wanted);
    // Shape faults too: each in its own section.
    let mut text = changed(jiangsu(), "digit = 1", "digit = \"one\"");
    text = changed(&text, "substitutes = 1", "substitute = 1");
    let wanted = [("plan-value-wrong", "stages[0].digit"), ("plan-key-unknown", "delegations[0].substitute")];
    assert_eq!(found(&text), wanted.map(|(code, key)| (code.to_owned(), key.to_owned())));
}

#[test]
fn diagonals_are_said_in_three_ways() {
    use crate::seating::Apart;
    for (said, wanted) in [("false", Apart::Four), ("true", Apart::Eight), ("\"where-possible\"", Apart::EightWherePossible)] {
        let plan = Plan::read(&changed(jiangsu(), "diagonals = false", &format!("diagonals = {said}"))).unwrap();
        assert_eq!(plan.rooms.diagonals, wanted, "{said}");
    }
}

/// One wrong plan a fault: the plan, what is changed to what, the code, the key.
const WRONG: &[(bool, &str, &str, &str, &str)] = &[
    (true, "event.organiser", "event.organizer", "plan-key-unknown", "event.organizer"),
    (true, "diagonals = false", "diagonal = false", "plan-key-unknown", "rooms.diagonal"),
    (true, "diagonals = false", "diagonals = \"sometimes\"", "plan-value-wrong", "rooms.diagonals"),
    (true, "[rooms]", "[hall]\nseats = 3\n[rooms]", "plan-key-unknown", "hall"),
    (true, "drop_high = 1", "drop_hi = 1", "plan-key-unknown", "stages[1].parts[1].panel.drop_hi"),
    (true, "teams = 2", "team = 2", "plan-key-unknown", "selections[0].rules[1].team"),
    (true, "digit = 2\n", "", "plan-key-missing", "stages[1].digit"),
    (true, "event.title_en", "# ", "plan-key-missing", "event.title_en"),
    (true, "place = 1\n", "", "plan-key-missing", "delegations[0].place"),
    (true, "full = \"100\"", "full = 100.0", "plan-value-wrong", "stages[0].parts[0].full"),
    (true, "step = \"0.5\"", "step = \"a half\"", "plan-value-wrong", "stages[0].parts[0].step"),
    (true, "weight = \"0.3\"", "weight = \"0.3333\"", "plan-value-wrong", "composites[0].terms[0].weight"),
    (true, "2020-06-15", "\"15.6.2020\"", "plan-value-wrong", "event.entry_deadline"),
    (true, "2020-06-27T09:00:00+08:00", "2020-06-27T09:00:00", "plan-value-wrong", "stages[0].parts[0].start"),
    (true, "cut = \"held\"", "cut = \"hold\"", "plan-value-wrong", "selections[0].rules[0].cut"),
    (true, "size = 4\n", "", "plan-key-missing", "selections[0].rules[1].size"),
    (true, "rule = \"teams\"", "rule = \"team\"", "plan-value-wrong", "selections[0].rules[1].rule"),
    (true, "kind = \"teams\"", "kind = \"team\"", "plan-value-wrong", "standings[1].of.kind"),
    (true, "criteria = []", "criteria = 7", "plan-value-wrong", "stages[1].parts[1].panel.criteria"),
    (true, "valid_to = 2020-06-30", "valid_to = 2020-06", "", ""),
    (true, "minutes = 120", "minutes = -120", "plan-value-wrong", "stages[0].parts[0].minutes"),
    (true, "name = \"全省选拔赛\"", "name = \" \"", "plan-text-empty", "stages[1].name"),
    (true, "name = \"栖霞区\"", "name = \"\"", "plan-text-empty", "units[8].name"),
    (true, "event.id = \"jiangsu-2020\"", "event.id = \"江苏/2020\"", "plan-id-form", "event.id"),
    (true, "code = \"320499\"", "code = \"3204/99\"", "plan-id-form", "units[36].code"),
    (true, "code = \"320104\"", "code = \"320102\"", "plan-twice", "units[4].code"),
    (true, "digit = 2", "digit = 1", "plan-twice", "stages[1].digit"),
    // FAT knows no case, and packets are named by stage and part.
    (
        true,
        "minutes = 120\n",
        "minutes = 120\n[[stages.parts]]\nid = \"Written\"\nname = \"二\"\nname_en = \"two\"\nfull = \"100\"\nstep = \"0.5\"\nstart = 2020-06-27T14:00:00+08:00\nminutes = 60\n",
        "plan-twice",
        "stages[0].parts[1].id",
    ),
    (true, "name = \"个人\"", "name = \"代表队\"", "plan-twice", "selections[0].rules[2].name"),
    (true, "id = \"6-2\"", "id = \"6-1\"", "plan-twice", "clauses[2].id"),
    (true, "separate = [\"county\", \"city\"]", "separate = [\"city\", \"city\"]", "plan-twice", "stages[0].separate[1]"),
    (true, "id = \"craftsman\"", "id = \"know-all\"", "plan-twice", "awards[2].id"),
    (true, "rules = [\"代表队\", \"个人\"]", "rules = []", "plan-empty", "standings[2].of.rules"),
    (true, "digit = 3", "digit = 0", "plan-count-zero", "stages[2].digit"),
    (true, "teams = 2", "teams = 0", "plan-count-zero", "selections[0].rules[1].teams"),
    (true, "{ fixed = 5 }", "{ fixed = 0 }", "plan-count-zero", "selections[0].rules[2].count"),
    (true, "standard = 30", "standard = 0", "plan-count-zero", "rooms.standard"),
    (true, "people = 10", "people = 0", "plan-count-zero", "minimums[0].people"),
    (false, "openings = 1", "openings = 0", "plan-count-zero", "units[1].openings"),
    (true, "name = \"玄武区\", tier = \"county\"", "name = \"玄武区\", tier = \"district\"", "plan-tier-unknown", "units[3].tier"),
    (true, "sites_of = \"city\"", "sites_of = \"town\"", "plan-tier-unknown", "stages[0].sites_of"),
    (true, "separate = [\"county\", \"city\"]", "separate = [\"county\", \"town\"]", "plan-tier-unknown", "stages[0].separate[1]"),
    (true, "tier = \"county\", people", "tier = \"counties\", people", "plan-tier-unknown", "minimums[1].tier"),
    (true, "per = \"department\"", "per = \"dept\"", "plan-tier-unknown", "selections[0].rules[0].per"),
    (false, "within = \"post\"", "within = \"job\"", "plan-tier-unknown", "standings[0].of.within"),
    (true, "parent = \"321100\"", "parent = \"321199x\"", "plan-unit-unknown", "units[103].parent"),
    (true, "sits_at = \"320100\"", "sits_at = \"320101\"", "plan-unit-unknown", "units[0].sits_at"),
    (true, "to = \"province\"", "to = \"provinces\"", "plan-stage-unknown", "selections[0].to"),
    (true, "stage = \"province\"\nneeds", "stage = \"county\"\nneeds", "plan-stage-unknown", "composites[0].stage"),
    (true, "part = \"interview\", weight", "part = \"oral\", weight", "plan-part-unknown", "composites[0].terms[2].part"),
    (false, "to_parts = [\"interview\"]", "to_parts = [\"oral\"]", "plan-part-unknown", "selections[0].to_parts[0]"),
    (true, "standing = \"city\"", "standing = \"cities\"", "plan-standing-unknown", "awards[7].standing"),
    (true, "standing = \"county\"\nplace", "standing = \"team\"\nplace", "plan-standing-unknown", "delegations[0].standing"),
    (true, "rules = [\"代表队\", \"个人\"]", "rules = [\"代表队\", \"前五\"]", "plan-rule-unknown", "standings[2].of.rules[1]"),
    (true, "rule = \"代表队\" }", "rule = \"队\" }", "plan-rule-unknown", "standings[1].of.rule"),
    (
        true,
        "tier = \"city-office\", parent = \"320100\"",
        "tier = \"city-office\", parent = \"320102\"",
        "plan-parent-tier",
        "units[2].parent",
    ),
    (true, "valid_to = 2020-06-30", "valid_from = 2020-07-01, valid_to = 2020-06-30", "plan-validity-order", "units[56].valid_to"),
    (true, "name = \"港闸区\"", "name = \"崇川区\"", "plan-name-twice", "units[57].name"),
    (true, "valid_from = 2020-07-01", "valid_from = 2020-06-30", "plan-name-twice", "units[59].name"),
    (true, "aliases = [\"下关区\"]", "aliases = [\"玄武区\"]", "plan-name-twice", "units[6].aliases[0]"),
    (false, "parent = \"900200\", openings = 3", "parent = \"900200\"", "plan-openings-missing", "selections[0].rules[0].count"),
    (true, "sits_at = \"320100\", ", "", "plan-site-missing", "units[0]"),
    (true, "places = 2", "places = 4", "plan-places", "arithmetic.places"),
    (true, "full = \"100\"", "full = \"0\"", "plan-full-marks", "stages[0].parts[0].full"),
    (true, "step = \"0.5\"", "step = \"0.3\"", "plan-step", "stages[0].parts[0].step"),
    (true, "step = \"0.5\"", "step = \"0\"", "plan-step", "stages[0].parts[0].step"),
    (true, "drop_high = 1", "drop_high = 6", "plan-drops", "stages[1].parts[1].panel.judges"),
    (false, "full = \"30\"", "full = \"20\"", "plan-criteria-sum", "stages[0].parts[1].panel.criteria"),
    (true, "drop_by = \"total\"", "drop_by = \"criterion\"", "plan-criteria-missing", "stages[1].parts[1].panel.drop_by"),
    (true, "2020-07-25T08:30", "2020-07-23T08:30", "plan-time-order", "stages[1].parts[1].start"),
    (true, "2020-07-20T18:00", "2020-07-24T18:00", "plan-time-order", "selections[0].freeze"),
    (true, "2020-07-20T18:00", "2020-06-20T18:00", "plan-time-order", "selections[0].freeze"),
    (true, "event.entry_deadline = 2020-06-15", "event.entry_deadline = 2020-06-28", "plan-time-order", "stages[0].parts[0].start"),
    (false, "2021-04-12T18:00", "2021-04-17T18:00", "plan-time-order", "selections[0].freeze"),
    (false, "to_parts = [\"interview\"]\n", "", "plan-selection-target", "selections[0].to"),
    (false, "to_parts = [\"interview\"]", "to_parts = [\"written\"]", "plan-selection-target", "selections[0].to_parts[0]"),
    (true, "to = \"province\"", "to = \"city\"", "plan-selection-target", "selections[0].to"),
    (true, "of = \"county\"", "of = \"city\"", "plan-tier-inside", "selections[0].rules[1].of"),
    (true, "weight = \"0.3\"", "weight = \"0\"", "plan-weight", "composites[0].terms[0].weight"),
    (true, "weight = \"0.3\"", "weight = \"0.2\"", "plan-weights-sum", "composites[0].terms"),
    (true, "stage = \"province\"\nneeds", "stage = \"city\"\nneeds", "plan-mark-later", "composites[0].terms[1].stage"),
    (true, "stage = \"province\"\nof", "stage = \"city\"\nof", "plan-composite-missing", "standings[0].stage"),
    (true, "rule = \"代表队\" }", "rule = \"个人\" }", "plan-rule-not-teams", "standings[1].of.rule"),
    (true, "from = 3\nto = 5", "from = 5\nto = 3", "plan-award-places", "awards[5].to"),
    (true, "from = 3\nto = 5", "from = 0\nto = 5", "plan-award-places", "awards[5].from"),
    (true, "from = 3\nto = 5\n", "", "plan-award-places", "awards[5].from"),
    (true, "template = \"personal-honour\"", "template = \"../person\"", "plan-template-name", "awards[0].template"),
    (true, "template = \"personal-honour\"", "number = \"JS-{year}\"", "plan-series", "awards[0].number"),
    (true, "standing = \"county\"\nplace", "standing = \"city\"\nplace", "plan-standing-not-teams", "delegations[0].standing"),
    (true, "standing = \"people\"\ntier", "standing = \"county\"\ntier", "plan-standing-not-people", "named_teams[0].standing"),
    (true, "after = \"regional\"", "after = \"region\"", "plan-delegation-unknown", "named_teams[0].after"),
    (true, "award = \"regional-craftsman\"", "award = \"craftsman\"", "plan-award-unknown", "delegations[0].award"),
    (true, "award = \"national-labour-medal\"", "award = \"medal\"", "plan-award-unknown", "named_teams[0].award"),
    (true, "named = 4", "named = 0", "plan-count-zero", "named_teams[0].named"),
    (true, "id = \"national\"\ntitle", "id = \"regional\"\ntitle", "plan-twice", "named_teams[0].id"),
    (true, "substitutes = 1", "substitutes = 4", "plan-substitutes", "delegations[0].substitutes"),
    (true, "to = 2020-12-31", "to = 2019-12-31", "plan-time-order", "practice.to"),
    (true, "from = 2020-01-01", "from = \"2020\"", "plan-value-wrong", "practice.from"),
    (true, "missing = \"zero\"", "missing = \"none\"", "plan-value-wrong", "practice.year.missing"),
    (true, "goal = 40000", "aim = 40000", "plan-key-unknown", "practice.participation.aim"),
    (true, "goal = 40000", "goal = 0", "plan-count-zero", "practice.participation.goal"),
    (true, "tiers = [\"city\", \"county\"]", "tiers = []", "plan-empty", "practice.participation.tiers"),
    (true, "tiers = [\"city\", \"county\"]", "tiers = [\"city\", \"town\"]", "plan-tier-unknown", "practice.participation.tiers[1]"),
    (true, "award = \"practice\"", "award = \"practise\"", "plan-award-unknown", "practice.prize.award"),
    (true, "award = \"monthly\"", "award = \"know-all\"", "plan-award-unknown", "practice.year.award"),
    (true, "missing = \"zero\"", "missing = \"zero\"\nbest_months = 13", "plan-months", "practice.year.best_months"),
    (true, "{stage:1}", "{level:1}", "plan-number-template", "rooms.number"),
    (true, "{stage:1}", "{seat:1}", "plan-number-template", "rooms.number"),
    (true, "{stage:1}", "{stage:1", "plan-number-template", "rooms.number"),
    (true, "{stage:1}", "号", "plan-number-template", "rooms.number"),
    (true, "{stage:1}", "", "plan-number-field", "rooms.number"),
    (true, "{city:2}", "", "plan-number-field", "rooms.number"),
    (true, "{room:3}", "", "plan-number-field", "rooms.number"),
    (true, "{seat:2}", "{seat:1}", "plan-number-width", "rooms.number"),
    (true, "{city:2}", "{city:1}", "plan-number-cities", "rooms.number"),
    (true, "{year:2}", "{year:3}", "plan-number-width", "rooms.number"),
    (true, "digit = 4", "digit = 14", "plan-number-width", "rooms.number"),
    (true, "doors = -15", "doors = 15", "plan-clock", "rooms.times.doors"),
    (true, "earliest_hand_in = 30", "earliest_hand_in = 20", "plan-clock", "rooms.times.earliest_hand_in"),
    (true, "earliest_hand_in = 30", "earliest_hand_in = 130", "plan-clock", "rooms.times.earliest_hand_in"),
    (true, "reminder = -15", "reminder = 15", "plan-clock", "rooms.times.reminder"),
];

#[test]
fn every_wrong_plan_is_refused_by_code_and_key() {
    let mut failures = Vec::new();
    for (of_jiangsu, from, to, code, key) in WRONG {
        let good = if *of_jiangsu { jiangsu() } else { recruitment() };
        let error = match Plan::read(&changed(good, from, to)) {
            Err(error) => error,
            Ok(_) => {
                failures.push(format!("accepted: {to}"));
                continue;
            }
        };
        if code.is_empty() {
            assert!(matches!(error, PlanError::PlanSyntax { .. }), "{to}: {error:?}");
            continue;
        }
        let seen = error.faults().iter().map(|f| (f.code(), f.key.as_str(), f.line)).collect::<Vec<_>>();
        let line = good[..good.find(from).unwrap()].matches('\n').count() + 1;
        match seen.iter().find(|(c, k, _)| c == code && k == key) {
            None => failures.push(format!("{to}: wanted {code} {key}, got {seen:?}")),
            // A few faults stand at another key than the one that was changed; what is missing, at what it is missing from.
            Some((_, _, at)) if at.abs_diff(line) > 8 && !ELSEWHERE.contains(to) => {
                failures.push(format!("{to}: line {at}, changed was {line}"));
            }
            Some(_) => {}
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Changes whose fault is told at another place of the file.
const ELSEWHERE: [&str; 3] = ["digit = 14", "parent = \"900200\"", "event.entry_deadline = 2020-06-28"];

#[test]
fn every_fault_has_a_wrong_plan_and_words() {
    let tried: BTreeSet<&str> = WRONG.iter().map(|row| row.3).collect();
    for code in FaultCode::ALL {
        let fault = PlanFault { code: *code, key: "k[0].y".into(), line: 7, value: "VALUE".into(), wants: "WANTS".into() };
        let name = fault.code();
        assert!(tried.contains(name.as_str()), "no wrong plan has {name}");
        for lang in [Lang::Zh, Lang::En] {
            let said = lang.error(&fault);
            assert!(!said.remedy.is_empty(), "no words for {name}");
            let all = format!("{}{}", said.what, said.remedy);
            assert!(!all.contains('{') && said.what.contains('7'), "{name}: {all}");
        }
    }
    for lang in [Lang::Zh, Lang::En] {
        for error in [Plan::read("x =").unwrap_err(), Plan::read("").unwrap_err()] {
            let said = lang.error(&error);
            assert!(!said.remedy.is_empty() && !said.what.contains('{'), "{said:?}");
        }
    }
}

/// A plan cut short or without one of its lines is read or refused, with a line that the text has.
#[test]
fn no_text_is_too_broken_to_be_refused() {
    for (_, text) in BUNDLED {
        let lines: Vec<&str> = text.lines().collect();
        let without = |i: usize| lines.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, l)| *l).collect::<Vec<_>>().join("\n");
        let cut = (0..text.len()).step_by(61).filter_map(|at| text.get(..at)).map(str::to_owned);
        for broken in (0..lines.len()).map(without).chain(cut) {
            match Plan::read(&broken) {
                Ok(_) => {}
                Err(PlanError::PlanSyntax { line, .. }) => assert!((1..=lines.len() + 1).contains(&line), "{line}"),
                Err(PlanError::PlanFaults { faults, .. }) => {
                    assert!(!faults.is_empty() && faults.iter().all(|f| (1..=lines.len()).contains(&f.line)), "{faults:?}");
                }
            }
        }
    }
}

#[test]
fn operators_and_the_lock_of_the_screen() {
    let end = jiangsu().lines().count();
    let with = |lines: &str| format!("{}\n{lines}\n", jiangsu().trim_end_matches('\n'));
    let plan = Plan::read(&with(
        "[[operators]]\nname = \"总部甲\"\nroles = [\"hq\"]\n[[operators]]\nname = \"负责人\"\nroles = [\"site-head\", \"secretary\"]\nsites = [\"3201-01\"]",
    ))
    .unwrap();
    let said: Vec<_> = plan.operators.iter().map(|o| (o.name.as_str(), o.roles.clone(), o.sites.clone())).collect();
    let head = ("负责人", vec![Role::SiteHead, Role::Secretary], vec![SiteCode::from("3201-01")]);
    assert_eq!(said, [("总部甲", vec![Role::Hq], vec![]), head]);
    for (lines, code, key, at) in [
        ("name = \"甲\"\nroles = [\"boss\"]", "plan-value-wrong", "operators[0].roles[0]", 2),
        ("name = \"甲\"\nroles = [\"HQ\"]", "plan-value-wrong", "operators[0].roles[0]", 2),
        ("name = \"甲\"\nroles = []", "plan-empty", "operators[0].roles", 2),
        ("name = \"甲\"", "plan-key-missing", "operators[0].roles", 0),
        ("name = \"\"\nroles = [\"hq\"]", "plan-text-empty", "operators[0].name", 1),
        ("name = \"甲 \"\nroles = [\"hq\"]", "plan-value-wrong", "operators[0].name", 1),
        ("name = \"甲\u{200b}乙\"\nroles = [\"hq\"]", "plan-value-wrong", "operators[0].name", 1),
        ("name = \"甲\"\nroles = [\"hq\"]\nsite = \"3201-01\"", "plan-key-unknown", "operators[0].site", 3),
        ("name = \"甲\"\nroles = [\"hq\"]\nsites = [\"南京一中\"]", "plan-value-wrong", "operators[0].sites[0]", 3),
        ("name = \"甲\"\nroles = [\"hq\"]\nsites = [\"3201-1\"]", "plan-value-wrong", "operators[0].sites[0]", 3),
        ("name = \"甲\"\nroles = [\"hq\"]\nsites = [\"3201-01\", \"-02\"]", "plan-value-wrong", "operators[0].sites[1]", 3),
        ("name = \"甲\"\nroles = [\"hq\"]\nsites = [\"3301-01\"]", "plan-unit-unknown", "operators[0].sites[0]", 3),
        ("name = \"甲\"\nroles = [\"hq\"]\n[[operators]]\nname = \"甲\"\nroles = [\"checker\"]", "plan-twice", "operators[1].name", 4),
    ] {
        let error = Plan::read(&with(&format!("[[operators]]\n{lines}"))).unwrap_err();
        let found: Vec<_> = error.faults().iter().map(|f| (f.code(), f.key.as_str(), f.line)).collect();
        assert_eq!(found, [(code.to_owned(), key, end + 1 + at)], "{lines}");
    }
    let locks = |text: &str| Plan::read(text).unwrap().idle_minutes();
    let after = |value: &str| changed(jiangsu(), "event.organiser", &format!("event.lock_after_minutes = {value}\nevent.organiser"));
    assert_eq!((locks(jiangsu()), locks(&after("2")), locks(&after("45"))), (5, 2, 45));
    for (value, code) in
        [("0", "plan-count-zero"), ("-1", "plan-value-wrong"), ("\"5\"", "plan-value-wrong"), ("70000", "plan-value-wrong")]
    {
        assert_eq!(found(&after(value)), [(code.to_owned(), "event.lock_after_minutes".to_owned())], "{value}");
    }
}
