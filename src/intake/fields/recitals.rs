//! Recitals, and the text that a visa refers to.

use crate::intake::draft::Confidence;
use crate::intake::grammar::date::dates;
use crate::intake::grammar::wording::{begins, find, matched, starts};
use crate::intake::grammar::{after, before, beginning, between, word_starts};
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::intake::words::references::{ABOUT, ARTICLES, ARTICLES_OF, BODIES, COMMISSIONS, KINDS, LEADS};
use crate::record::{Count, Recital, RecitalForm, Reference, ReferenceKind};

/// A recital at position `index` + 1.
pub fn read(passage: &Passage, form: RecitalForm, index: usize, sink: &mut Sink<'_>) -> Recital {
    let text = passage.text();
    let pointer = format!("/act/recitals/{index}");
    sink.note(format!("{pointer}/text"), passage, text, Confidence::Certain);
    let punctuation = text.chars().next_back().filter(|c| matches!(c, ';' | '.' | ',' | ':'));
    let reference = (form == RecitalForm::Visa).then(|| reference(passage, &format!("{pointer}/reference"), sink)).flatten();
    Recital {
        position: u32::try_from(index + 1).ok().and_then(|position| Count::try_from(position).ok()),
        form,
        text: text.to_owned(),
        final_punctuation: punctuation.map(String::from),
        reference,
        children: Vec::new(),
    }
}

/// What a visa refers to: behind "Vu" and the article, the kind, then its number, date, body, title, articles.
fn reference(passage: &Passage, pointer: &str, sink: &mut Sink<'_>) -> Option<Reference> {
    let text = passage.text();
    let mut rest = text.trim_start_matches(['-', '•', '–', ' ', '→', '▪']);
    rest = matched("vus", rest).or_else(|| matched("vu", rest)).and_then(|len| rest.get(len..)).unwrap_or(rest);
    let whole = rest.trim_matches([' ', ';', '.', ',', ':', '\u{a0}']);
    for _ in 0..3 {
        rest = rest.trim_start_matches([' ', ':', '\u{a0}', ',']);
        rest = LEADS.iter().find_map(|lead| matched(lead, rest)).and_then(|len| rest.get(len..)).unwrap_or(rest);
    }
    rest = rest.trim_start();
    let cited = rest;
    // "Vu l'article L. 2121-29 du code": the articles stand before what they are of.
    if starts(ARTICLES, rest)
        && let Some(of) = find(ARTICLES_OF, beginning(rest, 200))
    {
        let lead = LEADS.iter().find_map(|lead| matched(lead, of)).unwrap_or_default();
        rest = rest.get(before(rest, of).len() + lead..).unwrap_or_default().trim_start();
    }
    let (len, kind) = begins(KINDS, rest)?;
    let kind = if kind == ReferenceKind::CommissionOpinion && find(COMMISSIONS, rest).is_none() { ReferenceKind::Other } else { kind };
    sink.note(format!("{pointer}/kind"), passage, rest.get(..len).unwrap_or_default(), Confidence::Certain);
    let behind = rest.get(len..).unwrap_or_default();
    let mut reference = Reference { kind, number: None, date: None, body: None, title: None, articles: Vec::new() };
    let numbered = matches!(
        kind,
        ReferenceKind::Law
            | ReferenceKind::Decree
            | ReferenceKind::Order
            | ReferenceKind::Deliberation
            | ReferenceKind::European
            | ReferenceKind::Report
    );
    if numbered && let Some(number) = number(behind) {
        reference.number = sink.text(format!("{pointer}/number"), passage, number, Confidence::Certain);
    }
    if kind != ReferenceKind::Code {
        let quoted = behind.find('«').unwrap_or(behind.len());
        let dates = dates(behind);
        if let Some((printed, day)) = dates.iter().find(|(printed, _)| before(behind, printed).len() < quoted).or_else(|| dates.first()) {
            sink.note(format!("{pointer}/date"), passage, printed, Confidence::Certain);
            reference.date = Some(*day);
        }
    }
    reference.body = body(behind, kind).and_then(|body| sink.text(format!("{pointer}/body"), passage, body, Confidence::Likely));
    let title = match kind {
        ReferenceKind::Code | ReferenceKind::InternalRules => named(rest),
        ReferenceKind::Report | ReferenceKind::Request | ReferenceKind::Other => Some(whole),
        _ => quoted(behind).or_else(|| about(behind)),
    };
    reference.title = title.and_then(|title| sink.text(format!("{pointer}/title"), passage, title, Confidence::Likely));
    if matches!(kind, ReferenceKind::Code | ReferenceKind::InternalRules | ReferenceKind::Law | ReferenceKind::Decree) {
        for (index, article) in articles(cited).into_iter().take(40).enumerate() {
            sink.note(format!("{pointer}/articles/{index}"), passage, article, Confidence::Certain);
            reference.articles.push(article.to_owned());
        }
    }
    Some(reference)
}

/// "n° 2014-856", "n°2021/67", or a number that stands by itself behind the word: "la délibération 2022-316".
fn number(text: &str) -> Option<&str> {
    let marked = find(&["n°", "no", "n "], text).filter(|mark| before(text, mark).len() <= 60).map(|mark| after(text, mark).trim_start());
    let start = marked.unwrap_or_else(|| text.trim_start());
    let end = start.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.'))).unwrap_or(start.len());
    let number = start.get(..end)?.trim_end_matches(['.', '-', '/']);
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let slashes = number.matches('/').count() == 2;
    // "2000/60/CE" of a directive; "12/03/2024" is a day.
    let day = slashes && !number.ends_with(char::is_alphabetic);
    (digits >= 1 && number.len() <= 40 && !(marked.is_none() && (digits < 3 || day))).then_some(number)
}

/// Inside the first quotation marks.
fn quoted(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once('«')?;
    let end = rest.rfind('»').unwrap_or(rest.len());
    rest.get(..end).map(str::trim).filter(|title| !title.is_empty())
}

/// "relative à …", "portant …", up to the final punctuation.
fn about(text: &str) -> Option<&str> {
    let start = find(ABOUT, text)?;
    text.get(before(text, start).len()..).map(|title| title.trim_end_matches([' ', ';', '.', ',', '\u{a0}']))
}

/// The name of a code: up to "et notamment", its articles or a comma.
fn named(text: &str) -> Option<&str> {
    let stop = find(
        &[
            "et notamment",
            "et, notamment",
            "notamment",
            "en ses articles",
            "en son article",
            "dans ses articles",
            "en particulier",
            "et plus particulierement",
            "article~",
            "du conseil",
            "de la commission",
            "pris en",
            "et ses articles",
            "et son article",
            "et les articles",
        ],
        text,
    );
    let named = stop.map_or(text, |stop| before(text, stop));
    let named = named.split([',', ';', '(']).next().unwrap_or(named);
    let named = named.trim_end_matches([' ', '.', ':', '\u{a0}']);
    let named = named.strip_suffix(" et").unwrap_or(named).trim_end();
    (!named.is_empty()).then_some(named)
}

/// The articles cited: "L.3121-14", "L. 2121-29", "18", behind the word.
fn articles(text: &str) -> Vec<&str> {
    let Some(word) = find(ARTICLES, text) else { return Vec::new() };
    let mut found: Vec<&str> = Vec::new();
    let mut rest = after(text, word);
    loop {
        let start = rest.trim_start_matches([' ', ',', '\u{a0}']);
        let start =
            matched("et ", start).or_else(|| matched("a ", start).filter(|_| false)).and_then(|len| start.get(len..)).unwrap_or(start).trim_start();
        let lettered = start.starts_with(['L', 'R', 'D']);
        let head = start.trim_start_matches(['L', 'R', 'D']).trim_start_matches(['.', '*']).trim_start_matches([' ', '\u{a0}']);
        let end = head.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(head.len());
        let number = head.get(..end).unwrap_or_default().trim_end_matches('-');
        if number.is_empty() || !(lettered || start.len() == head.len()) {
            return found;
        }
        let read = between(start, start.get(..0).unwrap_or_default(), number);
        found.push(read);
        rest = after(start, read);
        if found.len() > 60 {
            return found;
        }
    }
}

/// The body behind a deliberation, internal rules or an opinion.
fn body(text: &str, kind: ReferenceKind) -> Option<&str> {
    match kind {
        ReferenceKind::Deliberation => find(BODIES, text.split('«').next().unwrap_or(text)),
        ReferenceKind::InternalRules => {
            let start = find(BODIES, text)?;
            let rest = text.get(before(text, start).len()..)?;
            let end = rest.find([',', ';', '.', '(']).unwrap_or(rest.len());
            let rest = rest.get(..end)?;
            let stop =
                find(&["et notamment", "notamment", "et ses", "et, notamment", "et"], rest).map_or(rest.len(), |stop| before(rest, stop).len());
            rest.get(..stop).map(str::trim_end)
        }
        ReferenceKind::CommissionOpinion => {
            // The words before "commission" that belong to it: "1ère commission", "commission des finances".
            let commission = find(COMMISSIONS, text)?;
            let head = before(text, commission);
            let lead = ["de la ", "de l'", "de l\u{2019}", "du ", "de "]
                .iter()
                .filter_map(|lead| head.find(lead).map(|at| (at, lead.len())))
                .min_by_key(|(at, len)| (*at, usize::MAX - len))
                .map_or(0, |(at, len)| at + len);
            let rest = text.get(lead..)?;
            let end = rest.find(['«', ',', ';', '.']).unwrap_or(rest.len());
            let rest = rest.get(..end)?;
            let stop = find(&["rendu", "en date", "du", "reunie", "lors", "reuni", "emis"], after(rest, find(COMMISSIONS, rest)?))
                .filter(|stop| matched("du", stop).is_none_or(|_| after(rest, stop).trim_start().starts_with(|c: char| c.is_ascii_digit())));
            let stop = stop.map_or(rest.len(), |stop| before(rest, stop).len());
            rest.get(..stop).map(str::trim)
        }
        _ => None,
    }
}

/// Where a text cites an annex or a paper joined to it: the clause, and the label of the annex if it has one.
pub fn cites_annex(text: &str) -> Option<(&str, Option<&str>)> {
    const JOINED: &[&str] = &[
        "annexe~ a",
        "joint~ a",
        "ci-annexe~",
        "ci-joint~",
        "joint~ en annexe",
        "joint en annexe",
        "en annexe",
        "annexe~ n°",
        "annexe",
        "figurant en annexe",
        "joint~ au present rapport",
    ];
    let cited = find(JOINED, text)?;
    let label = word_starts(text).find_map(|start| {
        let len = matched("annexe", start)?;
        let rest = start.get(len..)?.trim_start().trim_start_matches(['n', '°', ' ']);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0).then(|| between(start, start.get(..0).unwrap_or_default(), rest.get(..digits).unwrap_or_default()))
    });
    let head = before(text, cited);
    let from = head.rfind(", ").map_or(0, |at| at + 2).max(head.rfind(". ").map_or(0, |at| at + 2));
    let rest = text.get(from..)?;
    let end = rest.find(". ").map_or(rest.len(), |at| at + 1);
    rest.get(..end).map(|clause| (clause, label))
}
