//! Rows of a roster: every cell is anybody's text.
#![no_main]
use kaowu_core::plan::{Plan, bundled};
use kaowu_core::roster::{RawPerson, read_roster};
use std::sync::LazyLock;
static PLAN: LazyLock<Plan> = LazyLock::new(|| Plan::read(bundled("jiangsu-2020").unwrap()).unwrap());
libfuzzer_sys::fuzz_target!(|text: &str| {
    let rows: Vec<RawPerson> = (1..)
        .zip(text.lines())
        .map(|(row, line)| {
            let mut cells = line.split('\t').map(str::to_owned);
            let mut next = || cells.next().unwrap_or_default();
            let (name, id, outer, inner, sex, phone) = (next(), next(), next(), next(), next(), next());
            RawPerson { row, name, id, outer, inner, sex, phone, workplace: next(), ..RawPerson::default() }
        })
        .collect();
    let roster = read_roster(&rows, &PLAN, "fuzz", &|_| None);
    for person in roster.people.values() {
        assert!(!person.name.is_empty() && person.name.chars().count() <= 30);
        assert_eq!(kaowu_core::hidden::first_hidden(&person.name), None);
        assert_eq!(kaowu_core::hidden::first_hidden(&person.workplace), None);
    }
});
