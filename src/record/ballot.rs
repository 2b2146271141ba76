//! Ballots: yes or no on a target, or an election. Counts as proclaimed, who is named behind them, and the outcome as stated.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Acknowledgement, Count, Id, Moment, PersonRef};
use crate::vocabulary;

vocabulary! {
    /// What a voter may answer. Absent and represented are not options; taking no part is not abstaining.
    BallotOption {
        For = "for", "pour", "for";
        Against = "against", "contre", "against";
        Abstention = "abstention", "abstention", "abstention";
        NotVoting = "not_voting", "ne prend pas part au vote", "not voting";
        Blank = "blank", "blanc", "blank";
        Void = "void", "nul", "void";
    }
}

vocabulary! {
    /// Who stands behind a count.
    VoterKind {
        Group = "group", "groupe", "group";
        NonAffiliated = "non_affiliated", "non-inscrit", "non-affiliated";
        Person = "person", "personne", "person";
    }
}

vocabulary! {
    /// How votes are given.
    BallotMode {
        ShowOfHands = "show_of_hands", "main levée", "show of hands";
        PublicRollCall = "public_roll_call", "scrutin public", "public roll call";
        Secret = "secret", "scrutin secret", "secret ballot";
        Electronic = "electronic", "vote électronique", "electronic vote";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

vocabulary! {
    /// A question answered by yes or no, or an election.
    BallotKind {
        YesNo = "yes_no", "pour ou contre", "yes or no";
        Election = "election", "élection", "election";
    }
}

vocabulary! {
    /// What is put to the vote.
    TargetKind {
        Whole = "whole", "ensemble", "the whole";
        Article = "article", "article", "article";
        Amendment = "amendment", "amendement", "amendment";
        Division = "division", "division du texte", "division of the text";
    }
}

vocabulary! {
    /// What became of an item (sort).
    Outcome {
        Adopted = "adopted", "adopté", "adopted";
        AdoptedAsAmended = "adopted_as_amended", "adopté tel qu'amendé", "adopted as amended";
        Rejected = "rejected", "rejeté", "rejected";
        Withdrawn = "withdrawn", "retiré", "withdrawn";
        Postponed = "postponed", "ajourné", "postponed";
        Noted = "noted", "pris acte", "noted";
        Elected = "elected", "élu", "elected";
        OpinionGiven = "opinion_given", "avis donné", "opinion given";
        DecidedVoteUnstated = "decided_vote_unstated", "décidé, vote non précisé", "decided, vote unstated";
        NoVote = "no_vote", "sans vote", "no vote";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

vocabulary! {
    /// Why someone did not vote.
    NotVotingReason {
        Recused = "recused", "déport", "recused";
        Declined = "declined", "refus de vote", "declined";
        NoAnswer = "no_answer", "sans réponse", "no answer";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

vocabulary! {
    /// How seats are shared out.
    ElectionMethod {
        Majority = "majority", "scrutin majoritaire", "majority";
        HighestRemainder = "highest_remainder", "plus fort reste", "highest remainder";
        HighestAverage = "highest_average", "plus forte moyenne", "highest average";
        SingleCandidature = "single_candidature", "candidature unique", "single candidature";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

/// One vote of the assembly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ballot {
    pub id: Id,
    /// The agenda items that it decides on; several for a vote en bloc.
    pub covers: Vec<Id>,
    /// Items that a member asked to have voted on apart from this vote en bloc.
    #[serde(default)]
    pub pulled_out: Vec<Id>,
    #[serde(default)]
    pub target: Target,
    #[serde(default = "yes_no")]
    pub kind: BallotKind,
    #[serde(default = "unstated_mode")]
    pub mode: BallotMode,
    /// Who asked for that mode; null: not stated.
    #[serde(default)]
    pub requested_by: Option<Vec<PersonRef>>,
    #[serde(default)]
    pub moment: Moment,
    /// What introduces the vote: "Dans les conditions de vote ci-dessous :".
    #[serde(default)]
    pub heading: Option<String>,
    /// The vote line to the letter.
    #[serde(default)]
    pub text: Option<String>,
    /// In printed order.
    #[serde(default)]
    pub options: Vec<Tally>,
    /// Named votes; null: nobody is named.
    #[serde(default)]
    pub roll_call: Option<Vec<RollCallLine>>,
    /// Votes that groups cast by one voice. Recorded live, the register expands them into `roll_call`.
    #[serde(default)]
    pub group_votes: Vec<GroupVote>,
    /// Number of voters as stated.
    #[serde(default)]
    pub voters: Option<Count>,
    /// Votes cast (suffrages exprimés) as stated.
    #[serde(default)]
    pub votes_cast: Option<Count>,
    /// Unanimity as stated; it implies no count.
    #[serde(default)]
    pub unanimity: Option<Unanimity>,
    /// "Same vote as": another ballot of the sitting.
    #[serde(default)]
    pub same_vote_as: Option<Id>,
    /// Whether the president's casting vote was used, as stated.
    #[serde(default)]
    pub casting_vote: Option<bool>,
    /// Present for an election.
    #[serde(default)]
    pub election: Option<Election>,
    #[serde(default = "unstated_outcome")]
    pub outcome: Outcome,
    #[serde(default)]
    pub outcome_text: Option<String>,
    /// Who could vote as it was recorded live; filled in by the register, and never moved by a later correction. Null: transcribed.
    #[serde(default)]
    pub electorate: Option<FrozenElectorate>,
    /// Irregularities that were acknowledged when it was recorded live.
    #[serde(default)]
    pub acknowledge: Vec<Acknowledgement>,
}

const fn yes_no() -> BallotKind {
    BallotKind::YesNo
}
const fn unstated_mode() -> BallotMode {
    BallotMode::Unstated
}
const fn unstated_outcome() -> Outcome {
    Outcome::Unstated
}
const fn unstated_method() -> ElectionMethod {
    ElectionMethod::Unstated
}

/// Numbers of people as a ballot was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FrozenElectorate {
    pub present: Count,
    pub represented: Count,
    pub recused: Count,
    /// Those who could vote.
    pub voters: Count,
    /// Those who count for the quorum, where the represented do.
    pub quorum: Count,
}

/// What is voted on within the items covered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Target {
    pub kind: TargetKind,
    /// "article 2", "amendement n° 3".
    #[serde(default)]
    pub label: Option<String>,
    /// Text of an amendment or of the division.
    #[serde(default)]
    pub text: Option<String>,
    /// Author of an amendment: person or group, as printed.
    #[serde(default)]
    pub author: Option<String>,
}

impl Default for Target {
    fn default() -> Self {
        Self { kind: TargetKind::Whole, label: None, text: None, author: None }
    }
}

/// Unanimity as the paper states it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Unanimity {
    pub text: Option<String>,
    /// "des membres présents", "des suffrages exprimés".
    pub basis: Option<String>,
}

/// The votes for one option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Tally {
    pub option: BallotOption,
    /// The word printed: "Pour".
    #[serde(default)]
    pub label: Option<String>,
    /// Null is unknown, never 0.
    #[serde(default)]
    pub count: Option<Count>,
    #[serde(default)]
    pub count_text: Option<String>,
    /// Who is named behind the count, in printed order.
    #[serde(default)]
    pub entries: Vec<TallyEntry>,
}

/// A group, the non-affiliated or a person behind a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TallyEntry {
    pub kind: VoterKind,
    #[serde(default)]
    pub group: Option<Id>,
    #[serde(default)]
    pub person: Option<Id>,
    /// To the letter.
    #[serde(default)]
    pub printed: Option<String>,
    #[serde(default)]
    pub count: Option<Count>,
    /// "except": members of the group who did otherwise.
    #[serde(default)]
    pub exceptions: Vec<PersonRef>,
}

/// One named vote. A vote by proxy is the giver's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RollCallLine {
    pub person: PersonRef,
    pub option: BallotOption,
    /// The holder who cast it.
    #[serde(default)]
    pub by_proxy: Option<PersonRef>,
    /// With `not_voting` only.
    #[serde(default)]
    pub reason: Option<NotVotingReason>,
    /// `group`: expanded from the vote of a group, and no personal vote.
    #[serde(default = "personal")]
    pub basis: VoteBasis,
}

const fn personal() -> VoteBasis {
    VoteBasis::Person
}

vocabulary! {
    /// Where a position comes from.
    VoteBasis {
        Person = "person", "vote personnel", "vote of the person";
        Group = "group", "vote du groupe", "vote of the group";
    }
}

/// The vote of a group, cast by one voice for its members in the ballot's electorate, dissenters apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GroupVote {
    pub group: Id,
    pub option: BallotOption,
    /// Who votes otherwise.
    #[serde(default)]
    pub dissenters: Vec<Dissenter>,
    /// Whether it was asked who votes otherwise: without that, the vote of a group is no vote of its members.
    #[serde(default)]
    pub dissenters_asked: bool,
}

/// A member of a group who votes otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Dissenter {
    pub person: PersonRef,
    pub option: BallotOption,
}

/// An election: rounds, candidates or lists, who won.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Election {
    /// What is being filled: "représentant au conseil d'administration".
    #[serde(default)]
    pub office: Option<String>,
    #[serde(default)]
    pub seats: Option<Count>,
    #[serde(default = "unstated_method")]
    pub method: ElectionMethod,
    /// In order.
    #[serde(default)]
    pub rounds: Vec<Round>,
    #[serde(default)]
    pub elected: Vec<Elected>,
}

/// One round of an election.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Round {
    pub text: Option<String>,
    pub voters: Option<Count>,
    pub blank: Option<Count>,
    pub void: Option<Count>,
    pub votes_cast: Option<Count>,
    pub majority_needed: Option<Count>,
    pub candidates: Vec<Candidate>,
}

/// A candidate or a list in a round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Candidate {
    /// Name of a list, null for a person standing alone.
    pub list: Option<String>,
    /// The person, or the people of the list in order.
    pub people: Vec<PersonRef>,
    pub votes: Option<Count>,
    pub seats: Option<Count>,
}

/// Someone elected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Elected {
    pub person: PersonRef,
    pub substitute: Option<PersonRef>,
    pub office: Option<String>,
}
