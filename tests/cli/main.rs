//! The program itself: the demo from end to end, and how the door answers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod archive;
mod disk;
mod faults;
mod papers;
mod stick;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn cli(folder: &Path, args: &[&str]) -> Output {
    let db = folder.join("event.kaowu-db");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kaowu-cli"));
    command.current_dir(root()).arg("--db").arg(db).args(args);
    command.env_remove("KAOWU_OPERATOR").output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The whole event; every list equals `expected/`, which the demo itself compares row by row.
#[test]
fn the_demo_agrees_with_what_must_come_out() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("demo");
    let done = cli(folder.path(), &["--json", "demo", "--out", out.to_str().unwrap()]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    let said: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(said["agrees"], true);
    let summary = std::fs::read_to_string(out.join("总结.md")).unwrap();
    assert_eq!(summary.matches("完全一致").count(), 7, "{summary}");

    // The same folder again is refused, and stays.
    let again = cli(folder.path(), &["demo", "--out", out.to_str().unwrap()]);
    assert_eq!((again.status.code(), text(&again.stderr).contains("[folder-not-empty]")), (Some(1), true));

    papers::every_paper(&out.join("4-结果"));

    let hq = out.join("1-总部/总部.kaowu-db");
    papers::nothing_private_is_announced(&out.join("4-结果"), &hq);
    let ask = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kaowu-cli"));
        let out = command.current_dir(root()).arg("--db").arg(&hq).args(args).output().unwrap();
        assert!(out.status.success(), "{args:?}: {}", text(&out.stderr));
        text(&out.stdout)
    };
    for (args, list) in [
        (["standings", "--kind", "people", "--csv"].as_slice(), "composite.csv"),
        (&["standings", "--kind", "county", "--csv"], "county-teams.csv"),
        (&["standings", "--kind", "city", "--csv"], "cities.csv"),
        (&["awards", "--csv"], "awards.csv"),
        (&["delegations", "--csv"], "regional.csv"),
        (&["selected", "--csv"], "selected-179.csv"),
    ] {
        let expected = std::fs::read_to_string(root().join("tests/fixtures/jiangsu-2020/expected").join(list)).unwrap();
        let lines = |t: &str| t.trim_start_matches('\u{FEFF}').lines().map(|l| l.trim_end().to_owned()).collect::<Vec<_>>();
        assert_eq!(lines(&ask(args)), lines(&expected), "{list}");
    }
    // The later stages, and titles won twice, from the verbs.
    let national = ask(&["stages", "show", "national", "--csv"]);
    assert!(national.lines().count() == 6 && national.contains("综合成绩第2名,3,总分 96.5"), "{national}");
    let shown = ask(&["stages", "show"]);
    assert!(shown.contains("盐城市滨海县  #1 晋级") && shown.contains("苏州市  #2 未晋级"), "{shown}");
    let titles = ask(&["titles", "--csv"]);
    let twice: Vec<&str> = titles.lines().filter(|l| l.contains('；')).collect();
    assert!(twice.len() == 1 && twice[0].contains("个人综合成绩第一名；全国赛个人第二名"), "{titles}");
    // A worked sum that a pocket calculator repeats; the absent person counts 0 and keeps the place.
    let why = ask(&["--lang", "en", "why", "320707197509243611"]);
    assert!(why.contains("缺考, counts 0") && why.contains("→ 54.60") && why.contains("rank 179 of 179"), "{why}");
    assert!(ask(&["journal", "verify"]).contains("0 × 问题 faults"));
    verified_by_another_program(folder.path(), &hq, &out.join("3-U盘/上交"));
    disk::certificates_on_a_full_disk(&hq, folder.path());
    after_the_event(folder.path(), &hq, &out);
    // A withdrawal: after the freeze nobody comes in; before it the next of the same county does, and has no marks yet.
    let try_it = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kaowu-cli"));
        let out = command.current_dir(root()).arg("--db").arg(&hq).args(["--operator", "考务处"]).args(args).output().unwrap();
        (out.status.code(), text(&out.stderr) + &text(&out.stdout))
    };
    let leaves = ["substitute", "--stage", "province", "320114197605023644", "--approver", "处长", "--reason", "因病"];
    let frozen = try_it(&[&["--at", "2020-07-21T09:00:00+08:00"], leaves.as_slice()].concat());
    assert!(frozen.0 == Some(1) && frozen.1.contains("[selection-frozen]"), "{frozen:?}");
    let done = try_it(&[&["--at", "2020-07-19T09:00:00+08:00"], leaves.as_slice()].concat());
    assert_eq!(done.0, Some(0), "{done:?}");
    let before = std::fs::read_to_string(root().join("tests/fixtures/jiangsu-2020/expected/selected-179.csv")).unwrap();
    let after = ask(&["selected", "--csv"]);
    let new: Vec<&str> = after.lines().filter(|l| !before.contains(*l)).collect();
    assert!(after.lines().count() == 180 && new.len() == 1 && new[0].ends_with("南京市,雨花台区,代表队"), "{new:?}");
    let open = try_it(&["standings", "--kind", "people"]);
    assert!(open.0 == Some(1) && open.1.contains("[marks-missing]"), "{open:?}");
    // Certificates: text can be taken out again, rare characters included, and every page can be drawn.
    let pdf = out.join("4-结果/证书-江苏省人社知识通-第001批-01.pdf");
    let taken = Command::new("pdftotext").arg(&pdf).arg("-").output().expect("pdftotext (Debian package poppler-utils)");
    assert!(text(&taken.stdout).contains("蔡国"));
}

/// Who served is listed and replays from its seed; the archive opens elsewhere and is only read; personal data goes after its time.
fn after_the_event(folder: &Path, hq: &Path, out: &Path) {
    let run = |db: &Path, args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kaowu-cli"));
        let done = command.current_dir(root()).arg("--db").arg(db).args(["--operator", "档案员"]).args(args).output().unwrap();
        (done.status.code(), text(&done.stdout) + &text(&done.stderr))
    };
    let (code, listed) = run(hq, &["staff", "list", "--stage", "city", "--part", "written", "--csv"]);
    assert!(code == Some(0) && listed.contains("南京市考点,监考员,第001考场") && listed.contains("因病不能到岗"), "{listed}");
    assert!(!listed.contains("13800000"), "a list holds no telephone numbers");
    assert!(run(hq, &["staff", "verify", "--stage", "city", "--part", "written"]).1.contains("与种子复核一致"));
    let archive = std::fs::read_dir(out.join("4-结果"))
        .unwrap()
        .map(|f| f.unwrap().path())
        .find(|f| f.to_string_lossy().ends_with(".archive.kaowu"))
        .unwrap();
    let of_hq = std::fs::read_dir(out.join("1-总部")).unwrap().map(|f| f.unwrap().path());
    let key = of_hq.into_iter().find(|f| f.to_string_lossy().ends_with(".archive.key.age")).unwrap();
    let words = out.join("1-总部/口令条-档案密钥.txt");
    let (file, identity, slip) = (archive.to_str().unwrap(), key.to_str().unwrap(), words.to_str().unwrap());
    let later = folder.join("later.kaowu-db");
    let (code, said) = run(&later, &["archive", "open", file, "--identity", identity, "--words-file", hq.to_str().unwrap()]);
    assert!(code == Some(1) && !later.exists(), "{said}");
    let (code, said) = run(&later, &["archive", "open", file, "--identity", identity, "--words-file", slip]);
    assert_eq!(code, Some(0), "{said}");
    for list in ["people", "county", "city"] {
        let args = ["standings", "--kind", list, "--csv"];
        assert_eq!(run(&later, &args), run(hq, &args), "{list}");
    }
    let (code, said) =
        run(&later, &["--at", "2021-01-04T09:00:00+08:00", "staff", "inspect", "--site", "3201-01", "--inspector", "甲", "事后补记"]);
    assert!(code == Some(1) && said.contains("[database-is-archive]"), "{said}");
    let checked = Command::new(root_of("tests/verify/verify-archive"))
        .arg("--root")
        .arg(folder.join("root.pub"))
        .arg("--identity")
        .arg(&key)
        .arg("--words")
        .arg(&words)
        .arg(&archive)
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}{}", text(&checked.stdout), text(&checked.stderr));
    eprintln!("{}", text(&checked.stdout).lines().last().unwrap_or_default());
    let gone = folder.join("gone.kaowu-db");
    std::fs::copy(hq, &gone).unwrap();
    let certificate = folder.join("gone.pdf");
    let delete = |at: &str| {
        let order = [
            "personal-data",
            "delete",
            "--with",
            "监销人",
            "--document",
            "苏档销〔2023〕1号",
            "--certificate",
            certificate.to_str().unwrap(),
        ];
        run(&gone, &[&["--at", at], order.as_slice()].concat())
    };
    let early = delete("2023-07-01T09:00:00+08:00");
    assert!(early.0 == Some(1) && early.1.contains("[retention-runs]"), "{early:?}");
    let done = delete("2023-08-01T09:00:00+08:00");
    assert!(done.0 == Some(0) && certificate.exists(), "{done:?}");
    let bytes = std::fs::read(&gone).unwrap();
    assert!(!bytes.windows(18).any(|w| w == b"320707197509243611"), "an ID number is left");
    let (code, shown) = run(&gone, &["personal-data", "show"]);
    assert!(code == Some(0) && shown.contains("city written  应到 1361  缺考 25"), "{shown}");
}

/// What the sites handed over, checked by `tests/verify`, which shares nothing with this program; the standings, worked out
/// from the journals alone, are those that must come out.
fn verified_by_another_program(folder: &Path, hq: &Path, stick: &Path) {
    let (root, key, results) = (folder.join("root.pub"), folder.join("hq.key"), folder.join("verified"));
    let db = rusqlite::Connection::open_with_flags(hq, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let ask = |sql: &str| db.query_row(sql, [], |r| r.get::<_, String>(0)).unwrap();
    std::fs::write(&root, ask("SELECT json_extract(value, '$.root') FROM fact WHERE topic = 'trust'")).unwrap();
    std::fs::write(&key, ask("SELECT value FROM meta WHERE name = 'hq-identity'")).unwrap();
    let mut command = Command::new(root_of("tests/verify/verify-handover"));
    let done = command.arg("--root").arg(&root).arg("--identity").arg(&key).arg("--results").arg(&results).arg(stick).output().unwrap();
    let said = text(&done.stdout);
    assert!(done.status.success(), "{said}{}", text(&done.stderr));
    assert!(said.matches("ok       ").count() == 15 && said.contains("15 handovers, 0 refused, "), "{said}");
    for (made, expected) in [
        ("selected.csv", "selected-179.csv"),
        ("people.csv", "composite.csv"),
        ("county.csv", "county-teams.csv"),
        ("city.csv", "cities.csv"),
        ("awards.csv", "awards.csv"),
        ("delegation.csv", "regional.csv"),
    ] {
        let expected = std::fs::read_to_string(root_of("tests/fixtures/jiangsu-2020/expected").join(expected)).unwrap();
        let got = std::fs::read_to_string(results.join(made)).unwrap();
        let lines = |t: &str| t.trim_start_matches('\u{FEFF}').lines().map(|l| l.trim_end().to_owned()).collect::<Vec<_>>();
        assert_eq!(lines(&got), lines(&expected), "{made}");
    }
    eprintln!("{}", said.lines().last().unwrap_or_default());
}

fn root_of(path: &str) -> PathBuf {
    root().join(path)
}

#[test]
fn answers_and_exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    let check = |args: &[&str], status: i32, says: &str| {
        let out = cli(folder.path(), args);
        let said = text(&out.stderr) + &text(&out.stdout);
        assert_eq!(out.status.code(), Some(status), "{args:?}: {said}");
        assert!(said.contains(says), "{args:?}: {said}");
    };
    check(&["nonsense"], 2, "nonsense");
    check(&["event", "show"], 1, "[database-missing]");
    check(&["event", "new", "--plan", "jiangsu-2020"], 1, "[operator-needed]");
    check(&["event", "new", "--plan", "no-such-plan", "--operator", "甲"], 1, "[no-such-plan]");
    check(&["event", "new", "--plan", "jiangsu-2020", "--operator", "甲", "--at", "2020-06-01T09:00:00+08:00"], 1, "[time-only-in-drill]");
    // One that counts is not made legible by leaving something out.
    check(&["event", "new", "--plan", "jiangsu-2020", "--operator", "甲"], 1, "[pin-needed]");
    check(&["event", "new", "--plan", "jiangsu-2020", "--operator", "甲", "--open"], 0, "2020年度");
    check(&["event", "new", "--plan", "jiangsu-2020", "--operator", "甲", "--open"], 1, "[database-exists]");
    check(&["--lang", "en", "standings", "--kind", "people"], 1, "[weights-not-confirmed]");
    check(&["--json", "roster", "import", "tests/fixtures/faulty/truncated.xlsx", "--operator", "甲"], 1, "\"code\":\"workbook-damaged\"");
    let wrong = folder.path().join("wrong.toml");
    let plan =
        std::fs::read_to_string(root().join("assets/plans/jiangsu-2020.toml")).unwrap().replacen("weight = \"0.3\"", "weight = \"0.5\"", 1);
    std::fs::write(&wrong, plan).unwrap();
    check(&["event", "check-plan", wrong.to_str().unwrap()], 1, "composites[0]");
}

/// Seats moved and pinned by hand, sheets keyed, certificates declared void: each verb reaches its use case.
#[test]
fn verbs_for_what_is_done_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let check = |args: &[&str], status: i32, says: &str| {
        let out = cli(folder.path(), &[args, &["--operator", "甲"]].concat());
        let said = text(&out.stderr) + &text(&out.stdout);
        assert_eq!(out.status.code(), Some(status), "{args:?}: {said}");
        assert!(said.contains(says), "{args:?}: {said}");
        said
    };
    let data = "tests/fixtures/jiangsu-2020";
    check(&["event", "new", "--plan", "jiangsu-2020", "--open"], 0, "2020年度");
    check(&["roster", "import", &format!("{data}/rosters/3211-镇江市.xlsx")], 0, "导入");
    check(&["rooms", "import", &format!("{data}/rooms.xlsx")], 0, "");
    check(&["seats", "draw", "--stage", "city", "--seed", "1"], 0, "");
    let list = check(&["seats", "list"], 0, "number,site");
    let rows: Vec<Vec<&str>> = list.lines().skip(1).map(|l| l.split(',').collect()).collect();
    let (first, last) = (&rows[0], &rows[rows.len() - 1]);
    check(&["seats", "swap", "--stage", "city", first[0], last[4]], 0, "");
    let after = check(&["seats", "list"], 0, "number,site");
    assert!(after.contains(&format!("{},{}", first[..4].join(","), last[4])), "{after}");
    check(&["seats", "swap", "--stage", "city", first[4], "nobody"], 1, "[no-such-person]");
    check(&["seats", "unpin", "--stage", "city", first[4], "--reason", "误"], 1, "[seat-not-pinned]");
    check(&["seats", "pin", "--stage", "city", first[4], "--reason", "轮椅"], 0, "");
    check(&["seats", "swap", "--stage", "city", first[4], last[4]], 1, "[seat-pinned]");
    check(&["seats", "unpin", "--stage", "city", first[4], "--reason", "不再需要"], 0, "");
    // The proof of the draw, and what changes seats after it.
    let plan = folder.path().join("公布稿.json");
    let plan = plan.to_str().unwrap();
    check(&["seats", "publish", "--stage", "city", "--out", plan], 0, "");
    check(&["seats", "replay", plan], 0, "复算一致");
    let altered = std::fs::read_to_string(plan).unwrap().replace("\"seed\":\"1/city", "\"seed\":\"2/city");
    std::fs::write(plan, altered).unwrap();
    check(&["seats", "replay", plan], 1, "[replay-differs]");
    check(&["seats", "needs", "--stage", "city", first[4], "--front-row", "--reason", "弱视"], 0, "");
    // The exchange may have put people of one unit side by side in either room.
    for row in [first, last] {
        check(&["seats", "redraw", "--stage", "city", "--site", row[1], "--room", row[2], "--seed", "7"], 0, row[2]);
    }
    check(&["seats", "verify", "--stage", "city"], 0, "座次符合规则");
    check(&["seats", "needs", "--stage", "city", first[4], "--reason", "不再需要"], 0, "");
    check(&["seats", "late", "--stage", "city", first[4], "--reason", "补报"], 1, "[already-seated]");
    let csv = folder.path().join("座次.csv");
    let file = csv.to_str().unwrap();
    let seats = check(&["seats", "list"], 0, "number,site");
    std::fs::write(&csv, seats.replacen("number,site,room,seat,id,name", "准考证号,考点,考场,座位号,身份证号,姓名", 1)).unwrap();
    check(&["seats", "verify", file, "--stage", "city"], 0, "座次符合规则");
    std::fs::write(
        &csv,
        std::fs::read_to_string(&csv)
            .unwrap()
            .lines()
            .enumerate()
            .filter(|(n, _)| *n != 3)
            .map(|(_, l)| format!("{l}\n"))
            .collect::<String>(),
    )
    .unwrap();
    check(&["seats", "verify", file, "--stage", "city"], 1, "[seat-missing]");
    check(&["seats", "verify", file, "--rooms", &format!("{data}/rooms.xlsx"), "--stage", "city"], 2, "cannot be used with");
    check(&["seats", "verify"], 2, "--stage");
    check(&["interview", "key", "--stage", "city", "--pass", "1", first[4], "90"], 1, "[not-interview]");
    check(&["interview", "key", "--stage", "city", "--pass", "3", first[4], "90"], 2, "3");
    check(&["standings", "--kind", "people", "--what-if", "0.3", "0.3", "0.4"], 1, "[weights-not-confirmed]");
    check(&["standings", "--kind", "county", "--what-if", "1"], 1, "[not-of-people]");
    let out = folder.path().join("print");
    let to = ["--out", out.to_str().unwrap()];
    check(&["certificates", "runs"], 0, "");
    check(&[&["certificates", "print"], to.as_slice()].concat(), 1, "[nothing-to-print]");
    let ours = folder.path().join("ours.toml").display().to_string();
    check(&["certificates", "copy-template", "medal-application", "--out", &ours], 0, "ours.toml");
    check(&["certificates", "check-template", &ours], 0, "推荐审批表");
    check(&["certificates", "copy-template", "nowhere", "--out", &ours], 1, "[template-unknown]");
    check(&["certificates", "check-template", "assets/plans/jiangsu-2020.toml"], 1, "[template-unreadable]");
    check(&["certificates", "verify", "KW1"], 1, "[certificate-unreadable]");
    check(&["certificates", "void", "JIANGSU-2020-00001", "--reason", "卡纸"], 1, "[no-such-certificate]");
    check(&[&["certificates", "run", "monthly", "--right", "-500"], to.as_slice()].concat(), 1, "[award-not-confirmed]");
    check(&[&["certificates", "reprint", "N", "--reason", "污损"], to.as_slice()].concat(), 1, "[no-such-certificate]");
    // The plan's day is long past: that warns, and the import goes on until somebody closes the roster.
    let again = format!("{data}/rosters/3211-镇江市.xlsx");
    check(&["roster", "import", &again], 0, "[roster-overdue]");
    check(&["roster", "findings"], 0, "< 10  待核定");
    check(&["roster", "accept-below", "320102", "--reason", "未参加"], 0, "0 < 10");
    check(&["roster", "findings"], 0, "未参加");
    check(&["roster", "close"], 0, "");
    check(&["roster", "close"], 1, "[roster-is-closed]");
    let other = format!("{data}/rosters/3204-常州市.xlsx");
    check(&["roster", "import", &other], 1, "[roster-late]");
    check(&["roster", "import", &other, "--reason", "漏报"], 2, "--second");
    check(&["roster", "import", &other, "--reason", "漏报", "--second", "甲"], 1, "[second-person-needed]");
    check(&["roster", "import", &other, "--reason", "漏报", "--second", "乙"], 0, "导入");
    let listed = check(&["roster", "list"], 0, ",补报");
    let somebody = listed.lines().next().unwrap().split(',').next().unwrap();
    check(&["roster", "withdraw", somebody, "--reason", "因病"], 0, "");
    check(&["roster", "withdrawn"], 0, "因病");
    check(&["roster", "reinstate", somebody, "--reason", "误报"], 0, "");
    check(&["roster", "reinstate", somebody, "--reason", "误报"], 1, "[not-withdrawn]");
    check(&["roster", "reopen", "--reason", "延期", "--second", "乙"], 0, "");
    let book = folder.path().join("公示.xlsx").display().to_string();
    check(&["papers", "announcement", "--of", "roster", "--out", &book], 0, "公示.xlsx");
    check(&["papers", "announcement", "--of", "selection", "--out", &book], 1, "[no-selection]");
    check(&["papers", "team", "--team", "nobody", "--out", &book], 1, "[no-such-list]");
    check(&["stages", "show"], 0, "regional");
    check(&["stages", "show", "regional"], 1, "[weights-not-confirmed]");
    check(&["stages", "name", "national", "--unit", "320500", "--document", "文"], 1, "[no-team-result]");
    check(&["stages", "result", "regional", "--place", "1", "--member", "一", "--document", "文"], 2, "ID=PLACE");
    check(&["stages", "honour", "regional", somebody, "--document", "文"], 1, "[no-team-result]");
}

/// A protected event through this door: no way round PIN, role or second person, and no PIN among the arguments.
#[test]
fn no_way_round_the_gate_at_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let on = |db: &str, who: &str, pins: &[(&str, &str)], args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kaowu-cli"));
        command.current_dir(root()).arg("--db").arg(folder.path().join(db)).args(["--operator", who]).args(args);
        for name in ["KAOWU_OPERATOR", "KAOWU_PIN", "KAOWU_SECOND_PIN", "KAOWU_NEW_PIN", "KAOWU_WORDS"] {
            command.env_remove(name);
        }
        let done = command.envs(pins.iter().copied()).stdin(std::process::Stdio::null()).output().unwrap();
        let said = text(&done.stderr) + &text(&done.stdout);
        (done.status.code(), said)
    };
    let run = |who: &str, pins: &[(&str, &str)], args: &[&str]| on("event.kaowu-db", who, pins, args);
    let refused =
        |(code, said): (Option<i32>, String), want: &str| assert!(code == Some(1) && said.contains(&format!("[{want}]")), "{want}: {said}");
    let done = |(code, said): (Option<i32>, String)| {
        assert_eq!(code, Some(0), "{said}");
        said
    };
    let (own, new) = (("KAOWU_PIN", "805213"), ("KAOWU_NEW_PIN", "413580"));
    assert!(
        done(run("甲", &[], &["event", "new", "--plan", "jiangsu-2020", "--open"])).contains("operators protect"),
        "it says that it lies open"
    );
    done(run("甲", &[], &["rooms", "import", "tests/fixtures/jiangsu-2020/rooms.xlsx"]));
    refused(run("甲", &[("KAOWU_NEW_PIN", "413580")], &["operators", "add", "乙", "--role", "hq"]), "not-protected");
    refused(run("甲", &[("KAOWU_PIN", "123456")], &["operators", "protect"]), "pin-too-simple");
    done(run("甲", &[own], &["operators", "protect"]));
    refused(run("甲", &[], &["event", "show"]), "pin-needed");
    refused(run("甲", &[("KAOWU_PIN", "413580")], &["standings", "--kind", "people"]), "pin-wrong");
    refused(run("别人", &[own], &["event", "show"]), "no-pin");
    refused(run("甲", &[own], &["operators", "add", "乙", "--role", "boss"]), "no-such-role");
    for (who, role) in [("丙", "checker"), ("丁", "auditor"), ("乙", "hq")] {
        done(run("甲", &[own, new], &["operators", "add", who, "--role", role]));
    }
    // Reading is for whoever is named; writing for whoever may.
    let other = ("KAOWU_PIN", "413580");
    done(run("丁", &[other], &["journal", "verify"]));
    refused(run("丁", &[other], &["seats", "draw", "--stage", "city", "--seed", "1"]), "operator-may-not");
    refused(run("丙", &[other], &["rooms", "import", "tests/fixtures/jiangsu-2020/rooms.xlsx"]), "operator-may-not");
    refused(run("丁", &[other], &["operators", "withdraw", "甲", "--reason", "x"]), "operator-may-not");
    // Two people, each with their own PIN; the name alone is nothing.
    let nominate = ["nominate", "--stage", "province", "--city", "3201", "--teams", "320102", "320104", "--reason", "会议"];
    refused(run("甲", &[own], &nominate), "second-pin-needed");
    refused(run("甲", &[own], &[nominate.as_slice(), &["--second", "乙"]].concat()), "pin-needed");
    refused(run("甲", &[own, ("KAOWU_SECOND_PIN", "805213")], &[nominate.as_slice(), &["--second", "乙"]].concat()), "pin-wrong");
    refused(run("甲", &[own, ("KAOWU_SECOND_PIN", "805213")], &[nominate.as_slice(), &["--second", "甲"]].concat()), "second-is-self");
    refused(run("甲", &[own, ("KAOWU_SECOND_PIN", "413580")], &[nominate.as_slice(), &["--second", "丁"]].concat()), "second-may-not");
    done(run("甲", &[own, ("KAOWU_SECOND_PIN", "413580")], &[nominate.as_slice(), &["--second", "乙"]].concat()));
    // Nobody takes headquarters' keys, or makes a second person of their own, alone.
    let out = folder.path().join("keys");
    std::fs::create_dir(&out).unwrap();
    let shadow = ["operators", "add", "影子", "--role", "hq"];
    let [archive, save] = ["archive", "root"].map(|key| ["keys", "save", key, "--out", out.to_str().unwrap()]);
    for args in [archive.as_slice(), &save, &shadow, &["operators", "words"]] {
        refused(run("丁", &[other, new], args), "operator-may-not");
        refused(run("甲", &[own, new], args), "second-pin-needed");
        refused(run("甲", &[own, new, ("KAOWU_SECOND_PIN", "413580")], &[args, &["--second", "丙"]].concat()), "second-may-not");
    }
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 0, "a key on the stick");
    // Two sticks are two acts: both take the second person, who is asked once for each.
    let (one, two) = (out.join("一"), out.join("二"));
    [&one, &two].into_iter().for_each(|stick| std::fs::create_dir(stick).unwrap());
    let both = ["keys", "save", "root", "--out", one.to_str().unwrap(), two.to_str().unwrap(), "--second", "乙"];
    done(run("甲", &[own, ("KAOWU_SECOND_PIN", "413580")], &both));
    done(run("甲", &[own, ("KAOWU_SECOND_PIN", "413580")], &[archive.as_slice(), &["--second", "乙"]].concat()));
    for folder in [&out, &one, &two] {
        let keys = std::fs::read_dir(folder).unwrap().map(|key| key.unwrap().path()).filter(|path| path.is_file());
        let keys: Vec<_> = keys.map(|key| std::fs::read(key).unwrap()).collect();
        assert!(keys.len() == 1 && keys[0].starts_with(b"age-encryption.org/"), "{}: a key lies in the clear", folder.display());
    }
    // Words are no argument: everybody on the machine would see them.
    let packet = ["packet", "open", "x.kaowu", "--words", "one two three four five six"];
    assert_eq!(run("甲", &[own], &packet).0, Some(2));
    assert_eq!(run("甲", &[own], &["keys", "again", "x", "--words", "one two three four five six"]).0, Some(2));
    // One that counts is protected from the start, unless its maker says otherwise: what it wrote is no plain database.
    let begun = folder.path().join("begun.kaowu-db");
    let begin = ["event", "new", "--plan", "jiangsu-2020"];
    refused(on("begun.kaowu-db", "甲", &[], &begin), "pin-needed");
    assert!(!begun.exists());
    let said = done(on("begun.kaowu-db", "甲", &[own], &begin));
    assert!(said.lines().any(|line| line.split(' ').count() == 6), "six words: {said}");
    assert!(!std::fs::read(&begun).unwrap().starts_with(b"SQLite format 3"));
    // A copy made by other means opens no further; a backup restores for its operators only.
    let backup = folder.path().join("copy.kaowu-db");
    done(run("甲", &[own], &["backup", "--out", backup.to_str().unwrap()]));
    std::fs::rename(folder.path().join("event.kaowu-db"), folder.path().join("old.kaowu-db")).unwrap();
    std::fs::remove_file(folder.path().join("event.kaowu-db.keys")).unwrap();
    refused(run("别人", &[own], &["restore", backup.to_str().unwrap()]), "no-pin");
    done(run("甲", &[own], &["restore", backup.to_str().unwrap()]));
    refused(run("甲", &[own], &["rooms", "import", "tests/fixtures/jiangsu-2020/rooms.xlsx"]), "database-is-copy");
    refused(run("丁", &[other], &["journal", "continue"]), "operator-may-not");
    done(run("甲", &[own], &["journal", "continue"]));
    let said = done(run("甲", &[own], &["journal", "show", "--limit", "400"]));
    for kind in ["operator.signed-in", "operator.refused", "operator.denied", "operator.proved", "teams.nominated"] {
        assert!(said.contains(kind), "{kind}: {said}");
    }
    // New words, on a slip for the safe; what cannot be written is refused before the old words are void.
    let slip = folder.path().join("slip.pdf");
    refused(run("甲", &[own], &["operators", "words", "--slip", "/no/such/folder/slip.pdf"]), "file-unwritable");
    let second = ("KAOWU_SECOND_PIN", "413580");
    let renew = ["operators", "words", "--slip", slip.to_str().unwrap(), "--second", "乙"];
    let words = done(run("甲", &[own, second], &renew)).lines().next().unwrap().to_owned();
    let taken = Command::new("pdftotext").arg("-layout").arg(&slip).arg("-").output().expect("pdftotext (Debian package poppler-utils)");
    let on_paper = text(&taken.stdout);
    assert!(words.split(' ').all(|word| on_paper.contains(word)) && words.split(' ').count() == 6, "{words}: {on_paper}");
    for said in ["event.kaowu-db", "甲", "2020年度", "受保护的活动", "sealed in a safe", "共1页"] {
        assert!(on_paper.contains(said), "{said}: {on_paper}");
    }
    // Forgotten: the six words.
    refused(run("甲", &[("KAOWU_WORDS", "one two three four five six"), new], &["operators", "recover"]), "words-wrong");
    done(run("甲", &[("KAOWU_WORDS", &words), new], &["operators", "recover"]));
    refused(run("甲", &[own], &["event", "show"]), "pin-wrong");
    done(run("甲", &[other], &["event", "show"]));
    // Everything lost but the stick: what was protected lies open again only where that is asked for.
    let stick = folder.path().to_str().unwrap();
    let six = ("KAOWU_WORDS", "one two three four five six");
    done(run("甲", &[other, six, second], &["keys", "save", "root", "--out", stick, "--second", "乙"]));
    let found = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().path());
    let root = found.into_iter().find(|path| path.to_string_lossy().ends_with(".root.key.age")).unwrap();
    let again = ["keys", "again", root.to_str().unwrap()];
    for file in ["event.kaowu-db", "event.kaowu-db.keys"] {
        std::fs::remove_file(folder.path().join(file)).unwrap();
    }
    refused(run("新", &[six], &again), "was-protected");
    assert!(done(run("新", &[six, own], &again)).contains("以后不再显示"));
    refused(run("新", &[], &["event", "show"]), "pin-needed");
    assert!(done(run("新", &[own], &["event", "show"])).contains("已加密"));
    for file in ["event.kaowu-db", "event.kaowu-db.keys"] {
        std::fs::remove_file(folder.path().join(file)).unwrap();
    }
    done(run("新", &[six], &[again.as_slice(), &["--open"]].concat()));
    done(run("新", &[], &["event", "show"]));
}
