//! Who may do what (RULES.md §8): the roles of operators, and for every kind of entry the roles that may write it.
//!
//! The table holds in a protected event. A kind that does not stand in it may be written by nobody.

use crate::facts::OperatorFact;
use crate::identity::SiteCode;
use serde::{Deserialize, Serialize};

/// What an operator is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Headquarters' staff: everything that headquarters decides.
    Hq,
    /// Head of a site.
    SiteHead,
    /// Invigilator 监考员.
    Invigilator,
    /// Secretary of a panel or of mark entry 记分员.
    Secretary,
    /// Checker 核分员: keys the second pass, decides differences.
    Checker,
    /// The certificate desk.
    Certificates,
    /// Reads, and writes nothing.
    Auditor,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Hq, Self::SiteHead, Self::Invigilator, Self::Secretary, Self::Checker, Self::Certificates, Self::Auditor];

    /// Its word in plans, on the command line and in the journal.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hq => "hq",
            Self::SiteHead => "site-head",
            Self::Invigilator => "invigilator",
            Self::Secretary => "secretary",
            Self::Checker => "checker",
            Self::Certificates => "certificates",
            Self::Auditor => "auditor",
        }
    }

    /// The role a word names.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// Whether an act takes a second person, who proves to be there with a PIN of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Second {
    /// One person.
    No,
    /// Whoever the act names besides the operator, in one of these roles: the rules of the act say when it must.
    Named(&'static [Role]),
    /// Always somebody else in one of these roles.
    Always(&'static [Role]),
    /// The same once two in these roles work here: an office of one has nobody to ask. From then on the one who was named second
    /// is asked before anybody is named third, so that nobody makes their own second person.
    OnceTwo(&'static [Role]),
    /// The same where the act is about somebody who does more at headquarters than read.
    OnceTwoOfHq(&'static [Role]),
}

impl Second {
    fn roles(self) -> &'static [Role] {
        match self {
            Self::No => &[],
            Self::Named(roles) | Self::Always(roles) | Self::OnceTwo(roles) | Self::OnceTwoOfHq(roles) => roles,
        }
    }
}

/// Who may write a kind of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// The kind.
    pub kind: &'static str,
    /// The roles; every one where the program itself writes it about whoever works with it.
    pub roles: &'static [Role],
    /// Whether it takes a second person, and who that may be.
    pub second: Second,
}

const HQ: &[Role] = &[Role::Hq];
const HEADS: &[Role] = &[Role::Hq, Role::SiteHead];
const ROOM: &[Role] = &[Role::Hq, Role::SiteHead, Role::Invigilator];
const KEYING: &[Role] = &[Role::Hq, Role::Secretary, Role::Checker];
const DECIDING: &[Role] = &[Role::Hq, Role::SiteHead, Role::Secretary, Role::Checker];
const LOTS: &[Role] = &[Role::Hq, Role::SiteHead, Role::Secretary];
const DESK: &[Role] = &[Role::Hq, Role::Certificates];
const WORKING: &[Role] = &[Role::Hq, Role::SiteHead, Role::Invigilator, Role::Secretary, Role::Checker, Role::Certificates];
const AT_SITE: &[Role] = &[Role::Hq, Role::SiteHead, Role::Invigilator, Role::Secretary, Role::Checker];
const EVERYBODY: &[Role] = &Role::ALL;

const fn act(kind: &'static str, roles: &'static [Role], second: Second) -> Act {
    Act { kind, roles, second }
}

/// Every kind of entry a desk writes, in the order of the day.
pub const ACTS: &[Act] = &[
    act("event.created", HQ, Second::No),
    act("event.protected", HQ, Second::No),
    act("operator.named", HQ, Second::OnceTwoOfHq(HQ)),
    act("operator.withdrawn", HQ, Second::OnceTwoOfHq(HQ)),
    act("operator.pin-given", HEADS, Second::OnceTwoOfHq(HQ)),
    act("operator.pin-changed", EVERYBODY, Second::No),
    act("operator.recovered", HEADS, Second::No),
    // Whoever reads the words can act as anybody of headquarters. A site's are headquarters' to make and to tell.
    act("operator.words-renewed", HQ, Second::OnceTwo(HQ)),
    act("recovery.told", HQ, Second::OnceTwo(HQ)),
    act("operator.signed-in", EVERYBODY, Second::No),
    act("operator.proved", EVERYBODY, Second::No),
    act("operator.refused", EVERYBODY, Second::No),
    act("operator.denied", EVERYBODY, Second::No),
    act("file.unconfirmed", EVERYBODY, Second::No),
    act("key.saved", HQ, Second::OnceTwo(HQ)),
    act("key.taken-out", HQ, Second::Always(HQ)),
    // Once the roster is closed a change names its second person; until then none.
    act("roster.imported", HQ, Second::Named(HQ)),
    act("roster.closed", HQ, Second::No),
    act("roster.reopened", HQ, Second::Named(HQ)),
    act("minimum.accepted", HQ, Second::No),
    act("candidate.withdrawn", HQ, Second::No),
    act("candidate.reinstated", HQ, Second::No),
    act("staff.imported", HQ, Second::No),
    act("invigilators.drawn", HQ, Second::No),
    act("staff.replaced", HEADS, Second::No),
    act("judge.recused", LOTS, Second::No),
    act("inspection.noted", ROOM, Second::No),
    act("exclusions.imported", HQ, Second::No),
    act("suspect.ruled", HQ, Second::No),
    act("rooms.imported", HQ, Second::No),
    act("seats.drawn", HQ, Second::No),
    act("seats.swapped", HQ, Second::No),
    act("seat.pinned", HQ, Second::No),
    act("seat.unpinned", HQ, Second::No),
    act("seat.needs", HQ, Second::No),
    act("seat.late", HQ, Second::No),
    act("room.redrawn", HQ, Second::No),
    act("packet.issued", HQ, Second::No),
    act("packet.opened", AT_SITE, Second::No),
    act("device.continued", WORKING, Second::No),
    act("feed.taken-over", AT_SITE, Second::No),
    act("receipt.taken", AT_SITE, Second::No),
    act("candidate.admitted", ROOM, Second::No),
    act("candidate.admission-undone", ROOM, Second::No),
    act("absence.fixed", ROOM, Second::No),
    act("absence.undone", ROOM, Second::No),
    // RULES.md §5: an incident and a room's record take two invigilators; the second proves to be there.
    act("incident.reported", ROOM, Second::Always(ROOM)),
    // RULES.md §5: voiding is proposed by the room and confirmed by HQ.
    act("incident.ruled", HQ, Second::Always(HQ)),
    act("room.recorded", ROOM, Second::No),
    act("room.signed", ROOM, Second::Always(ROOM)),
    act("lots.drawn", LOTS, Second::No),
    // RULES.md §6: late is out, unless HQ lets in with a reason; at the site its head speaks for it.
    act("lots.late", LOTS, Second::Always(HEADS)),
    act("marks.imported", KEYING, Second::No),
    act("mark.keyed", KEYING, Second::No),
    act("panel.imported", KEYING, Second::No),
    act("panel.keyed", KEYING, Second::No),
    // RULES.md §6, §7: a third person, or both; a correction always takes two.
    act("mark.decided", DECIDING, Second::Named(DECIDING)),
    act("panel.decided", DECIDING, Second::Named(DECIDING)),
    act("id.uncovered", WORKING, Second::No),
    act("handover.written", AT_SITE, Second::No),
    act("handover.unconfirmed", AT_SITE, Second::No),
    act("handover.merged", HQ, Second::No),
    act("receipt.written", HQ, Second::No),
    // By a third person, who stated none of the values.
    act("conflict.settled", HQ, Second::No),
    // RULES.md §3: a change of a default after marks exist needs a second person.
    act("weights.confirmed", HQ, Second::Named(HQ)),
    act("teams.nominated", HQ, Second::Always(HQ)),
    act("people.selected", HQ, Second::No),
    act("candidate.substituted", HQ, Second::Always(HQ)),
    act("tie.resolved", HQ, Second::Always(HQ)),
    act("award.confirmed", HQ, Second::Always(HQ)),
    act("team.substitutes", HQ, Second::No),
    act("team.named", HQ, Second::No),
    act("team.result", HQ, Second::No),
    act("practice.imported", HQ, Second::No),
    act("practice.removed", HQ, Second::No),
    act("practice.matched", HQ, Second::No),
    act("certificates.printed", DESK, Second::No),
    act("certificate.voided", DESK, Second::No),
    act("certificate.reprinted", DESK, Second::Always(DESK)),
    act("archive.made", HQ, Second::No),
    act("event.closed", HQ, Second::Named(HQ)),
];

/// Whether headquarters waits for an entry of this kind. Who signed in or was refused says nothing of the event, nor does what
/// headquarters settled itself: they ride along with the next handover and ask for none.
pub fn awaited(kind: &str) -> bool {
    !kind.starts_with("operator.") && kind != "receipt.taken"
}

/// The row of a kind.
pub fn act_of(kind: &str) -> Option<&'static Act> {
    ACTS.iter().find(|act| act.kind == kind)
}

/// Whether an operator may write a kind of entry here: at headquarters (no site) or at this site.
pub fn may(operator: &OperatorFact, kind: &str, here: Option<&SiteCode>) -> bool {
    works_here(operator, here) && act_of(kind).is_some_and(|act| operator.roles.iter().any(|role| act.roles.contains(role)))
}

/// Whether an operator may be the second person of an act here.
pub fn may_second(operator: &OperatorFact, act: &Act, here: Option<&SiteCode>) -> bool {
    works_here(operator, here) && operator.roles.iter().any(|role| act.second.roles().contains(role))
}

/// Whether an act takes a second person whom it does not name itself. `named`: all operators; `about`: those whom the act is
/// about, as they stand and as they are to.
pub fn takes_second<'a>(
    act: &Act,
    here: Option<&SiteCode>,
    named: impl IntoIterator<Item = &'a OperatorFact>,
    about: &[OperatorFact],
) -> bool {
    let of_hq = |fact: &OperatorFact| works_here(fact, None) && fact.roles.iter().any(|role| *role != Role::Auditor);
    match act.second {
        Second::No | Second::Named(_) => false,
        Second::Always(_) => true,
        Second::OnceTwoOfHq(_) if !about.iter().any(of_hq) => false,
        Second::OnceTwo(_) | Second::OnceTwoOfHq(_) => named.into_iter().filter(|fact| may_second(fact, act, here)).nth(1).is_some(),
    }
}

/// Whether an operator works here: at headquarters who has no site, at a site who has that site.
pub fn works_here(operator: &OperatorFact, here: Option<&SiteCode>) -> bool {
    !operator.withdrawn && here.map_or(operator.sites.is_empty(), |site| operator.sites.contains(site))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The table once more, role by role, from RULES.md §5–§8 and not from the one above.
    const BY_ROLE: [(Role, &str); 7] = [
        (
            Role::Hq,
            "event.created event.protected operator.named operator.withdrawn operator.pin-given operator.recovered \
             operator.words-renewed roster.imported candidate.withdrawn exclusions.imported suspect.ruled rooms.imported seats.drawn \
             seats.swapped seat.pinned seat.unpinned seat.needs seat.late room.redrawn packet.issued packet.opened device.continued candidate.admitted \
             candidate.admission-undone absence.fixed absence.undone incident.reported incident.ruled room.recorded room.signed \
             lots.drawn lots.late marks.imported mark.keyed panel.imported panel.keyed mark.decided panel.decided id.uncovered \
             handover.written handover.unconfirmed handover.merged weights.confirmed teams.nominated people.selected candidate.substituted tie.resolved \
             award.confirmed practice.imported practice.removed practice.matched certificates.printed certificate.voided \
             certificate.reprinted key.saved recovery.told receipt.written key.taken-out roster.closed roster.reopened minimum.accepted candidate.reinstated staff.imported \
             invigilators.drawn staff.replaced judge.recused inspection.noted feed.taken-over receipt.taken conflict.settled \
             team.substitutes team.named team.result archive.made event.closed",
        ),
        (
            Role::SiteHead,
            "operator.pin-given operator.recovered packet.opened device.continued candidate.admitted candidate.admission-undone \
             absence.fixed absence.undone incident.reported room.recorded room.signed lots.drawn lots.late mark.decided panel.decided \
             id.uncovered handover.written handover.unconfirmed staff.replaced judge.recused inspection.noted feed.taken-over receipt.taken",
        ),
        (
            Role::Invigilator,
            "packet.opened device.continued candidate.admitted candidate.admission-undone absence.fixed absence.undone incident.reported room.recorded \
             room.signed id.uncovered handover.written handover.unconfirmed inspection.noted feed.taken-over receipt.taken",
        ),
        (
            Role::Secretary,
            "packet.opened device.continued lots.drawn lots.late marks.imported mark.keyed panel.imported panel.keyed mark.decided panel.decided id.uncovered \
             handover.written handover.unconfirmed judge.recused feed.taken-over receipt.taken",
        ),
        (
            Role::Checker,
            "packet.opened device.continued marks.imported mark.keyed panel.imported panel.keyed mark.decided panel.decided id.uncovered handover.written handover.unconfirmed feed.taken-over receipt.taken",
        ),
        (Role::Certificates, "certificates.printed certificate.voided certificate.reprinted id.uncovered device.continued"),
        (Role::Auditor, ""),
    ];

    /// What the program writes about whoever works with it.
    const OF_EVERYBODY: [&str; 6] =
        ["operator.pin-changed", "operator.signed-in", "operator.proved", "operator.refused", "operator.denied", "file.unconfirmed"];

    #[test]
    fn each_role_may_write_its_own_kinds_and_no_other() {
        for (role, kinds) in BY_ROLE {
            let wanted: BTreeSet<&str> = kinds.split_whitespace().chain(OF_EVERYBODY).collect();
            let fact = OperatorFact { roles: vec![role], sites: vec![], withdrawn: false };
            let got: BTreeSet<&str> = ACTS.iter().map(|act| act.kind).filter(|kind| may(&fact, kind, None)).collect();
            assert_eq!(got, wanted, "{}", role.word());
            assert_eq!(Role::of(role.word()), Some(role));
            assert!(!may(&fact, "something.new", None));
        }
        let names: BTreeSet<&str> = ACTS.iter().map(|act| act.kind).collect();
        assert_eq!(names.len(), ACTS.len(), "a kind stands twice");
    }

    #[test]
    fn people_work_where_they_were_named_for() {
        let site = |code: &str| SiteCode::from(code);
        for (sites, withdrawn, here, want) in [
            (vec![], false, None, true),
            (vec![], false, Some("3201-01"), false),
            (vec!["3201-01"], false, None, false),
            (vec!["3201-01", "3202-01"], false, Some("3202-01"), true),
            (vec!["3201-01"], false, Some("3203-01"), false),
            (vec![], true, None, false),
        ] {
            let fact = OperatorFact { roles: vec![Role::Hq], sites: sites.iter().map(|s| site(s)).collect(), withdrawn };
            assert_eq!(may(&fact, "candidate.admitted", here.map(site).as_ref()), want, "{sites:?} {here:?}");
        }
    }

    #[test]
    fn headquarters_waits_for_the_day_and_not_for_who_signed_in() {
        let (waits, along): (Vec<&str>, Vec<&str>) = ACTS.iter().map(|act| act.kind).partition(|kind| awaited(kind));
        let own = "operator.named operator.withdrawn operator.pin-given operator.pin-changed operator.recovered operator.words-renewed \
                   operator.signed-in operator.proved operator.refused operator.denied receipt.taken";
        assert_eq!(along, own.split_whitespace().collect::<Vec<_>>());
        for kind in [
            "packet.opened",
            "candidate.admitted",
            "room.recorded",
            "mark.keyed",
            "id.uncovered",
            "feed.taken-over",
            "handover.unconfirmed",
        ] {
            assert!(waits.contains(&kind), "{kind}");
        }
    }

    #[test]
    fn once_two_work_at_headquarters_it_takes_both() {
        let fact = |roles: &[Role], site: &str, withdrawn| {
            let sites = Some(site).filter(|s| !s.is_empty()).map(SiteCode::from).into_iter().collect();
            OperatorFact { roles: roles.to_vec(), sites, withdrawn }
        };
        let (hq, gone, away) = (fact(&[Role::Hq], "", false), fact(&[Role::Hq], "", true), fact(&[Role::Hq], "3201-01", false));
        let (desk, reads, room) =
            (fact(&[Role::Certificates], "", false), fact(&[Role::Auditor], "", false), fact(&[Role::SiteHead], "3201-01", false));
        let both = fact(&[Role::Auditor, Role::Hq], "", false);
        let (one, two) = ([&hq, &gone, &away, &desk], [&hq, &desk, &both]);
        let check = |kind: &str, named: &[&OperatorFact], about: &[&OperatorFact], want: bool| {
            let about: Vec<OperatorFact> = about.iter().map(|f| (*f).clone()).collect();
            assert_eq!(takes_second(act_of(kind).unwrap(), None, named.iter().copied(), &about), want, "{kind} {about:?}");
        };
        for kind in ["key.saved", "operator.words-renewed", "recovery.told"] {
            check(kind, &one, &[], false);
            check(kind, &two, &[], true);
        }
        for kind in ["operator.named", "operator.pin-given", "operator.withdrawn"] {
            check(kind, &one, &[&hq], false);
            check(kind, &two, &[&hq], true);
            check(kind, &two, &[&desk], true);
            check(kind, &two, &[&reads], false);
            check(kind, &two, &[&room], false);
            check(kind, &two, &[&both, &reads], true);
            check(kind, &two, &[&hq, &room], true);
        }
        check("tie.resolved", &one, &[], true);
        check("weights.confirmed", &two, &[], false);
        check("rooms.imported", &two, &[&hq], false);
    }
}
