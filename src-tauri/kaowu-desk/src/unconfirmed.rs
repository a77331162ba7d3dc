//! Entries that speak of a file outside the journal: a packet on a stick, a key, an archive, the vault.
//!
//! No transaction spans both. The file first would be the worse order: killed in between, a packet lies on the stick whose words
//! nobody was told, over the good one, or somebody has another PIN, and the journal knows of neither. So the file is made ready
//! beside its place, where a stick refuses what it refuses; then comes the entry, with a note beside the journal, in one
//! transaction; then the file takes its place; then the note goes. While a note stands, the file of that entry is not known to be
//! there. Then an entry says so, before anything else is written, and what the first stated of the file holds no more.

use crate::error::Result;
use crate::{Ctx, Desk, View};
use kaowu_core::coded::Coded;
use kaowu_core::facts::{KeySavedFact, PacketFact, state, take_back};
use kaowu_ledger::{Author, Draft, Held, Stamp};

/// Beside the journal: device, number and kind of an entry whose file is not known to be there.
const NOTE: &str = "file-unconfirmed";

/// What a note names.
struct Noted {
    device: String,
    seq: u64,
    kind: String,
}

impl Noted {
    fn is_by(&self, author: &Author) -> bool {
        author.device.as_str() == self.device && author.seq == self.seq
    }
}

impl Desk {
    /// One use case whose entry speaks of a file that is put in its place right after: what came of it goes to
    /// [`Desk::confirmed`].
    pub(crate) fn record_ahead<O>(&mut self, ctx: &Ctx, kind: &str, work: impl FnOnce(&View<'_>) -> Result<(Draft, O)>) -> Result<O> {
        self.record_as(ctx, kind, |view| {
            let reader = view.reader();
            reader.meta_set(NOTE, &format!("{} {} {kind}", reader.device(), reader.next_seq()?))?;
            work(view)
        })
    }

    /// An outcome as it is; where the file did not come to be there, an entry says so.
    pub(crate) fn confirmed<O>(&mut self, ctx: &Ctx, done: Result<O>) -> Result<O> {
        // Neither may hide what came of it; what cannot be noted now is said before the next entry.
        let _next_time = match &done {
            Ok(_) => self.ledger.meta_set(NOTE, "").map_err(Into::into),
            Err(error) => self.say_unconfirmed_file(ctx, &error.code()),
        };
        done
    }

    /// Says of the last entry that spoke of a file, where that is not known to be there, that it is not.
    pub(crate) fn say_unconfirmed_file(&mut self, ctx: &Ctx, why: &str) -> Result<()> {
        let Some(noted) = self.view().unconfirmed_file()?.filter(|_| !self.takes_no_entry()) else { return Ok(()) };
        let mut draft = Draft::new("file.unconfirmed").with("entry", noted.seq).with("act", noted.kind.as_str()).with("why", why);
        let view = self.view();
        for (post, held) in view.under::<PacketFact>("")?.into_iter().filter(|(_, held)| noted.is_by(&held.by)) {
            draft = draft.fact(state(&post, &PacketFact { unconfirmed: true, ..held.value })).replacing([held.entry]);
        }
        for (key, held) in view.under::<KeySavedFact>("")?.into_iter().filter(|(_, held)| noted.is_by(&held.by)) {
            draft = draft.fact(take_back::<KeySavedFact>(&key)).replacing([held.entry]);
        }
        // The program says it, whoever works with it.
        let operator = self.signed_in().unwrap_or(&ctx.operator).clone();
        self.ledger.transact(|tx| {
            tx.meta_set(NOTE, "")?;
            tx.append(&Stamp { operator, ..ctx.stamp() }, draft)?;
            Ok(())
        })
    }
}

impl View<'_> {
    fn unconfirmed_file(&self) -> Result<Option<Noted>> {
        let noted = self.reader().meta_get(NOTE)?.unwrap_or_default();
        let mut words = noted.split(' ');
        let of = words.next().zip(words.next().and_then(|seq| seq.parse().ok())).zip(words.next());
        Ok(of.map(|((device, seq), kind)| Noted { device: device.to_owned(), seq, kind: kind.to_owned() }))
    }

    /// Whether a packet is known to have come to lie where it was issued to.
    pub(crate) fn is_confirmed(&self, packet: &Held<PacketFact>) -> Result<bool> {
        Ok(!packet.value.unconfirmed && !self.unconfirmed_file()?.is_some_and(|noted| noted.is_by(&packet.by)))
    }
}
