//! A printed vote line in which what is counted and who is named are marked, where they are found in the order of the record.

use super::element::Element;

/// What is looked for in a printed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A count behind its word: "Pour : 43 voix".
    Count { word: String, count: String, refers_to: String, normalized: Option<String> },
    /// A group or a person.
    Name { element: &'static str, name: String, refers_to: String },
}

/// The text as a paragraph. What is not found is not marked: the text is never changed.
pub fn marked(text: &str, marks: &[Mark]) -> Element {
    let (mut line, mut rest) = (Element::line("p"), text);
    for mark in marks {
        let found = match mark {
            Mark::Count { word, count, .. } => counted(rest, word, count),
            Mark::Name { name, .. } => rest.split_once(name.as_str()).filter(|_| !name.is_empty()),
        };
        let Some((before, after)) = found else { continue };
        line = line.text(before).child(mark.inline());
        rest = after;
    }
    line.text(rest)
}

impl Mark {
    fn inline(&self) -> Element {
        match self {
            Self::Count { count, refers_to, normalized, .. } => {
                Element::line("quantity").with("refersTo", refers_to).with_some("normalized", normalized.as_deref()).text(count)
            }
            Self::Name { element, name, refers_to } => Element::line(element).with("refersTo", refers_to).text(name),
        }
    }
}

/// What stands before and after a count that follows its word, nothing but punctuation between the two.
fn counted<'a>(text: &'a str, word: &str, count: &str) -> Option<(&'a str, &'a str)> {
    if word.is_empty() || count.is_empty() {
        return None;
    }
    text.match_indices(word).find_map(|(place, _)| {
        let (_, tail) = text.split_at_checked(place + word.len())?;
        let (gap, after) = tail.split_once(count)?;
        let alone = !gap.contains(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        let (before, _) = text.split_at_checked(place + word.len() + gap.len())?;
        alone.then_some((before, after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_found_behind_their_words_only() {
        let rows = [
            ("Pour : 43 voix (A)", "Pour", "43 voix", Some(("Pour : ", " (A)"))),
            ("Abstention : 1 (A)", "Abstention", "1", Some(("Abstention : ", " (A)"))),
            ("Abstention : 12", "Abstention", "1", None),
            ("Pour le projet : 43", "Pour", "43", None),
            ("Pour l'avis, Pour : 4", "Pour", "4", Some(("Pour l'avis, Pour : ", ""))),
            ("43 Pour", "Pour", "43", None),
            ("Pour : 43", "", "43", None),
            ("Pour : 43", "Pour", "", None),
        ];
        for (text, word, count, expected) in rows {
            assert_eq!(counted(text, word, count), expected, "{text}");
        }
    }
}
