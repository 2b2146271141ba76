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

    /// Its seat: a shape inside a circle of radius 1, around 0,0. `small`: with a mark that is still seen where seats are a few pixels wide.
    pub fn seat(self, small: bool) -> Vec<Element> {
        let colour = self.ink().colour;
        let line = |path: &str, wide: &str| {
            Element::new("path")
                .with("d", path)
                .with("fill", "none")
                .with("stroke", colour)
                .with("stroke-width", wide)
                .with("stroke-linejoin", "round")
        };
        let area = |path: &str| Element::new("path").with("d", path).with("fill", colour);
        let ring = |radius: &str| Element::new("circle").with("r", radius).with("fill", "none").with("stroke", colour).with("stroke-width", "0.2");
        let dot = |x: &str, y: &str, radius: &str| Element::new("circle").with("cx", x).with("cy", y).with("r", radius).with("fill", colour);
        let square = || line("M-.61-.61H.61V.61H-.61Z", "0.18");
        match self {
            // A disc.
            Self::For => vec![dot("0", "0", "0.9")],
            // A square, half of it filled, or hatched.
            Self::Against if small => vec![square(), area("M-.61 .61V-.61L.61 .61Z")],
            Self::Against => vec![square(), line("M-.61 0L0-.61M-.61 .61L.61-.61M0 .61L.61 0", "0.23")],
            // A diamond with one dot, or with four.
            Self::Abstention if small => vec![line("M0-.84L.84 0L0 .84L-.84 0Z", "0.22"), dot("0", "0", "0.26")],
            Self::Abstention => vec![
                line("M0-.86L.86 0L0 .86L-.86 0Z", "0.18"),
                dot("0", "-0.36", "0.14"),
                dot("-0.36", "0", "0.14"),
                dot("0.36", "0", "0.14"),
                dot("0", "0.36", "0.14"),
            ],
            // An empty square: a paper with nothing on it.
            Self::Blank => vec![square()],
            // A square crossed out.
            Self::Void => vec![square(), line("M-.61-.61L.61 .61M-.61 .61L.61-.61", "0.18")],
            // A ring with a cross.
            Self::NotVoting => vec![ring("0.8"), line("M-.38-.38L.38 .38M-.38 .38L.38-.38", "0.2")],
            // A triangle, lined.
            Self::Recused => vec![line("M0-.86L.75 .44H-.75Z", "0.2"), line("M-.3 .1H.3M-.12-.22H.12", "0.17")],
            // A broken ring.
            Self::Absent => vec![ring("0.76").with("stroke-dasharray", "0.36 0.237")],
            // A point.
            Self::Unstated => vec![dot("0", "0", "0.42")],
        }
    }
}
