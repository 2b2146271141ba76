//! Addresses. Each object has one, and it is the identifier of the object; what else leads there is read too, to be redirected.

use crate::record::{Id, Siren};

/// What an address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    System,
    /// The list of the bodies: the authorities.
    Bodies,
    Body(Siren),
    /// A list of an authority.
    List(Siren, ListOf),
    Organization(Id),
    /// The list of the meetings of an organization.
    MeetingsOf(Id),
    Person(Id),
    Membership(Id),
    Meeting(Id),
    /// Of a meeting. An item is known by its identifier within its sitting only.
    AgendaItem(Id, Id),
    /// Where a meeting is held.
    Location(Id),
    Paper(Id),
    /// Of a paper, on an agenda item.
    Consultation(Id, Id),
    /// Of a paper, by a committee: its place in the report, from 1.
    Opinion(Id, u32),
    File(Id),
    /// The bytes of a file, to be shown.
    Access(Id),
    /// The bytes of a file, to be saved.
    Download(Id),
}

/// The lists of an authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListOf {
    Organizations,
    Persons,
    Memberships,
    Meetings,
    AgendaItems,
    Locations,
    Papers,
    Consultations,
    Files,
}

impl ListOf {
    const ALL: [Self; 9] = [
        Self::Organizations,
        Self::Persons,
        Self::Memberships,
        Self::Meetings,
        Self::AgendaItems,
        Self::Locations,
        Self::Papers,
        Self::Consultations,
        Self::Files,
    ];

    /// What stands in the address.
    const fn word(self) -> &'static str {
        match self {
            Self::Organizations => "organization",
            Self::Persons => "person",
            Self::Memberships => "membership",
            Self::Meetings => "meeting",
            Self::AgendaItems => "agendaItem",
            Self::Locations => "location",
            Self::Papers => "paper",
            Self::Consultations => "consultation",
            Self::Files => "file",
        }
    }
}

/// What every address begins with.
const ROOT: &str = "/oparl/v1";

impl Address {
    /// What a path leads to, however it is written: other case, slashes that are not needed, another form of an identifier. None: nowhere.
    pub fn read(path: &str) -> Option<Self> {
        let segments: Vec<String> = path.split('/').filter(|s| !s.is_empty()).map(str::to_ascii_lowercase).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let ["oparl", rest @ ..] = segments.as_slice() else { return None };
        let rest = match rest {
            [] => return Some(Self::System),
            ["v1", rest @ ..] => rest,
            _ => return None,
        };
        let id = |text: &str| text.parse::<Id>().ok();
        Some(match rest {
            [] | ["system"] => Self::System,
            ["body"] => Self::Bodies,
            ["body", siren] => Self::Body(siren.parse().ok()?),
            ["body", siren, list] => {
                let list = ListOf::ALL.into_iter().find(|of| of.word().eq_ignore_ascii_case(list))?;
                Self::List(siren.parse().ok()?, list)
            }
            ["organization", one] => Self::Organization(id(one)?),
            ["organization", one, "meeting"] => Self::MeetingsOf(id(one)?),
            ["person", one] => Self::Person(id(one)?),
            ["membership", one] => Self::Membership(id(one)?),
            ["meeting", one] => Self::Meeting(id(one)?),
            ["meeting", one, "agendaitem", item] => Self::AgendaItem(id(one)?, id(item)?),
            ["meeting", one, "location"] => Self::Location(id(one)?),
            ["paper", one] => Self::Paper(id(one)?),
            ["paper", one, "consultation", item] => Self::Consultation(id(one)?, id(item)?),
            ["paper", one, "opinion", place] => Self::Opinion(id(one)?, place.parse().ok().filter(|place| *place > 0)?),
            ["file", one] => Self::File(id(one)?),
            ["file", one, "access"] => Self::Access(id(one)?),
            ["file", one, "download"] => Self::Download(id(one)?),
            _ => return None,
        })
    }

    /// Whether it is that of a list, which takes parameters.
    pub const fn is_list(&self) -> bool {
        matches!(self, Self::Bodies | Self::List(..) | Self::MeetingsOf(_))
    }
}

/// The path, as it alone is right.
impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(ROOT)?;
        match self {
            Self::System => f.write_str("/system"),
            Self::Bodies => f.write_str("/body"),
            Self::Body(siren) => write!(f, "/body/{siren}"),
            Self::List(siren, list) => write!(f, "/body/{siren}/{}", list.word()),
            Self::Organization(id) => write!(f, "/organization/{id}"),
            Self::MeetingsOf(id) => write!(f, "/organization/{id}/meeting"),
            Self::Person(id) => write!(f, "/person/{id}"),
            Self::Membership(id) => write!(f, "/membership/{id}"),
            Self::Meeting(id) => write!(f, "/meeting/{id}"),
            Self::AgendaItem(id, item) => write!(f, "/meeting/{id}/agendaItem/{item}"),
            Self::Location(id) => write!(f, "/meeting/{id}/location"),
            Self::Paper(id) => write!(f, "/paper/{id}"),
            Self::Consultation(id, item) => write!(f, "/paper/{id}/consultation/{item}"),
            Self::Opinion(id, place) => write!(f, "/paper/{id}/opinion/{place}"),
            Self::File(id) => write!(f, "/file/{id}"),
            Self::Access(id) => write!(f, "/file/{id}/access"),
            Self::Download(id) => write!(f, "/file/{id}/download"),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const ID: &str = "01977e51-0005-7000-8000-000000000001";
    const OTHER: &str = "01977e51-0006-7000-8000-000000000048";

    #[test]
    fn every_address_is_read_as_it_is_written() {
        let (id, other, siren): (Id, Id, Siren) = (ID.parse().unwrap(), OTHER.parse().unwrap(), "226200012".parse().unwrap());
        let alone = [Address::System, Address::Bodies, Address::Body(siren.clone()), Address::Opinion(id, 12), Address::AgendaItem(id, other)];
        let lists = ListOf::ALL.into_iter().map(|list| Address::List(siren.clone(), list));
        let of_one = [Address::Organization, Address::MeetingsOf, Address::Person, Address::Membership, Address::Meeting, Address::Location]
            .into_iter()
            .chain([Address::Paper, Address::File, Address::Access, Address::Download])
            .map(|address| address(id));
        for address in alone.into_iter().chain(lists).chain(of_one).chain([Address::Consultation(id, other)]) {
            assert_eq!(Address::read(&address.to_string()), Some(address));
        }
    }

    #[test]
    fn other_ways_of_writing_an_address_lead_to_the_one_that_is_right() {
        let person = format!("/oparl/v1/person/{ID}");
        let item = format!("/oparl/v1/meeting/{ID}/agendaItem/{OTHER}");
        for (case, written, right) in [
            ("the root", "/oparl".to_owned(), Some("/oparl/v1/system")),
            ("the version", "/oparl/v1/".to_owned(), Some("/oparl/v1/system")),
            ("a slash at the end", "/oparl/v1/body/".to_owned(), Some("/oparl/v1/body")),
            ("two slashes", "/oparl//v1/body/226200012".to_owned(), Some("/oparl/v1/body/226200012")),
            ("capitals", format!("/oparl/v1/Person/{}", ID.to_uppercase()), Some(person.as_str())),
            ("an identifier without hyphens", format!("/oparl/v1/person/{}", ID.replace('-', "")), Some(person.as_str())),
            ("another case of a name", format!("/oparl/v1/meeting/{ID}/agendaitem/{OTHER}"), Some(item.as_str())),
            ("zeros before a number", format!("/oparl/v1/paper/{ID}/opinion/007"), Some(&*format!("/oparl/v1/paper/{ID}/opinion/7"))),
            ("a place that is none", format!("/oparl/v1/paper/{ID}/opinion/0"), None),
            ("a SIREN that is none", "/oparl/v1/body/226200013".to_owned(), None),
            ("a list that is not there", "/oparl/v1/body/226200012/legislativeTerm".to_owned(), None),
            ("another version", "/oparl/v2/system".to_owned(), None),
            ("elsewhere", "/v1/me".to_owned(), None),
        ] {
            assert_eq!(Address::read(&written).map(|address| address.to_string()).as_deref(), right, "{case}");
        }
    }
}
