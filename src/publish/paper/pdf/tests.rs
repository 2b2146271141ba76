//! What the setting must withstand. Whether the files are PDF/A and PDF/UA is for other people's validators to say: `scripts/conformance-pdf`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use chrono::NaiveDate;
use rstest::rstest;
use serde_json::Value;

use super::words::{Run, runs, shown};
use super::{data, pdf};
use crate::publish::paper::{Block, Column, Content, Item, Mark, Paper, Role, Row, Table};

const ROLES: [Role; 17] = [
    Role::Head,
    Role::Title,
    Role::Number,
    Role::Section,
    Role::Attendance,
    Role::Formula,
    Role::Decision,
    Role::Recital,
    Role::Recusal,
    Role::Article,
    Role::Money,
    Role::Vote,
    Role::Outcome,
    Role::Signature,
    Role::Annexes,
    Role::Notice,
    Role::Body,
];

fn paper(blocks: Vec<Block>) -> Paper {
    Paper {
        title: "Délibération 2025-1".to_owned(),
        author: "Département de l'Exemple".to_owned(),
        date: NaiveDate::from_ymd_opt(2025, 7, 7).unwrap(),
        marks: vec![Mark::Draft],
        blocks,
        footer: vec!["Empreinte SHA-256".to_owned()],
    }
}

fn contents(text: &str) -> Vec<Content> {
    let item = |label: Option<&str>, children| Item { label: label.map(str::to_owned), text: text.to_owned(), children };
    vec![
        Content::Heading(4, text.to_owned()),
        Content::Text(text.to_owned()),
        Content::Lines(vec![text.to_owned(), String::new(), text.to_owned()]),
        Content::Items(vec![
            item(Some(text), vec![item(Some("–"), Vec::new()), item(None, Vec::new())]),
            item(Some("a)"), vec![item(Some(text), Vec::new())]),
        ]),
        Content::Table(Table {
            caption: text.to_owned(),
            caption_shown: true,
            columns: [false, true].map(|numeric| Column { heading: text.to_owned(), numeric }).to_vec(),
            rows: vec![
                Row::Across(text.to_owned()),
                Row::Cells(vec![text.to_owned(), text.to_owned(), text.to_owned()]),
                Row::Cells(Vec::new()),
                Row::Total(vec![text.to_owned()]),
            ],
        }),
    ]
}

fn every(roles: &[Role], text: &str) -> Vec<Block> {
    roles.iter().flat_map(|&role| contents(text).into_iter().map(move |content| Block { role, content })).collect()
}

/// How many pages the file says it has.
fn pages(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    let count = text.split("/Count ").nth(1).unwrap();
    count.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap()
}

#[rstest]
#[case::markup("#panic(\"non\") $x$ *a* _b_ `c` @d <e> [f] {g} // h /* i */ \\ ~ -- = - + /")]
#[case::web("<script>alert('x')</script> &amp; ]]>")]
#[case::pdf("%PDF-1.7 (a \\(b\\) endstream endobj")]
#[case::several_lines("a\n\nb\r\nc\rd\u{2028}e")]
#[case::commands("\u{0}\u{1}\u{1b}\u{7f}\u{9f}\u{feff}\u{fffe}\u{ffff}")]
#[case::private("\u{e000}\u{f8ff}\u{f0000}")]
#[case::directions("\u{202e}a\u{202c}\u{2066}b\u{2069}\u{200f}c\u{200e}\u{61c}")]
#[case::joiners("a\u{ad}b\u{200b}c\u{200c}d\u{200d}e\u{2060}f\u{34f}g\u{fe0f}")]
#[case::right_to_left("עברית العربية")]
#[case::other_scripts("ελληνικά кириллица 中文 ไทย हिन्दी 🎉👩\u{200d}⚖\u{fe0f}")]
#[case::decomposed("e\u{301}c\u{327}o\u{302}\u{323} \u{301}")]
#[case::blank(" \u{a0}\t")]
#[case::empty("")]
#[case::raised("1^{ère} ^{} ^{a")]
#[case::marks("a\u{485}\u{1ab0} \u{301}\u{308}\u{20dd}e\u{301}\u{323}")]
#[case::long_word(&"W".repeat(300))]
fn any_text_is_set_in_any_place(#[case] text: &str) {
    let mut hostile = paper(every(&[Role::Title, Role::Signature, Role::Notice, Role::Body], text));
    hostile.title = text.to_owned();
    hostile.author = text.to_owned();
    hostile.footer = vec![text.to_owned()];
    assert!(pdf(&hostile).unwrap().starts_with(b"%PDF-1.7"));
}

/// Characters of all scripts, each between two letters and after another mark, on a line that is bold and on one that is not.
#[test]
fn any_character_is_set() {
    let all = (0..=u32::from(char::MAX)).filter(|c| *c < 0x250 || (0x300..0x370).contains(c) || (0x2000..0x2070).contains(c) || c % 61 == 0);
    let words: Vec<String> = all.take_while(|c| *c < 0x20000).filter_map(char::from_u32).map(|c| format!("a{c}b{c}\u{301}{c}")).collect();
    assert!(words.len() > 2500);
    let blocks = words.chunks(50).zip([Role::Head, Role::Body].into_iter().cycle());
    pdf(&paper(blocks.map(|(some, role)| Block { role, content: Content::Text(some.join(" ")) }).collect())).unwrap();
}

/// Every role with every content too.
#[test]
fn the_same_paper_gives_the_same_bytes() {
    let blocks = every(&ROLES, "Texte d'un 1^{er} bloc");
    let first = pdf(&paper(blocks.clone())).unwrap();
    let other = pdf(&paper(Vec::new())).unwrap();
    let elsewhere = std::thread::spawn({
        let blocks = blocks.clone();
        move || pdf(&paper(blocks)).unwrap()
    })
    .join()
    .unwrap();
    assert_ne!(first, other);
    assert_eq!(first, pdf(&paper(blocks)).unwrap());
    assert_eq!(first, elsewhere);
}

#[test]
fn nothing_is_a_paper_too() {
    let none = Paper { title: String::new(), author: String::new(), marks: Vec::new(), footer: Vec::new(), ..paper(Vec::new()) };
    assert_eq!(pages(&pdf(&none).unwrap()), 1);
}

/// The lines at the foot take none of the page's room for text, and make no page of their own.
#[rstest]
#[case::one_page(1, 1)]
#[case::one_page_and_a_half(60, 2)]
fn pages_are_as_many_as_the_text_needs(#[case] lines: usize, #[case] expected: usize) {
    let text = |n: usize| Block { role: Role::Body, content: Content::Text(format!("Ligne {n}")) };
    assert_eq!(pages(&pdf(&paper((0..lines).map(text).collect())).unwrap()), expected);
}

#[test]
fn headings_skip_no_level() {
    let headings = [3, 0, 2, 9, 9, 9, 9, 9, 9, 1, 4].map(|level| Block { role: Role::Section, content: Content::Heading(level, "Titre".to_owned()) });
    let data = data::of(&paper(headings.to_vec()));
    let levels: Vec<_> = data["blocks"].as_array().unwrap().iter().map(|block| block["content"]["level"].as_u64().unwrap()).collect();
    assert_eq!(levels, [1, 1, 2, 3, 4, 5, 6, 6, 6, 1, 2]);
}

/// The texts of lists, as they are read, and how deep they lie.
fn walk(lists: &Value, depth: usize, texts: &mut Vec<String>, deepest: &mut usize) {
    for item in lists.as_array().unwrap().iter().flat_map(|list| list["items"].as_array().unwrap()) {
        *deepest = depth.max(*deepest);
        texts.extend(item["text"].as_array().unwrap().iter().map(|run| run["text"].as_str().unwrap().to_owned()));
        walk(&item["children"], depth + 1, texts, deepest);
    }
}

#[test]
fn what_lies_too_deep_stands_at_the_last_depth() {
    let deep = (0..100).rev().fold(Vec::new(), |children, at| vec![Item { label: Some("–".to_owned()), text: format!("<{at}>"), children }]);
    let blocks = vec![Block { role: Role::Article, content: Content::Items(deep) }];
    let (mut texts, mut deepest) = (Vec::new(), 0);
    walk(&data::of(&paper(blocks.clone()))["blocks"][0]["content"]["lists"], 1, &mut texts, &mut deepest);
    assert_eq!(texts, (0..100).map(|at| format!("<{at}>")).collect::<Vec<_>>());
    assert_eq!(deepest, 5);
    pdf(&paper(blocks)).unwrap();
}

#[rstest]
#[case::none("rien", &[Run::Plain("rien".into())])]
#[case::one("1^{ère} commission", &[Run::Plain("1".into()), Run::Raised("ère".into()), Run::Plain(" commission".into())])]
#[case::at_the_ends("^{a}b^{c}", &[Run::Raised("a".into()), Run::Plain("b".into()), Run::Raised("c".into())])]
#[case::open("1^{er", &[Run::Plain("1^{er".into())])]
#[case::empty("1^{}", &[Run::Plain("1^{}".into())])]
#[case::open_then_closed("^{a ^{b}", &[Run::Plain("^{a ".into()), Run::Raised("b".into())])]
#[case::lines("a\r\nb\n\nc", &[Run::Plain("a".into()), Run::Break, Run::Plain("b".into()), Run::Break, Run::Break, Run::Plain("c".into())])]
fn a_text_is_cut_into_runs(#[case] text: &str, #[case] expected: &[Run]) {
    assert_eq!(runs(text), expected);
}

#[rstest]
#[case::as_it_is("Vu l'avis – « n° 3 » œuvre, 11 780 €", "Vu l'avis – « n° 3 » œuvre, 11 780 €")]
#[case::figures("11\u{202f}780,00\u{a0}€", "11\u{202f}780,00\u{a0}€")]
#[case::tab("a\tb", "a b")]
#[case::command("a\u{7}b", "a[U+0007]b")]
#[case::override_of_direction("a\u{202e}b", "a[U+202E]b")]
#[case::not_in_our_fonts("中", "[U+4E2D]")]
#[case::beyond_the_first_plane("🎉", "[U+1F389]")]
#[case::thirty(&"é".repeat(30), &"é".repeat(30))]
#[case::forty(&"é".repeat(40), &format!("{}\u{200b}é", "é".repeat(39)))]
#[case::mark_that_a_later_font_has_with_its_letter("a\u{485}\u{301}", "a\u{485}\u{301}")]
#[case::mark_that_no_font_has("a\u{a8e0}\u{301}", "a[U+A8E0]\u{301}")]
#[case::mark_that_the_font_of_its_letter_has_not("\u{627}\u{485}", "\u{627}[U+0485]")]
fn a_text_is_shown_with_our_fonts(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(shown(text), expected);
}
