//! The head of an act: authority, body, day, hours, place, convening. Who chaired and wrote is in `officers`, the numbers in `quorum`.

use chrono::{NaiveDate, NaiveTime, TimeZone, Utc};

use crate::intake::Span;
use crate::intake::blocks::Block;
use crate::intake::draft::{AuthorityRead, Confidence, QuestionCode};
use crate::intake::grammar::date::{dates, month_and_year};
use crate::intake::grammar::time::time;
use crate::intake::grammar::wording::{begins, find, longest, starts};
use crate::intake::grammar::{after, all, before, word_starts};
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::intake::words::layout::{AUTHORITIES, BODIES, CAME_TOGETHER, CONVENED_ON, IS_SECRETARY, NO_PLACES, PLACES};
use crate::record::{AuthorityKind, BodyKind, Chair, Convening, Count, PrintedDate, PrintedTime, Secretary, StatedQuorum};

/// What the head of an act or of the minutes of a sitting says.
#[derive(Clone, Debug, Default)]
pub struct Head {
    pub authority: AuthorityRead,
    pub date: Option<NaiveDate>,
    pub heading: Option<String>,
    pub starts: Option<PrintedTime>,
    pub ends: Option<PrintedTime>,
    pub place: Option<String>,
    pub convening: Option<Convening>,
    pub chairs: Vec<Chair>,
    pub secretaries: Vec<Secretary>,
    pub members_in_office: Option<Count>,
    pub quorum: Option<StatedQuorum>,
    /// The name of the authority was told by that of its body.
    named_by_body: bool,
    /// Voters counted in the head, and where.
    pub voters: Option<(Count, Span)>,
}

/// Authorities whose hour is not that of Paris.
const OVERSEAS: &[&str] = &[
    "guadeloupe",
    "martinique",
    "guyane",
    "reunion",
    "mayotte",
    "polynesie",
    "caledonie",
    "miquelon",
    "wallis",
    "futuna",
    "barthelemy",
    "saint-martin",
];

impl Head {
    pub fn authority(&mut self, block: &Block, sink: &mut Sink<'_>) {
        let text = block.text();
        let kind = word_starts(text).take(2).find_map(|start| begins(AUTHORITIES, start)).map(|(_, kind)| kind);
        // "DEPARTEMENT DU NORD / COMMUNE DE X": the narrower one is the authority.
        let narrower = self.authority.kind == Some(AuthorityKind::Department)
            && matches!(kind, Some(AuthorityKind::Municipality | AuthorityKind::Intercommunal))
            && self.authority.body.is_none();
        if narrower || self.named_by_body {
            self.named_by_body = false;
            sink.forget("/authority/name");
            sink.forget("/authority/kind");
            self.authority.name = None;
        }
        if self.authority.name.is_none() {
            // "COMMUNE DE X (Haute-Louze)": the department is not of the name.
            let name = text.split(" (").next().unwrap_or(text);
            self.authority.name = sink.text("/authority/name".to_owned(), &block.passage, name, Confidence::Certain);
            self.authority.kind = kind;
            if self.authority.kind.is_some() {
                sink.note("/authority/kind".to_owned(), &block.passage, text, Confidence::Certain);
            }
        }
    }

    pub fn body(&mut self, block: &Block, sink: &mut Sink<'_>) {
        let text = block.text();
        if self.authority.body.is_none() {
            self.authority.body = sink.text("/authority/body".to_owned(), &block.passage, text, Confidence::Likely);
        }
        self.body_named(&block.passage, text, find(&["de la commission permanente"], text).is_some(), Confidence::Certain, sink);
        self.named_by_body(&block.passage, text, sink);
        self.day_and_hour(&block.passage, text, sink);
    }

    /// "CONSEIL DÉPARTEMENTAL DE LA LOUVINE": the authority, where no heading names it.
    pub fn named_by_body(&mut self, passage: &Passage, text: &str, sink: &mut Sink<'_>) {
        if self.authority.name.is_some() {
            return;
        }
        let Some((start, len)) = word_starts(text).filter_map(|start| begins(BODIES, start).map(|(len, _)| (start, len))).last() else { return };
        let behind = start.get(len..).unwrap_or_default().trim_start();
        let Some(of) = longest(&["de la ", "de l'", "du ", "des ", "de ", "d'"], behind) else { return };
        let end = start.find([',', ';', '.', '(', ':']).unwrap_or(start.len());
        let name = start.get(..end).unwrap_or_default().trim();
        let named = behind.get(of..).is_some_and(|name| name.starts_with(char::is_uppercase));
        if named && !name.contains(|c: char| c.is_ascii_digit()) && begins(AUTHORITIES, behind.get(of..).unwrap_or_default()).is_none() {
            self.authority.name = sink.text("/authority/name".to_owned(), passage, name, Confidence::Likely);
            self.named_by_body = true;
        }
    }

    /// The kind of body that a text names.
    pub fn body_kind(&mut self, passage: &Passage, text: &str, confidence: Confidence, sink: &mut Sink<'_>) {
        const COMMISSION: &[&str] =
            &["la commission permanente", "commission permanente", "de la commission permanente", "les membres de la commission permanente"];
        self.body_named(passage, text, starts(COMMISSION, text), confidence, sink);
    }

    /// A commission permanente is told by its authority where the words leave it open. "CONSEIL GÉNÉRAL DE X", and then "La commission permanente,
    /// réunie…": it is the commission that sits, where the text is of it.
    fn body_named(&mut self, passage: &Passage, text: &str, of_commission: bool, confidence: Confidence, sink: &mut Sink<'_>) {
        let council = matches!(self.authority.body_kind, Some(BodyKind::DepartmentalCouncil | BodyKind::RegionalCouncil));
        let narrower = council && of_commission;
        if self.authority.body_kind.is_some() && !narrower {
            return;
        }
        sink.forget("/authority/body_kind");
        let named: Vec<(&str, BodyKind)> =
            word_starts(text).filter_map(|start| begins(BODIES, start).map(|(len, kind)| (start.get(..len).unwrap_or_default(), kind))).collect();
        // "CONSEIL RÉGIONAL – COMMISSION PERMANENTE": the commission is that of the council.
        let commission =
            named.iter().find(|(_, kind)| matches!(kind, BodyKind::DepartmentalPermanentCommission | BodyKind::RegionalPermanentCommission));
        // A long text names other bodies behind the one that it is of.
        let commission = commission.filter(|_| text.len() <= 160 || of_commission);
        if let Some(&(printed, kind)) = commission.or(named.first()) {
            let region = self.authority.kind == Some(AuthorityKind::Region)
                || self.authority.body_kind == Some(BodyKind::RegionalCouncil)
                || named.iter().any(|(_, kind)| *kind == BodyKind::RegionalCouncil);
            let of_region = region && kind == BodyKind::DepartmentalPermanentCommission;
            self.authority.body_kind = Some(if of_region { BodyKind::RegionalPermanentCommission } else { kind });
            sink.note("/authority/body_kind".to_owned(), passage, printed, confidence);
        }
    }

    /// "Registre des délibérations du Conseil": that of the authority.
    pub fn settle_body_kind(&mut self, sink: &mut Sink<'_>) {
        let council = self.authority.body.as_deref().is_some_and(|body| find(&["conseil"], body).is_some());
        let kind = match self.authority.kind {
            Some(AuthorityKind::Department) => BodyKind::DepartmentalCouncil,
            Some(AuthorityKind::Region) => BodyKind::RegionalCouncil,
            Some(AuthorityKind::Municipality) => BodyKind::MunicipalCouncil,
            Some(AuthorityKind::Intercommunal) => BodyKind::IntercommunalCouncil,
            _ => return,
        };
        if council && self.authority.body_kind.is_none() {
            self.authority.body_kind = Some(kind);
            sink.copy("/authority/body", "/authority/body_kind", Confidence::Likely);
        }
    }

    pub fn sitting(&mut self, block: &Block, sink: &mut Sink<'_>) {
        let text = block.text();
        if self.heading.is_none() {
            self.heading = sink.text("/sitting/heading".to_owned(), &block.passage, text, Confidence::Likely);
        }
        self.day_and_hour(&block.passage, text, sink);
        self.hour(&block.passage, text, sink);
        self.place_in(&block.passage, text, sink);
    }

    /// "CONSEIL MUNICIPAL DU 27 JUIN 2024 À 18 H 30".
    pub fn day_and_hour(&mut self, passage: &Passage, text: &str, sink: &mut Sink<'_>) {
        if let Some((printed, day)) = single_date(text) {
            self.set_date(passage, printed, day, Confidence::Certain, sink);
            self.hour(passage, after(text, printed), sink);
        }
    }

    /// "L'an deux mille vingt-quatre, le douze mars à dix-huit heures, le conseil municipal … s'est réuni …, sous la présidence de …".
    pub fn opening(&mut self, block: &Block, sink: &mut Sink<'_>) {
        let (passage, text) = (&block.passage, block.text());
        let convened = find(CONVENED_ON, text);
        let sitting = convened.map_or(text, |wording| before(text, wording));
        // "convoqué le 8 mars 2024, s'est réuni le 22 mars à 14 heures": the sitting goes on behind its convening.
        let behind = convened.map_or("", |wording| after(text, wording));
        let goes_on = find(CAME_TOGETHER, behind).map_or("", |met| after(behind, met));
        // "convoqué une première fois le 1er mars…, s'est réuni à nouveau le 14 mars": the day is that of the coming together.
        let met = find(CAME_TOGETHER, sitting).map_or("", |met| after(sitting, met));
        let again = find(&["une premiere fois", "a nouveau", "de nouveau"], text).is_some();
        let places = if again { [met, goes_on, sitting] } else { [sitting, goes_on, ""] };
        let told = places.into_iter().find_map(|part| Some(part).zip(dates(part).into_iter().next()));
        if let Some((part, (printed, day))) = told {
            self.set_date(passage, printed, day, Confidence::Certain, sink);
            self.hour(passage, after(part, printed), sink);
        } else {
            self.hour(passage, sitting, sink);
        }
        self.hour(passage, goes_on, sink);
        if behind.len() > 4 {
            let convening = if goes_on.is_empty() { behind } else { before(behind, goes_on) };
            self.convened(passage, convening, sink);
        }
        self.body_kind(passage, text, Confidence::Certain, sink);
        self.name_in_body(passage, text, sink);
        self.place_in(passage, text, sink);
        self.chair(block, sink);
        if text.contains("ecrétaire") || find(IS_SECRETARY, text).is_some() {
            self.secretary(block, sink);
        }
        self.quorum(block, sink);
        self.counts(block, sink);
    }

    /// Where the body came together, in a sentence.
    fn place_in(&mut self, passage: &Passage, text: &str, sink: &mut Sink<'_>) {
        const STOPS: &[&str] =
            &[",", ";", ".", " sous la pr", " en séance", " en session", " à huis", " sur convocation", " sur la convocation", " à la suite"];
        if self.place.is_some() {
            return;
        }
        let known = find(PLACES, text).and_then(|start| text.get(before(text, start).len()..));
        let behind = || {
            let rest = after(text, find(CAME_TOGETHER, text)?);
            let near = find(&["sous la presidence"], rest).map_or(rest, |chair| before(rest, chair));
            let place = word_starts(near).find(|start| starts(&["a la", "a l'", "au", "en", "dans", "chez"], start) && !starts(NO_PLACES, start))?;
            (before(near, place).len() <= 120).then_some(place)
        };
        let Some(rest) = known.or_else(behind) else { return };
        let end = STOPS.iter().filter_map(|stop| rest.find(stop)).min().unwrap_or(rest.len());
        let place = rest.get(..end).unwrap_or_default();
        let hour = all(place, time).first().map(|(printed, _)| before(place, printed).trim_end().trim_end_matches(['à', 'À']));
        let place = hour.unwrap_or(place);
        // "à l'Hôtel du Département le vendredi 14 mars 2014".
        let day = dates(place).first().and_then(|(printed, _)| before(place, printed).rfind(" le ")).and_then(|at| place.get(..at));
        let place = day.unwrap_or(place).trim();
        if place.is_empty() {
            return;
        }
        self.place = sink.text("/sitting/place".to_owned(), passage, place, Confidence::Likely);
    }

    /// "le conseil municipal de la commune de Saint-Aubin": the authority, where no heading names it.
    pub fn name_in_body(&mut self, passage: &Passage, text: &str, sink: &mut Sink<'_>) {
        if self.authority.name.is_some() {
            return;
        }
        let named = word_starts(text).find_map(|start| {
            let (_, kind) = begins(AUTHORITIES, start)?;
            let end = start.find([',', ';', '.', '(', ':']).unwrap_or(start.len());
            let name = start.get(..end)?;
            let stop = [" s'est", " s’est", " dûment", " légalement", " étant", " régulièrement", " se ", " a ", " en "]
                .iter()
                .filter_map(|stop| name.find(stop))
                .chain(word_starts(name).find(|word| month_and_year(word).is_some()).map(|word| before(name, word).len()))
                .min()
                .unwrap_or(name.len());
            name.get(..stop).filter(|name| name.split(' ').count() >= 2).map(|name| (name.trim(), kind))
        });
        if let Some((name, kind)) = named {
            self.authority.name = sink.text("/authority/name".to_owned(), passage, name, Confidence::Likely);
            self.authority.kind = Some(kind);
            sink.note("/authority/kind".to_owned(), passage, name, Confidence::Likely);
        }
    }

    pub fn set_date(&mut self, passage: &Passage, printed: &str, day: NaiveDate, confidence: Confidence, sink: &mut Sink<'_>) {
        match self.date {
            None => {
                sink.note("/sitting/date".to_owned(), passage, printed, confidence);
                self.date = Some(day);
            }
            Some(known) if known != day => {
                let choices = vec![known.to_string(), day.to_string()];
                sink.ask("/sitting/date".to_owned(), Some(passage.span(printed)), QuestionCode::DateAmbiguous, choices);
                for value in sink.values.iter_mut().filter(|value| value.pointer == "/sitting/date") {
                    value.confidence = Confidence::Doubtful;
                }
            }
            Some(_) => {}
        }
    }

    fn hour(&mut self, passage: &Passage, text: &str, sink: &mut Sink<'_>) {
        if self.starts.is_none()
            && let Some((printed, hour)) = all(text, time).into_iter().next()
        {
            self.starts = Some(self.printed_time("/sitting/starts", passage, printed, hour, sink));
        }
    }

    pub fn ends(&mut self, block: &Block, sink: &mut Sink<'_>) {
        if let Some((printed, hour)) = all(block.text(), time).into_iter().next() {
            self.ends = Some(self.printed_time("/sitting/ends", &block.passage, printed, hour, sink));
        }
    }

    pub fn starts(&mut self, block: &Block, sink: &mut Sink<'_>) {
        self.hour(&block.passage, block.text(), sink);
        self.place_in(&block.passage, block.text(), sink);
        self.chair(block, sink);
    }

    /// The instant is told where the day is known and the authority is not overseas, whose hour the text does not say.
    fn printed_time(&self, pointer: &str, passage: &Passage, printed: &str, hour: NaiveTime, sink: &mut Sink<'_>) -> PrintedTime {
        let overseas = self.authority.name.as_deref().is_some_and(|name| find(OVERSEAS, name).is_some());
        let local = self.date.filter(|_| !overseas).map(|day| day.and_time(hour));
        let at = local.and_then(|local| chrono_tz::Europe::Paris.from_local_datetime(&local).single()).map(|at| at.with_timezone(&Utc));
        if at.is_some() {
            sink.note(format!("{pointer}/at"), passage, printed, Confidence::Likely);
        }
        PrintedTime { text: sink.text(format!("{pointer}/text"), passage, printed, Confidence::Certain), at }
    }

    pub fn place(&mut self, block: &Block, sink: &mut Sink<'_>) {
        if let Some((_, place)) = block.text().split_once(':')
            && !place.trim().is_empty()
        {
            self.place = sink.text("/sitting/place".to_owned(), &block.passage, place.trim().trim_end_matches('.'), Confidence::Certain);
        }
    }

    pub fn convening(&mut self, block: &Block, sink: &mut Sink<'_>) {
        self.convened(&block.passage, block.text(), sink);
    }

    fn convened(&mut self, passage: &Passage, text: &str, sink: &mut Sink<'_>) {
        if self.convening.is_some() {
            return;
        }
        let near = |printed: &str| before(text, printed).len() <= 60;
        if let Some((printed, day)) = dates(text).into_iter().next().filter(|(printed, _)| near(printed)) {
            sink.note("/sitting/convening/convened_on/date".to_owned(), passage, printed, Confidence::Certain);
            self.convening =
                Some(Convening { convened_on: Some(PrintedDate { text: Some(printed.to_owned()), date: Some(day) }), ..Convening::default() });
        }
    }
}

/// The one date of a text; null where there are none or several.
pub fn single_date(text: &str) -> Option<(&str, NaiveDate)> {
    let mut dates = dates(text).into_iter();
    let first = dates.next()?;
    dates.all(|(_, day)| day == first.1).then_some(first)
}
