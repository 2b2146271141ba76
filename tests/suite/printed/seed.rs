//! The real act, printed again from what was typed: every text that only repeats the paper is taken out of the record first.

use registre::publish::paper;
use registre::publish::{ActReading, View};
use registre::record::PersonRef;
use registre::register::Reader;
use rstest::rstest;

use super::{folded, reading_of};
use crate::harness::{ACT, Engine, Server};

/// The act as it was printed, from its first line to its signature, as transcribed: bold between `**`.
const PRINTED: &str = include_str!("../fixtures/seed_act.txt");

/// Takes out whatever repeats a line of the paper whose parts are typed beside it. What stays is typed, or has no other form than its text: the
/// title, the recitals, the set phrases, the articles, the titles in the block of signature.
fn typed_only(mut reading: ActReading) -> ActReading {
    let nameless = |person: &mut PersonRef| person.printed = None;
    let (act, sitting) = (&mut reading.record, &mut reading.sitting);
    act.headings = Default::default();
    act.kind_text = None;
    act.outcome_text = None;
    act.numbers.iter_mut().for_each(|number| number.text = None);
    act.recitals.iter_mut().for_each(|recital| recital.final_punctuation = None);
    for table in &mut act.budget_tables {
        table.columns.clear();
        for line in &mut table.lines {
            line.cells.clear();
            [&mut line.payment_credits, &mut line.expense].into_iter().flatten().for_each(|money| money.text = None);
        }
    }
    for signature in &mut act.signatures {
        signature.place_date_text = None;
        signature.authority.iter_mut().chain(&mut signature.signatory).for_each(nameless);
    }
    sitting.heading = None;
    for chair in &mut sitting.chairs {
        chair.heading = None;
        nameless(&mut chair.person);
    }
    for secretary in &mut sitting.secretaries {
        secretary.heading = None;
        nameless(&mut secretary.person);
    }
    for list in &mut sitting.attendance {
        list.heading = None;
        list.entries.iter_mut().for_each(|entry| entry.printed = None);
    }
    for recusal in sitting.recusals.iter_mut().flatten() {
        (recusal.text, recusal.ground) = (None, None);
        recusal.person.iter_mut().for_each(nameless);
    }
    for ballot in &mut sitting.ballots {
        (ballot.heading, ballot.text, ballot.outcome_text) = (None, None, None);
        for tally in &mut ballot.options {
            (tally.label, tally.count_text) = (None, None);
            tally.entries.iter_mut().for_each(|entry| entry.printed = None);
        }
    }
    reading
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_typed_record_prints_the_act_again(#[case] engine: Engine) {
    let server = Server::demo(engine);
    let reading = reading_of(&server, ACT, &Reader::default());
    assert_eq!(reading.view, View::Public);
    let printed = folded(&paper::text(&paper::act(&typed_only(reading), "")));
    let start = printed.find("DEPARTEMENT DU PAS-DE-CALAIS").unwrap();
    let end = printed.find("Maryline VINCLAIRE").unwrap() + "Maryline VINCLAIRE".len();
    assert_eq!(&printed[start..end], folded(&PRINTED.replace("**", "")));
}
