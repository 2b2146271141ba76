//! Writes pictures, charts, feeds and a sitemap to a folder: to be looked at, and for validators of other people's making
//! (`scripts/conformance-feeds`). Of the seed, of an invented department, and of assemblies made up here.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use registre::publish::chamber::{self, Picture};
use registre::publish::chart::{self, Attended, Member, Presence};
use registre::publish::drawing::{STYLE, Setting};
use registre::publish::feed::{Address, CalendarEntry, Feed, FeedEntry, When, atom, ics, rss, sitemap, sitemap_index};
use registre::publish::{Belonging, Cast};
use registre::record::{Authority, Body, DeliberationRecord, Group, Id, Mandate, Person, SittingRecord};
use serde::Deserialize;
use serde_json::{Value, json};

type Failure = Box<dyn std::error::Error>;

#[derive(Deserialize)]
struct Numbered<T> {
    id: Id,
    #[serde(flatten)]
    entry: T,
}

#[derive(Deserialize)]
struct Directory {
    authority: Authority,
    bodies: Vec<Numbered<Body>>,
    groups: Vec<Numbered<Group>>,
    persons: Vec<Numbered<Person>>,
    mandates: Vec<Numbered<Mandate>>,
}

fn cast(directory: &str, sitting: &SittingRecord) -> Result<Cast, Failure> {
    let directory: Directory = serde_json::from_str(directory)?;
    let body = directory.bodies.into_iter().find(|body| body.id == sitting.body).ok_or("a sitting without its body")?.entry;
    let belonging = |mandate: &Mandate| Belonging { affiliation: mandate.affiliation, group: mandate.group };
    Ok(Cast {
        authority: directory.authority,
        body,
        persons: directory.persons.into_iter().map(|person| (person.id, person.entry)).collect(),
        groups: directory.groups.into_iter().map(|group| (group.id, group.entry)).collect(),
        memberships: directory.mandates.iter().map(|mandate| (mandate.entry.person, belonging(&mandate.entry))).collect(),
    })
}

fn id(number: u64) -> String {
    format!("0197e3a8-7c00-7000-8000-{number:012}")
}

/// A ballot with so many seats for each group and option, of an assembly that does not exist.
fn made_up(number: u64, title: &str, groups: &[(&str, [u32; 3])], outcome: &str) -> Result<(SittingRecord, Cast), Failure> {
    let ids: Vec<String> = (0..groups.len()).map(|group| id(1000 + u64::try_from(group).unwrap_or_default())).collect();
    let option = |place: usize, name: &str| {
        let entries: Vec<Value> = groups
            .iter()
            .zip(&ids)
            .filter_map(|((group, counts), id)| Some((group, counts.get(place).copied()?, id)))
            .filter(|(_, count, _)| *count > 0)
            .map(|(group, count, id)| json!({ "kind": "group", "group": id, "printed": group, "count": count }))
            .collect();
        let sum: u32 = groups.iter().filter_map(|(_, counts)| counts.get(place)).sum();
        json!({ "option": name, "count": sum, "entries": entries })
    };
    let ballot = json!({
        "id": id(number), "covers": [id(1)], "outcome": outcome,
        "options": [option(0, "for"), option(1, "against"), option(2, "abstention")],
    });
    let sitting: SittingRecord = serde_json::from_value(json!({
        "body": id(9), "origin": "recorded", "date": "2026-03-09", "agenda": [{ "id": id(1), "title": title }], "ballots": [ballot],
    }))?;
    let groups: BTreeMap<Id, Group> = groups
        .iter()
        .zip(&ids)
        .map(|((name, _), id)| Ok((id.parse()?, serde_json::from_value(json!({ "name": name, "visibility": "public" }))?)))
        .collect::<Result<_, Failure>>()?;
    let authority = serde_json::from_value(json!({ "siren": "229900014", "name": "Département de la Vallée-Claire", "kind": "department" }))?;
    let body = serde_json::from_value(json!({ "name": "Conseil départemental", "kind": "departmental_council" }))?;
    Ok((sitting, Cast { authority, body, persons: BTreeMap::new(), groups, memberships: BTreeMap::new() }))
}

/// Every ballot that is drawn.
fn pictures(seed: &(SittingRecord, Cast), second: &(SittingRecord, Cast)) -> Result<Vec<Picture>, Failure> {
    let six = [
        ("Groupe des Vallées", [31, 0, 2]),
        ("Groupe Écologie et Communes", [14, 1, 0]),
        ("Élus sans étiquette", [0, 2, 1]),
        ("Union des Plateaux", [0, 22, 0]),
        ("Groupe du Littoral", [1, 9, 4]),
        ("Indépendants", [1, 0, 0]),
    ];
    let large = [
        ("Gauche des Territoires", [120, 0, 4]),
        ("Écologie régionale", [64, 2, 0]),
        ("Centre et Ruralité", [98, 11, 13]),
        ("Union des Communes", [3, 141, 6]),
        ("Alternative", [0, 112, 26]),
    ];
    let made = [
        made_up(701, "BUDGET PRIMITIF 2026 DU DÉPARTEMENT", &six, "adopted")?,
        made_up(702, "Motion sur les transports", &large, "adopted")?,
        made_up(703, "Commission d'appel d'offres", &[("Majorité", [2, 0, 0]), ("Opposition", [0, 1, 0])], "adopted")?,
        made_up(704, "Cession d'un terrain", &[("Majorité", [10, 9, 0]), ("Opposition", [0, 12, 1])], "rejected")?,
    ];
    let of =
        |(sitting, cast): &(SittingRecord, Cast)| sitting.ballots.iter().map(|ballot| chamber::picture(ballot, cast, sitting)).collect::<Vec<_>>();
    let noted = vec!["44 voix décomptées pour 43 votants possibles au plus.".to_owned()];
    let seeds = of(seed).into_iter().map(|picture| picture.noting(&noted));
    Ok(seeds.chain(of(second)).chain(made.iter().flat_map(of)).collect())
}

fn main() -> Result<(), Failure> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).ok_or("usage: outputs FOLDER")?;
    std::fs::create_dir_all(&folder)?;
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text);

    let seed: SittingRecord = serde_json::from_str(include_str!("../src/demo/sitting.json"))?;
    let seed_cast = cast(include_str!("../src/demo/directory.json"), &seed)?;
    let second: SittingRecord = serde_json::from_str(include_str!("../tests/suite/fixtures/second_shape/sitting.json"))?;
    let second_cast = cast(include_str!("../tests/suite/fixtures/second_shape/directory.json"), &second)?;
    let (seed, second) = ((seed, seed_cast), (second, second_cast));

    // Each picture: in a page, and in a file of its own.
    let mut drawn: Vec<(String, String)> = Vec::new();
    for picture in pictures(&seed, &second)? {
        drawn.push((chamber::svg(&picture, Setting::Page), chamber::svg(&picture, Setting::File)));
    }
    for (sitting, place) in [(&seed.0, 1), (&second.0, 2)] {
        if let Some(attendance) = chart::attendance(sitting, id(place).parse()?) {
            drawn.push((attendance.svg(Setting::Page), attendance.svg(Setting::File)));
        }
    }
    let member = member()?;
    drawn.push((member.svg(Setting::Page), member.svg(Setting::File)));
    let acts = [
        include_str!("../src/demo/deliberation.json"),
        include_str!("../tests/suite/fixtures/second_shape/act_1.json"),
        include_str!("../tests/suite/fixtures/second_shape/act_2.json"),
        include_str!("../tests/suite/fixtures/second_shape/act_3.json"),
    ];
    for (act, place) in acts.iter().zip(20..) {
        let act: DeliberationRecord = serde_json::from_str(act)?;
        drawn.extend(chart::budgets(&act, id(place).parse()?).iter().map(|budget| (budget.svg(Setting::Page), budget.svg(Setting::File))));
    }
    let mut page = format!(
        "<!doctype html><html lang=fr><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>Figures</title>\
         <style>:root{{color-scheme:light dark;font-family:system-ui,sans-serif}}body{{margin:0}}\
         @media(prefers-color-scheme:dark){{body{{background:#161618;color:#f2f2f4}}}}{STYLE}</style>\n"
    );
    for (place, (in_page, file)) in drawn.iter().enumerate() {
        writeln!(page, "<h2>{place}</h2>{in_page}")?;
        write(&format!("figure-{place}.svg"), file)?;
    }
    write("figures.html", &page)?;
    feeds(&folder)
}

fn member() -> Result<Member, Failure> {
    let presences = [Presence::Present, Presence::Present, Presence::Remote, Presence::Represented, Presence::Excused, Presence::Absent];
    let sittings = (0u64..38).zip(presences.iter().cycle()).map(|(month, presence)| {
        let first: chrono::NaiveDate = "2023-01-16".parse()?;
        let on = first.checked_add_days(chrono::Days::new(month * 30)).ok_or("a day out of range")?;
        Ok(Attended { on, body: None, presence: *presence })
    });
    Ok(Member { person: id(31).parse()?, name: "Mme Élu INVENTÉE".to_owned(), sittings: sittings.collect::<Result<_, Failure>>()? })
}

/// Texts that would break what is put together by hand.
const HOSTILE: &str = "Séance, & <b>\"fin\"</b> ; d'après\\n ]]> \u{1}\r\nATTENDEE:mailto:x@example.org";

fn feeds(folder: &Path) -> Result<(), Failure> {
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text);
    let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>();
    let entry = |number: u64, title: &str, summary: Option<&str>| -> Result<FeedEntry, Failure> {
        Ok(FeedEntry {
            id: id(number).parse()?,
            url: format!("https://registre.example/deliberations/{}?a=1&b=2", id(number)),
            title: title.to_owned(),
            summary: summary.map(str::to_owned),
            published: at("2025-07-07T12:00:00Z")?,
            updated: at("2025-07-09T08:30:00Z")?,
        })
    };
    let feed = |kind: &str, entries: Vec<FeedEntry>| Feed {
        title: "Délibérations".to_owned(),
        description: "Les délibérations du Département de la Vallée-Claire".to_owned(),
        author: "Département de la Vallée-Claire".to_owned(),
        url: "https://registre.example/".to_owned(),
        feed_url: format!("https://registre.example/flux/deliberations.{kind}"),
        entries,
    };
    let entries = vec![entry(1, "Animer le réseau", Some("Adoptée"))?, entry(2, HOSTILE, Some(HOSTILE))?, entry(3, "Sans résumé", None)?];
    write("feed.rss", &rss(&feed("rss", entries.clone())))?;
    write("feed.atom", &atom(&feed("atom", entries)))?;
    write("empty.rss", &rss(&feed("rss", Vec::new())))?;
    write("empty.atom", &atom(&feed("atom", Vec::new())))?;

    let sitting = |number: u64, title: &str, when: When, place: Option<&str>| -> Result<CalendarEntry, Failure> {
        let url = format!("https://registre.example/seances/{}", id(number));
        Ok(CalendarEntry {
            id: id(number).parse()?,
            url,
            title: title.to_owned(),
            when,
            place: place.map(str::to_owned),
            modified_at: at("2025-07-09T08:30:00Z")?,
        })
    };
    let (day, next) = ("2025-07-07".parse()?, "2025-07-08".parse()?);
    let sittings = [
        sitting(1, "Commission permanente", When::Days(day, day), Some("Hôtel du Département, Arras"))?,
        sitting(2, HOSTILE, When::Hours(at("2025-07-07T08:00:00Z")?, Some(at("2025-07-07T10:30:00Z")?)), Some(HOSTILE))?,
        sitting(3, "Conseil départemental", When::Days(day, next), None)?,
        sitting(4, "Conseil départemental", When::Hours(at("2025-09-29T07:30:00Z")?, None), None)?,
    ];
    write("sittings.ics", &ics("Séances", &sittings))?;

    let page = |number: usize| -> Result<Address, Failure> {
        Ok(Address { url: format!("https://registre.example/deliberations/{number}?a=1&b=2"), modified: Some(at("2025-07-09T08:30:00Z")?) })
    };
    let pages = (0..50_000).map(page).collect::<Result<Vec<_>, Failure>>()?;
    write("small-sitemap.xml", &sitemap(pages.get(..3).unwrap_or_default()))?;
    write("sitemap-1.xml", &sitemap(&pages))?;
    write("sitemap.xml", &sitemap_index(&["https://registre.example/sitemap-1.xml".to_owned()]))?;
    Ok(())
}
