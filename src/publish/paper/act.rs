//! The printed act: a deliberation as the secretariat prints it.

use super::words::{body_words, capitals, of_the, the};
use super::{Block, Content, Item, Mark, Paper, Role, head, money, signature, vote};
use crate::publish::french::capital;
use crate::publish::{ActReading, Cast};
use crate::record::{ActKind, Article, DeliberationRecord, Id, Origin, Recital, RecitalForm, SittingRecord, TargetKind};

/// An act, from its head to its annexes. `check` is where its digest can be checked: "https://registre.example/verifier".
pub fn act(reading: &ActReading, check: &str) -> Paper {
    let (record, sitting, cast) = (&reading.record, &reading.sitting, &reading.cast);
    let mut blocks = vec![act_head(record, sitting, cast)];
    blocks.extend(head::attendance(sitting, cast, &record.agenda_items));
    blocks.push(Block { role: Role::Title, content: Content::Heading(1, record.title.clone()) });
    blocks.extend(number(record).map(|text| Block { role: Role::Number, content: Content::Text(text) }));
    blocks.extend(decision(record, sitting, cast, &record.agenda_items));
    blocks.extend(record.signatures.iter().map(|signature| signature::block(signature, cast)));
    blocks.extend(signature::notices(record));
    blocks.extend(signature::annexes(&record.annexes));
    Paper {
        title: file_title(record),
        author: cast.authority.name.clone(),
        date: sitting.date,
        marks: marks(reading),
        blocks,
        footer: footer(reading, check),
    }
}

/// From the recitals to the outcome.
pub(super) fn decision(record: &DeliberationRecord, sitting: &SittingRecord, cast: &Cast, items: &[Id]) -> Vec<Block> {
    let text = |role, text: String| Block { role, content: Content::Text(text) };
    let mut blocks = Vec::new();
    // What a paper does not print is not put into its mouth; an act recorded live gets the house's phrases.
    let own = record.origin == Origin::Recorded;
    let body = record.formulas.body.clone().or_else(|| own.then(|| the(&cast.body.name)));
    blocks.extend(body.map(|body| text(Role::Formula, with_comma(body))));
    blocks.extend(recitals(&record.recitals));
    blocks.extend(head::recusals(sitting, cast, items).into_iter().map(|line| text(Role::Recusal, line)));
    let decides = own && matches!(record.kind, ActKind::Deliberation | ActKind::Election);
    let deliberated = record.formulas.deliberation.clone().or_else(|| own.then(|| "Après en avoir délibéré,".to_owned()));
    blocks.extend(deliberated.map(|formula| text(Role::Formula, formula)));
    let decision = record.formulas.decision.clone().or_else(|| (decides && !record.articles.is_empty()).then(|| "DECIDE :".to_owned()));
    blocks.extend(decision.map(|formula| text(Role::Decision, formula)));
    blocks.extend(articles(record));
    let covering = sitting.ballots.iter().filter(|ballot| ballot.covers.iter().any(|item| items.contains(item)));
    // Amendments and divisions first, as they were voted: the whole comes last.
    let (whole, before): (Vec<_>, Vec<_>) = covering.partition(|ballot| ballot.target.kind == TargetKind::Whole);
    let mut decided = None;
    for ballot in before.into_iter().chain(whole) {
        blocks.extend(vote::blocks(ballot, sitting, cast));
        decided = ballot.outcome_text.as_deref().filter(|_| ballot.target.kind == TargetKind::Whole).or(decided);
    }
    let outcome = vote::outcome(record.outcome_text.as_deref().or(decided), record.outcome);
    blocks.extend(outcome.map(|outcome| text(Role::Outcome, outcome)));
    blocks.extend(record.formulas.closing.clone().map(|closing| text(Role::Formula, closing)));
    blocks
}

fn with_comma(text: String) -> String {
    if text.ends_with(|c: char| c.is_ascii_punctuation()) { text } else { format!("{text},") }
}

/// "DEPARTEMENT DU PAS-DE-CALAIS", "DELIBERATION DE LA COMMISSION PERMANENTE…", "REUNION DU…", "PRESIDENCE DE…".
fn act_head(record: &DeliberationRecord, sitting: &SittingRecord, cast: &Cast) -> Block {
    let kind = match record.kind {
        ActKind::Deliberation | ActKind::Election | ActKind::Other => "délibération",
        ActKind::Information => "communication",
        other => other.label().fr,
    };
    let body = record.headings.body.clone().unwrap_or_else(|| capitals(&format!("{kind} {}", of_the(&body_words(cast)))));
    let sat = record.headings.sitting.clone().unwrap_or_else(|| head::sitting_line(sitting));
    let authority = record.headings.authority.clone().unwrap_or_else(|| capitals(&cast.authority.name));
    let lines = [authority, body, sat].into_iter().chain(head::chair_lines(sitting, cast)).collect();
    Block { role: Role::Head, content: Content::Lines(lines) }
}

/// "(N°2025-302)"; none: the act has no number yet, or prints none.
fn number(record: &DeliberationRecord) -> Option<String> {
    let number = record.numbers.iter().find(|number| number.kind == crate::record::NumberKind::Act)?;
    Some(number.text.clone().unwrap_or_else(|| format!("(N°{})", number.value)))
}

/// "Délibération n° 2025-302 – Animer le réseau…".
fn file_title(record: &DeliberationRecord) -> String {
    let kind = capital(record.kind.label().fr);
    match record.number() {
        Some(number) => format!("{kind} n° {number} – {}", record.title),
        None => format!("{kind} – {}", record.title),
    }
}

fn recitals(recitals: &[Recital]) -> Vec<Block> {
    recitals
        .iter()
        .map(|recital| match (recital.form, recital.children.is_empty()) {
            (RecitalForm::Heading, _) => Block { role: Role::Section, content: Content::Heading(2, recital.text.clone()) },
            (_, true) => Block { role: Role::Recital, content: Content::Text(recital.text.clone()) },
            (_, false) => Block { role: Role::Recital, content: Content::Items(vec![recital_item(recital)]) },
        })
        .collect()
}

fn recital_item(recital: &Recital) -> Item {
    Item { label: None, text: recital.text.clone(), children: recital.children.iter().map(recital_item).collect() }
}

/// Each article, and after it the tables that it introduces; tables of no article come after the last.
fn articles(record: &DeliberationRecord) -> Vec<Block> {
    let mut blocks = Vec::new();
    for article in &record.articles {
        blocks.push(Block { role: Role::Article, content: Content::Items(vec![article_item(article)]) });
        if article.position.is_some() {
            blocks.extend(money::budget(&record.budget_tables, article.position));
            blocks.extend(money::beneficiaries(&record.beneficiaries, article.position, &money::whole_text(article)));
        }
    }
    let all: String = record.articles.iter().map(money::whole_text).collect::<Vec<_>>().join(" ");
    let known = |position: &Option<crate::record::Count>| position.is_none() || !record.articles.iter().any(|a| a.position == *position);
    // What names an article that is not there is printed all the same: nothing is lost.
    let mut others: Vec<Option<crate::record::Count>> =
        record.budget_tables.iter().map(|t| t.introduced_by_article).chain(record.beneficiaries.iter().map(|b| b.article)).filter(known).collect();
    others.sort_unstable();
    others.dedup();
    for position in others {
        blocks.extend(money::budget(&record.budget_tables, position));
        blocks.extend(money::beneficiaries(&record.beneficiaries, position, &all));
    }
    blocks
}

fn article_item(article: &Article) -> Item {
    Item { label: article.label.clone(), text: article.text.clone(), children: article.children.iter().map(article_item).collect() }
}

fn marks(reading: &ActReading) -> Vec<Mark> {
    let unsealed = match (reading.seal.is_some(), reading.record.origin) {
        (true, _) => None,
        (false, Origin::Recorded) => Some(Mark::Draft),
        (false, Origin::Transcribed) => Some(Mark::Unsealed),
    };
    let copy = reading.authoritative_copy.as_ref().map(|_| Mark::Copy);
    unsealed.into_iter().chain(copy).collect()
}

fn footer(reading: &ActReading, check: &str) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(original) = &reading.authoritative_copy {
        lines.push(format!("Copie. L'original signé fait foi (SHA-256 : {}).", original.sha256));
    }
    match (&reading.seal, reading.record.origin) {
        (Some(seal), _) => {
            lines.push(format!("Acte scellé. Empreinte de son entrée au journal (SHA-256) : {}", seal.digest));
            lines.push(format!("Vérification : {check}"));
        }
        (None, Origin::Recorded) => lines.push("Projet : ce document n'est pas un acte.".to_owned()),
        (None, Origin::Transcribed) => lines.push("Transcription d'un acte imprimé, non scellée : seul l'original fait foi.".to_owned()),
    }
    lines
}
