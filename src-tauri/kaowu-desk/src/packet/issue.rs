//! HQ issues a site's packet.

use super::{post_name, seed_of};
use crate::error::{DeskFault, Result};
use crate::operators::{SiteOperator, issued_operators};
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{
    BriefFact, Candidate, DutyFact, EventFact, ExclusionLine, Only, OperatorFact, PacketFact, PlanFact, RecusalFact, RoomFact, Ruling,
    SeatFact, StaffFact, Topic, Trust, state,
};
use kaowu_core::identity::{IdNumber, PartId, SiteCode, StageId};
use kaowu_core::journal::{Fact, check_code};
use kaowu_ledger::Draft;
use kaowu_packet::keys::{AgeIdentity, Signer, generate_seed};
use kaowu_packet::vault::WordsCredential;
use kaowu_packet::{Files, Lock, Manifest, PacketKind, Packing, Statement, certify_site, make_ready, seal, six_words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A packet, with the words that open it. The words are kept nowhere: a lost slip means a new packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issued {
    /// The post.
    pub post: String,
    /// Site's name.
    pub site_name: String,
    /// The file.
    pub path: PathBuf,
    /// Six words.
    pub words: String,
    /// People in it.
    pub people: u32,
    /// Check code of the journal it was made from.
    pub check_code: String,
}

/// The secrets of a site, which its packet hands over.
#[derive(Serialize, Deserialize)]
pub(super) struct SiteSecrets {
    pub(super) seed: String,
    pub(super) identity: String,
}

/// What a packet carries besides its chain.
#[derive(Serialize, Deserialize)]
pub(super) struct Content {
    pub(super) post: String,
    pub(super) secrets: SiteSecrets,
    pub(super) site_chain: std::collections::BTreeMap<String, String>,
    pub(super) facts: Vec<Fact>,
    /// Who may work there; nobody in an open event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) operators: Vec<SiteOperator>,
    /// What its database opens for besides: words that headquarters keeps. Earlier versions sent none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) recovery: Option<WordsCredential>,
}

pub(super) const CONTENT: &str = "site.json";

impl Desk {
    /// Issues the packet of a site for a part into a folder. Issued again, it goes under the same site key and new words.
    pub fn issue_packet(&mut self, ctx: &Ctx, stage: &StageId, part: &PartId, site: &SiteCode, folder: &Path) -> Result<Issued> {
        self.hq_only(ctx, "packet.issued")?;
        self.may(ctx, "packet.issued")?;
        let operators = issued_operators(self, site)?;
        let view = self.view();
        let sites = view.sites(stage, part)?;
        let known = || sites.iter().map(|(s, _)| post_name(stage, part, s)).collect();
        let post = post_name(stage, part, site);
        let site_name = sites
            .iter()
            .find(|(s, _)| s == site)
            .map(|(_, n)| n.clone())
            .ok_or_else(|| DeskFault::NoSuchPost { post: post.clone(), known: known() })?;
        if view.draw(stage)?.is_none() {
            return Err(DeskFault::NotDrawn { stage: stage.clone() }.into());
        }
        let people = view.post_people(stage, part, site)?;
        let facts = view.brief_facts(stage, part, site, &people)?;
        let seats = view.seat_hashes(stage, part)?.remove(site).unwrap_or_default();
        let staff = view.staff_hashes(stage, part)?.remove(site).unwrap_or_default();
        let event = view.event()?;
        let name = format!("site/{post}");
        let secrets = match self.ledger.meta_get(&name)? {
            Some(text) => serde_json::from_str(&text).map_err(|_| DeskFault::SecretDamaged)?,
            None => SiteSecrets { seed: hex::encode(generate_seed()), identity: AgeIdentity::generate().to_secret() },
        };
        let site_signer = Signer::from_seed(seed_of(&secrets.seed)?);
        let site_box = AgeIdentity::parse(&secrets.identity)?.recipient();
        self.ledger.meta_set(&name, &serde_json::to_string(&secrets).unwrap_or_default())?;
        let root = Signer::from_seed(seed_of(&self.kept(crate::event::secret::ROOT)?)?);
        let statement = Statement {
            event: event.id.clone(),
            mode: event.mode,
            site: post.clone(),
            key: site_signer.public_openssh(),
            continues: None,
            second: None,
        };
        let site_chain = certify_site(&root, &statement)?.into_iter().map(|(n, b)| (n, String::from_utf8_lossy(&b).into_owned())).collect();
        let recovery = self.site_recovery(&post)?;
        let content = Content { post: post.clone(), secrets, site_chain, facts, operators, recovery };
        let bytes = serde_json::to_vec(&content).map_err(|e| DeskFault::FileUnwritable { file: post.clone(), detail: e.to_string() })?;
        let words = six_words();
        let head = self.ledger.own_head()?;
        let (seq, code) = (self.ledger.next_seq()? - 1, check_code(&head));
        let manifest = Manifest {
            v: 0,
            kind: PacketKind::Site,
            event: event.id.clone(),
            title: event.title.clone(),
            mode: event.mode,
            from: "hq".to_owned(),
            to: post.clone(),
            device: self.ledger.device().clone(),
            seq,
            head,
            check_code: code.clone(),
            created: ctx.now.to_rfc3339(),
            files: Default::default(),
            algorithms: Default::default(),
        };
        let files = Files::from([(CONTENT.to_owned(), bytes)]);
        let second = self.plan.event.second_signature.is_some();
        let packing =
            Packing { manifest, files, chain: self.hq_chain()?, signer: &self.device_signer(), lock: Lock::Words(words.clone()), second };
        let ready = make_ready(&seal(packing)?, folder, &format!("{post}.kaowu"))?;
        let count = u32::try_from(people.len()).unwrap_or(u32::MAX);
        let fact = PacketFact {
            site_key: site_signer.public_openssh(),
            site_box,
            stage: stage.clone(),
            part: part.clone(),
            site: site.clone(),
            people: count,
            sha256: ready.sha256().to_owned(),
            seats,
            staff,
            unconfirmed: false,
        };
        self.record_ahead(ctx, "packet.issued", |view| {
            let replaced = view.replaced::<PacketFact>([post.clone()])?;
            Ok((
                Draft::new("packet.issued").with("post", post.clone()).with("people", count).fact(state(&post, &fact)).replacing(replaced),
                (),
            ))
        })?;
        let carried = self.confirmed(ctx, ready.place().map_err(Into::into))?;
        Ok(Issued { post, site_name, path: carried.path, words, people: count, check_code: code })
    }
}

impl View<'_> {
    /// What a site is told: the event, and what concerns its own people. People it must turn away are named, too.
    fn brief_facts(&self, stage: &StageId, part: &PartId, site: &SiteCode, people: &BTreeSet<IdNumber>) -> Result<Vec<Fact>> {
        let mut facts = Vec::new();
        facts.push(state(&Only, &self.event()?));
        facts.extend(self.single::<PlanFact>()?);
        facts.extend(self.single::<Trust>()?);
        let owner = self.site_unit(stage, site)?;
        let barred: BTreeSet<IdNumber> = self.list_matches(stage)?.into_iter().filter(|m| m.standing.bars()).map(|m| m.id).collect();
        let mut names = BTreeSet::new();
        let mut told = people.clone();
        for (id, person) in self.candidates(stage)? {
            let sits_here = owner.as_ref().is_none_or(|unit| self.plan().seat_unit(&person.unit, stage).is_some_and(|u| u.code == *unit));
            if people.contains(&id) || (barred.contains(&id) && sits_here) {
                names.insert(person.name.clone());
                facts.push(state(&(stage.clone(), id.clone()), &Candidate { phone: String::new(), ..person }));
                told.insert(id);
            }
        }
        for (key, line) in self.exclusions()? {
            if line.id.as_ref().map_or_else(|| names.contains(&line.name), |id| told.contains(id)) {
                facts.push(state::<ExclusionLine>(&key, &line));
            }
        }
        for (id, ruling) in self.rulings(stage)? {
            if told.contains(&id) {
                facts.push(state::<Ruling>(&(stage.clone(), id), &ruling));
            }
        }
        for (id, seat) in self.seats(stage)? {
            if people.contains(&id) {
                facts.push(state::<SeatFact>(&(stage.clone(), id), &seat));
            }
        }
        for ((of, room), fact) in self.rooms(stage)? {
            if of == *site {
                facts.push(state::<RoomFact>(&(stage.clone(), of, room), &fact));
            }
        }
        for (name, fact) in self.operators_of(site)? {
            facts.push(state::<OperatorFact>(&name, &fact));
        }
        facts.extend(self.brief_staff(stage, part, site)?);
        let brief = BriefFact { stage: stage.clone(), part: part.clone(), site: site.clone(), people: people.iter().cloned().collect() };
        facts.push(state(&Only, &brief));
        Ok(facts)
    }

    /// The people on duty at a site, without telephones, as they serve now: who was replaced before is not named.
    fn brief_staff(&self, stage: &StageId, part: &PartId, site: &SiteCode) -> Result<Vec<Fact>> {
        let mut facts = Vec::new();
        let (mut staff, instead) = (self.staff(stage)?, self.stand_ins(stage, part)?);
        staff.retain(|_, p| p.site.as_ref() == Some(site));
        for ((of, out), by) in &instead {
            let row = staff.get(out).filter(|_| of == site).map(|p| p.row);
            if let (Some(row), Some(new)) = (row, staff.get_mut(&by.by)) {
                new.row = row;
            }
        }
        staff.retain(|id, _| !instead.contains_key(&(site.clone(), id.clone())));
        for (id, person) in staff {
            facts.push(state::<StaffFact>(&(stage.clone(), id), &StaffFact { phone: String::new(), ..person }));
        }
        for ((of, room), two) in self.duties(stage, part)? {
            if of == *site {
                facts.push(state(&(stage.clone(), part.clone(), of, room), &DutyFact { staff: two }));
            }
        }
        for (key, held) in self.under::<RecusalFact>(&format!("{stage}/{part}/"))? {
            facts.push(state(&key, &held.value));
        }
        Ok(facts)
    }

    fn single<T: Topic<Key = Only>>(&self) -> Result<Option<Fact>> {
        Ok(self.one::<T>(&Only)?.map(|held| state(&Only, &held.value)))
    }
}

/// Facts a brief may carry; whatever else a packet claims is left out.
pub(super) fn briefed(fact: &Fact) -> bool {
    [
        EventFact::NAME,
        PlanFact::NAME,
        Trust::NAME,
        Candidate::NAME,
        ExclusionLine::NAME,
        Ruling::NAME,
        SeatFact::NAME,
        RoomFact::NAME,
        OperatorFact::NAME,
        BriefFact::NAME,
        StaffFact::NAME,
        DutyFact::NAME,
        RecusalFact::NAME,
    ]
    .contains(&fact.topic.as_str())
}
