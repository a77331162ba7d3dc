//! Certificates that are looked at: short and longest names, rare characters, a team, an application, a preview, a drill.

#![allow(dead_code, unreachable_pub, reason = "each user takes some")]

use kaowu_papers::*;
use std::path::{Path, PathBuf};

pub const NAMES: [&str; 5] = ["王㛃", "李䶮", "张𬭎", "陈𠅤", "赵𰻝"];
/// The longest that occur: a name of the north-west, a team of a development zone, an office.
pub const LONG_NAME: &str = "阿卜杜热合曼·买买提吐尔逊江·艾合买提";
pub const LONG_TEAM: &str = "南京市江北新区管理委员会社会事业局人力资源和社会保障综合服务中心代表队";
const LONG_UNIT: &str = "南京市江北新区管理委员会社会事业局人力资源和社会保障综合服务中心劳动关系与权益保障科";
const LONG_ISSUER: &str = "江苏省人力资源和社会保障系统窗口单位练兵比武活动组织委员会";
const EVENT: &str = "2020年度全省人社系统窗口单位业务技能练兵比武活动";

pub struct Case {
    pub name: &'static str,
    pub template: &'static str,
    pub certificate: Certificate,
    pub purpose: Purpose,
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn fonts() -> Result<Fonts, PaperError> {
    Fonts::load(&root().join("assets/fonts"))
}

/// A code of the length that a signed one has.
pub fn code(number: &str, name: &str, award: &str) -> String {
    format!("KW1\tjiangsu-2020\t{number}\t{name}\t{award}\t{}", "0123456789abcdef".repeat(8))
}

pub fn honour(n: usize) -> Certificate {
    let name = NAMES[n % 5].to_owned();
    let (award, number) = ("江苏省人社知识通".to_owned(), format!("JIANGSU-2020-{:05}", n + 1));
    Certificate {
        verification: code(&number, &name, &award),
        name,
        honorific: "同志".to_owned(),
        unit: "南京市鼓楼区".to_owned(),
        event: EVENT.to_owned(),
        award,
        grounds: format!("个人综合成绩第{}名", numerals::below_hundred(u32::try_from(n % 99 + 1).unwrap_or(1))),
        issuer: "江苏省人力资源和社会保障厅".to_owned(),
        date: numerals::chinese_date("2020-07-25").unwrap_or_default(),
        number,
        ..Certificate::default()
    }
}

fn longest() -> Certificate {
    let one = honour(0);
    Certificate {
        name: LONG_NAME.to_owned(),
        unit: LONG_UNIT.to_owned(),
        award: "全省人社系统窗口单位业务技能练兵比武优秀团队奖一等奖".to_owned(),
        issuer: LONG_ISSUER.to_owned(),
        verification: code(&one.number, LONG_NAME, "全省人社系统窗口单位业务技能练兵比武优秀团队奖一等奖"),
        ..one
    }
}

fn team(name: &str, members: [&str; 4]) -> Certificate {
    Certificate {
        name: name.to_owned(),
        honorific: String::new(),
        award: "练兵比武优秀团队奖一等奖".to_owned(),
        grounds: "县（市、区）代表队总成绩第一名".to_owned(),
        members: members.map(str::to_owned).to_vec(),
        ..honour(0)
    }
}

fn application(name: &str, workplace: &str, unit: &str) -> Certificate {
    Certificate {
        name: name.to_owned(),
        award: "江苏省五一劳动奖章".to_owned(),
        number: "JIANGSU-2020-M01".to_owned(),
        unit: unit.to_owned(),
        applicant: Applicant {
            sex: "女".to_owned(),
            birth: "1990年1月".to_owned(),
            id: "320102199001010000".to_owned(),
            workplace: workplace.to_owned(),
            duty: "综合柜员、窗口负责人".to_owned(),
            phone: "00000000000".to_owned(),
        },
        ..honour(0)
    }
}

pub fn all() -> Vec<Case> {
    let live = Purpose::default();
    let (preview, drill) = (Purpose { specimen: true, drill: false }, Purpose { specimen: false, drill: true });
    let case = |name, template, certificate, purpose| Case { name, template, certificate, purpose };
    let with = |n: usize| honour(n);
    vec![
        case("certificate-honour", "personal-honour", with(0), live),
        case("certificate-honour-rare", "personal-honour", with(4), live),
        case("certificate-honour-longest", "personal-honour", longest(), live),
        case("certificate-honour-preview", "personal-honour", with(1), preview),
        case("certificate-honour-drill", "personal-honour", with(2), drill),
        case("certificate-vertical", "personal-honour-vertical", with(3), live),
        case("certificate-vertical-longest", "personal-honour-vertical", longest(), live),
        case("certificate-vertical-preview", "personal-honour-vertical", with(1), preview),
        case("certificate-team-four", "team-honour", team("南京市鼓楼区代表队", ["王㛃", "李䶮", "张𬭎", "赵𰻝"]), live),
        case("certificate-team-longest", "team-honour", team(LONG_TEAM, [LONG_NAME, "欧阳雨桐", LONG_NAME, "赵𰻝"]), preview),
        case("certificate-medal", "medal-application", application("王㛃", "南京市鼓楼区人力资源和社会保障局", "南京市鼓楼区"), live),
        case("certificate-medal-longest", "medal-application", application(LONG_NAME, LONG_UNIT, LONG_UNIT), preview),
        case(
            "certificate-medal-blank",
            "medal-application",
            Certificate { applicant: Applicant::default(), ..application("赵𰻝", "", "") },
            live,
        ),
    ]
}

/// The file of one case.
pub fn print(case: &Case, template: &Template, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let list = [case.certificate.clone()];
    let run = CertificateRun {
        template,
        certificates: &list,
        a_file: 0,
        title: &case.certificate.award,
        adjust: Adjust::default(),
        purpose: case.purpose,
    };
    let made = certificate_file(&run, fonts, &mut |_| std::ops::ControlFlow::Continue(()))?;
    made.ok_or(PaperError::NothingToPrint { paper: case.name.to_owned() })
}

/// The template of a case: the program's, or that of a folder in which somebody is drawing.
pub fn template(case: &Case, folder: Option<&Path>) -> Result<Template, PaperError> {
    match folder {
        Some(folder) => Template::load(&folder.join(format!("{}.toml", case.template))),
        None => Template::of(case.template),
    }
}
