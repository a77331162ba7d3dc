//! Feeds from elsewhere: what is refused, what is kept apart, what it comes to.

use super::*;
use crate::ClockWatch;
use chrono::TimeDelta;
use kaowu_core::facts::Candidate;

/// Merges and says what the report says.
fn merged(ledger: &mut Ledger, from: &Elsewhere, feed: &[FeedLine]) -> crate::MergeReport {
    let report = ledger.merge(feed, &from.trust()).unwrap();
    rebuilt(ledger);
    assert_eq!(ledger.verify().unwrap().faults, []);
    report
}

fn three() -> (Elsewhere, Vec<FeedLine>) {
    let far = Elsewhere::new(1);
    let feed = far.feed([vec![mark(1, Some(1))], vec![mark(2, Some(1))], vec![mark(3, Some(1))]]);
    (far, feed)
}

#[test]
fn merged_twice_is_merged_once() {
    let (far, feed) = three();
    let mut ledger = memory();
    let first = merged(&mut ledger, &far, &feed);
    assert_eq!((first.added, first.known, first.seq, first.head.clone(), first.missing), (3, 0, 3, id(&feed[2]), 0));
    let state = ledger.fingerprint().unwrap();
    let again = merged(&mut ledger, &far, &feed);
    assert_eq!((again.added, again.known, again.seq), (0, 3, 3));
    assert_eq!(ledger.fingerprint().unwrap(), state);
    assert_eq!(ledger.feed(&far.device()).unwrap(), feed, "what is handed on is what came");
    assert_eq!(marks(&ledger, 2).len(), 1);
}

#[test]
fn one_wrong_line_refuses_the_whole() {
    let check = |name: &str, wanted: &str, work: &dyn Fn(&Elsewhere, &mut Vec<FeedLine>, &mut FeedTrust)| {
        let (far, mut feed) = three();
        let mut trust = far.trust();
        work(&far, &mut feed, &mut trust);
        let mut ledger = memory();
        let before = ledger.fingerprint().unwrap();
        let error = ledger.merge(&feed, &trust).unwrap_err();
        assert_eq!(code(&error), wanted, "{name}: {error:?}");
        assert_eq!((ledger.fingerprint().unwrap(), ledger.feeds().unwrap().len()), (before, 1), "{name}: something was stored");
    };
    let change = |far: &Elsewhere, line: &mut FeedLine, work: &dyn Fn(&mut Entry)| {
        let mut entry = Entry::read(&line.line).unwrap();
        work(&mut entry);
        *line = far.line(&entry);
    };
    check("a byte of the line", "signature-wrong", &|_, feed, _| {
        let text = String::from_utf8(feed[1].line.clone()).unwrap();
        feed[1].line = text.replace("\"given\":1", "\"given\":2").into_bytes();
    });
    check("a byte of the signature", "signature-wrong", &|_, feed, _| feed[2].signature[5] ^= 1);
    check("cut short", "line-unreadable", &|_, feed, _| feed[2].line.truncate(100));
    check("empty line", "line-unreadable", &|_, feed, _| feed[1].line.clear());
    check("spaces", "line-unreadable", &|far, feed, _| {
        feed[1] = far.sign(String::from_utf8(feed[1].line.clone()).unwrap().replace(":2,", ": 2,").into_bytes())
    });
    check("a fraction", "line-unreadable", &|far, feed, _| {
        feed[1] = far.sign(String::from_utf8(feed[1].line.clone()).unwrap().replace("\"given\":1", "\"given\":1.5").into_bytes())
    });
    check("a later form", "entry-too-new", &|far, feed, _| change(far, &mut feed[1], &|e| e.v = 99));
    check("another event", "feed-of-other-event", &|far, feed, _| change(far, &mut feed[1], &|e| e.event = "other".into()));
    check("a drill", "feed-of-other-mode", &|far, feed, _| change(far, &mut feed[1], &|e| e.mode = Mode::Drill));
    check("another device", "feed-of-other-device", &|far, feed, _| change(far, &mut feed[1], &|e| e.device = "d".into()));
    check("another site", "feed-of-other-site", &|far, feed, _| change(far, &mut feed[1], &|e| e.site = "3202-01".into()));
    check("number 0", "feed-broken", &|far, feed, _| change(far, &mut feed[0], &|e| e.seq = 0));
    check("a number beyond all", "feed-broken", &|far, feed, _| change(far, &mut feed[2], &|e| e.seq = u64::MAX));
    check("a first that names one before", "feed-broken", &|far, feed, _| change(far, &mut feed[0], &|e| e.prev = "0".repeat(64).into()));
    check("a later that names none", "feed-broken", &|far, feed, _| change(far, &mut feed[1], &|e| e.prev = "".into()));
    check("prev that is no id", "line-unreadable", &|far, feed, _| change(far, &mut feed[1], &|e| e.prev = "xyz".into()));
    check("supersedes that is no id", "line-unreadable", &|far, feed, _| change(far, &mut feed[1], &|e| e.supersedes = vec!["xyz".into()]));
    check("a key stated twice", "fact-twice", &|far, feed, _| {
        change(far, &mut feed[1], &|e| e.body.facts = vec![mark(1, None), mark(1, None)])
    });
    check("what only HQ states", "feed-oversteps", &|far, feed, _| {
        change(far, &mut feed[1], &|e| e.body.facts = vec![Fact { topic: "weights".into(), key: "city".into(), value: json!(null) }])
    });
    check("a fact of no form", "feed-oversteps", &|far, feed, _| {
        change(far, &mut feed[1], &|e| e.body.facts[0].value = json!({"value": 3}))
    });
    check("another key", "feed-of-other-device", &|_, _, trust| trust.key = Elsewhere::new(2).trust().key);
    check("no key", "device-key-wrong", &|_, _, trust| trust.key = [2; 32]);
    check("a weak key", "device-key-wrong", &|_, _, trust| (trust.key, trust.key[0]) = ([0; 32], 1));
    check("another site's packet", "feed-of-other-site", &|_, _, trust| trust.site = "3202-01".into());
}

#[test]
fn an_altered_signature_of_a_known_line_is_noticed() {
    let (far, mut feed) = three();
    let mut ledger = memory();
    merged(&mut ledger, &far, &feed);
    feed[1].signature[0] ^= 1;
    assert_eq!(fault(ledger.merge(&feed, &far.trust())), StoreFault::SignatureWrong { seq: 2 });
    let mut trust = far.trust();
    trust.site = "3209-01".into();
    assert_eq!(fault(ledger.merge(&[], &trust)).code(), "feed-of-other-site");
}

#[test]
fn a_fork_is_kept_apart_and_shown() {
    let (far, feed) = three();
    let other = far.after(1, id(&feed[0]), [vec![mark(2, Some(9))], vec![mark(4, Some(9))]]);
    let both = |mut ledger: Ledger, parts: [&[FeedLine]; 2]| {
        let mut last = None;
        for part in parts {
            last = Some(merged(&mut ledger, &far, part));
        }
        (ledger, last.unwrap())
    };
    let (one, report) = both(memory(), [&feed, &other]);
    assert_eq!((report.forked_at, report.seq, report.head.clone(), report.added), (Some(2), 1, id(&feed[0]), 2));
    let feed_of = |ledger: &Ledger| ledger.feeds().unwrap().into_iter().find(|f| f.device == far.device()).unwrap();
    assert_eq!((feed_of(&one).entries, feed_of(&one).quarantined, feed_of(&one).forked_at), (5, 4, Some(2)));
    assert_eq!([1, 2, 3, 4].map(|person| marks(&one, person).len()), [1, 0, 0, 0]);
    assert_eq!(one.feed(&far.device()).unwrap().len(), 5, "both sides are kept");
    assert_eq!(one.entries(&crate::Filter::default(), 9).unwrap().iter().filter(|l| l.quarantined).count(), 4);

    let (two, _) = both(memory(), [&other, &feed]);
    assert_eq!(two.fingerprint().unwrap(), one.fingerprint().unwrap());
    // The other side need not be here: a successor that names it is enough.
    let (three, report) = both(memory(), [&feed[..2], &other[1..]]);
    assert_eq!(report.forked_at, Some(2));
    assert_eq!(three.fingerprint().unwrap(), one.fingerprint().unwrap());
    // What comes later on a split feed does not count either; an earlier split moves the border back.
    let (mut four, _) = both(memory(), [&feed, &other]);
    merged(&mut four, &far, &far.after(3, id(&feed[2]), [vec![mark(5, Some(1))]]));
    assert!(marks(&four, 5).is_empty());
    merged(&mut four, &far, &far.feed([vec![mark(1, Some(7))]]));
    assert!(marks(&four, 1).is_empty());
    assert_eq!((feed_of(&four).forked_at, feed_of(&four).seq, feed_of(&four).head.as_str()), (Some(1), 0, ""));
}

#[test]
fn what_a_quarantined_entry_replaced_holds_again() {
    // Two laptops of one site.
    let (near, far) = (Elsewhere { site: Elsewhere::new(1).site, ..Elsewhere::new(2) }, Elsewhere::new(1));
    let value = near.feed([vec![mark(1, Some(1))]]);
    let first = far.feed([vec![]]);
    let kill = far.line(&far.entry(Say { seq: 2, prev: id(&first[0]), facts: vec![mark(1, Some(2))], supersedes: vec![id(&value[0])] }));
    let fork = far.after(1, id(&first[0]), [vec![mark(3, Some(1))]]);
    let mut ledger = memory();
    // The replacing entry comes before the one that it replaces.
    merged(&mut ledger, &far, &[first[0].clone(), kill]);
    merged(&mut ledger, &near, &value);
    assert_eq!(marks(&ledger, 1), [r#"{"given":2}"#]);
    merged(&mut ledger, &far, &fork);
    assert_eq!(marks(&ledger, 1), [r#"{"given":1}"#]);
}

/// Whatever comes first: a site replaces what its own laptops said, headquarters what anybody said.
#[test]
fn a_site_replaces_its_own_word_only() {
    let site = |n, of: &str| Elsewhere { site: of.into(), ..Elsewhere::new(n) };
    for (by, of, replaced) in
        [("a", "a", true), ("a", "b", false), ("a", crate::HQ, false), (crate::HQ, "a", true), (crate::HQ, crate::HQ, true)]
    {
        let (old, new) = (site(1, of), site(2, by));
        let value = old.feed([vec![mark(1, Some(1))]]);
        let names = new.line(&new.entry(Say { seq: 1, prev: "".into(), facts: vec![mark(1, Some(2))], supersedes: vec![id(&value[0])] }));
        let wanted: &[&str] = if replaced { &[r#"{"given":2}"#] } else { &[r#"{"given":1}"#, r#"{"given":2}"#] };
        for new_first in [false, true] {
            let mut ledger = memory();
            let mut feeds = [(&old, value.as_slice()), (&new, std::slice::from_ref(&names))];
            if new_first {
                feeds.reverse();
            }
            for (far, feed) in feeds {
                merged(&mut ledger, far, feed);
            }
            assert_eq!(marks(&ledger, 1), wanted, "{by} names {of}'s, new first: {new_first}");
            assert_eq!(ledger.conflicts().unwrap().len(), usize::from(!replaced));
            rebuilt(&mut ledger);
        }
    }
}

#[test]
fn a_gap_is_said_and_filled() {
    let (far, feed) = three();
    let mut ledger = memory();
    let report = merged(&mut ledger, &far, &feed[2..]);
    assert_eq!((report.missing, report.seq), (2, 3));
    assert_eq!(ledger.missing(&far.device()).unwrap(), [(1, 2)]);
    let report = merged(&mut ledger, &far, &feed[..1]);
    assert_eq!((report.missing, ledger.missing(&far.device()).unwrap()), (1, vec![(2, 2)]));
    let report = merged(&mut ledger, &far, &feed);
    assert_eq!((report.missing, report.added, report.known), (0, 1, 2));
}

#[test]
fn a_clock_set_back_is_said() {
    let (far, mut feed) = three();
    for (n, (t, boot, mono)) in
        [("2020-06-27T09:10:00+08:00", "b", 10), ("2020-06-27T09:05:00+08:00", "b", 20), ("2020-06-27T08:00:00+08:00", "c", 1)]
            .into_iter()
            .enumerate()
    {
        let mut entry = Entry::read(&feed[n].line).unwrap();
        (entry.t, entry.boot, entry.mono) = (t.into(), boot.into(), mono);
        entry.prev = if n == 0 { "".into() } else { id(&feed[n - 1]) };
        feed[n] = far.line(&entry);
    }
    let mut ledger = memory();
    assert_eq!(merged(&mut ledger, &far, &feed).clock_fell, [2]);
    assert_eq!(ledger.verify().unwrap().clock_fell, [(far.device(), 2)]);
}

/// Entries of one feed by their times and the order in which they come, against where the clock fell by more than two minutes.
#[test]
fn clocks_set_back_are_found_however_the_entries_come() {
    let far = Elsewhere::new(1);
    let t = |minute: i64| {
        (chrono::DateTime::parse_from_rfc3339("2020-06-27T09:00:00+08:00").unwrap() + TimeDelta::minutes(minute)).to_rfc3339()
    };
    let check = |minutes: &[i64], order: &[usize], want: &[(u64, i64, i64)]| {
        let mut feed: Vec<FeedLine> = Vec::new();
        for (n, minute) in minutes.iter().enumerate() {
            let prev = feed.last().map_or_else(EntryId::default, id);
            let said = Say { seq: u64::try_from(n).unwrap() + 1, prev, facts: vec![], supersedes: vec![] };
            feed.push(far.line(&Entry { t: t(*minute), boot: format!("b{}", n / 2), ..far.entry(said) }));
        }
        let (mut ledger, mut watch) = (memory(), ClockWatch::default());
        let mut found = Vec::new();
        for at in order {
            merged(&mut ledger, &far, &feed[*at..=*at]);
            // Asked after each of them, as a screen asks.
            found = ledger.clocks_set_back(TimeDelta::minutes(2), &mut watch).unwrap().to_vec();
        }
        let want: Vec<_> = want.iter().map(|(seq, before, at)| (*seq, t(*before), t(*at))).collect();
        assert_eq!(found.into_iter().map(|f| (f.seq, f.before, f.at)).collect::<Vec<_>>(), want, "{minutes:?} {order:?}");
    };
    check(&[0, 1, 2, 3], &[0, 1, 2, 3], &[]);
    // A minute or two is the clock being set right.
    check(&[5, 4, 2, 3], &[0, 1, 2, 3], &[]);
    check(&[0, 30, 5, 6], &[0, 1, 2, 3], &[(3, 30, 5)]);
    // Before and after the machine was started anew; what came late is looked at in its place.
    check(&[40, 10, 30, 0], &[0, 1, 2, 3], &[(2, 40, 10), (4, 30, 0)]);
    check(&[40, 10, 30, 0], &[3, 1, 0, 2], &[(2, 40, 10), (4, 30, 0)]);
    check(&[0, 30, 5, 6], &[0, 2, 3, 1], &[(3, 30, 5)]);
}

#[test]
fn an_opening_counts_only_where_the_packet_was_opened() {
    let person = Fact {
        topic: "candidate".into(),
        key: "city/320102199001011234".into(),
        value: json!({"name": "王㛃", "unit": "320102", "source": "a.xlsx"}),
    };
    let opening = || Draft::new(crate::OPENING).facts([person.clone(), mark(1, Some(1))]);
    let site = Genesis { site: "3201-01".into(), device_seed: [55; 32], ..genesis() };
    let mut there = Ledger::found(Connection::open_in_memory().unwrap(), &site, None).unwrap();
    there.append(&stamp(), opening()).unwrap();
    assert_eq!(there.each::<Candidate>().unwrap().len(), 1);
    rebuilt(&mut there);
    let mut here = memory();
    let trust = FeedTrust { site: "3201-01".into(), key: there.public_key(), from_site: true };
    here.merge(&there.feed(there.device()).unwrap(), &trust).unwrap();
    assert_eq!((here.each::<Candidate>().unwrap().len(), marks(&here, 1).len()), (0, 1));
    rebuilt(&mut here);
    // Any other entry of a site that states as much is refused, there and here.
    let wrong = Draft::new("roster.imported").fact(person.clone());
    assert_eq!(fault(there.append(&stamp(), wrong.clone())), StoreFault::OnlyHqStates { topic: "candidate".into() });
    there.site = crate::HQ.into();
    there.append(&stamp(), wrong).unwrap();
    let mut lines = there.feed(there.device()).unwrap();
    let mut entry = Entry::read(&lines[1].line).unwrap();
    entry.site = "3201-01".into();
    lines[1] = Elsewhere { key: SigningKey::from_bytes(&[55; 32]), site: String::new() }.line(&entry);
    assert_eq!(fault(here.merge(&lines, &trust)).code(), "feed-oversteps");
}

#[test]
fn a_database_that_meets_its_own_later_entries_is_a_copy() {
    let mut first = memory();
    first.append(&stamp(), draft(vec![mark(1, Some(1))], vec![])).unwrap();
    let mut second = memory();
    let trust = FeedTrust { site: "hq".into(), key: first.public_key(), from_site: false };
    let report = second.merge(&first.feed(first.device()).unwrap(), &trust).unwrap();
    assert_eq!((report.added, second.is_copy()), (1, true));
    assert_eq!(fault(second.append(&stamp(), draft(vec![], vec![]))), StoreFault::DatabaseIsCopy);
    // Had it written meanwhile, its feed splits.
    let mut third = memory();
    third.append(&stamp(), draft(vec![mark(1, Some(2))], vec![])).unwrap();
    third.merge(&first.feed(first.device()).unwrap(), &trust).unwrap();
    third.copy = false;
    assert_eq!(fault(third.append(&stamp(), draft(vec![], vec![]))), StoreFault::OwnFeedForked { seq: 1 });
    third.continue_as([3; 32]).unwrap();
    third.append(&stamp(), draft(vec![mark(1, Some(2))], vec![])).unwrap();
    assert_eq!(marks(&third, 1), [r#"{"given":2}"#]);
    rebuilt(&mut third);
}
