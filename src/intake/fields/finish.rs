//! From what was read to the records.

use chrono::NaiveDate;

use crate::intake::draft::{AuthorityRead, Confidence, Draft, QuestionCode, SiretSource};
use crate::intake::grammar::wording::{begins, starts};
use crate::intake::sink::Sink;
use crate::intake::stamps;
use crate::intake::words::layout::KINDS;
use crate::record::names::{fold, folded};
use crate::record::{
    ActKind, ActNumber, AgendaItem, Answer, DeliberationRecord, Effect, Formulas, Headings, Id, ItemStatus, NumberKind, Origin, Outcome, PersonRef,
    SittingRecord, Source, Stamp,
};

use super::act::Parts;
use super::annexes;
use super::attendance::Lists;
use super::beneficiaries;
use super::header::Head;

/// Everything of one act.
pub struct Whole {
    pub head: Head,
    pub lists: Lists,
    pub parts: Parts,
    pub stamp: Option<Stamp>,
    pub annexes: Vec<crate::record::Annex>,
    pub report: Option<crate::record::Report>,
    pub agreements: Vec<crate::record::Agreement>,
    pub body: Id,
    pub sitting: Id,
}

pub fn draft(whole: Whole, mint: &mut dyn FnMut() -> Id, mut sink: Sink<'_>) -> Draft {
    let Whole { mut head, mut lists, mut parts, stamp, annexes, report, agreements, body, sitting: sitting_id } = whole;
    lists.settle();
    parts.settle_title(&mut sink);
    let (outcome, outcome_text) = outcome(&parts, &mut sink);
    let siren = stamp.as_ref().and_then(stamps::siren).map(str::to_owned);
    day(&mut head, stamp.as_ref(), &mut sink);
    authority(&mut head.authority, &agreements, siren, &mut sink);
    head.settle_body_kind(&mut sink);
    if head.authority.body_kind.is_none() {
        sink.ask("/authority/body_kind".to_owned(), None, QuestionCode::BodyUnknown, Vec::new());
    }
    order_by_lists(&mut head, &mut parts, &lists, &mut sink);

    for (index, passage) in parts.articles.passages.iter().enumerate() {
        let pointer = format!("/act/beneficiaries/{}", parts.beneficiaries.len());
        let tabled = parts.beneficiaries.iter().any(|one| one.article.is_some_and(|article| usize::try_from(article.get()) == Ok(index + 1)));
        if let Some(made) =
            beneficiaries::in_sentence(passage, passage.text(), index + 1, &pointer, &mut sink).filter(|_| !tabled && parts.beneficiaries.len() < 500)
        {
            parts.beneficiaries.push(made);
        } else if let Some(article) = parts.articles.articles.get(index).filter(|_| !tabled && parts.beneficiaries.len() < 500) {
            let listed = beneficiaries::in_lines(passage, &article.text, index + 1, parts.beneficiaries.len(), &mut sink);
            parts.beneficiaries.extend(listed);
        }
    }
    let kind = kind(parts.title.as_deref(), outcome);
    let mut numbers: Vec<ActNumber> = Vec::new();
    if let Some((value, text)) = &parts.number {
        numbers.push(ActNumber { kind: NumberKind::Act, value: value.clone(), text: Some(text.clone()) });
    }
    let reported = report.as_ref().and_then(|report| report.number.clone().map(|number| (number, report.number_text.clone())));
    if let Some((value, text)) = parts.report_number.clone().map(|(value, text)| (value, Some(text))).or(reported) {
        let from = if parts.report_number.is_some() { "/act/numbers/report" } else { "/act/report/number" };
        let span = sink.values.iter().find(|value| value.pointer == from).map(|value| value.span);
        sink.forget("/act/numbers/report");
        if let Some(span) = span {
            sink.note_stretch(format!("/act/numbers/{}/value", numbers.len()), span, span, Confidence::Certain);
        }
        numbers.push(ActNumber { kind: NumberKind::Report, value, text });
    }
    let report_number = numbers.iter().find(|number| number.kind == NumberKind::Report).map(|number| number.value.clone());
    let item = AgendaItem {
        id: parts.item,
        label: parts.label.clone().or_else(|| report_number.clone()),
        title: parts.title.clone(),
        parent: None,
        planned_position: None,
        taken_position: None,
        part: None,
        status: match outcome {
            Outcome::Withdrawn => ItemStatus::Withdrawn,
            Outcome::Postponed => ItemStatus::Postponed,
            _ => ItemStatus::Taken,
        },
        report_number,
        report_sent: None,
        rapporteurs: parts.rapporteurs,
        text: None,
    };
    // A vote of which nothing was read is none; those before it keep their places.
    let mut ballots = Vec::new();
    for (index, mut vote) in parts.votes.into_iter().enumerate() {
        let place = format!("/sitting/ballots/{index}");
        if !vote.is_told() {
            let lost = format!("/sitting/lost/{index}");
            sink.move_all(&place, &lost);
            sink.forget(&lost);
            continue;
        }
        let kept = format!("/sitting/ballots/{}", ballots.len());
        if kept != place {
            sink.move_all(&place, &kept);
        }
        let whole = vote.on_whole();
        let of_vote = vote.outcome().map(|(outcome, text)| (outcome, Some(text.to_owned())));
        let (ballot_outcome, ballot_text) = if whole { (outcome, outcome_text.clone()) } else { of_vote.unwrap_or((Outcome::Unstated, None)) };
        if whole
            && vote.told.voters.is_none()
            && let Some((count, span)) = head.voters
        {
            sink.note_stretch(format!("{kept}/voters"), span, span, Confidence::Certain);
            vote.told.voters = Some(count);
        }
        ballots.push(vote.ballot(mint(), parts.item, &kept, ballot_outcome, ballot_text, &mut sink));
    }
    let annexes_cited = annexes::cited(&parts.articles.articles, &parts.recitals, &mut sink);
    let signatures = parts.signatures.told();
    let span = parts.span;
    let act = DeliberationRecord {
        sitting: sitting_id,
        origin: Origin::Transcribed,
        agenda_items: vec![parts.item],
        kind,
        kind_text: Some(kind.label().fr.to_owned()),
        numbers,
        title: parts.title.unwrap_or_default(),
        headings: Headings { authority: head.authority.name.clone(), body: head.authority.body.clone(), sitting: head.heading.clone() },
        recitals: parts.recitals,
        formulas: Formulas { body: parts.body_formula, deliberation: parts.deliberated, decision: parts.decision, closing: parts.closing },
        articles: parts.articles.articles,
        budget_tables: parts.tables,
        beneficiaries: parts.beneficiaries,
        report,
        agreements,
        annexes,
        annexes_cited,
        signatures,
        stamps: stamp.into_iter().collect(),
        appeal_notice: parts.appeal,
        matter_codes: parts.matters,
        effect: Effect::Unstated,
        transmissible: Answer::Unstated,
        outcome,
        outcome_text,
        external_ids: Vec::new(),
        source: Some(Source { document: None, span_start: u32::try_from(span.start).ok(), span_end: u32::try_from(span.end).ok() }),
        waivers: Vec::new(),
    };
    let proxies = (!lists.proxies.is_empty() || lists.proxies_told).then_some(lists.proxies);
    let sitting = SittingRecord {
        body,
        origin: Origin::Transcribed,
        date: head.date.unwrap_or_default(),
        end_date: None,
        heading: head.heading,
        starts: head.starts,
        ends: head.ends,
        place: head.place,
        convening: head.convening,
        second_meeting: None,
        parts: Vec::new(),
        chairs: head.chairs,
        secretaries: head.secretaries,
        members_in_office: head.members_in_office,
        quorum: head.quorum,
        attendance: lists.lists,
        timeline: None,
        proxies,
        recusals: (!parts.recusals.is_empty()).then_some(parts.recusals),
        agenda: vec![item],
        ballots,
        external_ids: Vec::new(),
        source: None,
        waivers: Vec::new(),
    };
    Draft { span, authority: head.authority, sitting, act, values: sink.values, questions: sink.questions }
}

/// The day of the sitting: where the head does not tell it, the identifier of the stamp may.
fn day(head: &mut Head, stamp: Option<&Stamp>, sink: &mut Sink<'_>) {
    if head.date.is_some() {
        return;
    }
    head.date = stamp.and_then(stamps::day);
    let span = sink.values.iter().find(|value| value.pointer == "/act/stamps/0/identifier").map(|value| value.span);
    match (head.date, span) {
        (Some(_), Some(span)) => sink.note_stretch("/sitting/date".to_owned(), span, span, Confidence::Likely),
        _ => sink.ask("/sitting/date".to_owned(), None, QuestionCode::DateUnknown, Vec::new()),
    }
    if head.date.is_none() {
        head.date = Some(NaiveDate::default());
    }
}

/// The SIRET of the authority, where a party to an agreement is the authority.
fn authority(authority: &mut AuthorityRead, agreements: &[crate::record::Agreement], siren: Option<String>, sink: &mut Sink<'_>) {
    let name = authority.name.as_deref().map(fold).unwrap_or_default();
    for (a, agreement) in agreements.iter().enumerate() {
        let party =
            agreement.parties.iter().position(|party| party.siret.is_some() && party.name.as_deref().map(fold).is_some_and(|party| party == name));
        if let Some(p) = party.filter(|_| authority.siret.is_none()) {
            authority.siret = agreement.parties.get(p).and_then(|party| party.siret.clone());
            authority.siret_source = Some(SiretSource::Agreement);
            let place = format!("/act/agreements/{a}/parties/{p}/siret/text");
            sink.copy(&place, "/authority/siret", Confidence::Certain);
        }
    }
    if let Some(siren) = siren {
        sink.copy("/act/stamps/0/identifier", "/authority/siren", Confidence::Likely);
        authority.siren = Some(siren);
    }
}

fn kind(title: Option<&str>, outcome: Outcome) -> ActKind {
    let told = title.and_then(|title| begins(KINDS, title)).map(|(_, kind)| kind);
    match (told, outcome) {
        (Some(kind), _) => kind,
        (None, Outcome::Noted) => ActKind::Information,
        (None, Outcome::OpinionGiven) => ActKind::Opinion,
        (None, Outcome::Elected) => ActKind::Election,
        (None, _) => ActKind::Deliberation,
    }
}

/// The outcome as written; else as the form of the decision and the figures tell it; else nobody knows, and it is asked.
fn outcome(parts: &Parts, sink: &mut Sink<'_>) -> (Outcome, Option<String>) {
    let index = parts.votes.iter().position(super::vote::Vote::on_whole);
    let vote = index.and_then(|index| parts.votes.get(index));
    if let (Some(index), Some((outcome, text))) = (index, vote.and_then(super::vote::Vote::outcome)) {
        sink.copy(&format!("/sitting/ballots/{index}/outcome"), "/act/outcome", Confidence::Certain);
        sink.copy(&format!("/sitting/ballots/{index}/outcome_text"), "/act/outcome_text", Confidence::Certain);
        return (outcome, Some(text.to_owned()));
    }
    let decided = !parts.articles.articles.is_empty() || parts.decision.is_some();
    let place = if parts.decision.is_some() { "/act/formulas/decision" } else { "/act/articles/0/text" };
    match vote {
        _ if negated(parts) && vote.and_then(super::vote::Vote::leans) != Some(false) => {
            // "n'approuve pas": what was put to the vote, and what the votes were for, only a reader knows.
            sink.ask("/act/outcome".to_owned(), None, QuestionCode::OutcomeUnstated, Vec::new());
            (Outcome::Unstated, None)
        }
        Some(vote) if vote.is_told() => {
            let unanimous = vote.told.unanimity.is_some() || vote.told.majority;
            match vote.leans() {
                Some(true) if decided => (Outcome::Adopted, None),
                Some(false) if rejects(parts) => {
                    sink.copy("/act/articles/0/text", "/act/outcome", Confidence::Certain);
                    (Outcome::Rejected, None)
                }
                Some(false) => {
                    sink.ask("/act/outcome".to_owned(), None, QuestionCode::OutcomeUnstated, Vec::new());
                    (Outcome::Unstated, None)
                }
                _ if vote.elects() => (Outcome::Elected, None),
                _ if unanimous && decided => {
                    sink.copy(place, "/act/outcome", Confidence::Likely);
                    (Outcome::Adopted, None)
                }
                _ if unanimous => (Outcome::Adopted, None),
                _ if decided && vote.told.options.iter().all(|tally| tally.option != crate::record::BallotOption::For) => (Outcome::Adopted, None),
                _ => {
                    sink.ask("/act/outcome".to_owned(), None, QuestionCode::OutcomeUnstated, Vec::new());
                    (Outcome::Unstated, None)
                }
            }
        }
        _ if decided => {
            sink.copy(place, "/act/outcome", Confidence::Likely);
            (Outcome::DecidedVoteUnstated, None)
        }
        _ => (Outcome::Unstated, None),
    }
}

/// "n'approuve pas la demande", "décide de ne pas approuver".
fn negated(parts: &Parts) -> bool {
    parts
        .articles
        .articles
        .first()
        .is_some_and(|first| starts(&["n'approuve pas", "n'adopte pas", "n'accepte pas", "n'autorise pas", "de ne pas"], &first.text))
}

/// "REJETTE la proposition", by those who were not more for than against.
fn rejects(parts: &Parts) -> bool {
    parts.articles.articles.first().is_some_and(|first| starts(&["rejette", "refuse", "repousse", "n'approuve pas", "n'adopte pas"], &first.text))
}

/// A name in capitals alone does not tell its family name: the lists do, where they name the same person.
fn order_by_lists(head: &mut Head, parts: &mut Parts, lists: &Lists, sink: &mut Sink<'_>) {
    let known: Vec<PersonRef> = lists
        .lists
        .iter()
        .flat_map(|list| &list.entries)
        .map(super::attendance::as_person)
        .filter(|person| person.family_name.is_some())
        .take(2000)
        .collect();
    let settle = |person: &mut PersonRef, pointer: &str, sink: &mut Sink<'_>| {
        let Some(printed) = person.printed.clone() else { return };
        let bare = PersonRef { printed: Some(printed), ..PersonRef::default() };
        let key = folded(&bare);
        let Some(same) = known.iter().find(|known| folded(known) == key) else { return };
        let raise = |value: &mut crate::intake::draft::Value| value.confidence = Confidence::Certain;
        if person.family_name.as_deref().map(fold) == same.family_name.as_deref().map(fold)
            && person.given_name.as_deref().map(fold) == same.given_name.as_deref().map(fold)
        {
            sink.values
                .iter_mut()
                .filter(|value| value.pointer.starts_with(&format!("{pointer}/")) && value.pointer.ends_with("_name"))
                .for_each(raise);
        }
    };
    for (index, chair) in head.chairs.iter_mut().enumerate() {
        settle(&mut chair.person, &format!("/sitting/chairs/{index}/person"), sink);
    }
    for (index, secretary) in head.secretaries.iter_mut().enumerate() {
        settle(&mut secretary.person, &format!("/sitting/secretaries/{index}/person"), sink);
    }
    for (index, recusal) in parts.recusals.iter_mut().enumerate() {
        if let Some(person) = &mut recusal.person {
            settle(person, &format!("/sitting/recusals/{index}/person"), sink);
        }
    }
}
