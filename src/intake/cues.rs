//! What a text is by its first words: the cue that a block is put by.

use std::sync::LazyLock;

use super::grammar::beginning;
use super::grammar::date::dates;
use super::grammar::person::{Order, person};
use super::grammar::wording::{Table, alone, begins, find, longest, matched, starts};
use super::words::layout::{BODIES, CUES, DECIDING, DECISION_TOLD, DIVIDERS, OPERATIVE, SPEAKS};

use super::blocks::{HEADING, is_heading};

/// What the first words of a block say that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    Authority,
    Body,
    Furniture,
    Minutes,
    Sitting,
    Opening,
    Chair,
    Secretary,
    Quorum,
    Convening,
    Place,
    Starts,
    Ends,
    Title,
    Number,
    Item,
    BodyFormula,
    Visa,
    Considering,
    Deliberated,
    Decides,
    Article,
    Bullet,
    Table,
    Vote,
    Outcome,
    Closing,
    PlaceDate,
    Signature,
    Delegation,
    Mark,
    Name,
    Separator,
    Appeal,
    Certifies,
    Report,
    Agreement,
    Annex,
    Paper,
    Service,
    Rapporteur,
    Matter,
    Order,
    Decree,
    Invoice,
    Agenda,
    Letter,
    Convocation,
    Prose,
}

static TABLE: LazyLock<Table<Cue>> = LazyLock::new(|| Table::of(CUES));

/// What a text is by its first words.
pub fn cue(text: &str) -> Cue {
    if !text.contains(char::is_alphanumeric) {
        return Cue::Separator;
    }
    let bulleted = text.starts_with(['-', '•', '–', '▪', '→', '\u{f0b7}', '➢', '\u{f0a7}']) || text.starts_with("o ") || text.starts_with("* ");
    let bare = text.trim_start_matches(['.', '-', '•', '–', '—', '▪', ' ', '_', '*', '"', '→']);
    let read = TABLE
        .begins(bare)
        .map(|(len, cue)| (bare.get(len..).unwrap_or_default(), cue))
        .filter(|(rest, cue)| holds(*cue, bare, rest))
        .map(|(_, cue)| cue);
    // A block is looked at again with each line that joins it: its length first.
    let coded = is_heading(bare) && bare.bytes().any(|b| b.is_ascii_digit());
    if coded && super::fields::matter::code(bare).is_some() {
        return Cue::Matter;
    }
    if bare.len() > 5 && alone(DIVIDERS, bare) {
        return Cue::Furniture;
    }
    match read {
        Some(cue) if !bulleted || matches!(cue, Cue::Vote | Cue::Body | Cue::Agreement | Cue::Visa | Cue::Considering | Cue::Article) => return cue,
        _ if bulleted => return Cue::Bullet,
        _ => {}
    }
    if coded && super::fields::report::numbered(bare).is_some() {
        return Cue::Number;
    }
    if opens_on_a_day(bare) {
        return Cue::Opening;
    }
    if let Some(cue) = of_a_body(bare) {
        return cue;
    }
    // "À l'unanimité, le Conseil municipal approuve…".
    let behind = longest(&["a l'unanimite", "a la majorite"], bare).and_then(|len| bare.get(len..)).and_then(|rest| rest.strip_prefix(", "));
    if behind.and_then(of_a_body) == Some(Cue::Decides) {
        return Cue::Decides;
    }
    let whole = person(bare).filter(|(_, rest)| !rest.contains(char::is_alphanumeric));
    let told = whole.is_some_and(|(read, _)| read.civility.is_some() || read.order != Order::Unknown);
    if told && bare.len() <= 60 {
        return Cue::Name;
    }
    if super::fields::signature::place_date(bare).is_some() {
        return Cue::PlaceDate;
    }
    Cue::Prose
}

/// What a cue asks of the rest of the block, so that a word in a sentence is not taken for a heading.
fn holds(cue: Cue, text: &str, rest: &str) -> bool {
    let heading = is_heading(text);
    let stops = |text: &str| !text.trim_start().starts_with(|c: char| c.is_lowercase());
    let digits = text.contains(|c: char| c.is_ascii_digit());
    match cue {
        Cue::Authority
        | Cue::Body
        | Cue::Minutes
        | Cue::Report
        | Cue::Agreement
        | Cue::Service
        | Cue::Order
        | Cue::Invoice
        | Cue::Agenda
        | Cue::Convocation => heading,
        Cue::Paper => heading && text.len() <= 60 && !digits,
        Cue::Furniture => heading && text.len() <= 70,
        Cue::Annex => heading && (digits || alone(&["annexe", "annexes"], text) || rest.trim_start().starts_with([':', '-', '–'])),
        Cue::Number => digits && heading,
        Cue::Item => heading || text.len() <= 250,
        Cue::Sitting => digits || dates(text).len() == 1,
        Cue::Opening => !dates(text).is_empty() || rest.len() < 60 && in_number_words(rest),
        Cue::Article => super::fields::articles::label(text).is_some(),
        // "Vote les crédits suivants :" is a decision.
        Cue::Vote => {
            let object = starts(&["le", "la", "les", "l'", "un", "une", "des"], rest.trim_start());
            !object && (digits || text.contains(':') || !rest.contains(char::is_alphanumeric))
        }
        Cue::Outcome => text.len() <= 110 && !starts(&["le", "la", "les", "l'", "un", "une", "ce", "son"], rest.trim_start()),
        Cue::Signature | Cue::Delegation => {
            text.len() <= 90 && !text.ends_with(['.', ';']) && !text.contains([':', '«']) && find(SPEAKS, text).is_none()
        }
        Cue::Mark => text.len() <= 60,
        Cue::PlaceDate => text.len() <= 90 && !dates(text).is_empty(),
        Cue::Chair | Cue::Secretary => text.len() <= 250,
        Cue::Title => rest.trim_start().starts_with([':', '-', '–', '.']) || !rest.contains(char::is_alphanumeric),
        Cue::Decides => stops(rest) || rest.contains(':') || rest.trim_start().starts_with("de ") || rest.trim_start().starts_with("d'"),
        Cue::Place => rest.trim_start().starts_with(':'),
        _ => true,
    }
}

fn in_number_words(rest: &str) -> bool {
    super::grammar::number::in_words(&mut rest.trim_start()).is_ok()
}

/// How it is said that a body met.
const MET: &[&str] =
    &["s'est reuni~", "se sont reuni~", "s'est assemble~", "dument convoque~", "legalement convoque~", "regulierement convoque~", "se reuni*"];

/// "Le quatre avril deux mille vingt-quatre à 19h00, le Conseil municipal s'est réuni…".
fn opens_on_a_day(text: &str) -> bool {
    starts(&["le"], text) && !dates(beginning(text, 60)).is_empty() && find(MET, beginning(text, 500)).is_some()
}

/// "La Commission Permanente,"; "Le conseil, à l'unanimité, décide :".
fn of_a_body(text: &str) -> Option<Cue> {
    let leads = ["les membres du ", "les membres de la ", "les membres de l'", "le ", "la ", "l'"];
    let len = leads.iter().find_map(|lead| matched(lead, text))?;
    let behind = text.get(len..).unwrap_or_default();
    let body = begins(BODIES, behind).is_some() || starts(&["conseil", "commission", "assemblee", "comite", "bureau"], behind);
    // A block is looked at again with each line that joins it.
    let near = beginning(text, 500);
    let met = find(MET, near).is_some() || find(&["reuni~ en"], near).is_some() && !dates(near).is_empty();
    if met && body {
        return Some(Cue::Opening);
    }
    if !body {
        return None;
    }
    let decides = |text: &str| find(DECIDING, text).is_some() || find(DECISION_TOLD, text).is_some();
    let formula = text.len() <= 160 && text.trim_end().ends_with([',', ':']) || text.len() <= HEADING && !text.ends_with('.');
    if formula && !decides(behind) {
        return Some(Cue::BodyFormula);
    }
    decides(beginning(behind, 200)).then_some(Cue::Decides)
}

/// Whether a block begins with a verb of decision.
pub fn operative(text: &str) -> bool {
    starts(OPERATIVE, text.trim_start_matches(['-', '•', '–', '—', ' ', '▪', '*', '\u{f0b7}']))
}
