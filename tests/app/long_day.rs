//! Eight hours of a laptop, compressed: memory at the end is what it was after the first hour (`./x soak`).

use crate::world::{ctx, hq, seated};
use kaowu_core::facts::Pass;
use kaowu_core::figure::Mark;
use kaowu_core::identity::{PartId, StageId};
use kaowu_core::journal::Mode;
use kaowu_core::marks::MarkValue;
use kaowu_desk::{Decision, Desk};
use std::path::Path;

const HOURS: u32 = 8;
const MORNING: &str = "2020-06-27T08:50:00+08:00";
const NOON: &str = "2020-06-27T12:30:00+08:00";

/// Kilobytes this process has in memory.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// An hour at the door and at the marks desk; returns how many entries it wrote.
fn hour(desk: &mut Desk, folder: &Path, n: u32) -> u64 {
    let (stage, part): (StageId, PartId) = ("city".into(), "written".into());
    let site = desk.view().brief().unwrap().unwrap().site;
    let before = desk.written().unwrap();
    for ((_, room), people) in desk.view().seats_by_room(&stage).unwrap().iter() {
        let door = (&site, room);
        for (id, number) in people.values() {
            if n > 0 {
                desk.undo_check_in(&ctx("监考员", MORNING), &stage, &part, number.as_str(), "误扫").unwrap();
            }
            desk.check_in(&ctx("监考员", MORNING), &stage, &part, door, number.as_str()).unwrap();
            if n == 0 {
                for (pass, who) in [(1, "甲"), (2, "乙")] {
                    desk.key_mark(&ctx(who, NOON), &stage, &part, Pass(pass), id, "60").unwrap();
                }
            } else {
                for mark in [60 + n, 70 + n] {
                    let value = MarkValue::Given(Mark(i64::from(mark) * 1000));
                    let correction = Decision { id, value, with: Some("乙".into()), reason: "查卷" };
                    desk.decide_mark(&ctx("甲", NOON), &stage, &part, &correction).unwrap();
                }
            }
            desk.overview(ctx("负责人", NOON).now).unwrap();
            desk.mark_counts(&stage, &part).unwrap();
        }
    }
    desk.hand_over(&ctx("负责人", NOON), &folder.join("stick")).unwrap();
    desk.second().unwrap().backup_in_ring(&folder.join("ring"), 3).unwrap();
    assert!(desk.verify_journal().unwrap().faults.is_empty());
    desk.written().unwrap() - before
}

#[test]
#[ignore = "minutes: ./x soak"]
fn eight_hours_leave_memory_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["stick", "ring"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    let mut headquarters = seated(&folder, Mode::Live);
    let issued = headquarters.issue_packet(&hq(), &"city".into(), &"written".into(), &"3201-01".into(), folder.path()).unwrap();
    drop(headquarters);
    let (mut desk, _) = Desk::open_packet(&folder.path().join("site"), &ctx("负责人", MORNING), &issued.path, &issued.words).unwrap();
    let mut after = Vec::new();
    for n in 0..HOURS {
        let written = hour(&mut desk, folder.path(), n);
        after.push(resident());
        println!("hour {}: {written} entries, {} MB", n + 1, after[n as usize] / 1024);
    }
    // The handover of the whole journal grows with it; some megabytes an hour would be a leak.
    let (first, last) = (after[1], after[HOURS as usize - 1]);
    assert!(last < first + first / 4 + 16 * 1024, "{after:?} KB");
}
