//! Natures of acts on @CTES (XSD attribute `CodeNatureActe`; codes as the tools that transmit have them).

use crate::record::{ActKind, Effect};
use crate::vocabulary;

vocabulary! {
    /// Nature of an act on @CTES.
    Nature {
        Deliberation = "DE", "délibérations", "deliberations";
        Regulatory = "AR", "actes réglementaires", "regulatory acts";
        Individual = "AI", "actes individuels", "individual acts";
        Contract = "CC", "contrats, conventions et avenants", "contracts, agreements and amendments";
        Budget = "BF", "documents budgétaires et financiers", "budgetary and financial documents";
        Other = "AU", "autres", "others";
    }
}

impl Nature {
    pub const ALL: [Self; 6] = [Self::Deliberation, Self::Regulatory, Self::Individual, Self::Contract, Self::Budget, Self::Other];

    /// The number in messages, 1 to 6.
    pub const fn code(self) -> u8 {
        match self {
            Self::Deliberation => 1,
            Self::Regulatory => 2,
            Self::Individual => 3,
            Self::Contract => 4,
            Self::Budget => 5,
            Self::Other => 6,
        }
    }

    pub fn of_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|nature| nature.code() == code)
    }

    /// The two capitals at the end of an identifier.
    pub const fn abbreviation(self) -> &'static str {
        self.wire()
    }

    pub fn of_abbreviation(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    /// The nature of an act of the register, where it is certain: a deliberation is one whatever its effect. How opinions, wishes, motions,
    /// communications and elections are sent was read nowhere: the clerk says.
    pub const fn of_act(kind: ActKind, effect: Effect) -> Option<Self> {
        match (kind, effect) {
            (ActKind::Deliberation, _) => Some(Self::Deliberation),
            (ActKind::Other, Effect::Regulatory) => Some(Self::Regulatory),
            (ActKind::Other, Effect::Individual) => Some(Self::Individual),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_abbreviations() {
        let expected = [(1, "DE"), (2, "AR"), (3, "AI"), (4, "CC"), (5, "BF"), (6, "AU")];
        assert_eq!(Nature::ALL.map(|nature| (nature.code(), nature.abbreviation())), expected);
        for (code, abbreviation) in expected {
            assert_eq!(Nature::of_code(code), Nature::of_abbreviation(abbreviation));
        }
        assert_eq!((Nature::of_code(0), Nature::of_code(7), Nature::of_abbreviation("XX")), (None, None, None));
    }

    #[test]
    fn of_an_act_only_where_it_is_certain() {
        let rows = [
            (ActKind::Deliberation, Effect::Individual, Some(Nature::Deliberation)),
            (ActKind::Deliberation, Effect::Unstated, Some(Nature::Deliberation)),
            (ActKind::Other, Effect::Regulatory, Some(Nature::Regulatory)),
            (ActKind::Other, Effect::Individual, Some(Nature::Individual)),
            (ActKind::Other, Effect::Neither, None),
            (ActKind::Wish, Effect::Neither, None),
            (ActKind::Opinion, Effect::Unstated, None),
        ];
        for (kind, effect, expected) in rows {
            assert_eq!(Nature::of_act(kind, effect), expected, "{kind:?} {effect:?}");
        }
    }
}
