//! The room record 考场情况记录单 must add up before it is signed.

use super::incident::two_people;
use crate::coded;
use crate::facts::RoomRecordFact;
use crate::identity::CandidateNumber;
use serde::Serialize;
use std::collections::BTreeSet;

/// What the journal says of a room.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RoomFacts {
    /// Everyone seated there.
    pub expected: Vec<CandidateNumber>,
    /// Let in.
    pub admitted: Vec<CandidateNumber>,
    /// Fixed as absent.
    pub absent: Vec<CandidateNumber>,
    /// Incidents reported.
    pub incidents: u32,
}

impl RoomFacts {
    /// Who is neither let in nor fixed as absent. While anybody is, papers cannot be counted.
    pub fn awaited(&self) -> Vec<CandidateNumber> {
        let known: BTreeSet<&CandidateNumber> = self.admitted.iter().chain(&self.absent).collect();
        self.expected.iter().filter(|number| !known.contains(number)).cloned().collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// What does not add up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum RecordFault {
    /// A count that differs from the journal's.
    CountDiffers {
        /// Which.
        count: String,
        /// In the record.
        record: u32,
        /// In the journal.
        journal: u32,
    },
    /// present + absent ≠ expected.
    PeopleDoNotAddUp {
        /// Expected.
        expected: u32,
        /// Present.
        present: u32,
        /// Absent.
        absent: u32,
    },
    /// Absent numbers that differ from the journal's.
    AbsentDiffer {
        /// In one and not in the other.
        numbers: Vec<CandidateNumber>,
    },
    /// People neither let in nor fixed as absent.
    StillAwaited {
        /// Who.
        numbers: Vec<CandidateNumber>,
    },
    /// issued ≠ used + absent + spare.
    PapersDoNotAddUp {
        /// Issued.
        issued: u32,
        /// Used.
        used: u32,
        /// Of absent people.
        absent: u32,
        /// Spare.
        spare: u32,
    },
    /// returned ≠ issued.
    PapersMissing {
        /// Issued.
        issued: u32,
        /// Returned.
        returned: u32,
    },
    /// Not two different invigilators.
    RecordByTwo,
}
coded!(RecordFault);

/// Everything in a record that does not add up, in itself or against the journal.
pub fn check_record(record: &RoomRecordFact, journal: &RoomFacts) -> Vec<RecordFault> {
    let mut faults = Vec::new();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut same = |what: &str, record: u32, journal: u32| {
        if record != journal {
            faults.push(RecordFault::CountDiffers { count: what.to_owned(), record, journal });
        }
    };
    same("应到", record.expected, count(journal.expected.len()));
    same("实到", record.present, count(journal.admitted.len()));
    same("缺考", record.absent, count(journal.absent.len()));
    same("违纪", record.incidents, journal.incidents);
    if record.present.checked_add(record.absent) != Some(record.expected) {
        faults.push(RecordFault::PeopleDoNotAddUp { expected: record.expected, present: record.present, absent: record.absent });
    }
    let set = |numbers: &[CandidateNumber]| numbers.iter().cloned().collect::<BTreeSet<_>>();
    let (mine, theirs) = (set(&record.absent_numbers), set(&journal.absent));
    if mine != theirs {
        faults.push(RecordFault::AbsentDiffer { numbers: mine.symmetric_difference(&theirs).cloned().collect() });
    }
    let awaited = journal.awaited();
    if !awaited.is_empty() {
        faults.push(RecordFault::StillAwaited { numbers: awaited });
    }
    let sum = record.used.checked_add(record.absent_papers).and_then(|n| n.checked_add(record.spare));
    if sum != Some(record.issued) {
        faults.push(RecordFault::PapersDoNotAddUp {
            issued: record.issued,
            used: record.used,
            absent: record.absent_papers,
            spare: record.spare,
        });
    }
    if record.returned != record.issued {
        faults.push(RecordFault::PapersMissing { issued: record.issued, returned: record.returned });
    }
    if two_people(&record.invigilators).is_err() {
        faults.push(RecordFault::RecordByTwo);
    }
    faults
}
