//! Packets out, handovers in, receipts, sticks.

use crate::fonts::fonts;
use crate::roster::some_path;
use crate::shell::{Answer, Progress, Shell};
use kaowu_core::journal::Mode;
use kaowu_desk::screen::{BoardRow, Both, ConflictRow, PostRow};
use kaowu_desk::{Desk, DeskFault, Issued, Merged, write_file};
use serde::Serialize;
use specta::Type;
use std::path::Path;
use sysinfo::Disks;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

/// A packet with the words that open it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IssuedRow {
    post: String,
    of: Both,
    site_name: String,
    path: String,
    words: String,
    people: u32,
    check_code: String,
}

/// A handover merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MergedRow {
    post: String,
    of: Both,
    device: String,
    added: u32,
    known: u32,
    seq: u32,
    check_code: String,
    superseded: bool,
    notes: Vec<Both>,
}

/// A handover on the stick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Carried {
    path: String,
    sha256: String,
    entries: u32,
    check_code: String,
    says: Vec<Both>,
}

/// A receipt of HQ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReceiptRow {
    seq: u32,
    check_code: String,
    not_yet: u32,
    settled: u32,
}

/// Where a laptop goes on that stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TakenRow {
    device: String,
    seq: u32,
    check_code: String,
    added: u32,
}

/// What a packet says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct PacketLook {
    words: bool,
    sha256: String,
    says: Vec<Both>,
}

/// A stick in the machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Stick {
    pub(crate) path: String,
    label: String,
    free_mb: u32,
    /// Its file system, where it promises nothing until the stick is ejected; else empty.
    eject_first: String,
}

/// A kind of packet in words; the kind itself where there are none.
fn kind_words(kind: &str) -> (&str, &str) {
    match kind {
        "site" => ("考点包", "site packet"),
        "handover" => ("交接包", "handover"),
        "receipt" => ("回执", "receipt"),
        "awards" => ("获奖名单", "award list"),
        other => (other, other),
    }
}

fn small(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn row(desk: &Desk, issued: &Issued) -> IssuedRow {
    IssuedRow {
        of: desk.post_words(&issued.post),
        post: issued.post.clone(),
        site_name: issued.site_name.clone(),
        path: issued.path.display().to_string(),
        words: issued.words.clone(),
        people: issued.people,
        check_code: issued.check_code.clone(),
    }
}

/// Posts of a part.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn posts(shell: State<'_, Shell>, stage: String, part: String) -> Answer<Vec<PostRow>> {
    shell.read(|desk| desk.post_rows(&stage.as_str().into(), &part.as_str().into()))
}

/// Issues the packets of some sites. One that is done stays done when the rest is stopped.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn issue_packets(
    shell: State<'_, Shell>,
    stage: String,
    part: String,
    sites: Vec<String>,
    folder: String,
    progress: Channel<Progress>,
) -> Answer<Vec<IssuedRow>> {
    shell.begin();
    shell.with(|open| {
        let folder = some_path(&folder)?;
        let mut done = Vec::new();
        for (n, site) in sites.iter().enumerate() {
            if shell.tell(&progress, &Both::of("签发考点包", "Issuing site packets"), n, sites.len()).is_break() {
                break;
            }
            let ctx = open.ctx()?;
            let issued = open.desk.issue_packet(&ctx, &stage.as_str().into(), &part.as_str().into(), &site.as_str().into(), folder)?;
            done.push(row(&open.desk, &issued));
            open.issued.retain(|old| old.post != issued.post);
            open.slips_saved.remove(&issued.post);
            open.issued.push(issued);
        }
        Ok(done)
    })
}

/// Slips with the words of packets issued since the event was opened.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_slips(app: AppHandle, shell: State<'_, Shell>, posts: Vec<String>, out: String) -> Answer<()> {
    let fonts = fonts(&app)?;
    shell.with(|open| {
        let issued: Vec<Issued> = open.issued.iter().filter(|i| posts.contains(&i.post)).cloned().collect();
        if issued.is_empty() {
            return Err(DeskFault::NothingToPrint.into());
        }
        let bytes = open.desk.passphrase_slips(&open.ctx()?, &fonts, &issued)?;
        write_file(some_path(&out)?, &bytes)?;
        open.slips_saved.extend(issued.into_iter().map(|i| i.post));
        Ok(())
    })
}

/// Where every post stands.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn board(shell: State<'_, Shell>) -> Answer<Vec<BoardRow>> {
    shell.with(|open| open.desk.board_rows(open.now()))
}

/// Merges a handover.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn merge_handover(shell: State<'_, Shell>, file: String, progress: Channel<Progress>) -> Answer<MergedRow> {
    let said = Both::of("合并交接包", "Merging the handover");
    shell.long_act(&progress, &said, |desk, ctx| {
        let done = desk.merge_handover(ctx, some_path(&file)?)?;
        Ok(merged(desk.post_words(&done.post), done))
    })
}

fn merged(of: Both, done: Merged) -> MergedRow {
    let report = &done.report;
    let mut notes = vec![if report.added == 0 {
        Both::of("这份交接包此前已合并，没有变化", "This handover was merged before; nothing changed")
    } else {
        Both::of(format!("新增 {} 条日志", report.added), format!("New entries: {}", report.added))
    }];
    if let Some(at) = report.forked_at {
        notes.push(Both::of(
            format!("自第 {at} 条起出现分叉：该设备此后的内容已隔离，请核实是否有人复制过数据库"),
            format!("The feed forks at {at}: what follows is quarantined; find out whether the database was copied"),
        ));
    }
    if report.missing > 0 {
        notes.push(Both::of(
            format!("缺 {} 条日志：请考点重新交接", report.missing),
            format!("Entries missing: {}. Ask the site to hand over again", report.missing),
        ));
    }
    if !done.strangers.is_empty() {
        let names = |between: &str| done.strangers.iter().map(ToString::to_string).collect::<Vec<_>>().join(between);
        notes.push(Both::of(
            format!("其中出现总部从未为该考点指定的操作员：{}。请与考点核实", names("、")),
            format!("Operators in it whom headquarters never named for that site: {}. Ask the site", names(", ")),
        ));
    }
    MergedRow {
        device: report.device.as_str().chars().take(8).collect(),
        added: small(report.added),
        known: small(report.known),
        seq: small(report.seq),
        check_code: done.check_code,
        superseded: done.superseded,
        post: done.post,
        of,
        notes,
    }
}

/// What contradicts itself after merging.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn conflicts(shell: State<'_, Shell>) -> Answer<Vec<ConflictRow>> {
    shell.read(|desk| desk.conflict_rows())
}

/// Writes a post's receipt.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn write_receipt(shell: State<'_, Shell>, post: String, folder: String) -> Answer<String> {
    shell.act(|desk, ctx| Ok(desk.write_receipt(ctx, &post, some_path(&folder)?)?.display().to_string()))
}

/// Sticks in the machine.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn sticks() -> Vec<Stick> {
    let disks = Disks::new_with_refreshed_list();
    let removable = |path: &Path| ["/media", "/run/media", "/mnt"].iter().any(|root| path.starts_with(root));
    disks
        .iter()
        .filter(|d| d.is_removable() || removable(d.mount_point()))
        .map(|d| (d, d.file_system().to_string_lossy().into_owned()))
        .map(|(d, system)| Stick {
            path: d.mount_point().display().to_string(),
            label: d
                .mount_point()
                .file_name()
                .map_or_else(|| d.name().to_string_lossy().into_owned(), |n| n.to_string_lossy().into_owned()),
            free_mb: small(d.available_space() / 1_048_576),
            eject_first: match system.as_str() {
                known if kaowu_disk::keeps_what_is_pulled(known) => String::new(),
                // What Linux calls NTFS, which people know.
                "fuseblk" | "ntfs3" => format!("NTFS ({system})"),
                _ => system,
            },
        })
        .collect()
}

/// Writes the handover onto a stick, and says in words what is on it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn hand_over(shell: State<'_, Shell>, folder: String) -> Answer<Carried> {
    shell.act(|desk, ctx| {
        let done = desk.hand_over(ctx, some_path(&folder)?)?;
        let event = desk.view().event()?;
        let mut says = vec![
            Both::of(format!("活动：{}", event.title), format!("Event: {}", desk.plan().event.title_en)),
            Both::of(
                format!("本机全部日志，共 {} 条", done.entries),
                format!("The whole journal of this laptop; entries: {}", done.entries),
            ),
            Both::of(
                "已签名，并以总部与托管密钥加密；写入后已回读核对",
                "Signed, closed for headquarters and escrow; read back and compared after writing",
            ),
        ];
        if event.mode == Mode::Drill {
            says.push(Both::of("演练数据", "A drill"));
        }
        Ok(Carried {
            path: done.path.display().to_string(),
            sha256: done.sha256,
            entries: small(done.entries),
            check_code: done.check_code,
            says,
        })
    })
}

/// Reads a receipt, and takes over what headquarters settled.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn read_receipt(shell: State<'_, Shell>, file: String) -> Answer<ReceiptRow> {
    shell.act(|desk, ctx| {
        let read = desk.take_receipt(ctx, some_path(&file)?)?;
        Ok(ReceiptRow { seq: small(read.seq), check_code: read.check_code, not_yet: small(read.not_yet), settled: read.settled })
    })
}

/// Goes on where another laptop of this site stopped.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn take_over(shell: State<'_, Shell>, file: String) -> Answer<TakenRow> {
    shell.act(|desk, ctx| {
        let taken = desk.go_on_from(ctx, some_path(&file)?)?;
        let device = taken.device.as_str().chars().take(8).collect();
        Ok(TakenRow { device, seq: small(taken.seq), check_code: taken.check_code, added: small(taken.added) })
    })
}

/// Lets one of several values hold that contradict each other.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn settle_conflict(shell: State<'_, Shell>, topic: String, key: String, holds: String, reason: String) -> Answer<()> {
    shell.act(|desk, ctx| desk.settle_conflict_of(ctx, &topic, &key, &holds.as_str().into(), &reason))
}

/// What a packet says of itself.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn inspect_packet(shell: State<'_, Shell>, file: String, words: Option<String>) -> Answer<PacketLook> {
    shell.read(|desk| {
        let words = words.as_deref().map(str::trim).filter(|w| !w.is_empty());
        let found = Desk::inspect(Some(desk), some_path(&file)?, words)?;
        let mut says = Vec::new();
        if let Some(m) = &found.manifest {
            let kind = serde_json::to_value(m.kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
            let (zh, en) = kind_words(&kind);
            says.push(Both::of(format!("种类：{zh}"), format!("Kind: {en}")));
            says.push(Both::of(format!("活动：{}", m.title), format!("Event: {}", m.title)));
            if m.mode == Mode::Drill {
                says.push(Both::of("演练", "A drill"));
            }
            says.push(Both::of(format!("来自 {}，发往 {}", m.from, m.to), format!("From {} to {}", m.from, m.to)));
            says.push(Both::of(format!("写于 {}", m.created), format!("Written {}", m.created)));
            says.push(Both::of(
                format!("日志到第 {} 条，核对码 {}", m.seq, m.check_code),
                format!("Journal up to {}, check code {}", m.seq, m.check_code),
            ));
        }
        Ok(PacketLook { words: found.words, sha256: found.sha256, says })
    })
}
