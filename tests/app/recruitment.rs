use crate::world::{ctx, hq, id, new_event, write};
use kaowu_core::coded::Coded;
use kaowu_core::facts::{Pass, TieHow};
use kaowu_core::figure::Mark;
use kaowu_core::interview::PanelSheet;
use kaowu_core::journal::Mode;
use kaowu_core::marks::MarkValue;
use kaowu_desk::Desk;
use std::path::PathBuf;
use tempfile::TempDir;

/// Nobody's Jiangsu: one paper, one interview, half and half, three to the interview for an opening, ties all enter, ranks
/// within a post.
#[test]
fn another_plan_runs_through_the_same_code() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, marks) = written(&folder);
    let (stage, interview) = ("recruitment".into(), "interview".into());
    // One opening: three of five enter, and the fourth who is level with the third.
    let selected = desk.select(&hq(), &stage).unwrap();
    let post: Vec<&str> = selected.iter().filter(|s| s.county == "风向观测岗").map(|s| s.name.as_str()).collect();
    assert_eq!(post, ["甲", "乙", "丙", "丁"], "{selected:?}");
    assert_eq!(desk.view().entrants(&stage, &interview).unwrap().len(), selected.len());

    let judges = desk.view().panel_part(&stage, &interview).unwrap().1.judges;
    let header: String = (1..=judges).map(|n| format!(",评委{n}")).collect();
    let rows: String =
        selected.iter().enumerate().map(|(n, s)| format!("{}{}\n", s.id, format!(",{}", 80 + n).repeat(usize::from(judges)))).collect();
    let sheets = write(&folder, "interview.csv", &format!("身份证号{header}\n{rows}"));
    for (pass, who) in [(1, "甲员"), (2, "乙员")] {
        let out = desk.import_sheets(&ctx(who, "2021-05-01T09:00:00+08:00"), &stage, &interview, Pass(pass), &sheets).unwrap();
        assert_eq!((out.taken as usize, out.refused.len()), (selected.len(), 0), "{:?}", out.refused);
    }
    let standing = desk.plan().standings[0].id.clone();
    let table = desk.standing_table(&standing).unwrap();
    let firsts = table.rows.iter().filter(|r| r[0] == "1").count();
    assert_eq!(firsts, 2, "ranks run within each post: {:?}", table.rows);
    assert_eq!(table.rows.len(), selected.len());
    drop(marks);
}

fn written(folder: &TempDir) -> (Desk, PathBuf) {
    written_as(folder, "85")
}

/// The same; what the second person read on the second paper.
fn written_as(folder: &TempDir, read: &str) -> (Desk, PathBuf) {
    let mut desk = new_event(folder, "civil-service", Mode::Live);
    let (stage, written) = ("recruitment".into(), "written".into());
    let people = [
        ("甲", "风向观测岗", 90),
        ("乙", "风向观测岗", 85),
        ("丙", "风向观测岗", 80),
        ("丁", "风向观测岗", 80),
        ("戊", "风向观测岗", 70),
        ("己", "综合管理岗", 60),
    ];
    let rows: String =
        people.iter().enumerate().map(|(n, (name, post, _))| format!("{name},{},虚构市风筝管理局,{post}\n", id(n))).collect();
    let roster = write(folder, "r.csv", &format!("姓名,身份证号,招录机关,报考职位\n{rows}"));
    let (_, out) = desk.import_roster(&hq(), &stage, &roster, false).unwrap();
    assert_eq!((out.taken, out.refused), (6, 0), "{:?}", out.told);
    let rows: String = people.iter().enumerate().map(|(n, (_, _, mark))| format!("{},{mark}\n", id(n))).collect();
    let marks = write(folder, "m.csv", &format!("身份证号,成绩\n{rows}"));
    let second =
        write(folder, "m2.csv", &std::fs::read_to_string(&marks).unwrap().replace(&format!("{},85", id(1)), &format!("{},{read}", id(1))));
    for (pass, who, marks) in [(1, "甲员", &marks), (2, "乙员", &second)] {
        desk.import_marks(&ctx(who, "2021-04-01T09:00:00+08:00"), &stage, &written, Pass(pass), marks).unwrap();
    }
    (desk, marks)
}

/// RULES.md §7: two people, a third, two for a correction.
#[test]
fn four_eyes_at_the_marks() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, marks) = written_as(&folder, "58.5");
    let (stage, part) = ("recruitment".into(), "written".into());
    let at = |who: &str| ctx(who, "2021-04-01T10:00:00+08:00");
    let again = desk.import_marks(&at("甲员"), &stage, &part, Pass(1), &marks).unwrap();
    assert_eq!((again.taken, again.known), (0, 6));
    assert_eq!(desk.import_marks(&at("甲员"), &stage, &part, Pass(2), &marks).unwrap_err().code(), "same-person-twice");
    let person = id(1).as_str().into();
    assert_eq!(desk.mark_differences(&stage, &part).unwrap().len(), 1);
    assert_eq!(desk.select(&hq(), &stage).unwrap_err().code(), "marks-missing", "an open difference blocks");
    let value = kaowu_core::marks::MarkValue::Given(kaowu_core::figure::Mark(85_000));
    let decision = |with: Option<&str>| kaowu_desk::Decision { id: &person, value, with: with.map(Into::into), reason: "核对试卷" };
    assert_eq!(desk.decide_mark(&at("甲员"), &stage, &part, &decision(None)).unwrap_err().code(), "own-decision");
    desk.decide_mark(&at("丙员"), &stage, &part, &decision(None)).unwrap();
    assert_eq!(desk.decide_mark(&at("丙员"), &stage, &part, &decision(None)).unwrap_err().code(), "correction-needs-two");
    desk.decide_mark(&at("丙员"), &stage, &part, &decision(Some("丁员"))).unwrap();
    for (text, code) in [("100.5", "mark-beyond-full"), ("58.05", "mark-off-step"), ("五十", "mark-unreadable"), (" ", "mark-empty")] {
        assert_eq!(desk.key_mark(&at("乙员"), &stage, &part, Pass(2), &person, text).unwrap_err().code(), code, "{text}");
    }
}

/// A tie at the top of a post is held until lots that were drawn elsewhere are recorded.
#[test]
fn a_tie_is_held_and_resolved_by_a_recorded_lot() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _) = written(&folder);
    let (stage, interview) = ("recruitment".into(), "interview".into());
    let selected = desk.select(&hq(), &stage).unwrap();
    let judges = usize::from(desk.view().panel_part(&stage, &interview).unwrap().1.judges);
    // 丙 and 丁 have the same paper and get the same interview.
    let rows: String = selected.iter().map(|s| format!("{}{}\n", s.id, ",80".repeat(judges))).collect();
    let header: String = (1..=judges).map(|n| format!(",评委{n}")).collect();
    let sheets = write(&folder, "i.csv", &format!("身份证号{header}\n{rows}"));
    for (pass, who) in [(1, "甲员"), (2, "乙员")] {
        desk.import_sheets(&ctx(who, "2021-05-01T09:00:00+08:00"), &stage, &interview, Pass(pass), &sheets).unwrap();
    }
    let ties = desk.held_ties().unwrap();
    assert_eq!(ties.len(), 1, "{ties:?}");
    let mut order = ties[0].tied.clone();
    order.reverse();
    let by = ["见证人".into()];
    let wrong = desk.resolve_tie(&hq(), &ties[0].id, &order[..1], TieHow::Lots, &by, "抽签记录 3 号").unwrap_err();
    assert_eq!(wrong.code(), "ruling-unfit");
    desk.resolve_tie(&hq(), &ties[0].id, &order, TieHow::Lots, &by, "抽签记录 3 号").unwrap();
    assert!(desk.held_ties().unwrap().is_empty());
    let standing = desk.view().standing(&desk.plan().standings[0].id.clone()).unwrap();
    let rank = |id: &str| standing.rows.iter().find(|r| r.id == id).unwrap().rank;
    assert_eq!(rank(&order[0]) + 1, rank(&order[1]));
    let (_, _, steps) = desk.why(&stage, &order[0]).unwrap();
    assert!(steps.iter().any(|s| s.code() == "why-total") && steps.iter().any(|s| s.code() == "why-rank"));
}

/// RULES.md §6: what is keyed by hand is held to the rules of an import, and meets it.
#[test]
fn a_panel_sheet_keyed_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _) = written(&folder);
    let (stage, interview) = ("recruitment".into(), "interview".into());
    desk.select(&hq(), &stage).unwrap();
    let judges = usize::from(desk.view().panel_part(&stage, &interview).unwrap().1.judges);
    let at = |who: &str| ctx(who, "2021-05-01T09:00:00+08:00");
    let mut key = |who: &str, pass: u8, person: usize, marks: &[&str]| {
        let marks: Vec<String> = marks.iter().map(|m| (*m).to_owned()).collect();
        let done = desk.key_sheet(&at(who), &stage, &interview, Pass(pass), &id(person).as_str().into(), &marks);
        done.map_or_else(|e| e.code(), |sheet| if sheet == PanelSheet::Absent { "absent".into() } else { "ok".into() })
    };
    let (full, short) = (vec!["80"; judges], vec!["80"; judges - 1]);
    let with = |last: &'static str| short.iter().copied().chain([last]).collect::<Vec<_>>();
    for (who, pass, person, marks, want) in [
        ("甲员", 1, 0, short.clone(), "judges-wrong"),
        ("甲员", 1, 0, with(""), "judge-missing"),
        ("甲员", 1, 0, with("100.5"), "judge-mark"),
        ("甲员", 1, 0, with("缺考"), "absent-in-part"),
        ("甲员", 1, 0, vec![" "], "mark-empty"),
        ("甲员", 1, 4, full.clone(), "not-entered"),
        ("甲员", 1, 0, full.clone(), "ok"),
        ("甲员", 2, 0, full.clone(), "same-person-twice"),
        ("乙员", 2, 0, with("81"), "ok"),
        ("乙员", 1, 1, vec!["缺考"], "absent"),
        ("甲员", 2, 1, vec!["缺考"], "absent"),
    ] {
        assert_eq!(key(who, pass, person, &marks), want, "{who} {pass} {person} {marks:?}");
    }
    let first = id(0).as_str().into();
    assert_eq!(desk.sheet_differences(&stage, &interview).unwrap(), [first]);
    // The second keying corrects itself, then stands beside an import of the same paper.
    let marks: Vec<String> = full.iter().map(|m| (*m).to_owned()).collect();
    desk.key_sheet(&at("乙员"), &stage, &interview, Pass(2), &id(0).as_str().into(), &marks).unwrap();
    assert!(desk.sheet_differences(&stage, &interview).unwrap().is_empty());
    let header: String = (1..=judges).map(|n| format!(",评委{n}")).collect();
    let file = write(&folder, "i.csv", &format!("身份证号{header}\n{}{}\n", id(0), ",80".repeat(judges)));
    let again = desk.import_sheets(&at("甲员"), &stage, &interview, Pass(1), &file).unwrap();
    assert_eq!((again.taken, again.known), (0, 1), "the same fact as an import's");
    let found = desk.view().interview_marks(&stage, &interview).unwrap();
    assert_eq!(found[&id(1).as_str().into()].0, MarkValue::Absent);
    assert_eq!(desk.view().reader().search("panel.keyed", 9).unwrap().len(), 5);
}

#[test]
fn what_other_weights_would_do() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _) = written(&folder);
    let (stage, interview, list) = ("recruitment".into(), "interview".into(), "people".into());
    let selected = desk.select(&hq(), &stage).unwrap();
    assert_eq!(desk.what_if(&list, &[Mark(500), Mark(500)]).unwrap_err().code(), "marks-missing");
    let judges = usize::from(desk.view().panel_part(&stage, &interview).unwrap().1.judges);
    for person in &selected {
        // 80, 81, 82, 83 in the order of the paper.
        let mark = 80 + ["甲", "乙", "丙", "丁"].iter().position(|n| *n == person.name).unwrap_or(0);
        for (pass, who) in [(1, "甲员"), (2, "乙员")] {
            let at = ctx(who, "2021-05-01T09:00:00+08:00");
            desk.key_sheet(&at, &stage, &interview, Pass(pass), &person.id, &vec![mark.to_string(); judges]).unwrap();
        }
    }
    let seen = desk.fingerprint().unwrap();
    let standing = desk.standing_table(&list).unwrap();
    let check = |weights: [i64; 2], want: &[(&str, u32, u32, &str)]| {
        let rows = desk.what_if(&list, &weights.map(Mark)).unwrap();
        assert_eq!(rows.len(), selected.len());
        let name = |id| selected.iter().find(|s| s.id == id).unwrap();
        let got: Vec<_> = rows
            .into_iter()
            .map(|w| (name(w.id), w.before, w.after, w.total.to_string()))
            .filter(|(s, ..)| s.county == "风向观测岗")
            .map(|(s, before, after, total)| (s.name.clone(), before, after, total))
            .collect();
        let want: Vec<_> = want.iter().map(|(n, b, a, t)| ((*n).to_owned(), *b, *a, (*t).to_owned())).collect();
        assert_eq!(got, want, "{weights:?}");
    };
    check([500, 500], &[("甲", 1, 1, "85"), ("乙", 2, 2, "83"), ("丁", 3, 3, "81.5"), ("丙", 4, 4, "81")]);
    check([0, 1000], &[("丁", 3, 1, "83"), ("丙", 4, 2, "82"), ("乙", 2, 3, "81"), ("甲", 1, 4, "80")]);
    check([1000, 0], &[("甲", 1, 1, "90"), ("乙", 2, 2, "85"), ("丙", 4, 3, "80"), ("丁", 3, 3, "80")]);
    assert_eq!(desk.what_if(&list, &[Mark(500), Mark(499)]).unwrap_err().code(), "weights-wrong");
    assert_eq!(desk.what_if(&"nowhere".into(), &[]).unwrap_err().code(), "no-such-list");
    assert_eq!((desk.fingerprint().unwrap(), desk.standing_table(&list).unwrap()), (seen, standing), "nothing is written");
    // A standing that is locked is not to be had this way either.
    let other = tempfile::tempdir().unwrap();
    let jiangsu = new_event(&other, "jiangsu-2020", Mode::Live);
    let weights = [Mark(300), Mark(300), Mark(400)];
    assert_eq!(jiangsu.what_if(&list, &weights).unwrap_err().code(), "weights-not-confirmed");
    assert_eq!(jiangsu.what_if(&"county".into(), &weights).unwrap_err().code(), "not-of-people");
}
