//! The report put before the body: number, service, grounds, proposals, budget, opinions, signature.

use crate::intake::blocks::{Block, Cue, is_heading};
use crate::intake::draft::Confidence;
use crate::intake::grammar::date::dates;
use crate::intake::grammar::wording::{find, matched, starts};
use crate::intake::grammar::{after, before, between, word_starts};
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::intake::words::layout::PROPOSES;
use crate::intake::words::money::Column;
use crate::record::{AnnexCitation, Count, Opinion, OpinionSense, Paragraph, Policy, Report};

use super::recitals::cites_annex;
use super::signature::Signatures;
use super::tables;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Grounds,
    Body,
    Proposals,
    Signature,
}

const GROUNDS: &[&str] = &["fondement~ juridique~", "base~ legale~", "textes de reference", "cadre juridique", "references juridiques"];
const POLICIES: &[&str] = &["pacte", "ambition", "axe", "orientation strategique"];

pub fn read(blocks: &[Block], sink: &mut Sink<'_>) -> Report {
    let mut report = Report::default();
    let mut part = Part::Head;
    let mut signatures = Signatures::at("/act/report/signatures");
    for block in blocks {
        let (passage, text) = (&block.passage, block.text());
        if part == Part::Head && head(block, &mut report, sink) {
            continue;
        }
        if starts(GROUNDS, text) && is_heading(text) {
            part = Part::Grounds;
            continue;
        }
        if block.cue == Cue::Table {
            let pointer = format!("/act/report/budget_tables/{}", report.budget_tables.len());
            if block.rows.first().is_some_and(|header| tables::is_budget(&tables::columns(header))) {
                report.budget_tables.push(tables::budget(&block.rows, &pointer, None, Column::Proposal, sink));
            }
            continue;
        }
        if matches!(block.cue, Cue::Signature | Cue::Mark | Cue::Delegation)
            || part == Part::Signature && matches!(block.cue, Cue::Name | Cue::PlaceDate)
        {
            part = Part::Signature;
            signatures.take(block, sink);
            continue;
        }
        if let Some(opinion) = opinion(passage, report.opinions.len(), sink) {
            report.opinions.push(opinion);
            continue;
        }
        let listed = block.cue == Cue::Bullet;
        if part == Part::Grounds && (listed || block.cue == Cue::Visa) {
            let text = super::articles::mark(text).1;
            paragraph(passage, text, "/act/report/legal_grounds", &mut report.legal_grounds, sink);
            continue;
        }
        if starts(PROPOSES, text) {
            part = Part::Proposals;
        } else if part == Part::Proposals && listed {
            cite(passage, text, &mut report, sink);
            paragraph(passage, text, "/act/report/proposals", &mut report.proposals, sink);
            continue;
        } else if part != Part::Signature {
            part = Part::Body;
        }
        cite(passage, text, &mut report, sink);
        policies(passage, text, &mut report, sink);
        paragraph(passage, text, "/act/report/body_text", &mut report.body_text, sink);
    }
    report.signatures = signatures.told();
    report
}

/// The head: True where the block was part of it.
fn head(block: &Block, report: &mut Report, sink: &mut Sink<'_>) -> bool {
    let (passage, text) = (&block.passage, block.text());
    let at = |name: &str| format!("/act/report/{name}");
    match block.cue {
        Cue::Authority | Cue::Furniture | Cue::Separator => true,
        Cue::Service if report.department.is_none() => {
            report.department = sink.text(at("department"), passage, text, Confidence::Likely);
            true
        }
        Cue::Service if report.service.is_none() => {
            report.service = sink.text(at("service"), passage, text, Confidence::Likely);
            true
        }
        Cue::Report if report.number_text.is_none() => {
            report.number_text = sink.text(at("number_text"), passage, text, Confidence::Certain);
            report.number = number(text).and_then(|number| sink.text(at("number"), passage, number, Confidence::Certain));
            true
        }
        Cue::Body if report.heading.is_none() => {
            report.heading = sink.text(at("heading"), passage, text, Confidence::Certain);
            true
        }
        Cue::Sitting if report.sitting_text.is_none() => {
            report.sitting_text = sink.text(at("sitting_text"), passage, text, Confidence::Certain);
            true
        }
        Cue::Rapporteur => {
            let named = text.split_once(':').map_or(text, |(_, named)| named);
            let pointer = at(&format!("rapporteurs/{}", report.rapporteurs.len()));
            report.rapporteurs.extend(sink.person_in(&pointer, passage, named));
            true
        }
        Cue::Title if report.title.is_none() => {
            let title = text.split_once(':').map_or(text, |(_, title)| title.trim());
            report.title = sink.text(at("title"), passage, title, Confidence::Certain);
            true
        }
        Cue::Prose if report.title.is_none() && report.number_text.is_some() && !starts(GROUNDS, text) => {
            report.title = sink.text(at("title"), passage, text, Confidence::Likely);
            true
        }
        _ => false,
    }
}

fn is_code(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.')
}

/// The number behind "n°".
pub fn number(text: &str) -> Option<&str> {
    let mark = find(&["n°", "no", "numero"], text)?;
    let start = after(text, mark).trim_start_matches([' ', ':', '\u{a0}']);
    let end = start.find(|c: char| !is_code(c)).unwrap_or(start.len());
    // "CP 2011-0418": the letters of the body apart.
    let letters = start.get(..end).is_some_and(|word| (1..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase()));
    let next = start.get(end..).map(str::trim_start).filter(|next| letters && next.starts_with(|c: char| c.is_ascii_digit()));
    let end = next.map_or(end, |next| start.len() - next.len() + next.find(|c: char| !is_code(c)).unwrap_or(next.len()));
    start.get(..end).map(|number| number.trim_end_matches(['.', '-', '/'])).filter(|number| number.contains(|c: char| c.is_ascii_digit()))
}

/// Whether a word is made as numbers of acts are: figures, capitals and what divides them.
pub fn is_bare_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || matches!(c, '-' | '/' | '_' | '.'))
}

/// The number that stands by itself behind the word: "Délibération 2022/12/101".
pub fn numbered(text: &str) -> Option<&str> {
    let rest = text.get(matched("deliberation", text)?..)?.trim_start();
    let number = rest.split([' ', '\u{a0}', ',', ';']).next()?.trim_end_matches([':', '.', '-', '–']);
    (is_bare_number(number) && number.chars().filter(char::is_ascii_digit).count() >= 2).then_some(number)
}

fn paragraph(passage: &Passage, text: &str, pointer: &str, list: &mut Vec<Paragraph>, sink: &mut Sink<'_>) {
    sink.note(format!("{pointer}/{}", list.len()), passage, text, Confidence::Certain);
    let position = u32::try_from(list.len() + 1).ok().and_then(|position| Count::try_from(position).ok());
    list.push(Paragraph { position, text: text.to_owned() });
}

fn cite(passage: &Passage, text: &str, report: &mut Report, sink: &mut Sink<'_>) {
    if let Some((clause, Some(label))) = cites_annex(text) {
        sink.note(format!("/act/report/annexes_cited/{}/text", report.annexes_cited.len()), passage, clause, Confidence::Likely);
        report.annexes_cited.push(AnnexCitation { cited_in: None, label: Some(label.to_owned()), text: Some(clause.to_owned()) });
    }
}

/// "La 1ère Commission … a émis un avis favorable sur ce rapport lors de sa réunion du 24/06/2025."
fn opinion(passage: &Passage, index: usize, sink: &mut Sink<'_>) -> Option<Opinion> {
    let text = passage.text();
    let verb = find(&["a emis", "a rendu", "a donne", "emet"], text)
        .filter(|_| find(&["avis"], text).is_some() && find(&["commission", "comite"], text).is_some())?;
    let commission = before(text, verb).trim().trim_end_matches(',');
    let len = ["la ", "le ", "l'"].iter().find_map(|article| matched(article, commission)).unwrap_or_default();
    let commission = commission.get(len..)?;
    let behind = after(text, verb).trim_start();
    let (sense, word) = [("favorable~", OpinionSense::Favorable), ("defavorable~", OpinionSense::Unfavorable), ("reserve~", OpinionSense::Reserved)]
        .into_iter()
        .find_map(|(row, sense)| crate::intake::grammar::wording::find(&[row], behind).map(|word| (sense, word)))?;
    let pointer = format!("/act/report/opinions/{index}");
    let opinion_text = between(behind, behind.get(..0)?, word);
    sink.note(format!("{pointer}/opinion"), passage, word, Confidence::Certain);
    let day = dates(after(behind, word)).into_iter().next();
    if let Some((printed, _)) = day {
        sink.note(format!("{pointer}/meeting_date"), passage, printed, Confidence::Certain);
    }
    Some(Opinion {
        text: sink.text(format!("{pointer}/text"), passage, text, Confidence::Certain),
        commission: sink.text(format!("{pointer}/commission"), passage, commission, Confidence::Certain),
        body: None,
        opinion: sense,
        opinion_text: sink.text(format!("{pointer}/opinion_text"), passage, opinion_text, Confidence::Certain),
        meeting_date: day.map(|(_, day)| day),
        number: None,
        vote: None,
    })
}

/// Where the matter stands in policies that the text numbers: "ambition 13 : « … » du pacte des … et participe à l'axe 1 « … »".
fn policies(passage: &Passage, text: &str, report: &mut Report, sink: &mut Sink<'_>) {
    let numbered = |start: &str, word: &str| {
        matched(word, start).and_then(|len| start.get(len..)).is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
    };
    if !report.policies.is_empty() || !word_starts(text).any(|start| numbered(start, "ambition") || numbered(start, "axe")) {
        return;
    }
    for level in POLICIES {
        let found = word_starts(text).find(|start| matched(level, start).is_some() && (*level == "pacte" || numbered(start, level)));
        let Some(start) = found else { continue };
        let quoted = start.find('«').filter(|open| *open < 24).and_then(|_| start.find('»')).map(|close| close + '»'.len_utf8());
        let end = quoted.unwrap_or_else(|| [" et ", ",", ";", "."].iter().filter_map(|stop| start.find(stop)).min().unwrap_or(start.len()));
        let told = start.get(..end).unwrap_or(start);
        let pointer = format!("/act/report/policies/{}", report.policies.len());
        sink.note(format!("{pointer}/text"), passage, told, Confidence::Likely);
        report.policies.push(Policy { level: Some((*level).to_owned()), text: told.to_owned() });
    }
}
