//! Slips that go with packets.

use super::{PaperOf, fact, some};
use crate::error::{DeskFault, Result};
use crate::keys::{KeyKind, WORDS, key_file};
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{MergeFact, PacketFact};
use kaowu_core::journal::check_code;
use kaowu_packet::keys::key_code;
use kaowu_papers::{Fonts, PassphraseSlip, ReceiptSlip, WordsSlip, passphrase_slip, words_slip};
use serde::Deserialize;

/// What six words of headquarters open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum WordsOpen {
    /// The protected event, where every PIN is forgotten.
    Event,
    /// The root key on a stick.
    Root,
    /// The escrow key on a stick.
    Escrow,
    /// The key that opens archives.
    Archive,
}

impl WordsOpen {
    /// What they open, and what whoever has them can do; in both languages.
    fn said(self) -> (&'static str, [&'static str; 2]) {
        match self {
            Self::Event => (
                "受保护的活动，所有人都忘记 PIN 时 the protected event, when everybody has forgotten their PIN",
                [
                    "持有本条和数据库者可以打开活动。以后更换六词的，本条作废，应销毁。",
                    "Whoever holds this slip and the database can open the event. New words make it void: destroy it then.",
                ],
            ),
            Self::Root => (
                "U 盘上的总部根密钥 the root key of headquarters, on a stick",
                [
                    "持有本条和 U 盘者可以重建活动、以总部名义签发、打开全部交接包。",
                    "Whoever holds this slip and the stick can set the event up again, sign as headquarters and open every handover.",
                ],
            ),
            Self::Escrow => (
                "U 盘上的托管密钥 the escrow key, on a stick",
                [
                    "持有本条和 U 盘者可以打开全部交接包和档案包。",
                    "Whoever holds this slip and the stick can open every handover and archive.",
                ],
            ),
            Self::Archive => (
                "档案密钥 the key that opens archives",
                [
                    "持有本条和密钥文件者可以打开档案包和全部交接包。不与档案包放在一起。",
                    "Whoever holds this slip and the key's file can open archives and every handover. Keep it away from the archive.",
                ],
            ),
        }
    }
}

impl Desk {
    /// The slip with six words that were just made, for the safe. The words are kept nowhere: this is made of what the caller has.
    pub fn words_slip(&self, ctx: &Ctx, fonts: &Fonts, opens: WordsOpen, words: &str) -> Result<Vec<u8>> {
        self.only_hq()?;
        let words = words.split_whitespace().collect::<Vec<_>>();
        if words.len() < WORDS {
            return Err(DeskFault::WordsTooFew { wanted: WORDS }.into());
        }
        let (view, (what, warnings)) = (self.view(), opens.said());
        let event = view.event()?;
        let file = match opens {
            WordsOpen::Event => self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            WordsOpen::Root => key_file(&event.id, KeyKind::Root),
            WordsOpen::Escrow => key_file(&event.id, KeyKind::Escrow),
            WordsOpen::Archive => key_file(&event.id, KeyKind::Archive),
        };
        let mind = [&warnings[..], &["不得拍照、转发。Take no picture of it, and send it to nobody."]].concat();
        let slip = WordsSlip {
            foot: view.foot(ctx, "", "", "")?,
            lines: vec![
                fact("打开 Opens", what),
                fact("文件 File", file),
                fact("制作 Made", format!("{}　{}", self.plan.here(ctx.now).format("%Y-%m-%d %H:%M"), ctx.operator)),
                fact("保管 Keep", "密封入保险柜，不与 U 盘、电脑、备份放在一起 sealed in a safe, away from sticks, laptops, backups"),
            ],
            words: words.join(" "),
            notes: mind.into_iter().map(str::to_owned).collect(),
        };
        Ok(words_slip(&[slip], fonts)?)
    }

    /// Slips with the words of issued packets, one a page: for whoever may issue packets.
    pub fn passphrase_slips(&mut self, ctx: &Ctx, fonts: &Fonts, issued: &[crate::Issued]) -> Result<Vec<u8>> {
        self.may(ctx, "packet.issued")?;
        let root = key_code(&self.root_key()?)?;
        let view = self.view();
        let slips: Vec<PassphraseSlip> = issued
            .iter()
            .map(|one| {
                Ok(PassphraseSlip {
                    foot: view.foot(ctx, "", &one.site_name, "")?,
                    lines: vec![
                        fact("考点", one.site_name.clone()),
                        fact("考点包", one.post.clone()),
                        fact("人数", one.people.to_string()),
                        fact("核对码", one.check_code.clone()),
                        // Whoever opens a packet for the first time has nothing else to know headquarters by.
                        fact("根密钥核对码", root.clone()),
                    ],
                    passphrase: one.words.clone(),
                })
            })
            .collect::<Result<_>>()?;
        Ok(passphrase_slip(&slips, fonts)?)
    }
}

impl View<'_> {
    /// A receipt for each device whose handover was merged, of the stage and part, and of the site where one is named.
    pub(super) fn receipts(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<ReceiptSlip>> {
        let rooms = self.rooms(of.stage)?;
        let mut out = Vec::new();
        for (device, held) in self.under::<MergeFact>("")? {
            let Some(issued) = self.one::<PacketFact>(&held.value.post)?.map(|p| p.value) else { continue };
            if issued.stage != *of.stage || issued.part != *of.part || of.site.is_some_and(|site| *site != issued.site) {
                continue;
            }
            let site = rooms.iter().find(|((site, _), _)| *site == issued.site).map(|(_, r)| r.site_name.clone()).unwrap_or_default();
            let part = &self.part(&issued.stage, &issued.part)?.name;
            out.push((
                (issued.site.clone(), device.clone()),
                ReceiptSlip {
                    foot: self.foot(ctx, part, &site, "")?,
                    lines: vec![
                        fact("移交考点", site),
                        fact("交接包", held.value.post.clone()),
                        fact("设备", device.as_str().get(..8).unwrap_or_default()),
                        fact("日志条数", held.value.seq.to_string()),
                        fact("收到时间", self.plan().clock(&held.by.t)),
                        fact("收件人", held.by.op.to_string()),
                    ],
                    check: check_code(&held.value.head),
                },
            ));
        }
        out.sort_by(|a, b| a.0.cmp(&b.0));
        some(out.into_iter().map(|(_, slip)| slip).collect())
    }
}
