//! The code on a certificate: what it says, signed with the event's root key, and checked without network.

use crate::Desk;
use crate::error::{DeskFault, Result};
use kaowu_core::facts::{AwardConfirmation, Sheet, SheetFact};
use kaowu_packet::keys::{Signer, verified_bare};
use serde::Serialize;

/// How a code begins.
const MARK: &str = "KW1";
/// What stands in place of a signature on a preview.
const UNSIGNED: [u8; 64] = [0; 64];

/// What a code says: parts between tabs. The last, how many times the certificate was printed again, is left out for the first paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code<'a> {
    pub(crate) event: &'a str,
    pub(crate) number: &'a str,
    pub(crate) name: &'a str,
    pub(crate) award: &'a str,
    pub(crate) again: u32,
}

/// What the code of a genuine certificate says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// The event's id.
    pub event: String,
    /// The certificate's number.
    pub number: String,
    /// Whose.
    pub name: String,
    /// The award.
    pub award: String,
    /// Whether this database knows that it was printed; a copy of it made earlier may not.
    pub on_record: bool,
}

impl<'a> Code<'a> {
    fn message(&self) -> String {
        let Self { event, number, name, award, again } = self;
        let last = if *again > 0 { format!("\t{again}") } else { String::new() };
        format!("{MARK}\t{event}\t{number}\t{name}\t{award}{last}")
    }

    /// The text of the code; without a signer it verifies nowhere.
    pub(crate) fn signed(&self, signer: Option<&Signer>) -> String {
        let message = self.message();
        let signature = signer.map_or(UNSIGNED, |s| s.sign_bare(message.as_bytes()));
        format!("{message}\t{}", hex::encode(signature))
    }

    fn read(message: &'a str) -> Option<Self> {
        let parts: Vec<&str> = message.split('\t').collect();
        let (event, number, name, award, again) = match *parts.as_slice() {
            [MARK, event, number, name, award] => (event, number, name, award, 0),
            [MARK, event, number, name, award, again] => (event, number, name, award, again.parse().ok().filter(|n| *n > 0)?),
            _ => return None,
        };
        Some(Self { event, number, name, award, again })
    }
}

impl Desk {
    /// Checks the text of a certificate's code: signed by this event, and its paper neither void nor replaced.
    pub fn verify_certificate(&self, text: &str) -> Result<Verified> {
        let unreadable = || DeskFault::CertificateUnreadable;
        let (message, signature) = text.trim_end_matches(['\r', '\n']).rsplit_once('\t').ok_or_else(unreadable)?;
        let code = Code::read(message).ok_or_else(unreadable)?;
        let mut bare = UNSIGNED;
        hex::decode_to_slice(signature, &mut bare).map_err(|_| unreadable())?;
        if bare == UNSIGNED {
            return Err(DeskFault::CertificateSpecimen.into());
        }
        if !verified_bare(&self.root_key()?, message.as_bytes(), &bare) {
            return Err(DeskFault::CertificateForged.into());
        }
        let on_record = self.still_good(&code)?;
        let text = |t: &str| t.to_owned();
        Ok(Verified { event: text(code.event), number: text(code.number), name: text(code.name), award: text(code.award), on_record })
    }

    /// Refuses a paper that was genuine once; whether its number is on record at all.
    fn still_good(&self, code: &Code<'_>) -> Result<bool> {
        let view = self.view();
        let number = code.number.to_owned();
        let Some(fact) = view.one::<SheetFact>(&number)?.map(|held| held.value) else { return Ok(false) };
        if fact.state == Sheet::Void {
            return Err(DeskFault::CertificateWithdrawn { number, reason: fact.reason.unwrap_or_default() }.into());
        }
        let award = view.award_plan(&fact.award)?;
        let confirmed = view.one::<AwardConfirmation>(&fact.award)?.map(|held| held.value.deeds).unwrap_or_default();
        // Names are corrected and lists redrawn: the number then stands for what is confirmed today.
        let deed = confirmed.iter().find(|deed| deed.winner == fact.winner);
        if fact.issue != code.again || award.title != code.award || deed.is_some_and(|deed| deed.name != code.name) {
            return Err(DeskFault::CertificateReplaced { number }.into());
        }
        // Printed, and then the list was confirmed without them.
        if deed.is_none() { Err(DeskFault::CertificateDropped { number, award: award.title.clone() }.into()) } else { Ok(true) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        let first = Code { event: "e", number: "N-1", name: "王㛃", award: "知识通", again: 0 };
        for code in [first, Code { again: 3, ..first }] {
            assert_eq!(Code::read(&code.message()), Some(code));
        }
        for wrong in ["", "KW1", "KW2\te\tn\tm\ta", "KW1\te\tn\tm", "KW1\te\tn\tm\ta\t0", "KW1\te\tn\tm\ta\t-1", "KW1\te\tn\tm\ta\t1\t1"] {
            assert_eq!(Code::read(wrong), None, "{wrong}");
        }
        assert!(first.signed(None).ends_with(&"0".repeat(128)));
    }
}
