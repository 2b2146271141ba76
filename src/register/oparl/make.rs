//! From lines of what is shown to objects. What a page needs is read at once, not line by line.

use std::collections::{BTreeMap, BTreeSet};

use super::{ROLE, role, stamp, stored, word};
use crate::publish::oparl::{
    ActShown, Address, FileOfRecord, FileShown, Membership, Object, Site, SittingShown, Stamp, agenda_item, body, consultation, file, location,
    meeting, membership, of_body, of_group, opinion, paper, participants, person,
};
use crate::publish::{View, of_deliberation, of_sitting};
use crate::record::{Authority, Body, DeliberationRecord, Group, Id, Mandate, Person};
use crate::register::Refusal;
use crate::register::sitting::load as load_sitting;
use crate::store::{DirectoryRow, EntryKind, FileRow, MandatesOf, Session, Shown, ShownLine, StoreError};

/// Makes objects of one authority.
pub(super) struct Maker<'m, 's> {
    pub session: &'m mut Session<'s>,
    pub authority: Authority,
    pub base: &'m str,
    /// With the lists in objects that have an address of their own.
    pub whole: bool,
}

/// Where an object is.
fn address(kind: Shown, line: &ShownLine) -> Result<Address, Refusal> {
    Ok(match kind {
        Shown::Authority => Address::Body(word(&line.id)?),
        Shown::Organization => Address::Organization(word(&line.id)?),
        Shown::Person => Address::Person(word(&line.id)?),
        Shown::Mandate => Address::Membership(word(&line.id)?),
        Shown::Sitting => Address::Meeting(word(&line.id)?),
        Shown::AgendaItem => Address::AgendaItem(word(&line.id)?, word(&line.part)?),
        Shown::Location => Address::Location(word(&line.id)?),
        Shown::Deliberation => Address::Paper(word(&line.id)?),
        Shown::Consultation if line.is_opinion() => Address::Opinion(word(&line.id)?, word(&line.part)?),
        Shown::Consultation => Address::Consultation(word(&line.id)?, word(&line.part)?),
        Shown::File => Address::File(word(&line.id)?),
    })
}

fn by_id(rows: Vec<DirectoryRow>) -> BTreeMap<String, DirectoryRow> {
    rows.into_iter().map(|row| (row.id.clone(), row)).collect()
}

/// The stamps of the parts that records have.
type Parts<K> = BTreeMap<String, BTreeMap<K, Stamp>>;

impl Maker<'_, '_> {
    /// The objects of these lines, in their order.
    pub(super) fn objects(mut self, kind: Shown, lines: Vec<ShownLine>) -> Result<Vec<Object>, Refusal> {
        let mut ids: Vec<String> = lines.iter().filter(|line| !line.deleted).map(|line| line.id.clone()).collect();
        ids.dedup();
        let made = match kind {
            Shown::Authority => self.bodies(&lines),
            Shown::Organization => self.organizations(&ids, &lines)?,
            Shown::Person => self.persons(&ids, &lines)?,
            Shown::Mandate => self.memberships(&ids, &lines)?,
            Shown::Sitting | Shown::AgendaItem | Shown::Location => self.of_sittings(kind, &ids, &lines)?,
            Shown::Deliberation | Shown::Consultation => self.of_acts(&ids, &lines)?,
            Shown::File => self.files(&ids)?,
        };
        let site = Site::of(self.base, &self.authority, BTreeSet::new());
        let mut made = made.into_iter();
        lines
            .iter()
            .map(|line| {
                if line.deleted {
                    return Ok(Object::Gone(site.gone(&address(kind, line)?, stamp(line))));
                }
                made.next().flatten().ok_or_else(|| StoreError::Corrupt(format!("{kind:?} {} {} cannot be shown", line.id, line.part)).into())
            })
            .collect()
    }

    /// A site that points to those of these identifiers that are shown.
    fn site(&mut self, pointed: impl IntoIterator<Item = Id>) -> Result<Site, Refusal> {
        let pointed: BTreeSet<Id> = pointed.into_iter().collect();
        let pointed: Vec<String> = pointed.iter().map(Id::to_string).collect();
        let shown = self.session.readable_among(self.authority.siren.as_str(), &pointed)?;
        let shown = shown.iter().map(|id| word(id)).collect::<Result<_, _>>()?;
        Ok(Site::of(self.base, &self.authority, shown))
    }

    fn siren(&self) -> String {
        self.authority.siren.to_string()
    }

    /// The stamps of objects that stand in others.
    fn stamps(&mut self, kind: Shown, ids: &[String]) -> Result<Vec<ShownLine>, Refusal> {
        let siren = self.siren();
        Ok(self.session.shown_among(kind, &siren, role(kind), ids)?.into_iter().filter(|line| !line.deleted).collect())
    }

    fn bodies(&mut self, lines: &[ShownLine]) -> Vec<Option<Object>> {
        let site = Site::of(self.base, &self.authority, BTreeSet::new());
        lines.iter().filter(|line| !line.deleted).map(|line| Some(Object::Body(body(&site, &self.authority, stamp(line))))).collect()
    }

    fn organizations(&mut self, ids: &[String], lines: &[ShownLine]) -> Result<Vec<Option<Object>>, Refusal> {
        let siren = self.siren();
        let bodies = by_id(self.session.entries_among(&siren, EntryKind::Body, ids)?);
        let groups = by_id(self.session.entries_among(&siren, EntryKind::Group, ids)?);
        let mut mandates: BTreeMap<String, Vec<Id>> = BTreeMap::new();
        for row in self.session.public_mandates(&siren, MandatesOf::Body, ids)? {
            mandates.entry(row.body.unwrap_or_default()).or_default().push(word(&row.id)?);
        }
        let read: BTreeMap<&String, Body> = bodies.iter().map(|(id, row)| Ok((id, stored(&row.entry)?))).collect::<Result<_, StoreError>>()?;
        let site = self.site(read.values().filter_map(|body| body.parent))?;
        let one = |line: &ShownLine| -> Result<Option<Object>, Refusal> {
            let id: Id = word(&line.id)?;
            let of_this = mandates.get(&line.id).map(Vec::as_slice).unwrap_or_default();
            if let Some(found) = read.get(&line.id) {
                return Ok(Some(Object::Organization(of_body(&site, id, found, stamp(line), of_this))));
            }
            let Some(row) = groups.get(&line.id) else { return Ok(None) };
            let group: Group = stored(&row.entry)?;
            Ok(Some(Object::Organization(of_group(&site, id, &group, stamp(line)))))
        };
        lines.iter().filter(|line| !line.deleted).map(one).collect()
    }

    fn persons(&mut self, ids: &[String], lines: &[ShownLine]) -> Result<Vec<Option<Object>>, Refusal> {
        let siren = self.siren();
        let persons = by_id(self.session.entries_among(&siren, EntryKind::Person, ids)?);
        let mut mandates: BTreeMap<String, Vec<Membership>> = BTreeMap::new();
        if self.whole {
            let rows = self.session.public_mandates(&siren, MandatesOf::Person, ids)?;
            let of = |row: &DirectoryRow| row.person.clone().unwrap_or_default();
            let owners: Vec<String> = rows.iter().map(of).collect();
            let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
            let stamps = self.stamps(Shown::Mandate, &ids)?;
            let made = self.mandates(&by_id(rows), &stamps)?;
            for (id, owner) in ids.iter().zip(owners) {
                mandates.entry(owner).or_default().extend(made.get(id).cloned());
            }
        }
        let site = self.site([])?;
        let one = |line: &ShownLine| -> Result<Option<Object>, Refusal> {
            let Some(row) = persons.get(&line.id) else { return Ok(None) };
            let found: Person = stored(&row.entry)?;
            let held = mandates.get(&line.id).cloned().unwrap_or_default();
            Ok(Some(Object::Person(person(&site, word(&line.id)?, &found, stamp(line), held))))
        };
        lines.iter().filter(|line| !line.deleted).map(one).collect()
    }

    fn memberships(&mut self, ids: &[String], lines: &[ShownLine]) -> Result<Vec<Option<Object>>, Refusal> {
        let siren = self.siren();
        let rows = by_id(self.session.entries_among(&siren, EntryKind::Mandate, ids)?);
        let mut made = self.mandates(&rows, lines)?;
        Ok(lines.iter().filter(|line| !line.deleted).map(|line| made.remove(&line.id).map(Object::Membership)).collect())
    }

    fn mandates(&mut self, rows: &BTreeMap<String, DirectoryRow>, lines: &[ShownLine]) -> Result<BTreeMap<String, Membership>, Refusal> {
        let mut read: Vec<(&ShownLine, Mandate)> = Vec::new();
        for line in lines {
            if let Some(row) = rows.get(&line.id) {
                read.push((line, stored(&row.entry)?));
            }
        }
        let site = self.site(read.iter().flat_map(|(_, mandate)| [Some(mandate.person), Some(mandate.body), mandate.group]).flatten())?;
        read.iter().map(|(line, mandate)| Ok((line.id.clone(), membership(&site, word(&line.id)?, mandate, stamp(line))))).collect()
    }

    /// The sittings with these identifiers. Where `with_acts`, with their acts, and their files.
    fn sittings(&mut self, ids: &[String], with_acts: bool) -> Result<BTreeMap<String, SittingShown>, Refusal> {
        let siren = self.siren();
        let stamps: BTreeMap<String, Stamp> = self.stamps(Shown::Sitting, ids)?.iter().map(|line| (line.id.clone(), stamp(line))).collect();
        let mut items: Parts<Id> = Parts::new();
        for line in self.stamps(Shown::AgendaItem, ids)? {
            items.entry(line.id.clone()).or_default().insert(word(&line.part)?, stamp(&line));
        }
        let places: BTreeMap<String, Stamp> = self.stamps(Shown::Location, ids)?.iter().map(|line| (line.id.clone(), stamp(line))).collect();
        let (mut acts, mut files) = (BTreeMap::new(), BTreeMap::new());
        if with_acts {
            for act in self.acts(ids, true)? {
                acts.entry(act.record.sitting.to_string()).or_insert_with(Vec::new).push(act);
            }
            files = self.files_of(ids)?;
        }
        let mut found = BTreeMap::new();
        for id in ids {
            let Some(stamp) = stamps.get(id).copied() else { continue };
            let standing = load_sitting(self.session, &siren, word(id)?)?;
            found.insert(
                id.clone(),
                SittingShown {
                    id: word(id)?,
                    record: of_sitting(standing.record, View::Public),
                    body_name: standing.body.name,
                    stamp,
                    acts: acts.remove(id).unwrap_or_default(),
                    files: files.remove(id).unwrap_or_default(),
                    items: items.remove(id).unwrap_or_default(),
                    location: places.get(id).copied(),
                },
            );
        }
        Ok(found)
    }

    fn of_sittings(&mut self, kind: Shown, ids: &[String], lines: &[ShownLine]) -> Result<Vec<Option<Object>>, Refusal> {
        let sittings = self.sittings(ids, kind != Shown::Location)?;
        let pointed = sittings.values().flat_map(|sitting| participants(&sitting.record).into_iter().chain([sitting.record.body]));
        let site = self.site(pointed)?;
        let whole = self.whole;
        let one = |line: &ShownLine| -> Result<Option<Object>, Refusal> {
            let Some(sitting) = sittings.get(&line.id) else { return Ok(None) };
            Ok(match kind {
                Shown::AgendaItem => agenda_item(&site, sitting, word(&line.part)?).map(|item| Object::AgendaItem(Box::new(item))),
                Shown::Location => location(&site, sitting).map(Object::Location),
                _ => Some(Object::Meeting(Box::new(meeting(&site, sitting, whole)))),
            })
        };
        lines.iter().filter(|line| !line.deleted).map(one).collect()
    }

    /// The acts with these identifiers, or of these sittings.
    fn acts(&mut self, ids: &[String], of_sittings: bool) -> Result<Vec<ActShown>, Refusal> {
        let siren = self.siren();
        let rows = self.session.readable_acts(&siren, ids, of_sittings)?;
        let ids: Vec<String> = rows.iter().map(|(row, _)| row.id.clone()).collect();
        let stamps: BTreeMap<String, Stamp> = self.stamps(Shown::Deliberation, &ids)?.iter().map(|line| (line.id.clone(), stamp(line))).collect();
        let (mut items, mut opinions): (Parts<Id>, Parts<u32>) = (Parts::new(), Parts::new());
        for line in self.stamps(Shown::Consultation, &ids)? {
            if line.is_opinion() {
                opinions.entry(line.id.clone()).or_default().insert(word(&line.part)?, stamp(&line));
            } else {
                items.entry(line.id.clone()).or_default().insert(word(&line.part)?, stamp(&line));
            }
        }
        let mut files = self.files_of(&ids)?;
        let mut found = Vec::new();
        for (row, document) in rows {
            let Some(stamp) = stamps.get(&row.id).copied() else { continue };
            let record: DeliberationRecord = stored(&document)?;
            found.push(ActShown {
                id: word(&row.id)?,
                body: word(&row.body)?,
                date: row.date,
                record: of_deliberation(record, View::Public),
                stamp,
                files: files.remove(&row.id).unwrap_or_default(),
                items: items.remove(&row.id).unwrap_or_default(),
                opinions: opinions.remove(&row.id).unwrap_or_default(),
            });
        }
        Ok(found)
    }

    /// Acts, and what they were put before.
    fn of_acts(&mut self, ids: &[String], lines: &[ShownLine]) -> Result<Vec<Option<Object>>, Refusal> {
        let acts: BTreeMap<String, ActShown> = self.acts(ids, false)?.into_iter().map(|act| (act.id.to_string(), act)).collect();
        let committees =
            |act: &ActShown| -> Vec<Id> { act.record.report.iter().flat_map(|report| &report.opinions).filter_map(|o| o.body).collect() };
        let site = self.site(acts.values().flat_map(|act| [act.record.sitting, act.body].into_iter().chain(committees(act))))?;
        let whole = self.whole;
        let one = |line: &ShownLine| -> Result<Option<Object>, Refusal> {
            let Some(act) = acts.get(&line.id) else { return Ok(None) };
            Ok(if line.is_opinion() {
                opinion(&site, act, word(&line.part)?).map(Object::Consultation)
            } else if line.part.is_empty() {
                Some(Object::Paper(Box::new(paper(&site, act, whole))))
            } else {
                consultation(&site, act, word(&line.part)?).map(Object::Consultation)
            })
        };
        lines.iter().filter(|line| !line.deleted).map(one).collect()
    }

    /// The files that are shown of these records.
    fn files_of(&mut self, records: &[String]) -> Result<BTreeMap<String, Vec<FileShown>>, Refusal> {
        let siren = self.siren();
        let rows = self.session.files_in_role(&siren, ROLE.wire(), records)?;
        let mut found: BTreeMap<String, Vec<FileShown>> = BTreeMap::new();
        for (record, file) in self.shown_files(rows)? {
            found.entry(record).or_default().push(file);
        }
        Ok(found)
    }

    /// Files, each with its record.
    fn shown_files(&mut self, rows: Vec<FileRow>) -> Result<Vec<(String, FileShown)>, Refusal> {
        let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
        let stamps: BTreeMap<String, Stamp> = self.stamps(Shown::File, &ids)?.iter().map(|line| (line.id.clone(), stamp(line))).collect();
        let mut found = Vec::new();
        for row in rows {
            let Some(stamp) = stamps.get(&row.id).copied() else { continue };
            let record: Id = word(&row.record)?;
            let of = match self.session.owner(record)? {
                Some((_, kind)) if kind == "sitting" => FileOfRecord::Sitting(record),
                _ => FileOfRecord::Deliberation(record),
            };
            found.push((row.record, FileShown { id: word(&row.id)?, of, name: row.name, media_type: row.media_type, size: row.size, stamp }));
        }
        Ok(found)
    }

    fn files(&mut self, ids: &[String]) -> Result<Vec<Option<Object>>, Refusal> {
        let siren = self.siren();
        let rows = self.session.files_in_role(&siren, ROLE.wire(), ids)?;
        let mut files: BTreeMap<String, FileShown> = self.shown_files(rows)?.into_iter().map(|(_, file)| (file.id.to_string(), file)).collect();
        let site = self.site([])?;
        Ok(ids.iter().map(|id| files.remove(id).map(|found| Object::File(file(&site, &found)))).collect())
    }
}
