//! Properties: any order of arrival, in pieces, twice over, gives the same state; views rebuilt are the views kept.

use super::*;
use proptest::prelude::*;
use proptest::sample::Index;

/// One step of a random history over three devices.
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
        0..3_usize,
        proptest::option::weighted(0.06, any::<Index>()),
        proptest::collection::vec(fact, 0..4),
        proptest::collection::vec(any::<Index>(), 0..4),
        proptest::bool::weighted(0.08),
    )
        .prop_map(|(device, follows, facts, supersedes, lost)| Step { device, follows, facts, supersedes, lost })
}

/// The lines of a history with their devices, in the order of writing.
fn write(steps: &[Step]) -> Vec<(usize, FeedLine)> {
    let devices: Vec<Elsewhere> = (0..3).map(|n| Elsewhere::new(n + 1)).collect();
    let mut written: Vec<Vec<(u64, EntryId)>> = vec![Vec::new(); 3];
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
        for n in 0..3_u8 {
            let feed: Vec<FeedLine> = piece.iter().filter(|(d, _)| *d == usize::from(n)).map(|(_, l)| l.clone()).collect();
            if !feed.is_empty() {
                ledger.merge(&feed, &Elsewhere::new(n + 1).trust()).unwrap();
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
            let dead =
                accepted.iter().any(|(_, later)| later.supersedes.contains(entry_id) && later.body.facts.iter().any(|f| f.key == fact.key));
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
