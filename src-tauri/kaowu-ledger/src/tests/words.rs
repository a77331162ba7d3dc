//! Every refusal has words in both languages that use its facts.

use super::*;
use kaowu_core::words::Lang;

#[test]
fn every_refusal_is_said() {
    let text = || "x".to_owned();
    let faults = [
        StoreFault::DatabaseMissing { file: text() },
        StoreFault::DatabaseExists { file: text() },
        StoreFault::NotADatabase { file: text() },
        StoreFault::DatabaseTooNew { file: text(), version: 9 },
        StoreFault::DatabaseDamaged { detail: text() },
        StoreFault::DatabaseBusy,
        StoreFault::OpenElsewhere,
        StoreFault::Stopped,
        StoreFault::DatabaseIsCopy,
        StoreFault::OwnFeedForked { seq: 1 },
        StoreFault::DiskFull,
        StoreFault::BackupDiskFull { file: text() },
        StoreFault::BackupTooLarge { file: text() },
        StoreFault::BackupReadOnly { file: text() },
        StoreFault::BackupNameRefused { file: text() },
        StoreFault::DiskError { detail: text() },
        StoreFault::StoreError { detail: text() },
        StoreFault::FactConflict { topic: text(), key: text(), values: vec![text()] },
        StoreFault::FactMalformed { topic: text(), key: text() },
        StoreFault::OnlyHqStates { topic: text() },
        StoreFault::FactTwice { topic: text(), key: text() },
        StoreFault::IdMalformed { id: "x".into() },
        StoreFault::LineUnreadable { line: 1, detail: text() },
        StoreFault::FeedOfOtherEvent { event: text(), wanted: text() },
        StoreFault::FeedOfOtherMode { mode: Mode::Live, wanted: Mode::Drill },
        StoreFault::FeedOfOtherDevice { seq: 1 },
        StoreFault::FeedOfOtherSite { site: text(), wanted: text() },
        StoreFault::FeedBroken { seq: 1 },
        StoreFault::SignatureWrong { seq: 1 },
        StoreFault::DeviceKeyWrong,
        StoreFault::FeedOversteps { seq: 1, topic: text() },
        StoreFault::BackupWrong { file: text(), detail: text() },
    ];
    for fault in faults {
        for lang in [Lang::Zh, Lang::En] {
            let said = lang.error(&crate::LedgerError::from(fault.clone()));
            assert!(!said.remedy.is_empty() && !format!("{}{}", said.what, said.remedy).contains('{'), "{fault:?}: {said:?}");
        }
    }
}
