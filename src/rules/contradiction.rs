//! What the live register refuses: a ballot that contradicts the sitting or itself; and what it keeps only if it is acknowledged: an
//! irregularity that really happened.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;

use super::ballot::Case;
use super::electorate;
use super::made::{Basis, number, words};
use super::presence::{Attendee, Course, Presence, PresenceState, When};
use super::profile::{self, Governed, RuleId};
use super::{en_bloc, group_vote, proxy, quorum};
use crate::record::names::shown;
use crate::record::{
    Ballot, BallotKind, BallotMode, BallotOption, Certainty, Finding, FindingCode, FindingLabel, PersonRef, SittingRecord, VoterKind,
};
use crate::vocabulary;

vocabulary! {
    /// How a ballot or an event contradicts the sitting or itself.
    ContradictionCode {
        TwoPositions = "two_positions", "deux positions pour un votant", "two positions for one voter";
        VoterRecused = "voter_recused", "vote d'un membre déporté", "vote of a recused member";
        HolderRecused = "holder_recused", "vote par procuration d'un porteur déporté", "vote by proxy of a recused holder";
        VoterAbsent = "voter_absent", "vote d'un absent non représenté", "vote of someone absent and not represented";
        HolderAbsent = "holder_absent", "vote par procuration d'un porteur absent", "vote by proxy of an absent holder";
        GiverPresent = "giver_present", "vote par procuration d'un mandant présent", "vote by proxy of a giver who is present";
        OtherHolder = "other_holder", "vote par un autre que le porteur du pouvoir", "vote by another than the holder of the proxy";
        NotEntitled = "not_entitled", "vote d'une personne sans voix délibérative", "vote of someone without a vote";
        AboveElectorate = "above_electorate", "plus de voix que de votants", "more votes than voters";
        VoterOmitted = "voter_omitted", "votant absent de l'appel nominal", "voter missing from the roll call";
        SecretNamed = "secret_named", "position nominative dans un scrutin secret", "named position in a secret ballot";
        PulledOutCovered = "pulled_out_covered", "point sorti du vote en bloc et compris dans ce vote", "item pulled out of the vote en bloc and covered by it";
        NotThere = "not_there", "sortie d'une personne absente", "somebody leaves who is not there";
        AlreadyThere = "already_there", "arrivée d'une personne déjà présente", "somebody arrives who is there already";
        NotListed = "not_listed", "personne absente des listes de présence", "somebody who is in no list of attendance";
        NoProxy = "no_proxy", "fin d'un pouvoir qui n'a pas été donné", "end of a proxy that was not given";
        NotAside = "not_aside", "retour d'une personne qui n'est pas sortie pour un déport", "somebody is back who did not leave because recused";
        ItemNotOpen = "item_not_open", "clôture d'un point qui n'est pas ouvert", "an item is closed that is not open";
        NotSuspended = "not_suspended", "reprise sans suspension", "resumption without a suspension";
        BeforeSitting = "before_sitting", "événement antérieur à la séance", "event before the sitting";
    }
}

/// One contradiction: refused, always.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Contradiction {
    pub code: ContradictionCode,
    /// JSON pointer (RFC 6901) into the ballot or the event.
    pub pointer: String,
    pub label: FindingLabel,
    pub rule: RuleId,
    pub legal_basis: Vec<Cow<'static, str>>,
    pub certainty: Certainty,
}

struct Room<'a> {
    sitting: &'a SittingRecord,
    body: Governed<'a>,
    ballot: &'a Ballot,
    course: &'a Course<'a>,
    presence: Presence,
}

/// A position of someone named.
struct Named<'a> {
    pointer: String,
    key: String,
    name: String,
    option: BallotOption,
    by_proxy: Option<&'a PersonRef>,
    in_roll_call: bool,
}

/// How the ballot contradicts the sitting, as it stands when the ballot is taken, or itself. The ballot need not be in the sitting.
pub fn contradictions<'b>(sitting: &SittingRecord, ballot: &Ballot, body: impl Into<Governed<'b>>) -> Vec<Contradiction> {
    let body = body.into();
    let course = Course::under(sitting, body);
    // The ballot's own roll call must not vouch for proxies.
    let presence = course.at(When::Ballot(&Ballot { roll_call: None, ..ballot.clone() }));
    let room = Room { sitting, body, ballot, course: &course, presence };
    let named = room.named();
    if ballot.mode == BallotMode::Secret {
        let secret = |position: &Named<'_>| {
            room.made(ContradictionCode::SecretNamed, RuleId::BallotSecret, position.pointer.clone(), ("une personne", "a person"))
        };
        // No name goes into the refusal either.
        return named.iter().map(secret).chain(room.above()).chain(room.pulled_out()).collect();
    }
    let mut found: Vec<Contradiction> = room.twice(&named);
    found.extend(named.iter().filter_map(|position| room.position(position)));
    found.extend(room.above());
    found.extend(room.omitted(&named));
    found.extend(room.pulled_out());
    found
}

/// What really happened against the rules, and is kept only with an acknowledgement: no quorum, a proxy that cannot be used, a vote by group
/// that the internal rules exclude.
pub fn irregularities<'b>(sitting: &SittingRecord, ballot: &Ballot, body: impl Into<Governed<'b>>) -> Vec<Finding> {
    let body = body.into();
    let course = Course::under(sitting, body);
    let case = Case::new(sitting, &course, body, ballot);
    let quorum = ballot.covers.iter().filter_map(|item| quorum::check(&case, *item)).filter(|finding| finding.code == FindingCode::QuorumNotMet);
    quorum.chain(proxy::unacknowledged(&case)).chain(group_vote::not_provided(&case)).collect()
}

/// A contradiction, in the words of its code and of whom or what it is about.
pub(super) fn made(basis: Basis<'_>, code: ContradictionCode, pointer: String, (fr, en): (&str, &str)) -> Contradiction {
    let label = words(format!("{} : {fr}", code.label().fr), format!("{}: {en}", code.label().en));
    Contradiction { code, pointer, label, rule: basis.rule, legal_basis: basis.legal_basis(), certainty: basis.certainty }
}

impl Room<'_> {
    fn made(&self, code: ContradictionCode, rule: RuleId, pointer: String, (fr, en): (&str, &str)) -> Contradiction {
        made(profile::basis(rule, self.body, self.sitting.date), code, pointer, (fr, en))
    }

    /// Everyone named, in the roll call and behind the counts.
    fn named(&self) -> Vec<Named<'_>> {
        let mut named = Vec::new();
        for (place, line) in self.ballot.roll_call.iter().flatten().enumerate() {
            let Some(key) = self.course.names.key(&line.person) else { continue };
            let (name, by_proxy) = (shown(&line.person), line.by_proxy.as_ref());
            named.push(Named { pointer: format!("/roll_call/{place}"), key, name, option: line.option, by_proxy, in_roll_call: true });
        }
        for (place, tally) in self.ballot.options.iter().enumerate() {
            for (n, entry) in tally.entries.iter().enumerate().filter(|(_, entry)| entry.kind == VoterKind::Person) {
                let person = PersonRef { printed: entry.printed.clone(), person: entry.person, ..PersonRef::default() };
                let Some(key) = self.course.names.key(&person) else { continue };
                let pointer = format!("/options/{place}/entries/{n}");
                named.push(Named { pointer, key, name: shown(&person), option: tally.option, by_proxy: None, in_roll_call: false });
            }
        }
        named
    }

    /// Named twice in the roll call or behind the counts, or in each under another option.
    fn twice(&self, named: &[Named<'_>]) -> Vec<Contradiction> {
        let mut found = Vec::new();
        for (place, position) in named.iter().enumerate() {
            let clashes =
                |other: &&Named<'_>| other.key == position.key && (other.in_roll_call == position.in_roll_call || other.option != position.option);
            if named.iter().take(place).any(|other| clashes(&other)) {
                let name = position.name.as_str();
                found.push(self.made(ContradictionCode::TwoPositions, RuleId::VoteTwice, position.pointer.clone(), (name, name)));
            }
        }
        found
    }

    fn attendee(&self, key: &str) -> Option<&Attendee> {
        self.presence.people.iter().find(|attendee| attendee.key == key)
    }

    /// Whether that person can have that position.
    fn position(&self, position: &Named<'_>) -> Option<Contradiction> {
        use ContradictionCode as Code;
        if position.option == BallotOption::NotVoting {
            return None;
        }
        let holder = position.by_proxy.and_then(|holder| self.course.names.key(holder));
        let state_of = |key: &str| self.attendee(key).map_or(PresenceState::Absent, |attendee| attendee.state);
        let state = state_of(&position.key);
        let holder_state = holder.as_deref().map(state_of);
        let known_holder = self.attendee(&position.key).and_then(|attendee| attendee.holder.as_ref()).and_then(|h| self.course.names.key(h));
        let (code, rule) = match (state, holder_state) {
            (PresenceState::NotEntitled, _) => (Code::NotEntitled, RuleId::VoteAbsent),
            (PresenceState::Recused, _) => (Code::VoterRecused, RuleId::RecusalCounted),
            // Nothing certain is known.
            (PresenceState::Unsettled, _) => return None,
            (PresenceState::Present, None) => return None,
            (PresenceState::Present, Some(_)) => (Code::GiverPresent, RuleId::ProxyValid),
            (_, Some(PresenceState::Recused)) => (Code::HolderRecused, RuleId::RecusalCounted),
            (_, Some(PresenceState::Excused | PresenceState::Absent | PresenceState::Represented)) => (Code::HolderAbsent, RuleId::ProxyValid),
            (PresenceState::Represented, Some(_)) if known_holder.is_some() && known_holder != holder => (Code::OtherHolder, RuleId::ProxyValid),
            (PresenceState::Represented, _) => return None,
            (PresenceState::Excused | PresenceState::Absent, _) => (Code::VoterAbsent, RuleId::VoteAbsent),
        };
        let through = |with: &str| match position.by_proxy {
            Some(holder) => format!("{} ({with} {})", position.name, shown(holder)),
            None => position.name.clone(),
        };
        Some(self.made(code, rule, position.pointer.clone(), (&through("par"), &through("by"))))
    }

    /// Counts above the electorate: of the ballot, and of each round of an election.
    fn above(&self) -> Vec<Contradiction> {
        let electorate = self.presence.electorate;
        if !electorate.listed {
            return Vec::new();
        }
        let rounds = self.ballot.election.iter().flat_map(|election| &election.rounds).enumerate();
        let rounds = rounds.filter_map(|(n, round)| Some((format!("/election/rounds/{n}/voters"), number(round.voters)?)));
        let whole = electorate::counted(self.ballot).filter(|_| self.ballot.kind != BallotKind::Election || !self.ballot.options.is_empty());
        let own = whole.map(|counted| (if self.ballot.options.is_empty() { "/voters" } else { "/options" }.to_owned(), counted));
        let voters = number(self.ballot.voters).filter(|_| !self.ballot.options.is_empty()).map(|voters| ("/voters".to_owned(), voters));
        let above = |(pointer, counted): (String, u32)| {
            (counted > electorate.at_most).then(|| {
                let (fr, en) = (
                    format!("{counted} voix pour {} votants au plus", electorate.at_most),
                    format!("{counted} votes for at most {} voters", electorate.at_most),
                );
                self.made(ContradictionCode::AboveElectorate, RuleId::BallotCeiling, pointer, (&fr, &en))
            })
        };
        own.into_iter().chain(voters).chain(rounds).filter_map(above).collect()
    }

    /// What a member asked to have voted on apart is not part of the vote en bloc.
    fn pulled_out(&self) -> Vec<Contradiction> {
        let made = |(place, item)| {
            let name = en_bloc::names(self.sitting, &[item]);
            self.made(ContradictionCode::PulledOutCovered, RuleId::BallotEnBloc, format!("/pulled_out/{place}"), (&name, &name))
        };
        en_bloc::still_covered(self.ballot).map(made).collect()
    }

    /// A roll call has every voter, were it only as not answering.
    fn omitted(&self, named: &[Named<'_>]) -> Vec<Contradiction> {
        let called = matches!(self.ballot.mode, BallotMode::PublicRollCall | BallotMode::Electronic);
        if !called || self.ballot.roll_call.is_none() {
            return Vec::new();
        }
        let votes = |attendee: &&Attendee| matches!(attendee.state, PresenceState::Present | PresenceState::Represented);
        let missing = |attendee: &&Attendee| !named.iter().any(|position| position.in_roll_call && position.key == attendee.key);
        let omitted = |attendee: &Attendee| {
            let name = attendee.printed.clone().unwrap_or_else(|| attendee.key.clone());
            self.made(ContradictionCode::VoterOmitted, RuleId::VoteOmitted, "/roll_call".to_owned(), (&name, &name))
        };
        self.presence.people.iter().filter(votes).filter(missing).map(omitted).collect()
    }
}
