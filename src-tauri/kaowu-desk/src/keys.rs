//! The keys of an event on sticks: the root key twice, the escrow key once, each under six words (RULES.md §8: what is lost
//! must not be lost for good); and the key that opens archives, as often as it is wanted.

use crate::error::{DeskError, DeskFault, Result};
use crate::event::{EventKeys, NewEvent, Unfinished, secret};
use crate::packet::read_file;
use crate::{Ctx, Desk};
use kaowu_core::facts::{KeySavedFact, state};
use kaowu_core::journal::Mode;
use kaowu_core::keys::{self, KeyStep};
use kaowu_ledger::{DbKey, Draft, Filter};
use kaowu_packet::keys::{AgeIdentity, Signer, key_code};
use kaowu_packet::vault::Pin;
use kaowu_packet::{Carried, PacketError, close_secret, make_ready, open_secret, six_words, tidy};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Words that close a key at least: 66 bits, as for a site packet.
pub(crate) const WORDS: usize = 6;
/// How a file begins that age has closed.
const UNDER_WORDS: &[u8] = b"age-encryption.org/";
/// The entry of a key that was saved.
const KIND: &str = "key.saved";

/// Which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum KeyKind {
    /// The root key and headquarters' box: with it the event can be set up again, and its handovers opened.
    Root,
    /// The escrow key: it opens handovers, and signs nothing.
    Escrow,
    /// Headquarters' own: it opens archives, and signs nothing.
    Archive,
}

impl KeyKind {
    fn word(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Escrow => "escrow",
            Self::Archive => "archive",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Root, Self::Escrow, Self::Archive].into_iter().find(|key| key.word() == name)
    }
}

/// A key on a stick that reads back and opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeySaved {
    /// Which.
    pub key: KeyKind,
    /// The file.
    pub path: PathBuf,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// Where the keys are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct KeyPlaces {
    /// How often the root key was saved.
    pub root_saved: u32,
    /// How often the escrow key was saved.
    pub escrow_saved: u32,
    /// Whether the escrow key still lies in the database.
    pub escrow_here: bool,
    /// The root's public key, OpenSSH line: for whoever checks handovers and archives.
    pub root: String,
    /// Its code, as the slips with the words of packets show it.
    pub root_code: String,
}

impl KeyPlaces {
    fn count(&mut self, key: Option<KeyKind>) {
        match key {
            Some(KeyKind::Root) => self.root_saved += 1,
            Some(KeyKind::Escrow) => self.escrow_saved += 1,
            Some(KeyKind::Archive) | None => {}
        }
    }

    /// What is not done yet.
    pub(crate) fn missing(&self) -> Vec<KeyStep> {
        keys::missing(self.root_saved, self.escrow_saved, self.escrow_here)
    }
}

/// The root key's file, once `age --decrypt` has opened it.
#[derive(Serialize, Deserialize)]
struct RootFile {
    v: u64,
    event: String,
    mode: Mode,
    plan: String,
    /// OpenSSH private key.
    root: String,
    /// age identity.
    hq: String,
    /// age recipient.
    escrow: String,
    /// Whether the event was protected when the key was saved; earlier versions did not say.
    #[serde(default)]
    protected: bool,
}

/// What a key is called on a stick.
pub(crate) fn key_file(event: &str, key: KeyKind) -> String {
    format!("{event}.{}.key.age", key.word())
}

impl Desk {
    /// Fresh words for a key or a slip.
    pub fn new_words() -> String {
        six_words()
    }

    /// Saves a key onto a stick under words, reads it back and opens it again.
    pub fn save_key(&mut self, ctx: &Ctx, key: KeyKind, folder: &Path, words: &str) -> Result<KeySaved> {
        self.hq_only(ctx, KIND)?;
        // Asked before the stick is written: whoever may not have the key gets none.
        let place = folder.display().to_string();
        let said = Draft::new("key.saved").with("key", key.word()).with("folder", place.as_str()).asking(vec![key.word(), place.as_str()]);
        self.may_with_second(ctx, &said)?;
        if tidy(words).split_whitespace().count() < WORDS {
            return Err(DeskFault::WordsTooFew { wanted: WORDS }.into());
        }
        let (trust, event) = (self.trust()?, self.view().event()?);
        let plain = match key {
            KeyKind::Root => {
                let plan = self.view().one::<kaowu_core::facts::PlanFact>(&kaowu_core::facts::Only)?.ok_or(DeskFault::NoEvent)?.value;
                let file = RootFile {
                    v: 1,
                    event: event.id.clone(),
                    mode: event.mode,
                    plan: plan.text,
                    root: self.certificate_signer()?.to_openssh()?,
                    hq: self.identity(secret::HQ)?.to_secret(),
                    escrow: trust.escrow,
                    protected: self.is_protected(),
                };
                serde_json::to_vec_pretty(&file).map_err(|_| DeskFault::SecretDamaged)?
            }
            KeyKind::Escrow => {
                let secret = self.ledger.meta_get(secret::ESCROW)?.ok_or(DeskFault::EscrowNotHere)?;
                format!("{secret}\n").into_bytes()
            }
            KeyKind::Archive => format!("{}\n", self.identity(secret::HQ)?.to_secret()).into_bytes(),
        };
        let file = key_file(&event.id, key);
        let ready = make_ready(&close_secret(&plain, words)?, folder, &file)?;
        let fact = state(&(key.word().to_owned(), ready.sha256().to_owned()), &KeySavedFact { folder: place });
        let draft = said.with("sha256", ready.sha256());
        self.record_ahead(ctx, KIND, |_| Ok((draft.fact(fact), ())))?;
        let opens = |carried: &Carried| Ok::<_, DeskError>(open_secret(&read_file(&carried.path)?, words)? == plain);
        let placed = ready.place().map_err(DeskError::from).and_then(|carried| match opens(&carried)? {
            true => Ok(carried),
            false => Err(PacketError::CarryDiffers { file: carried.path.display().to_string() }.into()),
        });
        let carried = self.confirmed(ctx, placed)?;
        Ok(KeySaved { key, path: carried.path, sha256: carried.sha256 })
    }

    /// The line that opens archives, out of a key's file: the archive's, the escrow's or the root's, under its words; or one
    /// that `age` has opened already. Words are asked for where there are none and some are needed.
    pub fn archive_opener(file: &Path, words: impl FnOnce() -> Result<String>) -> Result<String> {
        let bytes = read_file(file)?;
        let plain = if bytes.starts_with(UNDER_WORDS) { open_secret(&bytes, &words()?)? } else { bytes };
        let of_root = serde_json::from_slice::<RootFile>(&plain).ok().map(|root| root.hq);
        let text = of_root.or_else(|| String::from_utf8(plain).ok()).unwrap_or_default();
        let line = text.lines().map(str::trim).find(|line| line.starts_with("AGE-SECRET-KEY-"));
        Ok(line.ok_or_else(|| PacketError::KeyUnreadable { what: file.display().to_string() })?.to_owned())
    }

    /// Takes the escrow key out of this database, once it lies on a stick: whoever gets this laptop then has one key less.
    pub fn take_out_escrow(&mut self, ctx: &Ctx) -> Result<()> {
        self.hq_only(ctx, "key.taken-out")?;
        // A key that was not known to lie on its stick does not count as saved.
        self.say_unconfirmed_file(ctx, "interrupted")?;
        let places = self.key_places()?;
        if !places.escrow_here {
            return Err(DeskFault::EscrowNotHere.into());
        }
        if places.escrow_saved == 0 {
            return Err(DeskFault::EscrowNotSaved.into());
        }
        self.record(ctx, |view| {
            view.reader().meta_remove(secret::ESCROW)?;
            Ok((Draft::new("key.taken-out").with("key", "escrow"), ()))
        })?;
        Ok(self.ledger.checkpoint()?)
    }

    /// How often keys were saved, and what still lies here.
    pub fn key_places(&self) -> Result<KeyPlaces> {
        let saved = self.view().under::<KeySavedFact>("")?;
        let root = self.root_key()?;
        let mut places = KeyPlaces {
            root_code: key_code(&root)?,
            root,
            root_saved: 0,
            escrow_saved: 0,
            escrow_here: self.ledger.meta_get(secret::ESCROW)?.is_some(),
        };
        saved.iter().for_each(|((name, _), _)| places.count(KeyKind::named(name)));
        // The whole journal is read for them, so only where it matters, and once.
        if !places.missing().is_empty() {
            self.keys_before()?.iter().for_each(|key| places.count(Some(*key)));
        }
        Ok(places)
    }

    fn keys_before(&self) -> Result<&[KeyKind]> {
        if self.keys_before.get().is_none() {
            let filter = Filter { kind: Some(KIND.to_owned()), ..Filter::default() };
            let old = self.view().reader().entries(&filter, u32::MAX)?.into_iter().filter(|e| e.entry.body.facts.is_empty());
            let named = |e: &kaowu_ledger::Logged| e.entry.body.about.get("key").and_then(|k| k.as_str()).and_then(KeyKind::named);
            let _first = self.keys_before.set(old.filter_map(|e| named(&e)).collect());
        }
        Ok(self.keys_before.get().map_or(&[], Vec::as_slice))
    }

    /// Sets an event up again from its root key, when headquarters' database and all backups of it are lost: the same id and keys,
    /// so handovers open and old packets hold. Rosters, seats and packets are made again: the same seed gives the same seats.
    /// With a PIN it is protected, and the operator its first: the six words come back, too. One that was protected is set up
    /// open only where that is asked for.
    pub fn create_again(
        path: &Path,
        ctx: &Ctx,
        (file, words): (&Path, &str),
        pin: Option<&Pin>,
        even_open: bool,
    ) -> Result<(Self, Option<String>)> {
        let unreadable = || PacketError::KeyUnreadable { what: file.display().to_string() };
        let plain = open_secret(&read_file(file)?, words)?;
        let saved: RootFile = serde_json::from_slice(&plain).map_err(|_| unreadable())?;
        if saved.v != 1 {
            return Err(PacketError::PacketTooNew { version: saved.v }.into());
        }
        if saved.protected && pin.is_none() && !even_open {
            return Err(DeskFault::WasProtected.into());
        }
        let root = Signer::from_openssh(&saved.root)?.seed();
        let keys = EventKeys { id: saved.event, root, hq: AgeIdentity::parse(&saved.hq)?, escrow: saved.escrow };
        let (plan, mode) = (saved.plan, saved.mode);
        let make = |key: Option<&DbKey>| {
            let mut unfinished = Unfinished::default();
            let desk = Self::create_under(path, ctx, &NewEvent { plan: &plan, mode }, keys, key, &mut unfinished)?.placed()?;
            unfinished.is_finished();
            Ok(desk)
        };
        match pin {
            Some(pin) => Self::protected_from(path, ctx, pin, |key| make(Some(key))).map(|(desk, words)| (desk, Some(words))),
            None => Ok((make(None)?, None)),
        }
    }
}
