//! Every paper of the whole event, as the demo leaves them: what can be taken out of them again, and what cannot.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn text_of(pdf: &Path) -> String {
    let taken = Command::new("pdftotext").arg("-layout").arg(pdf).arg("-").output().expect("pdftotext (Debian package poppler-utils)");
    assert!(taken.status.success(), "{}", pdf.display());
    String::from_utf8_lossy(&taken.stdout).into_owned()
}

/// Without spaces and line ends: a layout puts them anywhere.
fn joined(pdf: &Path) -> String {
    text_of(pdf).split_whitespace().collect()
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(pdfs(&path));
        } else if path.extension().is_some_and(|e| e == "pdf") {
            out.push(path);
        }
    }
    out.sort();
    out
}

/// Whoever stands in the list of results; the first column of names is theirs.
fn names() -> BTreeSet<String> {
    let csv = include_str!("../fixtures/jiangsu-2020/expected/composite.csv");
    csv.lines().skip(1).filter_map(|line| line.split(',').nth(2)).map(str::to_owned).collect()
}

pub(crate) fn every_paper(results: &Path) {
    let day =
        ["01-考场门贴", "02-考场座次表", "03-考场桌贴", "04-准考证", "05-考生签到表", "06-考场情况记录单", "07-违纪违规情况记录单（空白）"];
    let panel = ["01-面试抽签表", "02-面试评分表", "03-面试计分表（记分员专用）", "04-面试成绩汇总表", "05-缺考名单"];
    let of = |folder: &str, paper: &str| results.join(folder).join(format!("{paper}.pdf"));
    for paper in day {
        assert!(of("南京考点-设区市选拔赛笔试", paper).is_file() && of("全省选拔赛笔试", paper).is_file(), "{paper}");
    }
    assert!(of("南京考点-设区市选拔赛笔试", "08-违纪违规情况记录单").is_file());
    assert!(of("南京考点-设区市选拔赛笔试", "09-缺考名单").is_file());
    for paper in panel {
        assert!(of("全省选拔赛面试", paper).is_file(), "{paper}");
    }
    for paper in ["设区市选拔赛-座位抽签单", "设区市选拔赛-交接回执", "设区市选拔赛-口令条", "个人综合成绩公示", "获奖名单"]
    {
        assert!(results.join(format!("{paper}.pdf")).is_file(), "{paper}");
    }

    // Everyone of the province stands on each paper of people, on none of a judge.
    let names = names();
    let missing = |pdf: &Path| {
        let text = joined(pdf);
        names.iter().filter(|name| !text.contains(*name)).cloned().collect::<Vec<_>>()
    };
    for paper in &day[..5] {
        assert_eq!(missing(&of("全省选拔赛笔试", paper)), Vec::<String>::new(), "{paper}");
    }
    for paper in [panel[0], panel[2], panel[3]] {
        assert_eq!(missing(&of("全省选拔赛面试", paper)), Vec::<String>::new(), "{paper}");
    }
    assert_eq!(missing(&results.join("个人综合成绩公示.pdf")), Vec::<String>::new());
    assert_eq!(missing(&of("全省选拔赛面试", panel[1])).len(), names.len());

    // No whole ID number on any paper; the foot with page, drill and check code on every page but certificates'.
    let ids: Vec<&str> =
        include_str!("../fixtures/jiangsu-2020/expected/composite.csv").lines().skip(1).filter_map(|l| l.split(',').nth(1)).collect();
    for pdf in pdfs(results) {
        let text = text_of(&pdf);
        // The form that goes with an application asks for it.
        let form = pdf.file_name().is_some_and(|n| n.to_string_lossy().contains("（申报）"));
        assert_eq!(ids.iter().any(|id| text.contains(id)), form, "{}", pdf.display());
        if pdf.file_name().is_some_and(|n| n.to_string_lossy().starts_with("证书")) {
            continue;
        }
        for page in text.split('\u{c}').filter(|p| !p.trim().is_empty()) {
            let page: String = page.split_whitespace().collect();
            assert!(page.contains("校验码") && page.contains("页共") && page.contains("【演练】"), "{}: {page}", pdf.display());
        }
    }
    // The one absent from the interview is said to be so, not given a 0.
    assert!(joined(&of("全省选拔赛面试", panel[4])).contains("共1页"));
    assert!(joined(&results.join("个人综合成绩公示.pdf")).contains("缺考"));
}

/// Announcements, as PDF and as workbooks, hold nobody's ID number and nobody's telephone of all who are entered.
pub(crate) fn nothing_private_is_announced(results: &Path, hq: &Path) {
    let db = rusqlite::Connection::open_with_flags(hq, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut asked =
        db.prepare("SELECT key, json_extract(value, '$.phone') FROM fact WHERE topic = 'candidate' AND value IS NOT NULL").unwrap();
    let people = asked.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, Option<String>>(1)?))).unwrap();
    let private: BTreeSet<String> = people
        .map(Result::unwrap)
        .flat_map(|(key, phone)| [key.rsplit('/').next().map(str::to_owned), phone.filter(|p| !p.is_empty())])
        .flatten()
        .collect();
    assert!(private.len() > 2000, "{}", private.len());
    for name in ["参赛名单公示", "入选名单公示", "获奖名单公示"] {
        for form in ["pdf", "xlsx"] {
            let file = results.join(format!("{name}.{form}"));
            let text = if form == "pdf" { text_of(&file) } else { inside(&file) };
            let numbers: BTreeSet<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() > 8).collect();
            let shown: Vec<&&str> = numbers.iter().filter(|word| private.contains(**word)).collect();
            assert!(shown.is_empty() && numbers.len() > 10, "{}: {shown:?}", file.display());
            assert!(!private.iter().any(|one| text.contains(one.as_str())), "{}", file.display());
        }
    }
}

/// Everything in a workbook, as it lies in the file.
fn inside(book: &Path) -> String {
    let taken = Command::new("unzip").arg("-p").arg(book).output().expect("unzip (./x setup installs it)");
    assert!(taken.status.success(), "{}", book.display());
    String::from_utf8_lossy(&taken.stdout).into_owned()
}
