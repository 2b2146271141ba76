//! The language of problems: French first, English for who prefers it (RFC 9110 §12.5.4).

use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap};

/// A language of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    French,
    English,
}

impl Language {
    pub const fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    /// The language that a request prefers.
    pub fn of(headers: &HeaderMap) -> Self {
        headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).map_or(Self::French, Self::preferred)
    }

    fn preferred(accepted: &str) -> Self {
        let weight = |tag: &str| {
            accepted
                .split(',')
                .filter_map(|range| {
                    let mut parts = range.split(';').map(str::trim);
                    let language = parts.next()?.split('-').next()?;
                    let weight = parts.find_map(|p| p.strip_prefix("q=")).map_or(Some(1.0f32), |q| q.parse().ok())?;
                    language.eq_ignore_ascii_case(tag).then_some(weight)
                })
                .fold(0.0f32, f32::max)
        };
        if weight("en") > weight("fr") { Self::English } else { Self::French }
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{self, English, French};

    #[test]
    fn the_preferred_language_wins_and_french_is_first() {
        for (accepted, expected) in [
            ("", French),
            ("*", French),
            ("en", English),
            ("en-GB, fr;q=0.5", English),
            ("fr, en", French),
            ("en;q=0.3, fr-FR;q=0.8", French),
            ("de, en;q=0.1", English),
            ("en;q=oops", French),
            ("en;q=0", French),
        ] {
            assert_eq!(Language::preferred(accepted), expected, "{accepted:?}");
        }
    }
}
