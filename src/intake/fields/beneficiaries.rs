//! Who is granted what: in a sentence of an article, or in a table.

use crate::intake::draft::{Confidence, QuestionCode};
use crate::intake::grammar::money::in_euros;
use crate::intake::grammar::wording::{find, longest, matched, starts};
use crate::intake::grammar::{after, all, before, word_starts};
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::intake::words::money::{Column, GRANT_NOUNS, GRANTED, GRANTS, LEGAL_PERSONS, PURPOSES, TO};
use crate::record::{Beneficiary, BeneficiaryKind, Count, Money, PrintedNumber};

use super::tables::{cell_amount, columns, is_total_word};

fn blank() -> Beneficiary {
    Beneficiary {
        name: None,
        designation: None,
        kind: BeneficiaryKind::Unstated,
        siret: None,
        siren: None,
        code: None,
        object: None,
        article: None,
        sub_heading: None,
        requested: None,
        amount: None,
        carried_over: None,
        cells: Vec::new(),
        grant: None,
    }
}

fn position(article: usize) -> Option<Count> {
    u32::try_from(article).ok().and_then(|n| Count::try_from(n).ok())
}

fn kind(text: &str) -> BeneficiaryKind {
    if find(LEGAL_PERSONS, text).is_some() { BeneficiaryKind::LegalPerson } else { BeneficiaryKind::Unstated }
}

/// "D'attribuer à X une subvention de N € pour Y", "D'attribuer une subvention de N € à X pour Y", with the article's position.
pub fn in_sentence(passage: &Passage, text: &str, article: usize, pointer: &str, sink: &mut Sink<'_>) -> Option<Beneficiary> {
    let verb = find(GRANTS, text)?;
    let rest = after(text, verb).trim_start();
    let sentence = rest.split(". ").next().unwrap_or(rest);
    let (printed, money) = all(sentence, in_euros).into_iter().next()?;
    let noun = find(GRANT_NOUNS, sentence)?;
    let to_first = longest(TO, rest);
    let (designation, tail) = match to_first {
        Some(len) if before(sentence, noun).len() > len => (sentence.get(len..before(sentence, noun).len())?, after(sentence, printed)),
        _ => {
            let behind = after(sentence, printed).trim_start_matches([',', ' ', '(', ')', '\u{a0}']);
            let len = longest(TO, behind)?;
            let named = behind.get(len..)?;
            let end =
                find(PURPOSES, named).map_or(named.len(), |purpose| before(named, purpose).len()).min(named.find([',', ';']).unwrap_or(named.len()));
            (named.get(..end)?, named.get(end..)?)
        }
    };
    let designation = designation.trim_matches([' ', ',', '.', ';', ':', '\u{a0}']);
    // Several at once, or a table: not one sentence for one.
    if designation.is_empty()
        || starts(&["chacun~", "ci-dessous", "suivant~", "beneficiaire~", "association~ suivante~", "structures", "associations"], designation)
        || designation.len() > 200
    {
        return None;
    }
    let name = designation.split_once('«').and_then(|(_, rest)| rest.split_once('»')).map(|(name, _)| name.trim());
    let bare = ["association", "la societe", "societe"]
        .iter()
        .find_map(|word| matched(word, designation))
        .and_then(|len| designation.get(len..))
        .map(str::trim)
        .filter(|rest| rest.starts_with(char::is_uppercase));
    let mut made = Beneficiary { article: position(article), kind: kind(designation), ..blank() };
    made.designation = sink.text(format!("{pointer}/designation"), passage, designation, Confidence::Likely);
    made.name = sink.text(format!("{pointer}/name"), passage, name.or(bare).unwrap_or(designation), Confidence::Likely);
    sink.note(format!("{pointer}/amount/text"), passage, printed, Confidence::Certain);
    if money.cents.is_some() {
        sink.note(format!("{pointer}/amount/amount"), passage, printed, Confidence::Certain);
    } else {
        sink.ask(format!("{pointer}/amount/amount"), Some(passage.span(printed)), QuestionCode::AmountUnread, Vec::new());
    }
    made.amount = Some(money.money(printed));
    made.object = object(tail).and_then(|object| sink.text(format!("{pointer}/object"), passage, object, Confidence::Likely));
    Some(made)
}

/// "ATTRIBUE les subventions suivantes :" and a line for each: "- Commune de X (toiture de la mairie) : 36 000 €". `told` is the text of the article, its
/// lines those of the print; `first` the place of the next beneficiary.
pub fn in_lines(passage: &Passage, told: &str, article: usize, first: usize, sink: &mut Sink<'_>) -> Vec<Beneficiary> {
    let mut found = Vec::new();
    let mut lines = told.lines();
    let lead = lines.next().unwrap_or_default();
    // A plan of what others give, or of what families pay, grants nothing.
    let grants = find(GRANTED, lead).is_some() && find(GRANTS, lead).is_some() && find(&["sollicite", "plan de financement", "fixe"], lead).is_none();
    if !lead.trim_end().ends_with(':') || !grants {
        return found;
    }
    // The passage has the same lines, one behind the other.
    let mut rest = passage.text();
    for line in lines.take(500) {
        let Some(here) = rest.find(line).and_then(|at| rest.get(at..at + line.len())) else { continue };
        rest = after(rest, here);
        let Some((named, printed, money)) = name_and_amount(here) else { continue };
        let pointer = format!("/act/beneficiaries/{}", first + found.len());
        let (name, object) = match named.split_once('(') {
            Some((name, object)) => (name.trim_end(), object.trim_end_matches([' ', ')'])),
            None => (named, ""),
        };
        let mut made = Beneficiary { article: position(article), kind: kind(name), ..blank() };
        made.name = sink.text(format!("{pointer}/name"), passage, name, Confidence::Likely);
        if !object.is_empty() {
            made.object = sink.text(format!("{pointer}/object"), passage, object, Confidence::Likely);
        }
        sink.note(format!("{pointer}/amount/text"), passage, printed, Confidence::Certain);
        sink.note(format!("{pointer}/amount/amount"), passage, printed, Confidence::Certain);
        made.amount = Some(money);
        found.push(made);
    }
    found
}

/// "Commune de X : 36 000 €", and no more.
fn name_and_amount(line: &str) -> Option<(&str, &str, Money)> {
    let bare = line.trim_matches(['-', '•', '–', '▪', ' ', ';', '.', ',', '\u{a0}']);
    let at = bare.find("...").or_else(|| bare.rfind([':', '–', '=', '…']))?;
    let value = bare.get(at..)?.trim_start_matches([':', '–', '=', ' ', '.', '…', '\u{a0}']);
    let mut rest = value;
    let read = in_euros(&mut rest).ok().filter(|read| read.cents.is_some())?;
    let name = bare.get(..at)?.trim_end();
    let whole = !is_total_word(name) && !rest.contains(char::is_alphanumeric) && name.starts_with(char::is_uppercase) && name.len() <= 200;
    let printed = value.get(..value.len() - rest.len())?;
    whole.then(|| (name, printed, read.money(printed)))
}

/// What for: inside the first quotation marks behind the word of purpose, else up to the comma.
fn object(tail: &str) -> Option<&str> {
    let purpose = find(PURPOSES, tail)?;
    let rest = after(tail, purpose);
    let end = rest.find([',', ';']).unwrap_or(rest.len());
    let clause = rest.get(..end)?;
    let quoted = clause.split_once('«').and_then(|(_, rest)| rest.split_once('»')).map(|(object, _)| object.trim());
    Some(quoted.unwrap_or_else(|| clause.trim_matches([' ', '.', '\u{a0}']))).filter(|object| !object.is_empty())
}

/// Whether the rows of a table are beneficiaries.
pub fn is_table(header: &[Passage]) -> bool {
    let kinds = columns(header);
    kinds.contains(&Some(Column::Name))
        && kinds.iter().flatten().any(|column| matches!(column, Column::Granted | Column::Requested | Column::Expense | Column::Proposal))
}

/// The lines of a table of beneficiaries; a line without an amount goes on with the name before it, or is a heading.
pub fn in_table(rows: &[Vec<Passage>], article: Option<usize>, before: usize, sink: &mut Sink<'_>) -> Vec<Beneficiary> {
    let mut found: Vec<Beneficiary> = Vec::new();
    let Some((header, lines)) = rows.split_first() else { return found };
    let mut kinds = one_name(columns(header), header);
    // "Dépense HT" beside "Subvention" is not what is granted.
    if kinds.contains(&Some(Column::Granted)) {
        kinds.iter_mut().filter(|kind| matches!(kind, Some(Column::Expense | Column::Proposal))).for_each(|kind| *kind = None);
    }
    let mut sub_heading: Option<String> = None;
    for row in lines {
        let filled: Vec<&Passage> = row.iter().filter(|cell| !cell.is_empty()).collect();
        if filled.first().is_none_or(|cell| is_total_word(cell.text())) {
            continue;
        }
        if filled.len() == 1 && header.len() > 1 {
            sub_heading = filled.first().map(|cell| cell.text().to_owned());
            continue;
        }
        let pointer = format!("/act/beneficiaries/{}", before + found.len());
        let mut made = Beneficiary { article: article.and_then(position), sub_heading: sub_heading.clone(), ..blank() };
        let aligned = row.len() == header.len();
        for (index, cell) in row.iter().enumerate() {
            made.cells.push(cell.text().to_owned());
            let Some(Some(column)) = kinds.get(index).filter(|_| aligned && !cell.is_empty()) else { continue };
            let euros = header.get(index).is_some_and(|heading| heading.text().contains('€'));
            fill(&mut made, *column, cell, euros, &pointer, sink);
        }
        if !aligned {
            sink.ask(pointer, row.first().map(Passage::whole), QuestionCode::TableUnread, made.cells.clone());
        }
        found.push(made);
    }
    found
}

/// Where several columns hold names ("Bénéficiaire", "Commune"), the first that is not the place is that of the beneficiary.
fn one_name(mut kinds: Vec<Option<Column>>, header: &[Passage]) -> Vec<Option<Column>> {
    let names: Vec<usize> = kinds.iter().enumerate().filter(|(_, kind)| **kind == Some(Column::Name)).map(|(at, _)| at).collect();
    let is_place = |at: &usize| header.get(*at).is_some_and(|heading| starts(&["commune~"], heading.text()));
    let kept = names.iter().find(|at| !is_place(at)).or(names.first());
    for at in names.iter().filter(|at| Some(*at) != kept) {
        if let Some(kind) = kinds.get_mut(*at) {
            *kind = None;
        }
    }
    kinds
}

fn fill(made: &mut Beneficiary, column: Column, cell: &Passage, euros: bool, pointer: &str, sink: &mut Sink<'_>) {
    let text = cell.text();
    let (money, name) = match column {
        Column::Name => {
            made.kind = kind(text);
            made.name = sink.text(format!("{pointer}/name"), cell, text, Confidence::Certain);
            return;
        }
        Column::Siret => {
            made.siret = siret(text);
            if made.siret.is_some() {
                sink.note(format!("{pointer}/siret"), cell, text, Confidence::Certain);
            }
            return;
        }
        Column::Code => {
            made.code = sink.text(format!("{pointer}/code"), cell, text, Confidence::Certain);
            return;
        }
        Column::Object | Column::OperationLabel | Column::OperationCode | Column::Nature => {
            made.object = sink.text(format!("{pointer}/object"), cell, text, Confidence::Likely);
            return;
        }
        Column::Requested => (&mut made.requested, "requested"),
        Column::Granted | Column::Expense | Column::Proposal => (&mut made.amount, "amount"),
        Column::CarriedOver => (&mut made.carried_over, "carried_over"),
        _ => return,
    };
    match cell_amount(cell, euros) {
        Some((read, true)) => {
            sink.note(format!("{pointer}/{name}/amount"), cell, text, Confidence::Certain);
            *money = Some(read);
        }
        _ => sink.ask(format!("{pointer}/{name}"), Some(cell.whole()), QuestionCode::AmountUnread, vec![text.to_owned()]),
    }
}

/// A SIRET as printed: fourteen digits, with or without spaces.
pub fn siret(text: &str) -> Option<PrintedNumber> {
    let printed = find_siret(text)?;
    let digits: String = printed.chars().filter(char::is_ascii_digit).collect();
    Some(PrintedNumber { text: Some(printed.to_owned()), digits: Some(digits) })
}

/// The first run of fourteen digits in a text.
pub fn find_siret(text: &str) -> Option<&str> {
    word_starts(text).find_map(|start| {
        let end = start.find(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '\u{202f}'))).unwrap_or(start.len());
        let run = start.get(..end)?.trim_end();
        let mut seen = 0;
        let stop = run.char_indices().find(|(_, c)| {
            seen += usize::from(c.is_ascii_digit());
            seen == 14
        })?;
        let rest = run.get(stop.0 + 1..)?;
        (!rest.trim_start().starts_with(|c: char| c.is_ascii_digit())).then(|| run.get(..=stop.0)).flatten()
    })
}
