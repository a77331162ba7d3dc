//! Operators of a protected event: who is signed in, what they may do, who stands beside them.
//!
//! An event in which nobody was named is *open*: names are typed, the database lies plain. From the first operator on it is
//! *protected*: the database is encrypted, and every use case passes the gate of [`Desk::record`].

mod guard;
mod manage;
mod open;
mod packet;
mod recovery;
mod rekey;
mod vouched;

pub use manage::{NewOperator, OperatorRow};

pub(crate) use guard::{Guard, admitted, asked, beside, is_denial};
pub(crate) use open::{first, not_made, vault_for_new};
pub(crate) use packet::{SiteOperator, issued_operators, may_open, site_ledger};
pub(crate) use rekey::settled;

use crate::error::{DeskFault, Result};
use crate::{Desk, View};
use kaowu_core::facts::OperatorFact;
use kaowu_core::identity::{Operator, SiteCode};
use kaowu_core::operators::{ACTS, Act, may};
use kaowu_core::words::Lang;
use kaowu_packet::vault::{Vault, VaultFault};
use serde_json::Map;

impl Desk {
    /// Whether the database is encrypted and opens for operators only.
    pub fn is_protected(&self) -> bool {
        self.ledger.secret().is_some()
    }

    /// Who is signed in; nobody in an open event.
    pub fn signed_in(&self) -> Option<&Operator> {
        self.guard.as_ref().map(Guard::signed_in)
    }

    /// The acts that whoever is signed in may not do here; none in an open event.
    pub fn may_not_write(&self) -> Result<Vec<&'static Act>> {
        let may = self.may_write()?;
        Ok(ACTS.iter().filter(|act| !may.contains(&act.kind)).collect())
    }

    /// The kinds of entries that whoever is signed in may write; all of them in an open event.
    pub fn may_write(&self) -> Result<Vec<&'static str>> {
        let view = self.view();
        let here = view.here()?;
        let fact = match self.signed_in() {
            // In an archive nobody writes anything, whoever reads it.
            _ if self.ledger.sealed().is_some() => None,
            Some(operator) => Some(view.operator(operator)?),
            None => None,
        };
        let allowed = |act: &&Act| fact.as_ref().is_none_or(|fact| fact.as_ref().is_some_and(|f| may(f, act.kind, here.as_ref())));
        Ok(ACTS.iter().filter(allowed).map(|act| act.kind).collect())
    }

    /// The vault as it stands on the disk.
    pub(crate) fn vault(&self) -> Result<Vault> {
        if !self.is_protected() {
            return Err(DeskFault::NotProtected.into());
        }
        Vault::read(&self.path)?.ok_or_else(|| VaultFault::VaultMissing { file: self.path.display().to_string() }.into())
    }
}

impl View<'_> {
    /// An operator as headquarters named them.
    pub(crate) fn operator(&self, name: &Operator) -> Result<Option<OperatorFact>> {
        Ok(self.one::<OperatorFact>(name)?.map(|held| held.value))
    }

    /// Which site this is; none at headquarters.
    pub(crate) fn here(&self) -> Result<Option<SiteCode>> {
        Ok(self.brief()?.map(|brief| brief.site))
    }
}

/// A kind of entry in words of both languages.
fn act_words(kind: &str) -> String {
    let code = format!("entry-{}", kind.replace('.', "-"));
    let said = |lang: Lang| lang.say(&code, &Map::new()).what;
    format!("{} {}", said(Lang::Zh), said(Lang::En))
}

#[cfg(test)]
mod tests;
