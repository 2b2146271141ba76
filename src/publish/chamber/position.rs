//! How a member stood in a vote: what was answered, or why nothing was. Each has a shape, a texture and a colour of its own.

use super::super::drawing::{BLUE, GREEN, GREY, Ink, OCHRE, RED, Texture, VIOLET};
use super::super::markup::Element;
use crate::record::{BallotOption, NotVotingReason, RollCallLine};

/// In the order in which seats of a group are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Position {
    For,
    Against,
    Abstention,
    Blank,
    Void,
    /// Takes no part in the vote.
    NotVoting,
    /// Stood aside (déport).
    Recused,
    Absent,
    /// There, or voting by another's hand; how is not stated.
    Unstated,
}

impl Position {
    pub const ALL: [Self; 9] =
        [Self::For, Self::Against, Self::Abstention, Self::Blank, Self::Void, Self::NotVoting, Self::Recused, Self::Absent, Self::Unstated];

    pub const fn of(option: BallotOption) -> Self {
        match option {
            BallotOption::For => Self::For,
            BallotOption::Against => Self::Against,
            BallotOption::Abstention => Self::Abstention,
            BallotOption::NotVoting => Self::NotVoting,
            BallotOption::Blank => Self::Blank,
            BallotOption::Void => Self::Void,
        }
    }

    /// Of a named vote.
    pub fn of_line(line: &RollCallLine) -> Self {
        if line.option == BallotOption::NotVoting && line.reason == Some(NotVotingReason::Recused) {
            return Self::Recused;
        }
        Self::of(line.option)
    }

    /// In French.
    pub const fn label(self) -> &'static str {
        match self {
            Self::For => BallotOption::For.label().fr,
            Self::Against => BallotOption::Against.label().fr,
            Self::Abstention => BallotOption::Abstention.label().fr,
            Self::Blank => BallotOption::Blank.label().fr,
            Self::Void => BallotOption::Void.label().fr,
            Self::NotVoting => BallotOption::NotVoting.label().fr,
            Self::Recused => NotVotingReason::Recused.label().fr,
            Self::Absent => "absent",
            Self::Unstated => "vote non indiqué",
        }
    }

    pub const fn ink(self) -> Ink {
        match self {
            Self::For => Ink { name: "for", colour: GREEN, texture: Texture::Solid },
            Self::Against => Ink { name: "against", colour: RED, texture: Texture::Hatched },
            Self::Abstention => Ink { name: "abstention", colour: VIOLET, texture: Texture::Dotted },
            Self::Blank => Ink { name: "blank", colour: BLUE, texture: Texture::Empty },
            Self::Void => Ink { name: "void", colour: OCHRE, texture: Texture::Crossed },
            Self::NotVoting => Ink { name: "not-voting", colour: GREY, texture: Texture::Crossed },
            Self::Recused => Ink { name: "recused", colour: OCHRE, texture: Texture::Lined },
            Self::Absent => Ink { name: "absent", colour: GREY, texture: Texture::Empty },
            Self::Unstated => Ink { name: "unstated", colour: GREY, texture: Texture::Dotted },
        }
    }

    /// Its seat: a shape inside a circle of radius 1, around 0,0.
    pub fn seat(self) -> Vec<Element> {
        let colour = self.ink().colour;
        let line = |path: &str, wide: &str| {
            Element::new("path")
                .with("d", path)
                .with("fill", "none")
                .with("stroke", colour)
                .with("stroke-width", wide)
                .with("stroke-linejoin", "round")
        };
        let ring = |radius: &str| Element::new("circle").with("r", radius).with("fill", "none").with("stroke", colour).with("stroke-width", "0.2");
        let dot = |x: &str, y: &str, radius: &str| Element::new("circle").with("cx", x).with("cy", y).with("r", radius).with("fill", colour);
        match self {
            // A disc.
            Self::For => vec![dot("0", "0", "0.97")],
            // A hatched square.
            Self::Against => vec![line("M-.66-.66H.66V.66H-.66Z", "0.2"), line("M-.66 .02L.02-.66M-.66 .66L.66-.66M-.02 .66L.66-.02", "0.24")],
            // A dotted diamond.
            Self::Abstention => vec![
                line("M0-.88L.88 0L0 .88L-.88 0Z", "0.2"),
                dot("0", "-0.36", "0.15"),
                dot("-0.36", "0", "0.15"),
                dot("0.36", "0", "0.15"),
                dot("0", "0.36", "0.15"),
            ],
            // An empty square: a paper with nothing on it.
            Self::Blank => vec![line("M-.66-.66H.66V.66H-.66Z", "0.2")],
            // A square crossed out.
            Self::Void => vec![line("M-.66-.66H.66V.66H-.66Z", "0.2"), line("M-.66-.66L.66 .66M-.66 .66L.66-.66", "0.2")],
            // A ring with a cross.
            Self::NotVoting => vec![ring("0.86"), line("M-.4-.4L.4 .4M-.4 .4L.4-.4", "0.2")],
            // A triangle, lined.
            Self::Recused => vec![line("M0-.86L.78 .5H-.78Z", "0.2"), line("M-.3 .14H.3M-.12-.2H.12", "0.17")],
            // A broken ring.
            Self::Absent => vec![ring("0.8").with("stroke-dasharray", "0.36 0.27")],
            // A point.
            Self::Unstated => vec![dot("0", "0", "0.42")],
        }
    }
}
