//! Closed vocabularies. Each member has its wire name and a label in French and in English; the schema's description lists them, so that
//! a client can show a word instead of a code (`GET /v1/enums` gives the same table as JSON).

use serde::Serialize;
use utoipa::ToSchema;

/// One member of a closed vocabulary.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Member {
    /// The name on the wire.
    #[schema(value_type = String)]
    pub value: &'static str,
    pub label: Label,
}

/// A text in the two languages of the register.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Label {
    #[schema(value_type = String)]
    pub fr: &'static str,
    #[schema(value_type = String)]
    pub en: &'static str,
}

/// A closed vocabulary: its name in the schema and its members in order.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Vocabulary {
    #[schema(value_type = String)]
    pub name: &'static str,
    #[schema(value_type = Vec<Member>)]
    pub members: &'static [Member],
}

/// The schema of a vocabulary, with every label in its description.
pub fn schema(about: &str, members: &[Member]) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
    use std::fmt::Write;
    let mut description = about.trim().to_owned();
    description.push('\n');
    for member in members {
        // Writing to a String cannot fail.
        let _ = write!(description, "\n- `{}`: {} / {}", member.value, member.label.fr, member.label.en);
    }
    utoipa::openapi::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .enum_values(Some(members.iter().map(|m| m.value)))
        .description(Some(description))
        .into()
}

/// Declares a closed vocabulary. The first line is its description in the schema.
#[macro_export]
macro_rules! vocabulary {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[$attr:meta])* $member:ident = $wire:literal, $fr:literal, $en:literal;)+ }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$attr])* #[serde(rename = $wire)] $member),+ }

        impl $name {
            pub const MEMBERS: &'static [$crate::record::labelled::Member] = &[
                $($crate::record::labelled::Member { value: $wire, label: $crate::record::labelled::Label { fr: $fr, en: $en } }),+
            ];
            pub const VOCABULARY: $crate::record::labelled::Vocabulary =
                $crate::record::labelled::Vocabulary { name: stringify!($name), members: Self::MEMBERS };

            /// The name on the wire.
            pub const fn wire(self) -> &'static str {
                match self { $(Self::$member => $wire),+ }
            }

            pub const fn label(self) -> $crate::record::labelled::Label {
                match self { $(Self::$member => $crate::record::labelled::Label { fr: $fr, en: $en }),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::record::labelled::NotAMember;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text { $($wire => Ok(Self::$member),)+ _ => Err($crate::record::labelled::NotAMember(stringify!($name))) }
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $crate::record::labelled::schema(concat!($($doc, "\n"),+), Self::MEMBERS)
            }
        }
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
        }
    };
}

/// A word that is not in the vocabulary named.
#[derive(Debug, thiserror::Error)]
#[error("not a member of {0}")]
pub struct NotAMember(pub &'static str);
