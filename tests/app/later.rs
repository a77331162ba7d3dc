//! The stages that others hold: teams, substitutes, results, and titles won twice.

use crate::world::{ctx, hq, id, new_event, write};
use kaowu_core::coded::Coded;
use kaowu_core::facts::{Deed, MemberResult, Pass, TieHow};
use kaowu_core::identity::{IdNumber, ListId, StageId, UnitCode};
use kaowu_core::journal::Mode;
use kaowu_desk::screen::Winner;
use kaowu_desk::{Adjust, Ctx, Desk, Fonts, Look, NewResult, PaperKind, PaperOf, Result, TeamNaming};
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use tempfile::TempDir;

const COUNTIES: [(&str, &str); 4] = [("南京市", "玄武区"), ("南京市", "秦淮区"), ("苏州市", "姑苏区"), ("苏州市", "吴中区")];
/// What everybody gets in every part. 玄武区 comes first, and its third and fourth are level; so are the first two of all, and
/// the fourth of 苏州市.
const MARKS: [[u32; 5]; 4] = [[90, 89, 88, 88, 80], [86, 85, 84, 83, 79], [90, 77, 76, 75, 74], [75, 72, 71, 70, 69]];
const DOCUMENT: &str = "苏人社函〔2020〕9号";

fn fonts() -> &'static Fonts {
    static FONTS: LazyLock<Fonts> =
        LazyLock::new(|| Desk::fonts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts")).expect("the fonts: run ./x fonts"));
    &FONTS
}

fn at(month: u32) -> Ctx {
    ctx("行风办", &format!("2020-{month:02}-28T10:00:00+08:00"))
}

fn name(n: usize) -> String {
    let given = ["安", "博", "晨", "丹", "恩", "凡", "光", "海", "杰", "凯"];
    format!("{}{}", if n < 10 { "王" } else { "李" }, given[n % 10])
}

fn code<T>(done: Result<T>) -> String {
    done.map_or_else(|e| e.code(), |_| "ok".to_owned())
}

/// Both trials of twenty people, each with one mark throughout.
fn trials(folder: &TempDir) -> Desk {
    let mut desk = new_event(folder, "jiangsu-2020", Mode::Live);
    let (city, province): (StageId, StageId) = ("city".into(), "province".into());
    let people: Vec<(usize, u32)> = MARKS.iter().flatten().copied().enumerate().collect();
    let rows: String =
        people.iter().map(|(n, _)| format!("{},女,{},{},{}\n", name(*n), id(*n), COUNTIES[n / 5].0, COUNTIES[n / 5].1)).collect();
    let roster = write(folder, "名单.csv", &format!("姓名,性别,身份证号,所属设区市,县（市、区）\n{rows}"));
    assert_eq!(desk.import_roster(&hq(), &city, &roster, false).unwrap().1.taken, 20);
    let marks: String = people.iter().map(|(n, mark)| format!("{},{mark}\n", id(*n))).collect();
    let marks = write(folder, "成绩.csv", &format!("身份证号,成绩\n{marks}"));
    let judges: String = (1..=7).map(|n| format!(",评委{n}")).collect();
    let sheets: String = people.iter().map(|(n, mark)| format!("{}{}\n", id(*n), format!(",{mark}").repeat(7))).collect();
    let sheets = write(folder, "面试.csv", &format!("身份证号{judges}\n{sheets}"));
    for stage in [&city, &province] {
        for (pass, who) in [(1, "录入甲"), (2, "录入乙")] {
            let by = ctx(who, "2020-07-25T20:00:00+08:00");
            desk.import_marks(&by, stage, &"written".into(), Pass(pass), &marks).unwrap();
            if *stage == province {
                desk.import_sheets(&by, stage, &"interview".into(), Pass(pass), &sheets).unwrap();
            }
        }
        if *stage == city {
            desk.confirm_weights(&hq(), &province, &[], None, "").unwrap();
            assert_eq!(desk.select(&hq(), &province).unwrap().len(), 20);
        }
    }
    desk
}

fn list(text: &str) -> ListId {
    text.into()
}

fn people(of: &[usize]) -> Vec<IdNumber> {
    of.iter().map(|n| id(*n).as_str().into()).collect()
}

/// Names and roles of a team.
fn team(desk: &Desk, of: &str) -> std::result::Result<String, String> {
    let row = desk.view().team(&list(of)).map_err(|e| e.code())?;
    Ok(row.members.iter().map(|m| format!("{}{}", m.name, m.role)).collect::<Vec<_>>().join(" "))
}

fn enter(desk: &mut Desk, of: &str, month: u32, promoted: bool, results: &[(usize, Option<u32>)], reason: &str) -> String {
    let people: Vec<MemberResult> = results
        .iter()
        .map(|(n, place)| MemberResult { id: id(*n).as_str().into(), role: String::new(), place: *place, result: String::new() })
        .collect();
    let new = NewResult { place: 1, promoted, people: &people, document: DOCUMENT, reason };
    code(desk.enter_team_result(&at(month), &list(of), &new))
}

fn name_them(desk: &mut Desk, unit: &str, of: &[usize], reason: &str) -> String {
    let (unit, named) = (UnitCode::from(unit), people(of));
    code(desk.name_team(&at(10), &list("national"), &TeamNaming { unit: &unit, people: &named, document: DOCUMENT, reason }))
}

fn pdf_text(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("paper.pdf");
    std::fs::write(&pdf, bytes).unwrap();
    let taken = Command::new("pdftotext").arg("-layout").arg(&pdf).arg("-").output().expect("pdftotext (./x setup installs it)");
    String::from_utf8(taken.stdout).unwrap()
}

#[test]
fn from_the_regional_four_to_titles_won_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = trials(&folder);
    let regional = list("regional");

    // The two lowest are level: held, until people say who is last; then HQ may choose otherwise, with a reason.
    assert_eq!(team(&desk, "regional"), Err("next-held".to_owned()));
    let held = desk.held_ties().unwrap();
    let tie = held.iter().find(|t| t.question.starts_with("regional/")).unwrap().clone();
    assert_eq!(tie.tied, {
        let mut both = [id(2), id(3)];
        both.sort();
        both
    });
    assert!(desk.tie_rows().unwrap().iter().any(|t| t.question.zh.contains("区域赛代表队") && t.question.zh.contains("玄武区")));
    let by = ["监督员".into()];
    desk.resolve_tie(&at(8), &tie.id, &[id(3), id(2)], TieHow::Lots, &by, "抽签记录").unwrap();
    assert_eq!(team(&desk, "regional").unwrap(), "王安正式 王博正式 王晨替补 王丹正式");
    let mut choose = |of: &[usize], reason: &str| code(desk.name_substitutes(&at(8), &regional, &people(of), reason));
    assert_eq!(choose(&[0], " "), "reason-needed");
    assert_eq!(choose(&[5], "伤病"), "not-of-team");
    assert_eq!(choose(&[0, 1], "伤病"), "substitute-count");
    assert_eq!(choose(&[0], "伤病"), "ok");
    assert_eq!(team(&desk, "regional").unwrap(), "王安替补 王博正式 王晨正式 王丹正式");
    assert_eq!(desk.delegation_table().unwrap().rows[0][3], "替补");

    // Nobody is named before the regional team has gone on.
    assert_eq!(name_them(&mut desk, "320100", &[], ""), "no-team-result");
    assert_eq!(enter(&mut desk, "regional", 9, false, &[(0, None), (1, None), (2, None)], ""), "result-incomplete");
    assert_eq!(enter(&mut desk, "regional", 9, false, &[(0, Some(4)), (1, Some(2)), (2, None), (3, None)], ""), "ok");
    assert_eq!(name_them(&mut desk, "320100", &[], ""), "not-promoted");
    let right = [(0, Some(4)), (1, Some(2)), (2, None), (3, Some(7))];
    assert_eq!(enter(&mut desk, "regional", 9, true, &right, ""), "reason-needed");
    assert_eq!(enter(&mut desk, "regional", 9, true, &right, "文件更正"), "ok");
    assert_eq!(code(desk.name_substitutes(&at(9), &regional, &people(&[1]), "再改")), "result-entered");

    // The department names people of one city; the next-ranked joins where the best is among them.
    assert_eq!(name_them(&mut desk, "320102", &[], ""), "named-tier");
    assert_eq!(name_them(&mut desk, "320500", &[], ""), "proposal-held");
    assert_eq!(name_them(&mut desk, "320500", &[10, 11, 12, 0], ""), "named-unit");
    assert_eq!(name_them(&mut desk, "320100", &[1, 2, 3, 5], ""), "ok");
    assert_eq!(team(&desk, "national"), Err("next-held".to_owned()), "two are level for No. 1");
    let tie = desk.held_ties().unwrap().into_iter().find(|t| t.question.starts_with("national/")).unwrap();
    assert_eq!(tie.tied.len(), 2);
    desk.resolve_tie(&at(10), &tie.id, &[id(10), id(0)], TieHow::Lots, &by, "抽签记录").unwrap();
    assert_eq!(team(&desk, "national").unwrap(), "王博指定 王晨指定 王丹指定 王凡指定 李安综合成绩第1名");
    assert_eq!(name_them(&mut desk, "320100", &[], ""), "reason-needed");
    assert_eq!(name_them(&mut desk, "320100", &[], "省厅改定"), "ok");
    assert_eq!(team(&desk, "national").unwrap(), "王安指定 王博指定 王晨指定 王丹指定 李安综合成绩第1名", "of the two level, one is named");

    // Outstanding members, by people and document: only members. One of them has the title by composite already.
    desk.confirm_award(&at(8), &list("craftsman"), "苏人社发〔2020〕1号", &[]).unwrap();
    assert_eq!(code(desk.honour_members(&at(9), &regional, &people(&[0, 5]), DOCUMENT)), "not-of-team");
    assert_eq!(code(desk.honour_members(&at(9), &regional, &people(&[0, 1]), " ")), "reason-needed");
    desk.honour_members(&at(9), &regional, &people(&[0, 1]), "苏人社发〔2020〕2号").unwrap();
    let stranger = Deed { winner: id(7), name: name(7), rank: None, grounds: String::new() };
    assert_eq!(code(desk.confirm_award(&at(9), &list("regional-craftsman"), DOCUMENT, &[stranger])), "not-of-team");
    let titles = desk.view().titles().unwrap().0;
    let mine: Vec<_> = titles.iter().filter(|t| t.winner == id(0) && t.title == "江苏省技术能手").collect();
    let grounds = ["个人综合成绩第一名", "区域赛个人第四名"];
    assert_eq!(mine.len(), 1);
    assert_eq!(mine[0].grounds.iter().map(|g| g.text.as_str()).collect::<Vec<_>>(), grounds);
    let csv = desk.title_table().unwrap().csv();
    assert!(csv.contains(&format!("江苏省技术能手,王安,{},{},", id(0), grounds.join("；"))), "{csv}");
    // Shown once: the award that stands first names both grounds, the other and the team's page say so.
    let shown = |rows: &[Winner]| rows.iter().map(|w| (w.name.clone(), w.also.clone(), w.elsewhere)).collect::<Vec<_>>();
    let screens = desk.award_screens().unwrap();
    let winners = |award: &str| shown(&screens.iter().find(|s| s.id == award).unwrap().winners);
    let (also, plain) = (|text: &str| vec![text.to_owned()], vec![]);
    assert_eq!(winners("craftsman"), [(name(0), also(grounds[1]), false), (name(10), plain.clone(), false)]);
    let of_team = [(name(0), also(grounds[0]), true), (name(1), plain, false)];
    assert_eq!(winners("regional-craftsman"), of_team);
    let team_award = desk.team_screens().unwrap().into_iter().find(|t| t.id == "regional").unwrap().award.unwrap();
    assert_eq!(shown(&team_award.winners), of_team);
    // One certificate with both grounds; the list of winners names the person once.
    let sheets = |award: &str| desk.sheets(&list(award)).unwrap().into_iter().map(|s| s.name).collect::<Vec<_>>();
    assert_eq!((sheets("craftsman"), sheets("regional-craftsman")), (vec!["王安".to_owned(), "李安".to_owned()], vec!["王博".to_owned()]));
    let sheet = desk.preview_certificate(&at(9), fonts(), &list("craftsman"), 0, &Look::default(), Adjust::default()).unwrap();
    let text: String = pdf_text(&sheet).split_whitespace().collect();
    assert!(grounds.iter().all(|ground| text.contains(ground)), "{text}");
    let sheet = desk.preview_certificate(&at(9), fonts(), &list("regional-craftsman"), 0, &Look::default(), Adjust::default()).unwrap();
    let text: String = pdf_text(&sheet).split_whitespace().collect();
    assert!(text.contains("王博同志") && text.contains("区域赛个人第二名"), "{text}");
    let none = Default::default();
    let paper = |desk: &Desk, kind: &PaperKind| {
        let of = PaperOf { kind, stage: &"city".into(), part: &none, site: None, room: None };
        pdf_text(&desk.paper(&at(12), fonts(), &of).unwrap())
    };
    let published = paper(&desk, &PaperKind::Awards);
    let craftsmen: String = published.split("江苏省技术能手").skip(1).map(|p| p.split("江苏省五一").next().unwrap_or_default()).collect();
    assert_eq!(craftsmen.matches("王安").count(), 1, "{published}");
    let joined: String = published.split_whitespace().collect();
    assert!(joined.contains("苏人社发〔2020〕2号"), "{joined}");

    // National: places decide; more of ours on the last place than there are places wait.
    let entered = [(0, Some(9)), (1, Some(3)), (2, Some(3)), (3, Some(3)), (10, Some(2))];
    assert_eq!(code(desk.honour_members(&at(11), &list("national"), &[], DOCUMENT)), "no-team-result");
    assert_eq!(enter(&mut desk, "national", 11, false, &entered, ""), "ok");
    assert_eq!(code(desk.honour_members(&at(11), &list("national"), &[], DOCUMENT)), "next-held");
    let tie = desk.held_ties().unwrap().into_iter().find(|t| t.question.starts_with("national/")).unwrap();
    assert_eq!((tie.rank, tie.tied.len()), (3, 3));
    let order: Vec<String> = [3, 1, 2].map(id).to_vec();
    desk.resolve_tie(&at(11), &tie.id, &order, TieHow::ExtraTest, &by, "加试").unwrap();
    let deeds = desk.honour_members(&at(11), &list("national"), &[], DOCUMENT).unwrap();
    assert_eq!(deeds.iter().map(|d| d.name.as_str()).collect::<Vec<_>>(), ["李安", "王丹", "王博"]);
    assert_eq!(desk.team_table(&list("national")).unwrap().rows.len(), 5);
    for kind in [PaperKind::Team(regional.clone()), PaperKind::Team(list("national"))] {
        let text = paper(&desk, &kind);
        assert!(text.contains("王安") && !text.contains(&id(0)), "{text}");
    }
    assert_eq!(code(desk.view().team(&list("nobody"))), "no-such-list");

    let (kept, made) = desk.rebuild().unwrap();
    assert_eq!(kept, made);
    assert!(desk.verify_journal().unwrap().faults.is_empty());
    // Every step of both stages is done.
    let steps = desk.overview(at(12).now).unwrap().steps;
    let open: Vec<_> = steps.iter().filter(|s| s.step.starts_with("team") && s.state != kaowu_desk::screen::StepState::Done).collect();
    assert!(open.is_empty(), "{open:?}");
}

/// A member replaced before the regional: what HQ chose must fit the team, or nothing is said of it.
#[test]
fn a_choice_that_no_longer_fits_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = trials(&folder);
    let regional = list("regional");
    desk.name_substitutes(&at(8), &regional, &people(&[3]), "本人申请").unwrap();
    assert_eq!(team(&desk, "regional").unwrap(), "王安正式 王博正式 王晨正式 王丹替补");
    // Before the freeze the fourth withdraws, and another of the county comes in.
    let early = ctx("考务处", "2020-07-19T09:00:00+08:00");
    let came = desk.substitute(&early, &"province".into(), &people(&[3])[0], &"处长".into(), "因病").unwrap().comes;
    assert!(came.is_none() || came != Some(people(&[3])[0].clone()));
    assert_eq!(team(&desk, "regional"), Err("not-of-team".to_owned()));
    assert_eq!(code(desk.delegation_table()), "not-of-team");
}
