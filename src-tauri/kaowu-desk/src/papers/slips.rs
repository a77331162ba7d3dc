//! Slips that go with packets.

use super::{PaperOf, fact, some};
use crate::error::Result;
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{MergeFact, PacketFact};
use kaowu_core::journal::check_code;
use kaowu_papers::{Fonts, PassphraseSlip, ReceiptSlip, passphrase_slip};

impl Desk {
    /// Slips with the words of issued packets, one a page.
    pub fn passphrase_slips(&self, ctx: &Ctx, fonts: &Fonts, issued: &[crate::Issued]) -> Result<Vec<u8>> {
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
