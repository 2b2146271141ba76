//! Looking for acts: by their words, their numbers, whom they are about; what those that were found share.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::canonical::{stored, word};
use super::lists::Bodies;
use super::roster::names_of;
use super::{Listed, Page, Reader, Refusal, Register};
use crate::publish::{DeliberationSummary, SittingLink};
use crate::record::{ActKind, Body, Group, Id, Outcome};
use crate::search::{Query, SearchOrder, Snippet, Subject, snippets};
use crate::store::{EntryKind, FacetRow, HitRow, MemberAs, SearchFilter, Session, StoreError};
use crate::vocabulary;

/// Acts over which facets are counted: the latest.
const COUNTED: usize = 10_000;
/// Values of one facet that are told.
const VALUES: usize = 20;

vocabulary! {
    /// In what way a person has to do with an act.
    MemberRole {
        Present = "present", "figure parmi les présents de la séance", "listed as present at the sitting";
        Voted = "voted", "a voté nominativement dans un scrutin public", "voted by name in a public ballot";
        Author = "author", "rapporteur", "rapporteur";
    }
}

/// What is looked for. All that is given must hold.
#[derive(Clone, Debug)]
pub struct Sought {
    pub query: Query,
    pub body: Option<Id>,
    pub date_from: Option<NaiveDate>,
    pub date_to: Option<NaiveDate>,
    /// Named in a ballot on the act.
    pub group: Option<Id>,
    pub outcome: Option<Outcome>,
    pub kind: Option<ActKind>,
    /// A path of the nomenclature: itself and all under it.
    pub matter_code: Option<String>,
    pub member: Option<(Id, MemberRole)>,
    pub order: SearchOrder,
}

/// After which act a page begins: a band and a place in the order of results.
pub type SearchPlace = (i32, i64);

/// An act that was found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Hit {
    #[serde(flatten)]
    pub act: DeliberationSummary,
    /// Its title, and up to three other places in which the words stand.
    pub snippets: Vec<Snippet>,
}

/// A value that acts share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Facet {
    /// What the filter of that name takes.
    pub value: String,
    /// The name of a body, a group, a person; null: the value speaks for itself.
    pub label: Option<String>,
    /// How many acts.
    pub count: u32,
}

/// What the acts that were found share: of each kind the twenty most frequent values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Facets {
    /// Over how many acts: the latest ten thousand at most.
    pub counted: u32,
    /// Whether these are all that were found.
    pub complete: bool,
    /// From the latest.
    pub years: Vec<Facet>,
    /// Bodies whose acts they are.
    pub bodies: Vec<Facet>,
    /// Groups named in ballots on the acts.
    pub groups: Vec<Facet>,
    /// What became of them.
    pub outcomes: Vec<Facet>,
    /// Codes of the ACTES nomenclature, as recorded.
    pub matters: Vec<Facet>,
    /// Members listed as present at the sittings.
    pub members: Vec<Facet>,
}

/// A page of what was found.
pub struct Found {
    pub listed: Listed<Hit, SearchPlace>,
    /// None: not asked for.
    pub facets: Option<Facets>,
}

impl Register {
    /// Acts that hold all the words and none of those that are excluded, as far as the reader may read them.
    ///
    /// # Errors
    /// [`Refusal::AuthorityNeeded`].
    pub fn search(&self, reader: &Reader, page: &Page, sought: &Sought, after: Option<SearchPlace>, facets: bool) -> Result<Found, Refusal> {
        self.read(&reader.exactly(), |session| {
            let (authority, public_only) = page.scope(session, reader)?;
            if sought.query.finds_nothing() {
                let facets = facets.then(|| Facets { complete: true, ..Facets::default() });
                return Ok(Found { listed: Listed { lines: Vec::new(), next: None, public: public_only }, facets });
            }
            let mut filter = filter(&authority, public_only, sought);
            (filter.after, filter.limit) = (after, page.ask());
            let mut rows = session.search(&authority, &filter)?;
            let next = page.cut(&mut rows, |row| (row.band, row.place));
            let mut bodies = Bodies::default();
            let lines = rows.into_iter().map(|row| hit(session, &authority, row, &mut bodies, &sought.query)).collect::<Result<_, _>>()?;
            let facets = if facets { Some(shared(session, &authority, public_only, filter)?) } else { None };
            Ok(Found { listed: Listed { lines, next, public: public_only }, facets })
        })
    }
}

fn filter(authority: &str, public: bool, sought: &Sought) -> SearchFilter {
    let mut facts = vec![Subject::Reader { authority, public }.word()];
    facts.extend(sought.body.map(|body| Subject::Body(&body.to_string()).word()));
    facts.extend(sought.outcome.map(|outcome| Subject::Outcome(outcome.wire()).word()));
    facts.extend(sought.kind.map(|kind| Subject::Kind(kind.wire()).word()));
    facts.extend(sought.matter_code.as_deref().map(|path| Subject::Matter(path).word()));
    facts.extend(sought.group.map(|group| Subject::Group(group).word()));
    let member = sought.member.and_then(|(person, role)| match role {
        MemberRole::Present => Some((person.to_string(), MemberAs::Present)),
        MemberRole::Voted => Some((person.to_string(), MemberAs::Voted)),
        MemberRole::Author => {
            facts.push(Subject::Author(person).word());
            None
        }
    });
    SearchFilter {
        number: sought.query.number().map(|key| Subject::Number(key).word()),
        query: sought.query.clone(),
        facts,
        date_from: sought.date_from,
        date_to: sought.date_to,
        member,
        order: sought.order,
        after: None,
        limit: 0,
    }
}

fn hit(session: &mut Session<'_>, authority: &str, row: HitRow, bodies: &mut Bodies, query: &Query) -> Result<Hit, Refusal> {
    let texts: Vec<crate::search::SearchText> = stored(row.texts.as_bytes())?;
    Ok(Hit {
        snippets: snippets(&texts, query),
        act: DeliberationSummary {
            id: word(&row.id)?,
            href: format!("/v1/deliberations/{}", row.id),
            authority: authority.to_owned(),
            number: row.number,
            title: row.title,
            kind: word(&row.kind)?,
            outcome: word(&row.outcome)?,
            workflow: word(&row.workflow)?,
            visibility: word(&row.visibility)?,
            sitting: SittingLink {
                id: word(&row.sitting)?,
                href: format!("/v1/sittings/{}", row.sitting),
                date: row.date,
                body: bodies.link(session, authority, &row.body)?,
            },
            version: row.version,
            modified_at: row.modified_at.and_utc(),
        },
    })
}

/// What the acts that a filter finds share.
fn shared(session: &mut Session<'_>, authority: &str, public_only: bool, mut filter: SearchFilter) -> Result<Facets, Refusal> {
    // The latest; one more than is counted would tell that there are others.
    filter.order = SearchOrder::Newest;
    filter.limit = i64::try_from(COUNTED).unwrap_or(i64::MAX);
    filter.after = None;
    let mut rows: BTreeMap<String, Vec<FacetRow>> = BTreeMap::new();
    for row in session.facets(authority, &filter)? {
        rows.entry(row.facet.clone()).or_default().push(row);
    }
    let counted = rows.remove("counted").and_then(|rows| rows.first().map(|row| count(row.number))).unwrap_or_default();
    let mut of = |facet: &str| rows.remove(facet).unwrap_or_default();
    let (years, outcomes, matters) = (of("year"), of("outcome"), of("matter"));
    let (bodies, groups, members) = (of("body"), of("group"), of("member"));
    let mut years: Vec<Facet> = years.into_iter().map(|row| plain(&row)).collect();
    years.sort_by(|a, b| b.value.cmp(&a.value));
    let body = |entry: &[u8]| Ok(stored::<Body>(entry)?.name);
    let group = |entry: &[u8]| Ok(stored::<Group>(entry)?.name);
    Ok(Facets {
        counted,
        complete: usize::try_from(counted).is_ok_and(|counted| counted < COUNTED),
        years,
        bodies: most(named(session, authority, EntryKind::Body, public_only, bodies, body)?),
        groups: most(named(session, authority, EntryKind::Group, public_only, groups, group)?),
        outcomes: most(outcomes.iter().map(plain).collect()),
        matters: most(matters.iter().map(plain).collect()),
        members: most(persons(session, authority, public_only, members)?),
    })
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn plain(row: &FacetRow) -> Facet {
    // The path of a matter ends with a point.
    Facet { value: row.value.trim_end_matches('.').to_owned(), label: None, count: count(row.number) }
}

/// The most frequent first.
fn most(mut facets: Vec<Facet>) -> Vec<Facet> {
    facets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)).then_with(|| a.value.cmp(&b.value)));
    facets.truncate(VALUES);
    facets
}

/// Entries of the directory that the reader may read, by name.
fn named(
    session: &mut Session<'_>,
    authority: &str,
    kind: EntryKind,
    public_only: bool,
    rows: Vec<FacetRow>,
    name: impl Fn(&[u8]) -> Result<String, StoreError>,
) -> Result<Vec<Facet>, Refusal> {
    let ids: Vec<String> = rows.iter().map(|row| row.value.clone()).collect();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for entry in session.entries_among(authority, kind, &ids)? {
        if !public_only || entry.visibility == crate::record::Visibility::Public.wire() {
            names.insert(entry.id.clone(), name(&entry.entry)?);
        }
    }
    let facet = |row: FacetRow| Some(Facet { label: Some(names.get(&row.value)?.clone()), count: count(row.number), value: row.value });
    Ok(rows.into_iter().filter_map(facet).collect())
}

/// Persons that the reader may read of, by name.
fn persons(session: &mut Session<'_>, authority: &str, public_only: bool, rows: Vec<FacetRow>) -> Result<Vec<Facet>, Refusal> {
    let ids: Vec<&str> = rows.iter().map(|row| row.value.as_str()).collect();
    let known: BTreeSet<String> =
        if public_only { session.public_among(authority, &ids)?.into_iter().collect() } else { ids.iter().map(|id| (*id).to_owned()).collect() };
    let mut rows: Vec<FacetRow> = rows.into_iter().filter(|row| known.contains(&row.value)).collect();
    // Names are read one by one: only those that may be told.
    rows.sort_by(|a, b| b.number.cmp(&a.number).then_with(|| a.value.cmp(&b.value)));
    rows.truncate(VALUES);
    let ids: Vec<Id> = rows.iter().map(|row| word(&row.value)).collect::<Result<_, _>>()?;
    let names = names_of(session, authority, ids.into_iter())?;
    let name = |row: &FacetRow| row.value.parse::<Id>().ok().and_then(|id| names.get(&id)).map(|name| name.printed.clone());
    Ok(rows.into_iter().map(|row| Facet { label: name(&row), count: count(row.number), value: row.value }).collect())
}
