//! What may happen: one function for each act of the secretariat, one transaction each: check, version, index rows, change-log entry.

mod answers;
mod archive;
mod audit;
mod ballot;
mod canonical;
mod check;
mod check_deliberation;
mod check_sitting;
mod clock;
mod cohesion;
mod convening;
mod copy;
mod delegations;
mod deliberation;
mod desk;
mod directory;
mod entry;
mod facts;
mod files;
mod imports;
mod intake;
mod kept_body;
mod legal_profile;
mod life;
mod lists;
mod live;
mod log_tree;
mod membership;
mod money;
mod numbering;
mod numbers;
mod once;
mod oparl;
mod open_data;
mod page;
mod pages;
mod patch;
mod pending;
mod people;
mod prepared;
mod proof;
mod proposals;
mod read;
mod reading;
mod rectify;
mod refusal;
mod revocation;
mod roster;
mod seal;
mod search;
mod search_index;
mod second_meeting;
mod site;
mod sitting;
mod standing;
mod state;
mod statistics;
mod told;
mod transmission;
mod waive;
mod workflow;

pub use answers::Answer;
pub use archive::{ArchiveAsked, TransmissionArchive};
pub use audit::{ReadLine, WriteLine};
pub use ballot::{BallotReading, ItemQuorum};
pub use canonical::digest;
pub use check::storable;
pub use cohesion::{BallotsLeftOut, CohesionLine, CohesionStatistics};
pub use convening::ConveningReading;
pub use copy::SittingCopy;
pub use desk::{Desk, NewRecord};
pub use directory::Filing;
pub use entry::Entry;
pub use files::{FileContent, FileFound, FileOf, FileRefusal, NewFile, Received, Sent, taken_in};
pub use imports::{ImportAnswer, ImportAsked, ImportFailure, ImportMode, ImportPhase, ImportState};
pub use intake::{
    ActKnown, AuthorityFit, AuthorityMatch, BodyCandidate, BodyMatch, Confirmation, ConfirmationAnswer, ConfirmedSitting, ConfirmedSource,
    DocumentRead, DraftAnswer, GroupCandidate, GroupMatch, IntakeAnswer, Matches, NewPerson, PersonCandidate, PersonMade, PersonMatch,
    SittingCandidate, SittingMatch, SittingOfConfirmed,
};
pub use kept_body::KeptBody;
pub use legal_profile::BodyLegalProfile;
pub use life::{DeliberationAnswer, LifeAdded};
pub use lists::{Listed, Page};
pub use log_tree::LogSigner;
pub use membership::Memberships;
pub use money::{AmountLine, AmountStatistics, GrantLine, GrantStatistics, LeftOut, NaturalPersons, Spent};
pub use numbers::{Continuity, NumberLine};
pub use once::Once;
pub use oparl::{ListAsked, ObjectsListed};
pub use open_data::{Catalogued, Export, OpenData};
pub use page::{ActPage, SittingPage};
pub use pages::{AsOf, KeptPage};
pub use pending::{PendingAct, Want};
pub use people::{AfterBallot, AfterSitting, GroupPage, MemberPage, MemberVote, Membership, Seat, SittingAttended, VotedAct};
pub use proof::LogPage;
pub use rectify::{RecordedRectification, Rectifies};
pub use refusal::{Duty, Fault, Refusal, Rule};
pub use seal::SealSummary;
pub use search::{Facet, Facets, Found, Hit, MemberRole, SearchPlace, Sought};
pub use site::SiteMap;
pub use state::{RoomState, Step};
pub use statistics::{
    GroupLine, GroupMemberLine, GroupOptionLine, Held, ParticipationLine, ParticipationStatistics, Period, RecusalMemberLine, RecusalStatistics,
    VoteStatistics,
};
pub use transmission::{MessageRefusal, Received as MessageReceived, Transmission};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use crate::publish::compare::{DifferenceClass, DifferenceKind};
use crate::record::{Id, Siren};
pub use crate::store::AmountsBy;
pub use crate::store::Reached;
use crate::store::{AsNew, Blobs, Change, Session, Store, StoreError, now};

/// The register: its store, and the answers that it keeps in memory.
pub struct Register {
    store: Arc<Store>,
    blobs: Blobs,
    signer: LogSigner,
    answers: answers::Answers,
    pages: pages::Pages,
    wanted: prepared::Wanted,
    in_use: once::InUse,
}

/// Answers in memory: how many, and how many bytes they take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InMemory {
    pub answers: (u64, u64),
    pub pages: (u64, u64),
}

/// Who acts: the subject of a token, within one authority.
#[derive(Clone, Debug)]
pub struct Actor {
    pub sub: String,
    pub authority: Siren,
    /// Whether the token may waive findings.
    pub may_waive: bool,
}

/// Who reads.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// The authority whose internal records the reader may see; none for the public.
    pub authority: Option<Siren>,
    /// Whether restricted fields are shown as well.
    pub restricted: bool,
    /// What the reader has seen: nothing older will do.
    pub seen: Option<Reached>,
}

impl Reader {
    /// For what is kept as an answer, and for what must be as it stands.
    fn exactly(&self) -> AsNew {
        self.seen.clone().map_or(AsNew::Now, AsNew::Seen)
    }

    /// For what is never kept: the public may see it a second late, an authority's own reader what was just written.
    fn lately(&self) -> AsNew {
        if self.seen.is_none() && self.authority.is_none() { AsNew::Lately } else { self.exactly() }
    }
}

/// An accepted change, as it is answered: kept whole under an `Idempotency-Key`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Written {
    pub created: bool,
    /// Where the record is read.
    pub href: String,
    /// Entity tag of the record: the SHA-256 of its canonical bytes.
    pub digest: String,
    /// JSON.
    pub body: String,
    /// Records whose kept answers no longer hold; none: any may be concerned.
    touched: Vec<Id>,
    /// How far the change log was with it: who reads no earlier sees it.
    #[serde(default)]
    pub reached: Option<Reached>,
}

impl Written {
    /// Records whose kept answers no longer hold.
    pub fn touched(&self) -> &[Id] {
        &self.touched
    }
}

impl Register {
    /// A register over a store and a place for the bytes of files, which keeps answers in at most so many bytes of memory.
    pub fn new(store: impl Into<Arc<Store>>, blobs: Blobs, signer: LogSigner, answer_bytes: u64) -> Self {
        // Acts are read more than lists, and stay valid for longer.
        let (pages, answers) = (answer_bytes / 4, answer_bytes - answer_bytes / 4);
        let (pages, answers) = (pages::Pages::new(pages), answers::Answers::new(answers));
        Self { store: store.into(), blobs, signer, answers, pages, wanted: prepared::Wanted::default(), in_use: once::InUse::default() }
    }

    /// What is kept in memory.
    pub fn in_memory(&self) -> InMemory {
        InMemory { answers: self.answers.size(), pages: self.pages.size() }
    }

    pub const fn blobs(&self) -> &Blobs {
        &self.blobs
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The same store for who reads the change log beside it.
    pub fn shared_store(&self) -> Arc<Store> {
        Arc::clone(&self.store)
    }

    /// Carries out a change in one transaction: once, if it comes under an idempotency key. The writers of an authority take turns, so that what
    /// a change is checked against is still true when it is written.
    fn change(
        &self,
        actor: &Actor,
        once: Option<&Once>,
        work: impl FnOnce(&mut Session<'_>) -> Result<Written, Refusal>,
    ) -> Result<Written, Refusal> {
        let _alone = once.map(|once| self.in_use.enter(actor, once)).transpose()?;
        let written = self.store.write(|session| {
            session.alone(actor.authority.as_str())?;
            let written = match once {
                None => noted(session, actor, work),
                Some(once) => once.run(session, actor, |session| noted(session, actor, work)),
            }?;
            prepared::outdate(session, &actor.authority, &written.touched)?;
            Ok::<_, Refusal>(written)
        })?;
        self.forget(&actor.authority, &written.touched);
        Ok(written)
    }

    /// Reads what is as new as it has to be: from a standby where there is one that is, else from the primary. `work` may be done twice.
    fn read<T>(&self, as_new: &AsNew, mut work: impl FnMut(&mut Session<'_>) -> Result<T, Refusal>) -> Result<T, Refusal> {
        match self.store.read_on_standby(as_new, &mut work) {
            None => self.store.read(work),
            Some(Err(Refusal::Store(error))) => {
                tracing::warn!(%error, "a read on the standby failed: the primary is asked");
                self.store.read(work)
            }
            Some(done) => done,
        }
    }

    /// Answers that were kept are forgotten where a change of an authority concerns them; `touched`: see [`Written::touched`].
    pub fn forget(&self, authority: &Siren, touched: &[Id]) {
        self.answers.forget(touched);
        self.wanted.add(authority, touched);
        self.pages.changed(authority.as_str(), touched.is_empty());
    }
}

/// Does the work, and notes how far the change log is with it.
fn noted(session: &mut Session<'_>, actor: &Actor, work: impl FnOnce(&mut Session<'_>) -> Result<Written, Refusal>) -> Result<Written, Refusal> {
    let written = work(session)?;
    Ok(Written { reached: session.reaches(&actor.authority)?, ..written })
}

/// Logs a change: of which record (its kind, identifier and version), in which words, and what readers of the change feed are told of it.
fn log(
    session: &mut Session<'_>,
    actor: &Actor,
    (kind, record, version): (&str, &str, i32),
    action: &str,
    told: told::Told<'_>,
) -> Result<(), StoreError> {
    session.log_change(Change {
        authority: actor.authority.to_string(),
        sequence: 0,
        kind: kind.to_owned(),
        record: record.to_owned(),
        version,
        action: action.to_owned(),
        recorded_at: now(),
        recorded_by: actor.sub.clone(),
        subject: told.record.to_owned(),
        part: told.part.wire().to_owned(),
        event: told.event(told.own),
        public_event: told.event(told.public),
    })
}
