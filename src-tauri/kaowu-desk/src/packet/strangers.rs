//! Who acts in a handover and was never named for its site: a program that was altered writes any name it likes.

use crate::Desk;
use crate::error::Result;
use kaowu_core::facts::{MergeFact, OperatorFact, PacketFact};
use kaowu_core::identity::{Operator, SiteCode};
use std::collections::{BTreeMap, BTreeSet};

impl Desk {
    /// Of the names in a handover those that headquarters never named for the site. In an open event nobody is named.
    pub(super) fn strangers(&self, issued: &PacketFact, names: BTreeSet<Operator>) -> Result<Vec<Operator>> {
        if !self.is_protected() {
            return Ok(vec![]);
        }
        let named = self.ever_named(&issued.site)?;
        Ok(names.into_iter().filter(|name| !named.contains(name)).collect())
    }

    /// By posts: who acted there when it was merged, and has not been named since either.
    pub(super) fn strangers_by_post(&self, issued: &[(String, PacketFact)]) -> Result<BTreeMap<String, Vec<Operator>>> {
        let mut met: BTreeMap<String, BTreeSet<Operator>> = BTreeMap::new();
        for (_, held) in self.view().under::<MergeFact>("")? {
            met.entry(held.value.post).or_default().extend(held.value.strangers);
        }
        let mut out = BTreeMap::new();
        for (post, fact) in issued {
            let names = met.remove(post).filter(|names| !names.is_empty());
            out.insert(post.clone(), names.map(|names| self.strangers(fact, names)).transpose()?.unwrap_or_default());
        }
        Ok(out)
    }

    /// Everybody headquarters ever named for a site: who was withdrawn may have worked there before.
    fn ever_named(&self, site: &SiteCode) -> Result<BTreeSet<Operator>> {
        let named = self.view().reader().ever::<OperatorFact>()?.into_iter();
        Ok(named.filter(|(_, fact)| fact.sites.contains(site)).map(|(name, _)| name).collect())
    }
}
