//! Where in an act the words of a question stand: pieces of text, those that were found set apart. Never markup.

use std::ops::Range;

use serde::Serialize;
use utoipa::ToSchema;

use super::query::{Clause, Query};
use super::texts::{SearchField, SearchText};
use super::words::{beginning, words_like};

/// A piece of a snippet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Fragment {
    pub text: String,
    /// Whether it is what was looked for.
    pub hit: bool,
}

/// A place in an act where words were found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Snippet {
    pub field: SearchField,
    /// In order; `…` stands where text was left out.
    pub fragments: Vec<Fragment>,
}

/// Snippets beside the title.
const MOST: usize = 3;
/// Words shown before and after one that was found.
const AROUND: usize = 10;
/// The words of a snippet.
const LONGEST: usize = 40;

/// The title whole, then the texts in which most of the words stand, in their order. A phrase is marked word by word.
pub fn snippets(texts: &[SearchText], query: &Query) -> Vec<Snippet> {
    let beginnings: Vec<&str> = query.all.iter().flat_map(|clause| &clause.terms).map(|term| beginning(term)).collect();
    let mut found: Vec<(usize, usize, Snippet)> = Vec::new();
    let mut title = None;
    for (place, text) in texts.iter().enumerate() {
        if text.field == SearchField::Title && title.is_none() {
            title = Some(marked(text, query, &beginnings, usize::MAX).1);
        } else if !query.all.is_empty() {
            let (kinds, snippet) = marked(text, query, &beginnings, LONGEST);
            if kinds > 0 {
                found.push((kinds, place, snippet));
            }
        }
    }
    found.sort_by_key(|(kinds, place, _)| (std::cmp::Reverse(*kinds), *place));
    found.truncate(MOST);
    found.sort_by_key(|(_, place, _)| *place);
    title.into_iter().chain(found.into_iter().map(|(_, _, snippet)| snippet)).collect()
}

/// How many clauses a text holds words of, and the text around the first one. `beginnings`: of the words that may be theirs.
fn marked(text: &SearchText, query: &Query, beginnings: &[&str], longest: usize) -> (usize, Snippet) {
    let mut hits: Vec<(usize, Range<usize>)> = Vec::new();
    let mut clauses = vec![false; query.all.len()];
    let all = words_like(&text.text, beginnings);
    for (place, word) in all.iter().enumerate() {
        let mut hit = false;
        for (clause, seen) in query.all.iter().zip(&mut clauses) {
            if meant(clause, &word.term) {
                (hit, *seen) = (true, true);
            }
        }
        if hit {
            hits.push((place, word.at.clone()));
        }
    }
    let whole = all.len() <= longest;
    let first = hits.first().map_or(0, |(place, _)| if whole { 0 } else { place.saturating_sub(AROUND) });
    let last = first.saturating_add(longest).min(all.len());
    let start = if first == 0 { 0 } else { all.get(first).map_or(0, |word| word.at.start) };
    let end = if last == all.len() { text.text.len() } else { all.get(last.saturating_sub(1)).map_or(text.text.len(), |word| word.at.end) };
    let inside = hits.into_iter().map(|(_, at)| at).filter(|at| at.start >= start && at.end <= end);
    let kinds = clauses.into_iter().filter(|seen| *seen).count();
    (kinds, Snippet { field: text.field, fragments: cut(&text.text, start..end, inside) })
}

fn meant(clause: &Clause, term: &str) -> bool {
    clause.terms.iter().any(|asked| asked == term || (clause.begins && term.starts_with(asked.as_str())))
}

fn cut(text: &str, window: Range<usize>, hits: impl Iterator<Item = Range<usize>>) -> Vec<Fragment> {
    let mut fragments: Vec<Fragment> = Vec::new();
    let mut add = |text: String, hit: bool| match fragments.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.hit == hit => last.text.push_str(&text),
        _ => fragments.push(Fragment { text, hit }),
    };
    let piece = |range: Range<usize>| text.get(range).unwrap_or_default().to_owned();
    let mut at = window.start;
    if at > 0 {
        add("… ".to_owned(), false);
    }
    for hit in hits {
        add(piece(at..hit.start), false);
        add(piece(hit.clone()), true);
        at = hit.end;
    }
    add(piece(at..window.end), false);
    if window.end < text.len() {
        add(" …".to_owned(), false);
    }
    fragments
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fragments with brackets around what was found.
    fn shown(snippet: &Snippet) -> String {
        snippet.fragments.iter().map(|f| if f.hit { format!("[{}]", f.text) } else { f.text.clone() }).collect()
    }

    fn text(field: SearchField, text: &str) -> SearchText {
        SearchText { field, text: text.to_owned() }
    }

    #[test]
    fn what_is_found_is_set_apart() {
        let long = format!("{} l’École <b>rurale</b> {}", "avant ".repeat(30), "ensuite ".repeat(60));
        let texts = [
            text(SearchField::Title, "Écoles de la commune"),
            text(SearchField::Beneficiary, "Club – 45383795700043"),
            text(SearchField::Article, &long),
            text(SearchField::Recital, "Vu le budget"),
        ];
        let found = |question: &str| snippets(&texts, &Query::read(question)).iter().map(shown).collect::<Vec<_>>();
        let ecole = found("ecole rurales");
        assert_eq!((ecole.len(), ecole.first().map(String::as_str)), (2, Some("[Écoles] de la commune")));
        let article = ecole.last().map(String::as_str).unwrap_or_default();
        assert!(
            article.starts_with("… avant") && article.contains("l’[École] <b>[rurale]</b> ensuite") && article.ends_with("ensuite …"),
            "{article}"
        );
        assert_eq!(found("453 837 957"), ["Écoles de la commune", "Club – [45383795700043]"]);
        assert_eq!(found("BUDGETS"), ["Écoles de la commune", "Vu le [budget]"]);
        assert_eq!(found(""), ["Écoles de la commune"]);
    }

    #[test]
    fn no_more_than_the_best_few_in_their_order() {
        let mut texts = vec![text(SearchField::Title, "T")];
        texts.extend((0..6).map(|n| text(SearchField::Recital, &format!("budget {n}{}", if n == 4 { " citoyen" } else { "" }))));
        let found: Vec<String> = snippets(&texts, &Query::read("budget citoyen")).iter().map(shown).collect();
        assert_eq!(found, ["T", "[budget] 0", "[budget] 1", "[budget] 4 [citoyen]"]);
    }

    proptest::proptest! {
        #[test]
        fn fragments_put_together_are_the_title(title in "\\PC{1,60}", question in "\\PC{0,20}") {
            let found = snippets(&[text(SearchField::Title, &title)], &Query::read(&question));
            let joined: String = found.iter().flat_map(|s| &s.fragments).map(|f| f.text.as_str()).collect();
            proptest::prop_assert_eq!(joined, title);
        }
    }
}
