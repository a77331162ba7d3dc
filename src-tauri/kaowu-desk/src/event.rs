//! A new event, and opening one that is there.

use crate::error::{DeskFault, Result};
use crate::operators::first;
use crate::{Ctx, Desk};
use kaowu_core::facts::{EventFact, Only, PlanFact, Trust, state};
use kaowu_core::journal::Mode;
use kaowu_core::plan::Plan;
use kaowu_ledger::{DbKey, Draft, Genesis, Ledger, LedgerError, StoreFault, is_plain};
use kaowu_packet::keys::{AgeIdentity, Signer, generate_seed};
use kaowu_packet::vault::Vault;
use serde_json::{Map, json};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

pub use kaowu_core::plan::BUNDLED as BUNDLED_PLANS;

/// Names under which a database keeps its secrets: encrypted with it in a protected event.
pub(crate) mod secret {
    pub(crate) const ROOT: &str = "root-seed";
    pub(crate) const HQ: &str = "hq-identity";
    pub(crate) const ESCROW: &str = "escrow-identity";
    pub(crate) const SITE: &str = "site-seed";
    pub(crate) const SITE_BOX: &str = "site-identity";
}

/// What a new event is made of.
pub struct NewEvent<'a> {
    /// The plan's TOML text.
    pub plan: &'a str,
    /// Live or drill.
    pub mode: Mode,
}

/// What an event stands on: its id, the root key's seed, headquarters' box, and for whom else handovers are closed.
pub(crate) struct EventKeys {
    pub(crate) id: String,
    pub(crate) root: [u8; 32],
    pub(crate) hq: AgeIdentity,
    pub(crate) escrow: String,
}

/// A new database that is taken away again unless it is finished: half an event could neither be opened nor made again.
/// Declared before its ledger, so that it goes after it.
#[derive(Default)]
pub(crate) struct Unfinished(Option<(PathBuf, Option<PathBuf>)>);

/// The name of a database that is being made.
pub(crate) fn part_of(path: &Path) -> PathBuf {
    kaowu_disk::beside(path, ".part")
}

/// Where a database is made before it takes its name: killed half-way, the program leaves nothing there that could be taken for an
/// event, and the next attempt finds the name free.
pub(crate) fn new_part(path: &Path) -> Result<PathBuf> {
    if path.exists() {
        return Err(LedgerError::from(StoreFault::DatabaseExists { file: path.display().to_string() }).into());
    }
    let part = part_of(path);
    Ledger::discard(&part);
    Ok(part)
}

impl Unfinished {
    /// A file, and the database whose vault goes with it.
    pub(crate) fn is(&mut self, file: &Path, vault_of: Option<&Path>) {
        self.0 = Some((file.to_owned(), vault_of.map(Path::to_owned)));
    }

    /// The file was made; whether a vault goes with it is known already.
    pub(crate) fn add(&mut self, file: &Path) {
        self.0.get_or_insert_with(|| (file.to_owned(), None));
    }

    pub(crate) fn is_finished(&mut self) {
        self.0 = None;
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some((file, vault_of)) = &self.0 {
            Ledger::discard(file);
            vault_of.iter().for_each(|path| Vault::discard(path));
        }
    }
}

impl Desk {
    /// Makes a new event with its keys in a database that does not exist yet: an open one, in which names are typed.
    pub fn create(path: &Path, ctx: &Ctx, new: &NewEvent<'_>) -> Result<Self> {
        Self::create_fresh(path, ctx, new, None)
    }

    pub(crate) fn create_fresh(path: &Path, ctx: &Ctx, new: &NewEvent<'_>, key: Option<&DbKey>) -> Result<Self> {
        let plan = Plan::read(new.plan)?;
        let (root, escrow) = (generate_seed(), AgeIdentity::generate());
        // The tail keeps two events of one plan apart; eight hex digits of a fresh key are as random as anything.
        let id = format!("{}-{}", plan.event.id, &Signer::from_seed(root).device().as_str()[..8]);
        let keys = EventKeys { id, root, hq: AgeIdentity::generate(), escrow: escrow.recipient() };
        let mut unfinished = Unfinished::default();
        let desk = Self::create_under(path, ctx, new, keys, key, &mut unfinished)?;
        desk.ledger.meta_set(secret::ESCROW, &escrow.to_secret())?;
        let desk = desk.placed()?;
        unfinished.is_finished();
        Ok(desk)
    }

    /// Puts a database that was made beside its place there.
    pub(crate) fn placed(self) -> Result<Self> {
        let Self { ledger, plan, path, .. } = self;
        Ok(Self::over(ledger.place_new(&part_of(&path), &path)?, plan, &path))
    }

    /// Makes the database of an event whose keys are there, beside its place: see [`Desk::placed`].
    pub(crate) fn create_under(
        path: &Path,
        ctx: &Ctx,
        new: &NewEvent<'_>,
        keys: EventKeys,
        key: Option<&DbKey>,
        unfinished: &mut Unfinished,
    ) -> Result<Self> {
        crate::nothing_hidden(ctx, &Draft::default())?;
        let plan = Plan::read(new.plan)?;
        let (EventKeys { id, root, hq, escrow }, device) = (keys, generate_seed());
        let genesis = Genesis { event: id.clone(), mode: new.mode, site: "hq".to_owned(), device_seed: device };
        let part = new_part(path)?;
        let mut ledger = Ledger::create_under(&part, &genesis, key)?;
        unfinished.is(&part, None);
        ledger.meta_set(secret::ROOT, &hex::encode(root))?;
        ledger.meta_set(secret::HQ, &hq.to_secret())?;
        let sha256 = hex::encode(Sha256::digest(new.plan.as_bytes()));
        let mut facts = vec![
            state(&Only, &EventFact { id, title: plan.event.title.clone(), mode: new.mode }),
            state(&Only, &PlanFact { text: new.plan.to_owned(), sha256: sha256.clone() }),
            state(&Only, &Trust { root: Signer::from_seed(root).public_openssh(), hq: hq.recipient(), escrow }),
        ];
        // In the first entry, so that an encrypted event is never there without somebody who may work in it.
        facts.extend(key.map(|_| state(&ctx.operator, &first())));
        let mut about = Map::new();
        about.insert("plan_sha256".to_owned(), json!(sha256));
        ledger.append(&ctx.stamp(), Draft { kind: "event.created".to_owned(), about, facts, ..Draft::default() })?;
        Ok(Self::over(ledger, plan, path))
    }

    /// Opens the open event in a database; a protected one asks for an operator ([`Desk::sign_in`]).
    pub fn open(path: &Path) -> Result<Self> {
        if path.is_file()
            && !is_plain(path)?
            && let Some(vault) = Vault::read(path)?
        {
            return Err(DeskFault::SignInNeeded { operators: vault.operators() }.into());
        }
        let ledger = Ledger::open(path)?;
        let plan = ledger.one::<PlanFact>(&Only)?.ok_or(DeskFault::NoEvent)?;
        Ok(Self::over(ledger, Plan::read(&plan.value.text)?, path))
    }

    /// Refuses what only headquarters may do.
    pub(crate) fn only_hq(&self) -> Result<()> {
        self.ledger.writable()?;
        match self.view().brief()? {
            None => Ok(()),
            Some(brief) => Err(DeskFault::OnlyHq { site: brief.site }.into()),
        }
    }
}
