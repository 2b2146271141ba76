//! Writes papers as PDF into a folder, for validators of other people's making (`scripts/conformance-pdf`): the act of the demo as it is printed, and
//! papers made up to be hard to set. `papers.json` says of each what must be found in it.

use std::path::Path;

use chrono::NaiveDate;
use registre::publish::paper::{self, Block, Column, Content, Item, Mark, Paper, Role, Row, Table, pdf};
use registre::register::Reader;
use serde_json::{Value, json};

#[allow(dead_code, reason = "the tests use more of it")]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
#[path = "../tests/varied/mod.rs"]
mod varied;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let folder = std::env::args().nth(1).ok_or("the folder to write to is missing")?;
    std::fs::create_dir_all(&folder)?;
    let mut papers = vec![
        ("hostile".to_owned(), hostile()?, 0),
        ("long".to_owned(), long()?, 0),
        ("every".to_owned(), every()?, 0),
        ("bare".to_owned(), bare()?, 1),
    ];
    papers.extend(of_a_register()?);
    let mut described = serde_json::Map::new();
    for (name, paper, pages) in papers {
        std::fs::write(Path::new(&folder).join(&name).with_extension("pdf"), pdf(&paper)?)?;
        described.insert(name, describe(&paper, pages));
    }
    std::fs::write(Path::new(&folder).join("papers.json"), serde_json::to_vec_pretty(&described)?)?;
    Ok(())
}

/// The act of the demonstration, and of the two hundred invented acts the first forty (all with `ALL_ACTS=1`), with the minutes of the first sitting.
fn of_a_register() -> Result<Vec<(String, Paper, usize)>, Failure> {
    let folder = tempfile::tempdir()?;
    let register = varied::open(folder.path());
    let anyone = Reader::default();
    let acts = if std::env::var_os("ALL_ACTS").is_some() { varied::ACTS } else { 40 };
    let mut papers = vec![("seed".to_owned(), paper::act(&register.act_reading(registre::demo::ACT.parse()?, &anyone)?, CHECK), 2)];
    for number in 0..acts {
        papers.push((format!("act-{number}"), paper::act(&register.act_reading(varied::id(&varied::act_id(number)), &anyone)?, CHECK), 0));
    }
    // What becomes of a title with characters that are named is looked at in the papers made up for it.
    papers.retain(|(_, paper, _)| paper.title.chars().all(shown));
    let sitting = register.sitting_reading(varied::id(&varied::sitting_id(0)), &anyone)?;
    papers.push(("minutes".to_owned(), paper::minutes(&sitting), 0));
    Ok(papers)
}

const CHECK: &str = "https://registre.example/verifier";

/// What must be found in the file, from the paper alone. `pages`: how many it takes; 0: not said.
fn describe(paper: &Paper, pages: usize) -> Value {
    let count = |wanted: fn(&Content) -> bool| paper.blocks.iter().filter(|block| wanted(&block.content)).count();
    json!({
        "title": if paper.title.is_empty() { "Sans titre".to_owned() } else { read(&paper.title) },
        "author": read(&paper.author),
        "date": paper.date,
        "pages": pages,
        "headings": count(|content| matches!(content, Content::Heading(..))),
        "tables": count(|content| matches!(content, Content::Table(_))),
        "marks": paper.marks.iter().map(|mark| mark.text()).collect::<Vec<_>>(),
        // Those with a character that is named in the file, not shown, are compared in the papers made up for it.
        "texts": paper.blocks.iter().flat_map(|block| texts(&block.content)).filter(|text| text.chars().all(shown)).map(|text| read(&text)).collect::<Vec<_>>(),
        "footer": paper.footer.iter().map(|line| read(line)).collect::<Vec<_>>(),
    })
}

/// Letters of European languages, and what stands between them.
fn shown(c: char) -> bool {
    c == '\n' || matches!(c, ' '..='~' | '\u{a0}'..='\u{17f}' | '‐'..='’' | '“' | '”' | '…' | '€' | '\u{202f}')
}

/// The texts of a block, in the order of reading.
fn texts(content: &Content) -> Vec<String> {
    match content {
        Content::Heading(_, text) | Content::Text(text) => vec![text.clone()],
        Content::Lines(lines) => lines.clone(),
        Content::Items(items) => items.iter().flat_map(of_item).collect(),
        Content::Table(table) => {
            let caption = table.caption_shown.then(|| table.caption.clone());
            let headings = table.columns.iter().map(|column| column.heading.clone());
            let rows = table.rows.iter().flat_map(|row| match row {
                Row::Across(text) => vec![text.clone()],
                Row::Cells(cells) | Row::Total(cells) => cells.clone(),
            });
            caption.into_iter().chain(headings).chain(rows).collect()
        }
    }
}

fn of_item(item: &Item) -> Vec<String> {
    item.label.iter().cloned().chain([item.text.clone()]).chain(item.children.iter().flat_map(of_item)).collect()
}

/// What differs between the papers below and what is read from their files: raised text loses its marks; characters that our fonts cannot show, or that
/// would change the order of others, are named.
const READ: &[(&str, &str)] = &[
    ("1^{ère}", "1ère"),
    ("1^{er}", "1er"),
    ("2^{e}", "2e"),
    ("n^{o}", "no"),
    ("n^{os}", "nos"),
    ("^{a^{b}}", "^{ab}"),
    ("\u{202e}renversé\u{202c}", "[U+202E]renversé[U+202C]"),
    ("\u{2066}isolé\u{2069}", "[U+2066]isolé[U+2069]"),
    // What runs from right to left is written as it is seen, from left to right.
    ("\u{5e2}\u{5d1}\u{5e8}\u{5d9}\u{5ea} et ", "\u{5ea}\u{5d9}\u{5e8}\u{5d1}\u{5e2} et "),
    (" et \u{627}\u{644}\u{639}\u{631}\u{628}\u{64a}\u{629}", " et \u{629}\u{64a}\u{628}\u{631}\u{639}\u{644}\u{627}"),
    ("中文, 日本語, 한국어, ไทย", "[U+4E2D][U+6587], [U+65E5][U+672C][U+8A9E], [U+D55C][U+AD6D][U+C5B4], [U+0E44][U+0E17][U+0E22]"),
    ("🎉 👩", "[U+1F389] [U+1F469]"),
    ("\u{0}\u{1}\u{7}\u{1b}\u{7f}\u{9d}", "[U+0000][U+0001][U+0007][U+001B][U+007F][U+009D]"),
    ("\u{feff}\u{fffe}\u{ffff}\u{e000}", "[U+FEFF][U+FFFE][U+FFFF][U+E000]"),
];

/// The text as it is read from a file: the pairs above are the whole of what differs, by hand.
fn read(text: &str) -> String {
    READ.iter().fold(text.to_owned(), |text, (written, read)| text.replace(written, read))
}

fn day() -> Result<NaiveDate, Failure> {
    Ok(NaiveDate::from_ymd_opt(2025, 7, 7).ok_or("no such day")?)
}

fn block(role: Role, content: Content) -> Block {
    Block { role, content }
}

fn text(role: Role, text: &str) -> Block {
    block(role, Content::Text(text.to_owned()))
}

fn lines(role: Role, lines: &[&str]) -> Block {
    block(role, Content::Lines(lines.iter().map(|&line| line.to_owned()).collect()))
}

fn item(label: Option<&str>, text: &str, children: Vec<Item>) -> Item {
    Item { label: label.map(str::to_owned), text: text.to_owned(), children }
}

fn column(heading: &str, numeric: bool) -> Column {
    Column { heading: heading.to_owned(), numeric }
}

fn cells(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|&cell| cell.to_owned()).collect()
}

const DIGEST: &str = "Empreinte SHA-256 : 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// Texts that another writer would take for markup, or could not set.
fn hostile() -> Result<Paper, Failure> {
    let texts = [
        "#panic(\"no\") #import \"@preview/x:1.0.0\": * #let x = 1; $ x^2 $ *gras* _italique_ `code` @ref <label> [lien] {bloc} // note /* note */ \\ ~ -- --- ...",
        "<script>alert('x')</script> & &amp; ]]> %PDF-1.7 (paren) \\(paren\\) endstream endobj",
        "= Titre\n- liste\n+ numéro\n/ Terme: sens\n\n\n",
        "guillemets droits \" ' « français » “anglais” ’apostrophe’",
        "exposants : 1^{ère}, 2^{e}, n^{os}, vide ^{} ouvert ^{ère, imbriqué ^{a^{b}}, ^ { espacé }",
        "direction : \u{202e}renversé\u{202c} \u{2066}isolé\u{2069} marque\u{200f} \u{200e}de sens, עברית et العربية dans la phrase",
        "autres écritures : ελληνικά, кириллица, 中文, 日本語, 한국어, ไทย, हिन्दी, 🎉 👩\u{200d}⚖\u{fe0f}",
        "commandes : \u{0}\u{1}\u{7}\u{1b}\u{7f}\u{9d}\u{feff}\u{fffe}\u{ffff}\u{e000} fin",
        "espaces : \u{a0}\u{202f}\u{2007}\u{2009}\u{3000}\u{200b}\u{ad}tab\tfin\u{2028}ligne\u{85}ligne\r\nligne\rligne",
        "décomposé : e\u{301} a\u{300} c\u{327} o\u{302}\u{323} ligatures : ffi fl œ ﬁ",
    ];
    let word = "anticonstitutionnellement".repeat(20);
    let url = format!("https://registre.example/{}", "a1%20/".repeat(60));
    let mut blocks = vec![block(Role::Title, Content::Heading(1, "UN TITRE DE DOUZE LIGNES, ".repeat(28)))];
    blocks.extend(texts.iter().map(|&line| text(Role::Body, line)));
    blocks.extend(texts.iter().map(|&line| block(Role::Section, Content::Heading(2, line.to_owned()))));
    blocks.extend([word.as_str(), url.as_str(), &"W".repeat(400)].map(|line| text(Role::Notice, line)));
    blocks.push(lines(Role::Signature, &texts));
    let deep = (0..40).rev().fold(Vec::new(), |children, depth| vec![item(Some("–"), &format!("niveau {depth} {word}"), children)]);
    blocks.push(block(Role::Article, Content::Items(deep)));
    blocks.push(block(
        Role::Article,
        Content::Items(
            texts.iter().map(|&line| item(Some(line), line, vec![item(Some("a)"), line, Vec::new()), item(None, line, Vec::new())])).collect(),
        ),
    ));
    let mut rows: Vec<_> = texts.iter().map(|&line| Row::Cells(cells(&[line, &word, "123 456 789 012,34", "€", &url, "x", "y"]))).collect();
    rows.extend(texts.iter().map(|&line| Row::Across(line.to_owned())));
    rows.push(Row::Cells(cells(&["plus court"])));
    rows.push(Row::Total(cells(&["Total", "", "123 456 789 012,34"])));
    let columns = vec![column("#h", false), column(&word, true), column("Montant €", true), column("", false), column(texts[1], false)];
    blocks.push(block(Role::Money, Content::Table(Table { caption: texts[0].to_owned(), caption_shown: true, columns, rows })));
    Ok(Paper {
        // Not "endstream": metadata are not compressed, and one of the validators takes the word in them for their end.
        title: [texts[0], "<script>alert('x')</script> & &amp; ]]> <![CDATA[", texts[4], texts[7]].join(" "),
        author: texts[0].to_owned(),
        date: day()?,
        marks: vec![Mark::Draft, Mark::Copy, Mark::Internal],
        blocks,
        footer: vec![texts[1].to_owned(), url, word],
    })
}

/// A table over several pages, with headings inside and sums; and one of many columns.
fn long() -> Result<Paper, Failure> {
    let mut rows = Vec::new();
    for chapter in 1..=6 {
        rows.push(Row::Across(format!("Chapitre {chapter} – Subventions aux associations")));
        rows.extend((1..=30).map(|line| {
            Row::Cells(vec![format!("C{chapter:02}-{line:03}"), format!("Association n^{{o}} {line} du canton {chapter}"), format!("{line} 000,00")])
        }));
    }
    rows.push(Row::Total(cells(&["", "Total", "2 790 000,00"])));
    let tall = "Une cellule plus haute que la page. ".repeat(300);
    let wide = (1..=14).map(|at| column(&format!("Exercice {}", 2020 + at), true)).collect();
    Ok(Paper {
        title: "Répartition des subventions".to_owned(),
        author: "Département de l'Exemple".to_owned(),
        date: day()?,
        marks: vec![Mark::Draft],
        blocks: vec![
            block(Role::Title, Content::Heading(1, "Répartition des subventions".to_owned())),
            block(
                Role::Money,
                Content::Table(Table {
                    caption: "Subventions par chapitre".to_owned(),
                    caption_shown: true,
                    columns: vec![column("Code", false), column("Bénéficiaire", false), column("Montant €", true)],
                    rows,
                }),
            ),
            block(
                Role::Money,
                Content::Table(Table {
                    caption: "Une cellule très haute".to_owned(),
                    caption_shown: false,
                    columns: vec![column("Libellé", false), column("Texte", false)],
                    rows: vec![Row::Cells(vec!["Haute".to_owned(), tall])],
                }),
            ),
            block(
                Role::Money,
                Content::Table(Table {
                    caption: "Quatorze exercices".to_owned(),
                    caption_shown: true,
                    columns: wide,
                    rows: (0..5).map(|_| Row::Cells((0..14).map(|at| format!("{at}1 234 567,89")).collect())).collect(),
                }),
            ),
        ],
        footer: vec![DIGEST.to_owned()],
    })
}

/// Every role with every content.
fn every() -> Result<Paper, Failure> {
    let roles = [
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
    let contents = [
        Content::Heading(3, "Intitulé".to_owned()),
        Content::Text("Texte d'un 1^{er} bloc.".to_owned()),
        Content::Lines(cells(&["Une ligne", "Une autre"])),
        Content::Items(vec![
            item(Some("Article 1^{er} :"), "Premier.", vec![item(Some("a)"), "Détail.", Vec::new()), item(None, "Sans label.", Vec::new())]),
            item(Some("Article 2 :"), "", Vec::new()),
            item(Some("–"), "Tiret.", Vec::new()),
            item(None, "Rien devant.", Vec::new()),
        ]),
        Content::Table(Table {
            caption: "Montants".to_owned(),
            caption_shown: true,
            columns: vec![column("Libellé", false), column("Montant €", true)],
            rows: vec![Row::Across("Chapitre".to_owned()), Row::Cells(cells(&["Ligne", "1,00"])), Row::Total(cells(&["Total", "1,00"]))],
        }),
    ];
    let blocks = roles.iter().flat_map(|&role| contents.iter().map(move |content| block(role, content.clone()))).collect();
    Ok(Paper {
        title: "Tous les blocs".to_owned(),
        author: "Exemple".to_owned(),
        date: day()?,
        marks: vec![Mark::Internal],
        blocks,
        footer: Vec::new(),
    })
}

/// Nothing at all.
fn bare() -> Result<Paper, Failure> {
    Ok(Paper { title: String::new(), author: String::new(), date: day()?, marks: Vec::new(), blocks: Vec::new(), footer: Vec::new() })
}
