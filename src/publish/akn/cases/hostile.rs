//! Texts that would break a document, in every field that is printed.

use super::*;

const HOSTILE: &str = "]]></p><script>alert(1)</script>&amp;&#0;\"' \u{0}\u{1}\u{8}\u{b}\u{1f}\u{fffe}\u{ffff} <!-- ^{<b>} ^{";
/// The same as a reader of the document gets it.
const READ: &str = "]]></p><script>alert(1)</script>&amp;&#0;\"' \u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd} <!-- <b> ^{";

/// Puts the text into every field of these names.
fn spoil(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::String(text) if PRINTED.contains(&name.as_str()) => *text = HOSTILE.to_owned(),
                    other => spoil(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(spoil),
        _ => {}
    }
}

const PRINTED: &[&str] =
    &["title", "text", "label", "printed", "heading", "name", "count_text", "outcome_text", "place", "mark", "sub_heading", "object"];

#[test]
fn hostile_texts_stay_texts() {
    for given in [demonstration(), second_shape(), by_hand::given()] {
        let mut hostile = Given { directory: given.directory.clone(), sitting: given.sitting.clone(), acts: given.acts.clone() };
        spoil(&mut hostile.directory);
        spoil(&mut hostile.sitting);
        hostile.acts.iter_mut().for_each(spoil);
        for view in View::ALL {
            let good = given.documents(view);
            for ((name, written), (_, good)) in hostile.documents(view).iter().zip(&good) {
                let document = tree(written);
                assert!(all(&document, "script").is_empty() && all(&document, "b").is_empty(), "{name}");
                // Nothing but superscripts is added to the structure: elements that a text could open would be more.
                let kinds = |tree: &Document| {
                    tree.descendants()
                        .filter(Node::is_element)
                        .map(|node| node.tag_name().name().to_owned())
                        .collect::<std::collections::BTreeSet<_>>()
                };
                let mut allowed = kinds(&tree(good));
                allowed.insert("sup".to_owned());
                assert!(kinds(&document).is_subset(&allowed), "{name}");
                let titles = texts(&document, "docTitle");
                assert!(titles.iter().all(|title| title == READ), "{name}: {titles:?}");
            }
        }
    }
}
