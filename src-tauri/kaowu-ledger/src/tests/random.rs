//! Properties: any order of arrival, in pieces, twice over, gives the same state; views rebuilt are the views kept.

use super::*;
use proptest::prelude::*;
use proptest::sample::Index;

/// Two laptops of a site, one of another, one of headquarters.
const DEVICES: u8 = 4;

fn elsewhere(n: u8) -> Elsewhere {
    let site = ["3201-01", "3201-01", "3201-02", crate::HQ][usize::from(n)];
    Elsewhere { site: site.into(), ..Elsewhere::new(n + 1) }
}

/// One step of a random history over these devices.
#[derive(Debug, Clone)]
struct Step {
    device: usize,
    /// Which earlier entry of the device it follows: the last, or by chance another (a fork).
    follows: Option<Index>,
    facts: Vec<(u8, Option<u32>)>,
    supersedes: Vec<Index>,
    /// Lost on the way (a gap).
    lost: bool,
}

fn step() -> impl Strategy<Value = Step> {
    let fact = (0..4_u8, proptest::option::weighted(0.8, 1..4_u32));
    (
        0..usize::from(DEVICES),
        proptest::option::weighted(0.06, any::<Index>()),
        proptest::collection::vec(fact, 0..4),
        proptest::collection::vec(any::<Index>(), 0..4),
        proptest::bool::weighted(0.08),
    )
        .prop_map(|(device, follows, facts, supersedes, lost)| Step { device, follows, facts, supersedes, lost })
}

/// The lines of a history with their devices, in the order of writing.
fn write(steps: &[Step]) -> Vec<(usize, FeedLine)> {
    let devices: Vec<Elsewhere> = (0..DEVICES).map(elsewhere).collect();
    let mut written: Vec<Vec<(u64, EntryId)>> = vec![Vec::new(); devices.len()];
    let mut ids: Vec<EntryId> = Vec::new();
    let mut lines = Vec::new();
    for step in steps {
        let feed = &written[step.device];
        let (seq, prev) = match &step.follows {
            Some(at) if !feed.is_empty() => at.get(feed).clone(),
            _ => feed.last().cloned().unwrap_or_default(),
        };
        let mut facts: Vec<Fact> = Vec::new();
        for (person, value) in &step.facts {
            let fact = mark(*person, *value);
            if facts.iter().all(|f| f.key != fact.key) {
                facts.push(fact);
            }
        }
        // Also entries of other devices, and ones that were lost.
        let supersedes = if ids.is_empty() { vec![] } else { step.supersedes.iter().map(|at| at.get(&ids).clone()).collect() };
        let line = devices[step.device].line(&devices[step.device].entry(Say { seq: seq + 1, prev, facts, supersedes }));
        written[step.device].push((seq + 1, id(&line)));
        ids.push(id(&line));
        if !step.lost {
            lines.push((step.device, line));
        }
    }
    lines
}

/// Merges pieces in the given order; a piece is the part of each device's lines in it.
fn merge(ledger: &mut Ledger, pieces: &[Vec<(usize, FeedLine)>]) {
    for piece in pieces {
        for n in 0..DEVICES {
            let feed: Vec<FeedLine> = piece.iter().filter(|(d, _)| *d == usize::from(n)).map(|(_, l)| l.clone()).collect();
            if !feed.is_empty() {
                ledger.merge(&feed, &elsewhere(n).trust()).unwrap();
            }
        }
    }
}

fn shape(ledger: &Ledger) -> impl PartialEq + std::fmt::Debug + use<> {
    let mut lines: Vec<Vec<u8>> = Vec::new();
    for feed in ledger.feeds().unwrap() {
        lines.extend(ledger.feed(&feed.device).unwrap().into_iter().map(|l| l.line));
    }
    (ledger.fingerprint().unwrap(), ledger.feeds().unwrap(), ledger.conflicts().unwrap(), ledger.agreements().unwrap(), lines)
}

/// The rule itself, word by word, over the lines that count.
fn by_the_book(ledger: &Ledger, lines: &[(usize, FeedLine)]) -> Vec<(String, EntryId, String)> {
    let feeds = ledger.feeds().unwrap();
    let counts = |e: &Entry| feeds.iter().find(|f| f.device == e.device).is_some_and(|f| f.forked_at.is_none_or(|at| e.seq < at));
    let accepted: Vec<(EntryId, Entry)> =
        lines.iter().map(|(_, l)| (id(l), Entry::read(&l.line).unwrap())).filter(|(_, e)| counts(e)).collect();
    let mut out = Vec::new();
    for (entry_id, entry) in &accepted {
        for fact in entry.body.facts.iter().filter(|f| !f.value.is_null()) {
            let dead = accepted.iter().any(|(_, later)| {
                let may = later.site == crate::HQ || later.site == entry.site;
                may && later.supersedes.contains(entry_id) && later.body.facts.iter().any(|f| f.key == fact.key)
            });
            if !dead {
                out.push((fact.key.clone(), entry_id.clone(), fact.value.to_string()));
            }
        }
    }
    out.sort();
    out
}

fn live(ledger: &Ledger) -> Vec<(String, EntryId, String)> {
    use kaowu_core::facts::FactKey;
    let held = ledger.each::<KeyedMark>().unwrap();
    let mut out: Vec<_> =
        held.into_iter().map(|(key, h)| (key.text(), h.entry, serde_json::to_value(&h.value).unwrap().to_string())).collect();
    out.sort();
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_state_depends_on_the_set_of_entries_alone(
        steps in proptest::collection::vec(step(), 1..40),
        order in any::<u64>(),
        cuts in proptest::collection::vec(any::<Index>(), 0..5),
        twice in proptest::collection::vec(any::<Index>(), 0..5),
    ) {
        let lines = write(&steps);
        let mut straight = memory();
        merge(&mut straight, std::slice::from_ref(&lines));
        prop_assert_eq!(live(&straight), by_the_book(&straight, &lines));

        // The same lines shuffled, some of them twice, in pieces.
        let mut shuffled = lines.clone();
        if !lines.is_empty() {
            shuffled.extend(twice.iter().map(|at| at.get(&lines).clone()));
        }
        shuffled.sort_by_key(|(_, line)| kaowu_core::journal::entry_id(&[&order.to_le_bytes(), line.line.as_slice()].concat()));
        let mut ends: Vec<usize> = cuts.iter().map(|at| at.index(shuffled.len() + 1)).chain([0, shuffled.len()]).collect();
        ends.sort_unstable();
        let pieces: Vec<_> = ends.windows(2).map(|pair| shuffled[pair[0]..pair[1]].to_vec()).collect();
        let mut pieced = memory();
        merge(&mut pieced, &pieces);
        prop_assert_eq!(shape(&pieced), shape(&straight));

        merge(&mut pieced, &[shuffled]);
        prop_assert_eq!(shape(&pieced), shape(&straight), "merged again");
        for mut ledger in [straight, pieced] {
            let kept = shape(&ledger);
            ledger.rebuild().unwrap();
            prop_assert_eq!(shape(&ledger), kept, "rebuilt");
            prop_assert_eq!(ledger.verify().unwrap().faults, vec![]);
        }
    }
}

/// What happens to a database that somebody works with.
#[derive(Debug, Clone)]
enum Work {
    /// An entry of its own, naming the entries at these places.
    Append(Vec<(u8, Option<u32>)>, Vec<Index>),
    /// An entry that is rolled back, after what it stated was read.
    Refuse(Vec<(u8, Option<u32>)>),
    /// A piece of the history of the devices elsewhere.
    Merge(Index, Index),
    /// An entry written by another program in the same file.
    Beside(u8, u32),
    Rebuild,
}

fn work() -> impl Strategy<Value = Work> {
    let facts = || proptest::collection::vec((0..4_u8, proptest::option::weighted(0.8, 1..4_u32)), 0..4);
    prop_oneof![
        6 => (facts(), proptest::collection::vec(any::<Index>(), 0..3)).prop_map(|(facts, named)| Work::Append(facts, named)),
        2 => facts().prop_map(Work::Refuse),
        3 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Work::Merge(from, to)),
        1 => (0..4_u8, 1..4_u32).prop_map(|(person, value)| Work::Beside(person, value)),
        1 => Just(Work::Rebuild),
    ]
}

/// One fact a person: the last said.
fn facts_of(said: &[(u8, Option<u32>)]) -> Vec<Fact> {
    said.iter()
        .map(|(person, value)| (*person, mark(*person, *value)))
        .collect::<std::collections::BTreeMap<_, _>>()
        .into_values()
        .collect()
}

type Row = (String, crate::Held<KeyedMark>);

/// The rows as a connection of its own reads them, and as they are kept; and what was made of them.
fn read_and_kept(ledger: &Ledger, file: &std::path::Path) -> ([Vec<Row>; 2], [String; 2]) {
    use kaowu_core::facts::{FactKey, Topic};
    let anew = Ledger::open(file).unwrap();
    let prefix = "city/written/";
    let fresh: Vec<Row> = anew.under::<KeyedMark>(prefix).unwrap().into_iter().map(|(key, held)| (key.text(), held)).collect();
    let table = ledger.table::<KeyedMark>().unwrap();
    let kept: Vec<Row> = table.under(prefix).map(|(key, held)| (key.text(), held.clone())).collect();
    let make = |reader: &crate::Reader| {
        let all = reader.under::<KeyedMark>("")?.into_iter().map(|(_, held)| format!("{:?} {}", held.value, held.entry));
        Ok::<_, crate::LedgerError>(all.collect::<Vec<_>>().join("\n"))
    };
    let made = ledger.kept("all", &[KeyedMark::NAME], || make(ledger)).unwrap();
    ([fresh, kept], [make(&anew).unwrap(), made.as_ref().clone()])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_what_is_read_anew(steps in proptest::collection::vec(step(), 1..24), works in proptest::collection::vec(work(), 1..16)) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.kaowu-db");
        let mut ledger = Ledger::create(&file, &genesis()).unwrap();
        let lines = write(&steps);
        let mut ids: Vec<EntryId> = lines.iter().map(|(_, line)| id(line)).collect();
        for work in &works {
            match work {
                Work::Append(said, named) => {
                    // With every line lost there is nothing yet to name.
                    let named = named.iter().filter(|_| !ids.is_empty()).map(|at| at.get(&ids).clone()).collect();
                    ids.push(ledger.append(&stamp(), draft(facts_of(said), named)).unwrap());
                }
                Work::Refuse(said) => {
                    let refused = ledger.transact(|tx| {
                        tx.append(&stamp(), draft(facts_of(said), vec![]))?;
                        let wanted: Vec<_> = tx.under::<KeyedMark>("")?.into_iter().map(|(_, held)| held).collect();
                        let kept: Vec<_> = tx.table::<KeyedMark>()?.under("").map(|(_, held)| held.clone()).collect();
                        assert_eq!(kept, wanted, "a transaction sees what it wrote");
                        Err::<(), crate::LedgerError>(StoreFault::DiskFull.into())
                    });
                    prop_assert!(refused.is_err());
                }
                Work::Merge(..) if lines.is_empty() => {}
                Work::Merge(from, to) => {
                    let (from, to) = (from.index(lines.len()), to.index(lines.len()));
                    merge(&mut ledger, &[lines[from.min(to)..=from.max(to)].to_vec()]);
                }
                Work::Beside(person, value) => {
                    let mut beside = Ledger::open(&file).unwrap();
                    ids.push(beside.append(&stamp(), draft(vec![mark(*person, Some(*value))], vec![])).unwrap());
                }
                Work::Rebuild => ledger.rebuild().unwrap(),
            }
            let ([fresh, kept], [made_anew, made]) = read_and_kept(&ledger, &file);
            prop_assert_eq!(kept, fresh, "after {:?}", work);
            prop_assert_eq!(made, made_anew, "after {:?}", work);
        }
    }
}
