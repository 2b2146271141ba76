//! A member who stands aside is in no count. Named in one: certain. Counts that the others cannot explain: possible, no more.

use super::finding::{Rule, count, counted};
use super::presence::Key;
use super::{Vote, profile};
use crate::record::{BallotOption, Computed, Finding, FindingCode, Recusal, Severity};

pub(super) fn check(vote: &Vote<'_>) -> Vec<Finding> {
    let concerns = |r: &&Recusal| r.covers.is_empty() || r.covers.iter().any(|item| vote.ballot.covers.contains(item));
    let recused: Vec<Key> = vote.sitting.recusals.iter().flatten().filter(concerns).filter_map(|r| r.person.as_ref().and_then(Key::of)).collect();
    let named = named_votes(vote, &recused);
    if !named.is_empty() {
        let number = u32::try_from(named.len()).unwrap_or(u32::MAX);
        return vec![finding(
            vote,
            FindingCode::RecusalCounted,
            "recusal.counted",
            Computed::Recusal { recused: number, counted: counted(vote.ballot), at_most: None, option: named.first().copied() },
            format!("{number} membre(s) déporté(s) figure(nt) parmi les votants."),
            format!("{number} member(s) who stand(s) aside appear(s) among the voters."),
        )];
    }
    may_be_counted(vote).into_iter().collect()
}

/// The options under which someone who stands aside is named.
fn named_votes(vote: &Vote<'_>, recused: &[Key]) -> Vec<BallotOption> {
    let lines = vote.ballot.roll_call.iter().flatten().map(|line| (line.option, Key::of(&line.person)));
    let entries = vote.ballot.options.iter().flat_map(|tally| {
        tally.entries.iter().filter_map(move |entry| {
            let person = crate::record::PersonRef { person: entry.person, printed: entry.printed.clone(), ..Default::default() };
            (entry.kind == crate::record::VoterKind::Person).then(|| (tally.option, Key::of(&person)))
        })
    });
    let counts = |option: BallotOption| option != BallotOption::NotVoting;
    lines.chain(entries).filter(|(option, key)| counts(*option) && key.as_ref().is_some_and(|k| recused.contains(k))).map(|(o, _)| o).collect()
}

fn may_be_counted(vote: &Vote<'_>) -> Option<Finding> {
    let electorate = &vote.electorate;
    let counted = counted(vote.ballot).filter(|n| electorate.complete && electorate.recused > 0 && *n > electorate.certain())?;
    // Named votes tell who voted.
    if vote.ballot.roll_call.is_some() {
        return None;
    }
    let abstentions = count(vote.ballot, BallotOption::Abstention);
    let option = abstentions.filter(|n| *n > 0 && *n <= electorate.recused).map(|_| BallotOption::Abstention);
    let at_most = electorate.at_most();
    let (recused, fr_option, en_option) = (
        electorate.recused,
        option.map_or("", |_| " ; l'abstention comptée pourrait être la sienne, sans que rien ne le dise"),
        option.map_or("", |_| "; the abstention counted could be that member's, though nothing says so"),
    );
    Some(finding(
        vote,
        FindingCode::RecusalMayBeCounted,
        "recusal.may_be_counted",
        Computed::Recusal { recused, counted: Some(counted), at_most: Some(at_most), option },
        format!(
            "{recused} membre(s) déporté(s), et plus de voix ({counted}) que les autres présents n'en expliquent : il est possible qu'un membre déporté soit compté{fr_option}."
        ),
        format!(
            "{recused} member(s) stand(s) aside, and more votes ({counted}) than the others present explain: it is possible that such a member is counted{en_option}."
        ),
    ))
}

fn finding(vote: &Vote<'_>, code: FindingCode, name: &'static str, computed: Computed, fr: String, en: String) -> Finding {
    let (legal_basis, certainty) = profile::interest(vote.body, vote.sitting.date);
    // Not a matter of numbers: `decisive` stays null.
    Rule { code, name, severity: Severity::Alert, certainty, legal_basis }.finding(vote.subject(), vote.sitting.date, computed, fr, en)
}
