//! Délibérations 2.1.5: one row for each act that was adopted.

use super::matter::matter;
use super::votes::votes;
use super::{Given, Missing, Withheld, WithheldReason, authority_number, one_line};
use crate::publish::csv::{plain, text};
use crate::publish::public_act::{Decided, PublicAct};
use crate::record::{Authority, AuthorityKind, BudgetTable};

/// The columns, in the order of the schema.
pub const HEADER: [&str; 17] = [
    "COLL_NOM",
    "COLL_SIRET",
    "DELIB_ID",
    "DELIB_DATE",
    "DELIB_MATIERE_CODE",
    "DELIB_MATIERE_NOM",
    "DELIB_OBJET",
    "BUDGET_ANNEE",
    "BUDGET_NOM",
    "PREF_ID",
    "PREF_DATE",
    "VOTE_EFFECTIF",
    "VOTE_REEL",
    "VOTE_POUR",
    "VOTE_CONTRE",
    "VOTE_ABSTENTION",
    "DELIB_URL",
];

/// The row of an act, and what is left out of it.
pub fn deliberation(authority: &Authority, act: &PublicAct) -> Given {
    let mut missing = Missing::default();
    match act.decided() {
        Decided::No => return Given::default(),
        Decided::Rejected => missing.note(true, "DELIB_ID", WithheldReason::NotAdopted),
        Decided::Unstated => missing.note(true, "DELIB_ID", WithheldReason::OutcomeUnstated),
        Decided::Yes => {}
    }
    let decided = missing.withheld.is_empty();
    let siret = missing.required("COLL_SIRET", authority_number(authority));
    let number = missing.required("DELIB_ID", act.number.clone().ok_or(WithheldReason::NumberMissing));
    let matter = missing.required("DELIB_MATIERE_CODE", matter(&act.record.matter_codes));
    let budget = budget(&act.record.budget_tables).unwrap_or_else(|reason| {
        missing.note(false, "BUDGET_*", reason);
        None
    });
    let (year, budget) = budget.unzip();
    let received = act.received_on().filter(|day| {
        let holds = *day >= act.taken_on();
        if !holds {
            missing.note(false, "PREF_DATE", WithheldReason::ReceivedBeforeAct);
        }
        holds
    });
    let votes = votes(act).map_err(|(reason, figures)| {
        let figures = figures.filter(|_| authority.public_findings).map(|(counted, possible)| format!("{counted} voix, {possible} possibles"));
        missing.withheld.push(Withheld { beneficiary: None, whole_row: false, column: "VOTE_*", reason, figures });
    });
    let votes = votes.ok();

    let Missing { withheld, .. } = missing;
    let (Some(siret), Some(number), Some((code, name)), true) = (siret, number, matter, decided) else {
        return Given { rows: Vec::new(), withheld };
    };
    let row = vec![
        text(Some(&authority.name)),
        siret,
        text(Some(&number)),
        act.taken_on().to_string(),
        code,
        name,
        text(Some(&one_line(&act.record.title))),
        plain(year),
        text(budget.as_deref()),
        plain(supervisor(authority)),
        plain(received),
        plain(votes.map(|v| v.could_vote)),
        plain(votes.map(|v| v.took_part())),
        plain(votes.map(|v| v.in_favour)),
        plain(votes.map(|v| v.against)),
        plain(votes.map(|v| v.abstention)),
        plain(act.published_at()),
    ];
    Given { rows: vec![row], withheld }
}

/// The year and the name of the one budget that the act is about; none where it names no budget.
fn budget(tables: &[BudgetTable]) -> Result<Option<(String, String)>, WithheldReason> {
    let mut found: Option<(Option<String>, Option<String>)> = None;
    for table in tables {
        let this = (table.exercise_year.as_deref().map(one_line), table.budget_name.as_deref().map(one_line));
        if this == (None, None) || found.as_ref() == Some(&this) {
            continue;
        }
        if found.replace(this).is_some() {
            return Err(WithheldReason::BudgetIncomplete);
        }
    }
    match found {
        None => Ok(None),
        Some((Some(year), Some(name))) if is_year(&year) && !name.is_empty() => Ok(Some((year, name))),
        Some(_) => Err(WithheldReason::BudgetIncomplete),
    }
}

/// A year, or two of which the second is later.
fn is_year(text: &str) -> bool {
    let year = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
    text.split_once('/').map_or_else(|| year(text), |(first, last)| year(first) && year(last) && first < last)
}

/// The prefecture, where the kind of authority tells which: a municipality may be under a sub-prefecture, a region under its own services.
fn supervisor(authority: &Authority) -> Option<String> {
    let code = authority.department_code.as_deref().filter(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_alphanumeric()))?;
    (authority.kind == AuthorityKind::Department).then(|| format!("PREF{code}"))
}
