//! The convening (convocation) of a sitting, as a letter to its members.

use super::words::{capitals, name, the};
use super::{Block, Content, Mark, Paper, Role, agenda, head};
use crate::publish::SittingReading;
use crate::publish::french::{day, hour};
use crate::record::{ChairCapacity, SittingRecord};

/// The letter: to whom, when, where, what for.
pub fn convocation(reading: &SittingReading) -> Paper {
    let (sitting, cast) = (&reading.record, &reading.cast);
    let text = |role, text: String| Block { role, content: Content::Text(text) };
    let head = vec![capitals(&cast.authority.name), capitals("convocation"), head::sitting_line(sitting)];
    let mut blocks = vec![Block { role: Role::Head, content: Content::Lines(head) }];
    blocks.extend(convened(sitting).map(|line| text(Role::Body, line)));
    blocks.push(text(Role::Body, "Madame, Monsieur,".to_owned()));
    let at = sitting.starts.as_ref().and_then(|starts| hour(starts, &cast.authority)).map(|at| format!(" à {at}")).unwrap_or_default();
    let place = sitting.place.as_ref().map(|place| format!(" ({place})")).unwrap_or_default();
    let urgent = sitting.convening.as_ref().and_then(|convening| convening.urgent) == Some(true);
    let urgent = if urgent { " en urgence" } else { "" };
    blocks.push(text(
        Role::Body,
        format!("{} se réunira{urgent} le {}{at}{place}. Vous êtes prié(e) d'y prendre part.", the(&cast.body.name), day(sitting.date)),
    ));
    if sitting.convening.as_ref().and_then(|convening| convening.remote) == Some(true) {
        blocks.push(text(Role::Body, "La participation à distance est prévue.".to_owned()));
    }
    blocks.push(Block { role: Role::Section, content: Content::Heading(2, "Ordre du jour".to_owned()) });
    blocks.push(agenda::items(sitting, cast));
    let president = sitting.chairs.iter().find(|chair| chair.capacity == ChairCapacity::President);
    blocks.extend(
        president.map(|chair| Block { role: Role::Signature, content: Content::Lines(vec!["Le président,".to_owned(), name(&chair.person, cast)]) }),
    );
    Paper {
        title: format!("Convocation – réunion du {}", day(sitting.date)),
        author: cast.authority.name.clone(),
        date: sitting.date,
        marks: vec![Mark::Internal],
        blocks,
        footer: Vec::new(),
    }
}

fn convened(sitting: &SittingRecord) -> Option<String> {
    let convening = sitting.convening.as_ref()?;
    let sent = convening.convened_on.as_ref()?;
    Some(format!("Le {}", sent.text.clone().or_else(|| sent.date.map(day))?))
}
