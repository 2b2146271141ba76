//! Attendance: lists as printed, one per source; and the timeline of who came, left, gave and lost a proxy.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Acknowledgement, Count, Id, Moment, PersonRef, PrintedDate, VotingRight};
use crate::vocabulary;

vocabulary! {
    /// How a list puts the people under its heading. Voting right is apart.
    AttendanceStatus {
        Present = "present", "présent", "present";
        PresentRemotely = "present_remotely", "présent à distance", "present remotely";
        Excused = "excused", "excusé", "excused";
        ExcusedRepresented = "excused_represented", "excusé, représenté", "excused, represented";
        ExcusedUnrepresented = "excused_unrepresented", "excusé, non représenté", "excused, not represented";
        Absent = "absent", "absent", "absent";
        AbsentRepresented = "absent_represented", "absent, représenté", "absent, represented";
        AbsentUnexcused = "absent_unexcused", "absent non excusé", "absent, not excused";
        Substituted = "substituted", "suppléé", "replaced by a substitute";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

vocabulary! {
    /// Where a list of attendance was read.
    AttendanceSource {
        RollCall = "roll_call", "appel nominal", "roll call";
        AttendanceSheet = "attendance_sheet", "feuille de présence", "attendance sheet";
        PrintedAct = "printed_act", "en-tête d'un acte imprimé", "header of a printed act";
        SignatureTable = "signature_table", "tableau de signatures", "table of signatures";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

/// One list as printed: its heading and the people under it, in order. An empty list was printed and names nobody ("Néant").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttendanceList {
    #[serde(default)]
    pub heading: Option<String>,
    /// The count printed with the heading; compared with the list, never derived from it.
    #[serde(default)]
    pub stated_count: Option<Count>,
    pub status: AttendanceStatus,
    pub voting_right: VotingRight,
    #[serde(default = "unstated_source")]
    pub source: AttendanceSource,
    /// The part of the sitting that it is about, by its position; null: the whole sitting.
    #[serde(default)]
    pub part: Option<Count>,
    /// Agenda items whose act prints this list; `[]`: it is about every item. Two acts of one sitting may print different lists.
    #[serde(default)]
    pub covers: Vec<Id>,
    /// "All members, except": the entries are the exceptions to a roster that is not printed.
    #[serde(default)]
    pub by_exception: bool,
    #[serde(default)]
    pub entries: Vec<AttendanceEntry>,
}

const fn unstated_source() -> AttendanceSource {
    AttendanceSource::Unstated
}

/// One name of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct AttendanceEntry {
    /// Place in the printed list, from 1; filled in when absent.
    pub position: Option<Count>,
    /// The name to the letter, civility included.
    pub printed: Option<String>,
    pub civility: Option<String>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub person: Option<Id>,
    /// Group printed beside the name.
    pub group: Option<String>,
    /// Office printed beside the name, on the date of the sitting.
    pub office: Option<String>,
    /// Heading inside the list: a commune, an office.
    pub grouping: Option<String>,
    /// The person whom this one sits for as a substitute: present, and voting once.
    pub substitute_for: Option<PersonRef>,
    pub from: Option<Moment>,
    pub until: Option<Moment>,
}

vocabulary! {
    /// What happened in the room.
    EventKind {
        Arrival = "arrival", "arrivée", "arrival";
        Departure = "departure", "départ", "departure";
        RemoteConnection = "remote_connection", "connexion à distance", "remote connection";
        RemoteDisconnection = "remote_disconnection", "déconnexion", "remote disconnection";
        ProxyGiven = "proxy_given", "pouvoir donné", "proxy given";
        ProxyEnded = "proxy_ended", "fin de pouvoir", "proxy ended";
        LeftForRecusal = "left_for_recusal", "sortie de la salle en raison d'un déport", "left the room because recused";
        BackAfterRecusal = "back_after_recusal", "retour après un déport", "back after a recusal";
        ChairTaken = "chair_taken", "prise de la présidence", "chair taken";
        Suspension = "suspension", "suspension de séance", "suspension";
        Resumption = "resumption", "reprise de séance", "resumption";
        ItemOpened = "item_opened", "ouverture d'un point", "item opened";
        ItemClosed = "item_closed", "clôture d'un point", "item closed";
        Resignation = "resignation", "démission", "resignation";
        Substitution = "substitution", "remplacement", "substitution";
    }
}

/// Something that happened at a moment of the sitting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    pub id: Id,
    pub kind: EventKind,
    #[serde(default)]
    pub moment: Moment,
    /// Who arrived, left, gave a proxy, took the chair, resigned.
    #[serde(default)]
    pub person: Option<PersonRef>,
    /// The other one: holder of the proxy, substitute.
    #[serde(default)]
    pub other: Option<PersonRef>,
    #[serde(default)]
    pub text: Option<String>,
    /// Irregularities that were acknowledged when it was recorded live.
    #[serde(default)]
    pub acknowledge: Vec<Acknowledgement>,
}

/// A proxy (pouvoir). A holder who is not known is null; without bounds it is for the whole sitting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Proxy {
    pub giver: PersonRef,
    #[serde(default)]
    pub holder: Option<PersonRef>,
    #[serde(default)]
    pub from: Option<Moment>,
    #[serde(default)]
    pub until: Option<Moment>,
    #[serde(default)]
    pub given_on: Option<PrintedDate>,
    /// The wording, from either side: "pouvoir à", "représenté par".
    #[serde(default)]
    pub text: Option<String>,
}

vocabulary! {
    /// Why a member takes no part.
    RecusalKind {
        Interest = "interest", "intéressé à l'affaire", "interested in the matter";
        Refusal = "refusal", "refus de prendre part", "refusal to take part";
        ChairOfItem = "chair_of_item", "président dont la gestion est examinée", "chair whose accounts are examined";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

vocabulary! {
    /// An answer that the record may not hold.
    Answer {
        Yes = "yes", "oui", "yes";
        No = "no", "non", "no";
        Unstated = "unstated", "non précisé", "unstated";
    }
}

/// A member, a group or a number of members who take no part in an item (déport, ne prend pas part au vote).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Recusal {
    pub id: Id,
    #[serde(default)]
    pub person: Option<PersonRef>,
    /// The group printed for the person, or the group that took no part as a whole.
    #[serde(default)]
    pub group: Option<String>,
    /// Where only a number is printed.
    #[serde(default)]
    pub count: Option<Count>,
    /// Agenda items of the sitting.
    #[serde(default)]
    pub covers: Vec<Id>,
    #[serde(default = "unstated_recusal")]
    pub kind: RecusalKind,
    /// The public wording.
    #[serde(default)]
    pub text: Option<String>,
    /// The ground in the wording. Not shown to the public by itself.
    #[serde(default)]
    pub ground: Option<String>,
    /// What ties the member to the matter: restricted.
    #[serde(default)]
    pub interest_nature: Option<String>,
    #[serde(default)]
    pub took_part_in_debate: Option<bool>,
    #[serde(default)]
    pub took_part_in_vote: Option<bool>,
    #[serde(default)]
    pub left_the_room: Option<bool>,
    /// Whether the member represents, by law, the authority on the body concerned (CGCT L1111-6 II).
    #[serde(default = "unstated_answer")]
    pub legal_representative: Answer,
}

const fn unstated_recusal() -> RecusalKind {
    RecusalKind::Unstated
}
const fn unstated_answer() -> Answer {
    Answer::Unstated
}
