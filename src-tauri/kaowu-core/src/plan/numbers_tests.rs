//! Candidate numbers, made and read.

use super::*;
use crate::coded::Coded;
use crate::identity::CandidateNumber;

fn plan(name: &str) -> Plan {
    Plan::read(bundled(name).unwrap()).unwrap()
}

#[test]
fn numbers_are_made_and_read_back() {
    let jiangsu = plan("jiangsu-2020");
    let recruitment = plan("civil-service");
    for (plan, stage, site, room, seat, want) in [
        (&jiangsu, "city", "3201-01", "001", 7, "201010100107"),
        (&jiangsu, "city", "3213-02", "12", 30, "201130201230"),
        (&jiangsu, "province", "3201-01", "006", 29, "202010100629"),
        (&recruitment, "recruitment", "9001-03", "002", 1, "20210300201"),
    ] {
        let made = plan.candidate_number(&stage.into(), &site.into(), &room.into(), seat).unwrap();
        assert_eq!(made.as_str(), want);
        let read = plan.read_number(&made).unwrap();
        assert_eq!((read.room.as_str().trim_start_matches('0'), read.seat), (room.trim_start_matches('0'), seat));
        match read.city {
            Some(_) => assert_eq!((read.stage, read.site), (Some(stage.into()), Some(site.into()))),
            None => assert_eq!((read.site_digits.as_str(), read.site), (&site[5..], None)),
        }
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let plan = plan("jiangsu-2020");
    for (stage, site, room, seat, code) in [
        ("final", "3201-01", "001", 1, "number-stage-unknown"),
        ("regional", "3201-01", "001", 1, "number-stage-empty"),
        ("city", "3201", "001", 1, "number-site-unreadable"),
        ("city", "3201-", "001", 1, "number-site-unreadable"),
        ("city", "南京-01", "001", 1, "number-site-unreadable"),
        ("city", "1-01", "001", 1, "number-unfit"),
        ("city", "3201-101", "001", 1, "number-unfit"),
        ("city", "3201-01", "1001", 1, "number-unfit"),
        ("city", "3201-01", "A1", 1, "number-unfit"),
        ("city", "3201-01", "000", 1, "number-unfit"),
        ("city", "3201-01", "001", 0, "number-unfit"),
        ("city", "3201-01", "001", 100, "number-unfit"),
    ] {
        let error = plan.candidate_number(&stage.into(), &site.into(), &room.into(), seat).unwrap_err();
        assert_eq!(error.code(), code, "{stage} {site} {room} {seat}");
        let said = crate::words::Lang::Zh.error(&error);
        assert!(!said.remedy.is_empty() && !said.what.contains('{'), "{said:?}");
    }
    // Too short, too long, a letter, no such stage, another year, no seat.
    for number in ["20101010010", "2010101001071", "2010101001O7", "205010100107", "211010100107", "201010100100", "２01010100107", ""] {
        let error = plan.read_number(&CandidateNumber::from(number)).unwrap_err();
        assert_eq!(error.code(), "number-foreign", "{number}");
    }
}

#[test]
fn templates_keep_plain_text() {
    let template = NumberTemplate::parse("JS-{seat:3}").unwrap();
    assert_eq!((template.length(), template.width(NumberField::Seat), template.width(NumberField::Room)), (6, Some(3), None));
    for wrong in ["", "{}", "{seat}", "{seat:0}", "{seat:10}", "{seat:2}{seat:2}", "}{", "{seat:2", "a b", "{Seat:2}"] {
        let error = NumberTemplate::parse(wrong).unwrap_err();
        assert_eq!(error.code(), "number-template-unreadable", "{wrong}");
    }
}
