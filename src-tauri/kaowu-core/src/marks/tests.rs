use super::*;

fn keyed(text: &str, by: &str) -> KeyedMark {
    KeyedMark { value: read_value(text, Mark(100_000), Mark(500)).unwrap().unwrap(), by: by.into() }
}

#[test]
fn reads_what_people_write() {
    let check = |text: &str, want: Result<Option<MarkValue>, &str>| {
        let got = read_value(text, Mark(100_000), Mark(500)).map_err(|f| crate::coded::Coded::code(&f));
        assert_eq!(got, want.map_err(str::to_owned), "{text:?}");
    };
    check("92.5", Ok(Some(MarkValue::Given(Mark(92_500)))));
    check(" ９２．５ ", Ok(Some(MarkValue::Given(Mark(92_500)))));
    check("0", Ok(Some(MarkValue::Given(Mark(0)))));
    check("100", Ok(Some(MarkValue::Given(Mark(100_000)))));
    check("缺考", Ok(Some(MarkValue::Absent)));
    check("违纪", Ok(Some(MarkValue::Void)));
    check("  ", Ok(None));
    check("100.5", Err("mark-beyond-full"));
    check("-1", Err("mark-beyond-full"));
    check("92.3", Err("mark-off-step"));
    check("92.0001", Err("mark-off-step"));
    check("九十", Err("mark-unreadable"));
    check("9O", Err("mark-unreadable"));
}

#[test]
fn settles() {
    let (a, b, c) = (keyed("90", "甲"), keyed("90", "乙"), keyed("80", "乙"));
    let decided = |text: &str| DecidedMark { value: keyed(text, "丙").value, by: vec!["丙".into()], reason: "卷面".into() };
    let check = |first: &[&KeyedMark], second: &[&KeyedMark], decisions: &[DecidedMark], want: &str| {
        let of = |p: &[&KeyedMark]| p.iter().map(|k| (*k).clone()).collect::<Vec<_>>();
        let state = settle([&of(first), &of(second)], decisions);
        let name = format!("{state:?}");
        assert!(name.starts_with(want), "{name} is not {want}");
    };
    check(&[], &[], &[], "Empty");
    check(&[&a], &[], &[], "OnePass");
    check(&[], &[&b], &[], "OnePass");
    check(&[&a], &[&b], &[], "Matched");
    check(&[&a], &[&c], &[], "Different");
    check(&[&a], &[&keyed("90", "甲")], &[], "Conflict");
    check(&[&a], &[&keyed("90", "甲 ")], &[], "Conflict");
    check(&[&a, &keyed("80", "丁")], &[&b], &[], "Conflict");
    check(&[&a, &a], &[&b], &[], "Matched");
    check(&[&a], &[&c], &[decided("90")], "Decided");
    check(&[&a], &[&c], &[decided("90"), decided("80")], "Conflict");
}

#[test]
fn four_eyes() {
    let who = |names: &[&str]| names.iter().map(|n| Operator::from(*n)).collect::<Vec<_>>();
    let value = |text: &str| keyed(text, "").value;
    let one = settle([&[keyed("90", "甲")], &[]], &[]);
    let absent = settle([&[], &[keyed("缺考", "甲")]], &[]);
    let different = settle([&[keyed("90", "甲")], &[keyed("80", "乙")]], &[]);
    let matched = settle([&[keyed("90", "甲")], &[keyed("90", "乙")]], &[]);
    let alone = settle([&[keyed("90", "甲")], &[keyed("80", "甲")]], &[]);
    let merged = settle([&[keyed("90", "甲"), keyed("80", "丁")], &[]], &[]);
    for (state, text, by, want) in [
        // One pass: the same value by somebody else, or two people.
        (&one, "90", &["乙"][..], Ok(())),
        (&one, "90", &["甲"], Err("own-decision")),
        (&one, "80", &["甲"], Err("own-decision")),
        (&one, "80", &["乙"], Err("second-pass-needed")),
        (&one, "违纪", &["乙"], Err("second-pass-needed")),
        (&one, "缺考", &["乙"], Err("second-pass-needed")),
        (&one, "80", &["乙", "乙"], Err("second-pass-needed")),
        (&one, "80", &["甲", "乙"], Ok(())),
        (&one, "80", &["乙", "丙"], Ok(())),
        (&absent, "缺考", &["乙"], Ok(())),
        (&absent, "0", &["乙"], Err("second-pass-needed")),
        (&different, "90", &["丙"], Ok(())),
        (&different, "85", &["丙"], Ok(())),
        (&different, "80", &["甲"], Err("own-decision")),
        (&different, "80", &["甲", "乙"], Ok(())),
        (&merged, "80", &["丙"], Ok(())),
        (&merged, "80", &["甲"], Err("own-decision")),
        // Both passes by one person are still one pair of eyes.
        (&alone, "90", &["甲"], Err("own-decision")),
        (&alone, "90", &["乙"], Err("second-pass-needed")),
        (&alone, "90", &["甲", "乙"], Ok(())),
        (&matched, "90", &["丙"], Err("correction-needs-two")),
        (&matched, "90", &["丙", "丙"], Err("correction-needs-two")),
        (&matched, "80", &["丙", "丁"], Ok(())),
        // One person under two spellings is one.
        (&matched, "80", &["王伟", "王 伟"], Err("correction-needs-two")),
        (&matched, "80", &["Anna", "ａｎｎａ"], Err("correction-needs-two")),
        (&different, "80", &[" 甲"], Err("own-decision")),
        (&one, "90", &["甲 "], Err("own-decision")),
        (&MarkState::Empty, "90", &["丙"], Err("nothing-to-decide")),
    ] {
        let got = may_decide(state, value(text), &who(by)).map_err(|f| crate::coded::Coded::code(&f));
        assert_eq!(got, want.map_err(str::to_owned), "{state:?} {text} {by:?}");
    }
    assert_eq!(serde_json::to_string(&one).unwrap(), r#"{"one-pass":{"by":"甲"}}"#, "the second person works blind");
    assert!(may_key(&"甲".into(), [], [&"甲".into()]).is_err());
    assert!(may_key(&"王伟".into(), [], [&"王\u{3000}伟".into()]).is_err());
    assert!(may_key(&"甲".into(), [&"乙".into()], []).is_err());
    assert!(may_key(&"甲".into(), [&"甲".into()], [&"乙".into()]).is_ok());
    // What both passes say is changed by a correction only.
    for (mine, other, new, ok) in [
        (vec![], vec![80], 80, true),
        (vec![80], vec![], 85, true),
        (vec![80], vec![85], 85, true),
        (vec![80], vec![80], 80, true),
        (vec![80], vec![80], 85, false),
        (vec![80, 85], vec![85], 80, false),
    ] {
        assert_eq!(may_replace(&mine, &other, &new).is_ok(), ok, "{mine:?} {other:?} {new}");
    }
}

#[test]
fn what_a_mark_counts_and_how_far_it_is() {
    let state = |first: &str, second: &str| settle([&[keyed(first, "甲")], &[keyed(second, "乙")]], &[]);
    let decided =
        |text: &str| settle([&[], &[]], &[DecidedMark { value: keyed(text, "").value, by: vec!["丙".into()], reason: "卷面".into() }]);
    let ninety = Counted::As(MarkValue::Given(Mark(90_000)));
    let (absent, void) = (Counted::As(MarkValue::Absent), Counted::As(MarkValue::Void));
    let one = settle([&[keyed("90", "甲")], &[]], &[]);
    let (out, here, gone) = (AtDoor::Nothing, AtDoor::LetIn, AtDoor::Absent);
    use Progress::{AgainstRoom, Decided, Different, Matched, Missing, OnePass, Unruled};
    // What stands there, what the room said; what it counts and how far it is; how far where headquarters voided it.
    for (state, door, want, far, ruled) in [
        (None, out, Counted::Open, Missing, Matched),
        (None, here, Counted::Open, Missing, Matched),
        (None, gone, absent, Matched, Matched),
        (Some(one.clone()), here, Counted::Open, OnePass, Matched),
        (Some(one), gone, Counted::Open, OnePass, Matched),
        (Some(state("90", "90")), out, ninety, Matched, Matched),
        (Some(state("90", "90")), here, ninety, Matched, Matched),
        (Some(state("90", "90")), gone, Counted::AgainstRoom, AgainstRoom, Matched),
        (Some(state("90", "80")), here, Counted::Open, Different, Different),
        (Some(state("缺考", "缺考")), out, absent, Matched, Matched),
        (Some(state("缺考", "缺考")), gone, absent, Matched, Matched),
        (Some(state("缺考", "缺考")), here, Counted::AgainstRoom, AgainstRoom, Matched),
        (Some(state("缺考", "90")), here, Counted::Open, Different, Different),
        (Some(state("违纪", "违纪")), here, Counted::VoidUnruled, Unruled, Matched),
        (Some(state("违纪", "违纪")), gone, Counted::VoidUnruled, Unruled, Matched),
        (Some(state("违纪", "90")), here, Counted::Open, Different, Different),
        (Some(decided("违纪")), here, Counted::VoidUnruled, Unruled, Decided),
        (Some(decided("90")), gone, ninety, Decided, Decided),
        (Some(decided("缺考")), here, absent, Decided, Decided),
    ] {
        let state = state.as_ref();
        assert_eq!((counted(state, door, false), progress(state, door, false)), (want, far), "{state:?} {door:?}");
        assert_eq!((counted(state, door, true), progress(state, door, true)), (void, ruled), "{state:?} {door:?}");
    }
    let doors = [(false, false), (true, false), (false, true), (true, true)].map(|(let_in, absent)| AtDoor::of(let_in, absent));
    assert_eq!(doors, [out, here, gone, gone]);
}
