//! How a member attended.

use super::super::drawing::{BLUE, GREEN, GREY, Ink, OCHRE, RED, Texture, VIOLET};
use crate::record::AttendanceStatus;

/// From the fullest part in a sitting to none. Of a member who is on two lists, the first counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence {
    Present,
    Remote,
    /// A proxy was given.
    Represented,
    /// A substitute sat instead.
    Substituted,
    Excused,
    Absent,
    Unstated,
}

impl Presence {
    pub const ALL: [Self; 7] = [Self::Present, Self::Remote, Self::Represented, Self::Substituted, Self::Excused, Self::Absent, Self::Unstated];

    pub const fn of(status: AttendanceStatus) -> Self {
        match status {
            AttendanceStatus::Present => Self::Present,
            AttendanceStatus::PresentRemotely => Self::Remote,
            AttendanceStatus::ExcusedRepresented | AttendanceStatus::AbsentRepresented => Self::Represented,
            AttendanceStatus::Substituted => Self::Substituted,
            AttendanceStatus::Excused | AttendanceStatus::ExcusedUnrepresented => Self::Excused,
            AttendanceStatus::Absent | AttendanceStatus::AbsentUnexcused => Self::Absent,
            AttendanceStatus::Unstated => Self::Unstated,
        }
    }

    /// In French.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Present => "présent",
            Self::Remote => "présent à distance",
            Self::Represented => "représenté",
            Self::Substituted => "suppléé",
            Self::Excused => "excusé",
            Self::Absent => "absent",
            Self::Unstated => "non précisé",
        }
    }

    /// Of several members.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Present => "Présents",
            Self::Remote => "Présents à distance",
            Self::Represented => "Représentés",
            Self::Substituted => "Suppléés",
            Self::Excused => "Excusés",
            Self::Absent => "Absents",
            Self::Unstated => "Non précisé",
        }
    }

    pub const fn ink(self) -> Ink {
        match self {
            Self::Present => Ink { name: "present", colour: GREEN, texture: Texture::Solid },
            Self::Remote => Ink { name: "remote", colour: BLUE, texture: Texture::Dotted },
            Self::Represented => Ink { name: "represented", colour: VIOLET, texture: Texture::Lined },
            Self::Substituted => Ink { name: "substituted", colour: OCHRE, texture: Texture::Crossed },
            Self::Excused => Ink { name: "excused", colour: GREY, texture: Texture::Empty },
            Self::Absent => Ink { name: "absent", colour: RED, texture: Texture::Hatched },
            Self::Unstated => Ink { name: "unstated", colour: GREY, texture: Texture::Dotted },
        }
    }
}
