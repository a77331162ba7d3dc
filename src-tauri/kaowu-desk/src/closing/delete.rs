//! The deletion of personal data: the database is replaced by one that holds figures, hashes and nothing of anybody.
//!
//! A journal cannot be changed, so it goes as a whole. What takes its place is a new journal of one entry: the event and its
//! plan, the figures, and of every entry there was its number, id, kind and signature. Whoever still holds a line elsewhere
//! can prove by these that it stood there; the lines themselves cannot be made again from them.

use crate::error::{DeskFault, Result};
use crate::event::Unfinished;
use crate::papers::fact;
use crate::{Ctx, Desk, View};
use chrono::{DateTime, FixedOffset, Months};
use kaowu_core::facts::{
    Candidate, ClosedChain, ClosedFeed, ClosingFact, ClosingFigures, ExclusionLine, IncidentFact, InspectionFact, KeyedMark, KeyedSheet,
    Only, PlanFact, SeatFact, StaffFact, Topic, Trust, state,
};
use kaowu_core::identity::Operator;
use kaowu_core::journal::entry_id;
use kaowu_disk::Part;
use kaowu_ledger::{Draft, Genesis, Ledger, Sealed, Step};
use kaowu_packet::keys::generate_seed;
use kaowu_packet::vault::Vault;
use kaowu_papers::{DeletionCertificate, Fonts, deletion_certificate};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Entries of a piece of a chain.
const PIECE: usize = 4096;

/// What orders a deletion.
#[derive(Debug, Clone)]
pub struct DeletionOrder<'a> {
    /// The second person.
    pub with: Operator,
    /// Number of the document.
    pub document: &'a str,
}

/// A deletion done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deleted {
    /// The database, as it is now.
    pub path: PathBuf,
    /// What is said of it there.
    pub closing: ClosingFact,
}

/// The certificate of a deletion, whole beside its place: it takes its name when the data is gone.
pub struct CertificateReady(Part);

impl CertificateReady {
    /// The data is gone.
    pub fn place(self) -> Result<()> {
        let to = self.0.to().to_owned();
        self.0.place().map_err(|e| DeskFault::unwritable(&to, &e))
    }
}

/// A deletion that is ready: nothing is gone yet.
pub struct PreparedDeletion {
    new: PathBuf,
    path: PathBuf,
    unfinished: Unfinished,
    closing: ClosingFact,
}

impl Desk {
    /// Deletes personal data: ID numbers, names, telephones, marks of persons, whole texts. Two people, a document number, and
    /// not before the time that the plan sets. The database is replaced by another: nobody else may have it open.
    pub fn delete_personal(path: &Path, ctx: &Ctx, order: &DeletionOrder<'_>) -> Result<Deleted> {
        let mut desk = Self::open(path)?;
        let prepared = desk.prepare_deletion(ctx, order)?;
        desk.delete_prepared(prepared)
    }

    /// Makes the database that takes this one's place, beside it. Whatever is refused is refused here, and nothing is gone.
    pub fn prepare_deletion(&mut self, ctx: &Ctx, order: &DeletionOrder<'_>) -> Result<PreparedDeletion> {
        self.hq_only(ctx, "event.closed")?;
        self.may_with(ctx, &Draft::new("event.closed").with("document", order.document).with_seconds([order.with.clone()]))?;
        let document = DeskFault::reason(order.document)?.to_owned();
        if order.with.as_str().trim().is_empty() || order.with.is_same_person(&ctx.operator) {
            return self.noted(ctx, "event.closed", Err(DeskFault::SecondPersonNeeded.into()));
        }
        let kept_until = self.view().kept_until()?.ok_or(DeskFault::NoRetention)?;
        if ctx.now < kept_until {
            return Err(DeskFault::RetentionRuns { until: kept_until.format("%Y-%m-%d").to_string() }.into());
        }
        let health = self.verify_journal()?;
        if !health.faults.is_empty() {
            return Err(DeskFault::JournalFaulty { faults: health.faults.len() }.into());
        }
        let figures = self.figures()?;
        let (feeds, chain) = self.chains()?;
        let closing = ClosingFact {
            by: vec![ctx.operator.clone(), order.with.clone()],
            document,
            at: ctx.now.to_rfc3339(),
            kept_until: kept_until.to_rfc3339(),
            deleted: self.personal_counts()?,
            feeds,
            fingerprint: self.ledger.fingerprint()?,
        };
        let path = self.path.clone();
        let new = kaowu_disk::beside(&path, ".closing");
        let mut unfinished = Unfinished::default();
        Ledger::discard(&new);
        let mut ledger = Ledger::create(
            &new,
            &Genesis {
                event: self.ledger.event().to_owned(),
                mode: self.ledger.mode(),
                site: "hq".to_owned(),
                device_seed: generate_seed(),
            },
        )?;
        unfinished.is(&new, None);
        let view = self.view();
        let mut facts = vec![state(&Only, &view.event()?), state(&Only, &closing), state(&Only, &figures)];
        facts.extend(view.one::<PlanFact>(&Only)?.map(|held| state(&Only, &held.value)));
        // The root key stays: printed certificates are still checked against it.
        facts.extend(view.one::<Trust>(&Only)?.map(|held| state(&Only, &held.value)));
        facts.extend(chain.iter().map(|(key, piece)| state(key, piece)));
        ledger.append(&ctx.stamp(), Draft::new("event.closed").with("document", closing.document.as_str()).facts(facts))?;
        ledger.seal(Sealed::Closed)?;
        drop(ledger);
        let personal = view.personal()?;
        if let Some(topic) = found(&new, &personal).map_err(|e| DeskFault::unreadable(&new, &e))? {
            return Err(DeskFault::PersonalLeft { topic }.into());
        }
        Ok(PreparedDeletion { new, path, unfinished, closing })
    }

    /// Draws the certificate of a deletion that is ready and puts it beside its place: what could be wrong with the paper, a full
    /// stick or a character without a glyph, is refused while the data is still there.
    pub fn certify_deletion(ctx: &Ctx, fonts: &Fonts, prepared: &PreparedDeletion, certificate: &Path) -> Result<CertificateReady> {
        let bytes = Self::open(&prepared.new)?.deletion_paper(ctx, fonts)?;
        let unwritable = |e: std::io::Error| DeskFault::unwritable(certificate, &e);
        let (part, mut file) = Part::of(certificate, true).map_err(unwritable)?;
        file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(unwritable)?;
        Ok(CertificateReady(part))
    }

    /// Puts what was prepared in this database's place. Nothing personal is left in it, so it is not encrypted, and PINs go, too.
    pub fn delete_prepared(self, prepared: PreparedDeletion) -> Result<Deleted> {
        let PreparedDeletion { new, path, mut unfinished, closing } = prepared;
        let protected = self.is_protected();
        drop(self);
        put_in_place(&new, &path).map_err(|e| DeskFault::unwritable(&path, &e))?;
        unfinished.is_finished();
        if protected {
            Vault::discard(&path);
        }
        Ok(Deleted { path, closing })
    }

    /// Every feed as it stands, and the ids of its entries.
    #[allow(clippy::type_complexity, reason = "keys and values of one topic")]
    fn chains(&self) -> Result<(Vec<ClosedFeed>, Vec<((kaowu_core::identity::DeviceId, u32), ClosedChain)>)> {
        let (mut feeds, mut chain) = (Vec::new(), Vec::new());
        for feed in self.ledger.feeds()?.into_iter().filter(|f| f.entries > 0) {
            let (mut rows, mut n) = (Vec::new(), 0_u64);
            self.ledger.each_line(&feed.device, |line, signature| -> Result<()> {
                n += 1;
                self.ledger.tell_often(Step::Composing, usize::try_from(n).unwrap_or(0), usize::try_from(feed.entries).unwrap_or(0))?;
                let kind = kaowu_core::journal::Entry::read(line).map(|e| e.kind).unwrap_or_default();
                rows.push(format!("{n} {} {kind} {}", entry_id(line), hex::encode(signature)));
                Ok(())
            })?;
            for (piece, rows) in (0..).zip(rows.chunks(PIECE)) {
                chain.push(((feed.device.clone(), piece), ClosedChain(rows.to_vec())));
            }
            feeds.push(ClosedFeed {
                device: feed.device,
                site: feed.site,
                key: hex::encode(feed.key),
                entries: feed.entries,
                head: feed.head,
            });
        }
        Ok((feeds, chain))
    }

    fn personal_counts(&self) -> Result<BTreeMap<String, u64>> {
        let mut out = BTreeMap::new();
        fn add<T: Topic>(view: &View<'_>, out: &mut BTreeMap<String, u64>) -> Result<()> {
            let n = view.under::<T>("")?.len();
            if n > 0 {
                out.insert(T::NAME.to_owned(), u64::try_from(n).unwrap_or(u64::MAX));
            }
            Ok(())
        }
        let view = self.view();
        add::<Candidate>(&view, &mut out)?;
        add::<SeatFact>(&view, &mut out)?;
        add::<KeyedMark>(&view, &mut out)?;
        add::<KeyedSheet>(&view, &mut out)?;
        add::<ExclusionLine>(&view, &mut out)?;
        add::<IncidentFact>(&view, &mut out)?;
        add::<InspectionFact>(&view, &mut out)?;
        add::<StaffFact>(&view, &mut out)?;
        let entries = self.ledger.feeds()?.iter().map(|f| f.entries).sum();
        out.insert("entries".to_owned(), entries);
        Ok(out)
    }

    /// What is said of the deletion, where there was one; and the figures that are left.
    pub fn closing(&self) -> Result<Option<(ClosingFact, ClosingFigures)>> {
        let view = self.view();
        let Some(closing) = view.one::<ClosingFact>(&Only)? else { return Ok(None) };
        let figures = view.one::<ClosingFigures>(&Only)?.map(|held| held.value).unwrap_or_default();
        Ok(Some((closing.value, figures)))
    }

    /// Checks what can still be checked of the journals that went: each chain is whole by its numbers and ends in its head.
    /// Returns how many entries they had.
    pub fn verify_closing(&self) -> Result<u64> {
        let (closing, _) = self.closing()?.ok_or(DeskFault::NotClosed)?;
        let mut all = 0;
        for feed in &closing.feeds {
            let mut next = 1_u64;
            let mut last = String::new();
            for (_, held) in self.view().under::<ClosedChain>(&format!("{}/", feed.device))? {
                for row in held.value.0 {
                    let mut words = row.split(' ');
                    if words.next().and_then(|n| n.parse().ok()) != Some(next) {
                        return Err(DeskFault::ClosedChainBroken { site: feed.site.clone() }.into());
                    }
                    last = words.next().unwrap_or_default().to_owned();
                    next += 1;
                }
            }
            if next - 1 != feed.entries || last != feed.head.as_str() {
                return Err(DeskFault::ClosedChainBroken { site: feed.site.clone() }.into());
            }
            all += feed.entries;
        }
        Ok(all)
    }

    /// The certificate of the deletion as PDF.
    pub fn deletion_paper(&self, ctx: &Ctx, fonts: &Fonts) -> Result<Vec<u8>> {
        let (closing, _) = self.closing()?.ok_or(DeskFault::NotClosed)?;
        let view = self.view();
        let feed = |f: &ClosedFeed| {
            [format!("{} {}", f.site, f.device.as_str().get(..8).unwrap_or_default()), f.entries.to_string(), f.head.to_string()]
        };
        let paper = DeletionCertificate {
            foot: view.foot(ctx, "", "", "")?,
            facts: vec![
                fact("活动", view.event()?.title),
                fact("文号", closing.document.clone()),
                fact("销毁时间", view.plan().clock(&closing.at)),
                fact("保存期满", closing.kept_until.get(..10).unwrap_or_default()),
                fact("经办、监销", closing.by.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")),
                fact("状态散列", closing.fingerprint.clone()),
            ],
            deleted: closing.deleted.iter().map(|(topic, n)| [topic_words(topic).to_owned(), n.to_string()]).collect(),
            heads: closing.feeds.iter().map(feed).collect(),
            notes: vec![
                "一、本数据库中的姓名、身份证号、电话、个人成绩及全部日志正文已销毁，只留统计数字、无姓名的排名、每条日志的编号、散列、种类和签名。".to_owned(),
                "二、仍持有某条日志原文的，可凭所留散列证明其确在其位；由散列不能还原原文，日志相互衔接在销毁前核验无误，此后不能再独立核验。".to_owned(),
                "三、备份、U 盘、考点电脑、已移交的档案包和纸质材料不在本程序之内，须另行清点销毁。固态硬盘上被覆盖的旧数据，以整盘加密或物理销毁为准。".to_owned(),
            ],
        };
        Ok(deletion_certificate(&paper, fonts)?)
    }
}

/// What a topic is called on a certificate.
fn topic_words(topic: &str) -> &str {
    match topic {
        Candidate::NAME => "选手信息（人次）",
        SeatFact::NAME => "座次与准考证号",
        KeyedMark::NAME => "笔试成绩录入",
        KeyedSheet::NAME => "面试评分录入",
        ExclusionLine::NAME => "排除名单",
        IncidentFact::NAME => "违纪记录",
        InspectionFact::NAME => "巡考记录",
        StaffFact::NAME => "考务人员",
        "entries" => "日志正文（条）",
        other => other,
    }
}

impl View<'_> {
    /// Until when personal data is kept: so many months after the last part; none where the plan does not say.
    pub fn kept_until(&self) -> Result<Option<DateTime<FixedOffset>>> {
        let last =
            self.plan().stages.iter().flat_map(|s| &s.parts).map(|p| p.start + chrono::Duration::minutes(i64::from(p.minutes))).max();
        let months = self.plan().event.retention_months.map(Months::new);
        Ok(last.zip(months).and_then(|(last, months)| last.checked_add_months(months)))
    }

    /// Every ID number and telephone number there is.
    fn personal(&self) -> Result<BTreeSet<Vec<u8>>> {
        let mut out = BTreeSet::new();
        for ((_, id), held) in self.under::<Candidate>("")? {
            out.insert(id.0.into_bytes());
            out.insert(held.value.phone.into_bytes());
        }
        for (_, held) in self.under::<StaffFact>("")? {
            out.insert(held.value.phone.into_bytes());
        }
        out.retain(|text| text.len() > 6);
        Ok(out)
    }
}

/// Whether any of these texts stands in a file, byte for byte.
fn found(file: &Path, texts: &BTreeSet<Vec<u8>>) -> std::io::Result<Option<String>> {
    let bytes = std::fs::read(file)?;
    let lengths: BTreeSet<usize> = texts.iter().map(Vec::len).collect();
    Ok(lengths.into_iter().find_map(|length| bytes.windows(length).find(|w| texts.contains(*w))).map(|_| Candidate::NAME.to_owned()))
}

/// Puts the new database in the place of the old one, whose bytes are overwritten before it goes.
fn put_in_place(new: &Path, path: &Path) -> std::io::Result<()> {
    // Held open, its bytes can still be overwritten when its name is the new one's: at any moment a whole database has the name.
    let mut file = OpenOptions::new().write(true).open(path)?;
    let size = file.metadata()?.len();
    kaowu_disk::put(new, path)?;
    let zeros = vec![0; 1 << 20];
    let mut left = size;
    while left > 0 {
        let some = left.min(1 << 20);
        file.write_all(zeros.get(..usize::try_from(some).unwrap_or(0)).unwrap_or_default())?;
        left -= some;
    }
    file.sync_all()?;
    for end in ["-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        let _gone = std::fs::remove_file(PathBuf::from(name));
    }
    Ok(())
}
