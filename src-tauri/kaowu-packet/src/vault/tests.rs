//! Slots, wrong PINs and their waits, six words, files that were altered.

use super::*;
use kaowu_core::coded::Coded;

fn at(seconds: i64) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2020-06-27T07:00:00+08:00").unwrap() + TimeDelta::seconds(seconds)
}

fn key() -> DatabaseKey {
    Zeroizing::new([9; 32])
}

/// A vault of one operator, with a cheap PIN check: the waits are looked at, not the work.
fn vault(folder: &Path) -> Vault {
    let mut vault = Vault::new(&folder.join("e.db"));
    let (who, pin, cost) = ("王㛃".into(), Pin::new("805213"), pin::cheap());
    let secret = AgeIdentity::generate();
    let closed = pin.close(&who, &cost, secret.to_secret().as_bytes()).unwrap();
    vault.take_in(&who, Credential { cost, closed, recipient: secret.recipient() }, Some(&key())).unwrap();
    vault.set_words("one two three four five six", &key()).unwrap();
    vault.save().unwrap();
    vault
}

#[test]
fn a_good_pin_is_long_and_no_run() {
    for (pin, want) in [
        ("805213", "ok"),
        ("８０５２１３", "ok"),
        ("考务机房门牌", "ok"),
        ("80521", "pin-too-short"),
        ("     8", "pin-too-short"),
        ("000000", "pin-too-simple"),
        ("123456", "pin-too-simple"),
        ("654321", "pin-too-simple"),
        ("567890", "pin-too-simple"),
        ("098765", "pin-too-simple"),
        ("abcdef", "pin-too-simple"),
        ("123457", "ok"),
    ] {
        let got = Pin::new(pin).good().map_or_else(|e| e.code(), |()| "ok".to_owned());
        assert_eq!(got, want, "{pin}");
    }
}

#[test]
fn waits_grow_and_a_right_pin_ends_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut v = vault(folder.path());
    let (who, right, wrong) = (Operator::from("王㛃"), Pin::new("８０５２１３"), Pin::new("111112"));
    assert_eq!(*v.open(&who, &right, at(0)).unwrap().key, *key());
    let mut now = 0;
    for (n, seconds) in [(1, 0), (2, 0), (3, 30), (4, 60), (5, 120), (6, 240), (7, 480), (8, 900), (9, 900), (30, 900)] {
        while v.slot(&who).unwrap().wrong + 1 < n {
            v.slot(&who).unwrap().wrong += 1;
        }
        let left = 3_u32.saturating_sub(n);
        let want = if seconds > 0 { VaultFault::PinWrongWait { seconds } } else { VaultFault::PinWrong { left } };
        assert_eq!(v.open(&who, &wrong, at(now)).unwrap_err(), want, "{n}");
        if seconds > 0 {
            // The right one is not even looked at before its time, whoever reads the file again.
            let mut again = Vault::read(&folder.path().join("e.db")).unwrap().unwrap();
            let early = again.open(&who, &right, at(now + i64::try_from(seconds).unwrap() - 1)).unwrap_err();
            assert_eq!(early, VaultFault::PinLocked { operator: who.clone(), seconds: 1 }, "{n}");
            v = again;
        }
        now += i64::try_from(seconds).unwrap();
    }
    // A clock set back a year locks nobody out for a year.
    assert_eq!(v.waits(&who, at(-31_000_000)), 900);
    assert!(v.refused().0.len() > 10);
    assert_eq!(*v.open(&who, &right, at(now)).unwrap().key, *key());
    assert_eq!((v.waits(&who, at(now)), v.slot(&who).unwrap().wrong), (0, 0));
    let kept = v.refused().0.to_vec();
    assert!(kept.iter().all(|a| a.operator == who) && kept.iter().any(|a| a.why == "pin-locked"));
    v.forget_refused();
    for _ in 0..KEPT + 5 {
        v.open(&"某人".into(), &wrong, at(0)).unwrap_err();
    }
    assert_eq!((v.refused().0.len(), v.refused().1), (KEPT, 5));
}

#[test]
fn words_pins_and_names_open_what_they_were_given_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut v = vault(folder.path());
    let who = Operator::from("王㛃");
    assert_eq!(*v.open_with_words("One-two three FOUR five, six").unwrap().key, *key());
    assert_eq!(v.open_with_words("one two three four five seven").unwrap_err(), VaultFault::WordsWrong);
    // A new PIN for somebody: the old one is gone.
    let cost = pin::cheap();
    v.slot(&who).unwrap().credential.cost = cost.clone();
    v.change(&who, &Pin::new("805213"), &Pin::new("413580")).unwrap();
    assert_eq!(v.change(&who, &Pin::new("805213"), &Pin::new("999991")).unwrap_err().code(), "pin-wrong");
    assert_eq!(v.open(&who, &Pin::new("805213"), at(0)).unwrap_err().code(), "pin-wrong");
    assert_eq!(*v.open(&who, &Pin::new("413580"), at(0)).unwrap().key, *key());
    // Another's name over one's own slot does not make one that other.
    let mut bent = v.clone();
    bent.slot(&who).unwrap().operator = "李娜".into();
    assert_eq!(bent.open(&"李娜".into(), &Pin::new("413580"), at(0)).unwrap_err().code(), "pin-wrong");
    // What the bent one wrote is not to stay.
    v.seen = bent.seen;
    // A secret carried elsewhere opens there what is closed for it there.
    let mut site = Vault::new(&folder.path().join("site.db"));
    site.take_in(&who, v.credential(&who).unwrap(), Some(&Zeroizing::new([4; 32]))).unwrap();
    assert_eq!(*site.open(&who, &Pin::new("413580"), at(0)).unwrap().key, [4; 32]);
    // Somebody who works elsewhere proves the PIN, and opens nothing here.
    v.take_in(&who, v.credential(&who).unwrap(), None).unwrap();
    assert_eq!(v.open(&who, &Pin::new("413580"), at(0)).unwrap_err().code(), "works-elsewhere");
    assert_eq!(v.operators(), []);
    v.remove(&who);
    assert_eq!(v.open(&who, &Pin::new("413580"), at(0)).unwrap_err().code(), "no-pin");
}

#[test]
fn a_file_that_was_altered_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("e.db");
    assert!(Vault::read(&db).unwrap().is_none());
    vault(folder.path());
    let file = Vault::beside(&db);
    let text = std::fs::read_to_string(&file).unwrap();
    let pin = Pin::new("805213");
    for (from, to, want) in [
        ("\"v\": 2", "\"v\": 3", "vault-too-new"),
        ("{", "", "vault-damaged"),
        ("\"passes\": 1", "\"passes\": 99", "vault-damaged"),
        ("\"passes\": 1", "\"passes\": 2", "pin-wrong"),
        ("\"salt\": \"", "\"salt\": \"00", "pin-wrong"),
        ("\"nonce\": \"", "\"nonce\": \"00", "vault-damaged"),
    ] {
        std::fs::write(&file, text.replacen(from, to, 1)).unwrap();
        let got = Vault::read(&db).and_then(|v| v.unwrap().open(&"王㛃".into(), &pin, at(0)));
        assert_eq!(got.unwrap_err().code(), want, "{from} {to}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        vault(folder.path());
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o077, 0);
    }
}

/// Which of the two keys each way in gives, at each step of a change.
#[test]
fn a_change_of_the_key_leaves_one_behind() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("e.db");
    let mut v = vault(folder.path());
    let (stays, goes, elsewhere): (Operator, Operator, Operator) = ("王㛃".into(), "李娜".into(), "张伟".into());
    let closed_as = |who: &Operator, v: &mut Vault, key: Option<&DatabaseKey>| {
        let (pin, cost, secret) = (Pin::new("805213"), pin::cheap(), AgeIdentity::generate());
        let closed = pin.close(who, &cost, secret.to_secret().as_bytes()).unwrap();
        v.take_in(who, Credential { cost, closed, recipient: secret.recipient() }, key).unwrap();
    };
    closed_as(&goes, &mut v, Some(&key()));
    closed_as(&elsewhere, &mut v, None);
    let next = Zeroizing::new([4; 32]);
    let said = |v: &Vault, who: &Operator| {
        let keys = v.open_as_well(who, &Pin::new("805213"))?;
        Some((keys.key[0], keys.next.map(|n| n[0])))
    };
    let by_words = |v: &Vault| {
        let keys = v.open_with_words("one two three four five six").unwrap();
        (keys.key[0], keys.next.map(|n| n[0]))
    };
    let check = |v: &mut Vault, stay: (u8, Option<u8>), go: Option<(u8, Option<u8>)>, changing: bool| {
        v.save().unwrap();
        let v = Vault::read(&db).unwrap().unwrap();
        assert_eq!((said(&v, &stays), said(&v, &goes), by_words(&v)), (Some(stay), go, stay));
        assert_eq!((v.is_changing(), v.knows(&elsewhere), said(&v, &elsewhere)), (changing, true, None));
    };
    check(&mut v, (9, None), Some((9, None)), false);
    v.begin_change(&next, std::slice::from_ref(&goes)).unwrap();
    check(&mut v, (9, Some(4)), Some((9, None)), true);
    v.give_up_change();
    check(&mut v, (9, None), Some((9, None)), false);
    v.end_change();
    check(&mut v, (9, None), Some((9, None)), false);
    v.begin_change(&next, std::slice::from_ref(&goes)).unwrap();
    v.end_change();
    check(&mut v, (4, None), None, false);
    assert!(!v.knows(&goes));
    // In a vault of the first form the words closed the key itself: they are said anew before it changes.
    let first = close(key().as_slice(), &Lock::Words("one two three four five six".into())).unwrap();
    v.body.words = Some(Words::First(hex::encode(first)));
    assert_eq!((by_words(&v), v.can_change()), ((9, None), false));
    assert_eq!(v.begin_change(&next, &[]).unwrap_err().code(), "words-of-first-form");
    v.set_words("one two three four five six", &key()).unwrap();
    assert!(v.can_change());
}
