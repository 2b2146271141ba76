//! Bars, drawn. A number that is not known is an area without an end, never a bar of no length.

use super::super::drawing::{BLUE, Ink, MARGIN, SMALL, Setting, Sheet, Texture, words};
use super::words::{description, heading, said, voter};
use super::{Of, Picture, Slice};

pub fn draw(picture: &Picture, slices: &[Slice], setting: Setting) -> String {
    let mut sheet = Sheet::new(format!("vote-{}", picture.ballot), heading(picture), description(picture));
    sheet.height = MARGIN - 4.0;
    if let Some(outcome) = &picture.outcome {
        sheet.down(18.0);
        let y = sheet.height - 3.0;
        sheet.draw(words(MARGIN, y, 15.0, outcome).with("font-weight", "700"));
        sheet.down(2.0);
    }
    let most = slices.iter().filter_map(|slice| slice.votes).max().unwrap_or(0).max(1);
    for slice in slices {
        let ink = ink(slice);
        sheet.line(&slice.label, &said(slice));
        match slice.votes {
            Some(votes) => sheet.bar(&[(ink, f64::from(votes) / f64::from(most))]),
            None => sheet.open_bar(ink),
        }
        if !slice.behind.is_empty() {
            let behind = slice.behind.iter().map(voter).collect::<Vec<_>>().join(" ; ");
            sheet.paragraph(MARGIN, SMALL, &behind);
        }
        sheet.down(5.0);
    }
    sheet.notes(&picture.notes);
    sheet.finish(setting)
}

const fn ink(slice: &Slice) -> Ink {
    match slice.of {
        Of::Position(position) => position.ink(),
        Of::Candidate { elected: true, .. } => Ink { name: "elected", colour: BLUE, texture: Texture::Solid },
        Of::Candidate { elected: false, .. } => Ink { name: "candidate", colour: BLUE, texture: Texture::Hatched },
    }
}
