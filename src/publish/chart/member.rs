//! Which sittings a member attended: one mark for each.

use chrono::{Datelike, NaiveDate};

use super::super::drawing::{BODY, MARGIN, Setting, Sheet, WIDTH, fixed, words};
use super::super::french::day;
use super::super::markup::Element;
use super::super::paper::{Row, Table};
use super::{Presence, column};
use crate::record::Id;

/// A member over the sittings of a period, in the order to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub person: Id,
    pub name: String,
    pub sittings: Vec<Attended>,
}

/// One sitting of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attended {
    pub on: NaiveDate,
    /// The body, where the member sits in several.
    pub body: Option<String>,
    pub presence: Presence,
}

const SIDE: f64 = 15.0;
const STEP: f64 = 20.0;
/// Room for the year.
const LEFT: f64 = MARGIN + 42.0;

impl Member {
    fn title(&self) -> String {
        format!("Présence de {} aux séances", self.name)
    }

    fn numbers(&self) -> Vec<(Presence, usize)> {
        let number = |presence| self.sittings.iter().filter(|sitting| sitting.presence == presence).count();
        Presence::ALL.into_iter().map(|presence| (presence, number(presence))).filter(|(_, number)| *number > 0).collect()
    }

    pub fn table(&self) -> Table {
        let bodies = self.sittings.iter().any(|sitting| sitting.body.is_some());
        let mut columns = vec![column("Séance", false)];
        if bodies {
            columns.push(column("Instance", false));
        }
        columns.push(column("Présence", false));
        let cells = |sitting: &Attended| {
            let body = bodies.then(|| sitting.body.clone().unwrap_or_default());
            std::iter::once(day(sitting.on)).chain(body).chain([sitting.presence.label().to_owned()]).collect()
        };
        let mut rows: Vec<Row> = self.sittings.iter().map(|sitting| Row::Cells(cells(sitting))).collect();
        rows.push(Row::Across(self.sum()));
        Table { caption: self.title(), caption_shown: true, columns, rows }
    }

    /// "12 séances. Présents : 10, excusés : 2."
    fn sum(&self) -> String {
        let many = if self.sittings.len() > 1 { "s" } else { "" };
        let numbers = self.numbers().into_iter().map(|(presence, number)| format!("{} : {number}", presence.label())).collect::<Vec<_>>();
        let numbers = if numbers.is_empty() { String::new() } else { format!(" ({})", numbers.join(", ")) };
        format!("{} séance{many}{numbers}.", self.sittings.len())
    }

    pub fn svg(&self, setting: Setting) -> String {
        let mut sheet = Sheet::new(format!("member-{}", self.person), self.title(), self.sum());
        sheet.height = MARGIN;
        let (mut x, mut year) = (WIDTH, None);
        for sitting in &self.sittings {
            let new_year = year != Some(sitting.on.year());
            if new_year || x + SIDE > WIDTH - MARGIN {
                sheet.down(STEP + if new_year { 4.0 } else { 0.0 });
                x = LEFT;
            }
            let y = sheet.height - SIDE;
            if new_year {
                year = Some(sitting.on.year());
                let text = words(MARGIN, y + SIDE - 3.0, BODY, &sitting.on.year().to_string());
                sheet.draw(text.with("font-weight", "700"));
            }
            let ink = sitting.presence.ink();
            sheet.ink(ink);
            let mark = Element::new("rect").with("x", fixed(x)).with("y", fixed(y)).with("width", fixed(SIDE)).with("height", fixed(SIDE));
            let mark = mark.with("fill", ink.fill(&sheet.prefix)).with("stroke", ink.colour).with("stroke-width", "1.5");
            let body = sitting.body.as_ref().map(|body| format!("{body}, ")).unwrap_or_default();
            sheet.draw(mark.child(Element::new("title").text(format!("{body}{} : {}", day(sitting.on), sitting.presence.label()))));
            x += STEP;
        }
        sheet.down(6.0);
        let keys: Vec<_> =
            self.numbers().into_iter().map(|(presence, number)| (presence.ink(), format!("{} : {number}", presence.label()))).collect();
        sheet.keys(&keys);
        sheet.finish(setting)
    }
}
