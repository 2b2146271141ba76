//! What is asked of the full-text index: the acts of each band in the order of places, and what those that were found share.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text, Timestamp};

use super::super::statement::Statement;
use super::super::{Engine, Session, StoreError};
use super::first_place;
use crate::search::{Clause, Query, SearchOrder};

/// Where the words of a question have to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Anywhere in the act.
    Whole = 1,
    /// In its title, its numbers, its beneficiaries, the names in it, its budget entries.
    Head = 2,
    Title = 3,
    /// The question is the act's own number.
    Number = 4,
}

/// In what way a person has to do with an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberAs {
    /// Listed as present at its sitting.
    Present,
    /// Voted by name in a public ballot on it.
    Voted,
}

/// What to find.
#[derive(Clone, Debug)]
pub struct SearchFilter {
    pub query: Query,
    /// Words of facts: all must be there.
    pub facts: Vec<String>,
    /// The word of the fact that the question is an act's own number.
    pub number: Option<String>,
    pub date_from: Option<NaiveDate>,
    pub date_to: Option<NaiveDate>,
    pub member: Option<(String, MemberAs)>,
    pub order: SearchOrder,
    /// After which band and place the page begins.
    pub after: Option<(i32, i64)>,
    pub limit: i64,
}

/// An act that was found.
#[derive(Clone, Debug, QueryableByName)]
pub struct HitRow {
    /// A [`Band`] as a number.
    #[diesel(sql_type = Integer)]
    pub band: i32,
    #[diesel(sql_type = BigInt)]
    pub place: i64,
    #[diesel(sql_type = Text)]
    pub texts: String,
    #[diesel(sql_type = Text)]
    pub id: String,
    #[diesel(sql_type = Text)]
    pub sitting: String,
    #[diesel(sql_type = Text)]
    pub body: String,
    #[diesel(sql_type = Date)]
    pub date: NaiveDate,
    #[diesel(sql_type = Nullable<Text>)]
    pub number: Option<String>,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Text)]
    pub outcome: String,
    #[diesel(sql_type = Text)]
    pub workflow: String,
    #[diesel(sql_type = Text)]
    pub visibility: String,
    #[diesel(sql_type = Integer)]
    pub version: i32,
    #[diesel(sql_type = Timestamp)]
    pub modified_at: NaiveDateTime,
}

/// How many of the acts that were found share something.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
pub struct FacetRow {
    #[diesel(sql_type = Text)]
    pub facet: String,
    #[diesel(sql_type = Text)]
    pub value: String,
    #[diesel(sql_type = BigInt)]
    pub number: i64,
}

impl Session<'_> {
    /// The acts that are found, in order. A band is asked for what those above it have left of the page: common words fill it from the first, and
    /// what stands only in the text of an act is then not looked for in every act.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn search(&mut self, authority: &str, filter: &SearchFilter) -> Result<Vec<HitRow>, StoreError> {
        let mut found: Vec<HitRow> = Vec::new();
        for band in bands(filter) {
            let missing = filter.limit - i64::try_from(found.len()).unwrap_or(i64::MAX);
            if missing <= 0 {
                break;
            }
            found.extend(self.search_band(authority, filter, band, missing)?);
        }
        Ok(found)
    }

    fn search_band(&mut self, authority: &str, filter: &SearchFilter, band: Band, limit: i64) -> Result<Vec<HitRow>, StoreError> {
        let mut search = Search { authority, filter, limit, statement: Statement::on(self.engine()) };
        let arm = search.arm(band);
        let direction = if filter.order == SearchOrder::Oldest { "ASC" } else { "DESC" };
        let owner = search.statement.text(authority);
        let sql = format!(
            "SELECT h.band, h.place, s.texts, d.id, d.sitting, d.body, d.date, d.number, d.title, d.kind, d.outcome, d.workflow, d.visibility, \
                 d.version, d.modified_at \
             FROM ({arm}) h \
             JOIN act_search s ON s.authority = {owner} AND s.place = h.place \
             JOIN deliberations d ON d.authority = s.authority AND d.id = s.deliberation ORDER BY h.place {direction}"
        );
        let statement = search.statement;
        statement.load(self, sql)
    }

    /// What the acts that are found share: over the latest of them, no more than `filter.limit`; the row of no value says over how many.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn facets(&mut self, authority: &str, filter: &SearchFilter) -> Result<Vec<FacetRow>, StoreError> {
        let mut search = Search { authority, filter, limit: filter.limit, statement: Statement::on(self.engine()) };
        let arm = search.arm(Band::Whole);
        let owner = search.statement.text(authority);
        let year = match search.statement.engine {
            Engine::Sqlite => "substr(date, 1, 4)",
            Engine::Postgresql => "to_char(date, 'YYYY')",
        };
        let sql = format!(
            "WITH hits AS MATERIALIZED (SELECT s.deliberation, s.sitting, s.body, s.date, s.outcome FROM ({arm}) f \
                 JOIN act_search s ON s.authority = {owner} AND s.place = f.place), \
             sat AS MATERIALIZED (SELECT sitting, count(*) AS acts FROM hits GROUP BY sitting) \
             SELECT 'counted' AS facet, '' AS value, count(*) AS number FROM hits \
             UNION ALL SELECT 'year', {year}, count(*) FROM hits GROUP BY 2 \
             UNION ALL SELECT 'body', body, count(*) FROM hits GROUP BY body \
             UNION ALL SELECT 'outcome', outcome, count(*) FROM hits GROUP BY outcome \
             UNION ALL SELECT 'matter', m.path, count(DISTINCT m.deliberation) FROM hits h \
                 JOIN act_matters m ON m.authority = {owner} AND m.deliberation = h.deliberation GROUP BY m.path \
             UNION ALL SELECT 'group', t.political_group, count(DISTINCT h.deliberation) FROM hits h \
                 JOIN act_items i ON i.authority = {owner} AND i.deliberation = h.deliberation \
                 JOIN ballot_items b ON b.authority = {owner} AND b.sitting = h.sitting AND b.item = i.item \
                 JOIN tally_rows t ON t.authority = {owner} AND t.sitting = b.sitting AND t.ballot = b.ballot \
                 WHERE t.political_group IS NOT NULL GROUP BY t.political_group \
             UNION ALL SELECT 'member', p.person, CAST(sum(sat.acts) AS BIGINT) FROM sat \
                 JOIN (SELECT DISTINCT a.sitting, a.person FROM attendance_rows a \
                     WHERE a.authority = {owner} AND a.person IS NOT NULL AND a.status IN ('present', 'present_remotely') \
                     AND a.sitting IN (SELECT sitting FROM sat)) p ON p.sitting = sat.sitting GROUP BY p.person"
        );
        let statement = search.statement;
        statement.load(self, sql)
    }
}

impl Band {
    const fn number(self) -> i32 {
        match self {
            Self::Whole => 1,
            Self::Head => 2,
            Self::Title => 3,
            Self::Number => 4,
        }
    }

    /// The column that holds its words.
    const fn column(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Head => "head",
            Self::Title => "title",
            Self::Number => "facts",
        }
    }
}

/// A search on its way to SQL.
struct Search<'a> {
    authority: &'a str,
    filter: &'a SearchFilter,
    /// How many acts at most.
    limit: i64,
    statement: Statement,
}

/// Which bands a page may hold, from the narrowest. Ordered by date, and without words, all are one.
fn bands(filter: &SearchFilter) -> Vec<Band> {
    if filter.order != SearchOrder::Relevance || filter.query.all.is_empty() {
        return vec![Band::Whole];
    }
    let last = filter.after.map_or(i32::MAX, |(band, _)| band);
    let all = [Band::Number, Band::Title, Band::Head, Band::Whole].into_iter();
    all.filter(|band| band.number() <= last && (*band != Band::Number || filter.number.is_some())).collect()
}

impl Search<'_> {
    /// The bands above one, whose acts it does not repeat.
    fn above(&self, band: Band) -> Option<Band> {
        match band {
            _ if self.filter.order != SearchOrder::Relevance || self.filter.query.all.is_empty() => None,
            Band::Whole => Some(Band::Head),
            Band::Head => Some(Band::Title),
            Band::Title | Band::Number => None,
        }
    }

    /// The acts of one band: `band` and `place`, in order, no more than the page holds.
    fn arm(&mut self, band: Band) -> String {
        let number = band.number();
        let oldest = self.filter.order == SearchOrder::Oldest;
        let first = self.filter.date_from.map_or(0, first_place);
        let last = self.filter.date_to.and_then(|day| day.succ_opt()).map_or(i64::MAX, first_place);
        // Of a band above the one where the page before ended, all was shown; of one below, nothing.
        let after = self.filter.after.filter(|(of, _)| *of == number).map(|(_, place)| place);
        let (low, high) = match (after, oldest) {
            (Some(place), true) => (first.max(place.saturating_add(1)), last),
            (Some(place), false) => (first, last.min(place)),
            (None, _) => (first, last),
        };
        let (low, high) = (self.statement.number(low), self.statement.number(high));
        let direction = if oldest { "ASC" } else { "DESC" };
        match self.statement.engine {
            Engine::Sqlite => {
                let asked = self.fts5(band);
                let matched = self.statement.text(asked);
                let member = self.member().map_or_else(String::new, |member| {
                    let owner = self.statement.text(self.authority);
                    // CROSS JOIN: the words lead, in the order of places.
                    format!(" CROSS JOIN act_search s ON s.authority = {owner} AND s.place = f.rowid AND {member}")
                });
                let limit = self.statement.number(self.limit);
                format!(
                    "SELECT {number} AS band, f.rowid AS place FROM act_words f{member} \
                     WHERE f.act_words MATCH {matched} AND f.rowid >= {low} AND f.rowid < {high} ORDER BY f.rowid {direction} LIMIT {limit}"
                )
            }
            Engine::Postgresql => {
                let owner = self.statement.text(self.authority);
                let words = self.tsquery(band);
                let member = self.member().map_or_else(String::new, |member| format!(" AND {member}"));
                let limit = self.statement.number(self.limit);
                // Its statistics know words, not phrases: of a phrase that no title holds, it would look for the latest through every act. A sum
                // has no index, and leaves it the words.
                let phrase = self.filter.query.all.iter().any(|clause| clause.terms.len() > 1);
                let order = if phrase && matches!(band, Band::Title | Band::Head) { "s.place + 0" } else { "s.place" };
                format!(
                    "SELECT {number} AS band, s.place FROM act_search s \
                     WHERE s.authority = {owner} AND s.place >= {low} AND s.place < {high}{words}{member} ORDER BY {order} {direction} LIMIT {limit}"
                )
            }
        }
    }

    /// A condition on the sitting or on the act, of a person.
    fn member(&mut self) -> Option<String> {
        let (person, how) = self.filter.member.as_ref()?;
        let (owner, person) = (self.statement.text(self.authority), self.statement.text(person));
        Some(match how {
            MemberAs::Present => format!(
                "s.sitting IN (SELECT a.sitting FROM attendance_rows a WHERE a.authority = {owner} AND a.person = {person} \
                 AND a.status IN ('present', 'present_remotely'))"
            ),
            MemberAs::Voted => format!(
                "s.deliberation IN (SELECT i.deliberation FROM vote_rows v \
                 JOIN ballot_rows r ON r.authority = v.authority AND r.sitting = v.sitting AND r.ballot = v.ballot \
                 JOIN ballot_items b ON b.authority = v.authority AND b.sitting = v.sitting AND b.ballot = v.ballot \
                 JOIN act_items i ON i.authority = v.authority AND i.item = b.item \
                 JOIN deliberations x ON x.authority = i.authority AND x.id = i.deliberation AND x.sitting = v.sitting \
                 WHERE v.authority = {owner} AND v.person = {person} AND v.basis = 'person' AND r.mode = 'public_roll_call')"
            ),
        })
    }

    /// The question in the language of FTS5. Every word is between quotation marks and holds letters, digits and `_` only.
    fn fts5(&self, band: Band) -> String {
        let words = |column: &str, clauses: &[Clause]| -> Vec<String> {
            let word = |clause: &Clause| format!("{column} : \"{}\"{}", clause.terms.join(" "), if clause.begins { " *" } else { "" });
            clauses.iter().map(word).collect()
        };
        let query = &self.filter.query;
        let fact = |fact: &String| format!("facts : \"{fact}\"");
        let mut all: Vec<String> = self.filter.facts.iter().map(fact).collect();
        match (band, &self.filter.number) {
            (Band::Number, Some(number)) => all.push(fact(number)),
            _ => all.extend(words(band.column(), &query.all)),
        }
        let mut none: Vec<String> = words("whole", &query.none);
        none.extend(self.above(band).map(|above| format!("({})", words(above.column(), &query.all).join(" AND "))));
        none.extend(self.filter.number.as_ref().filter(|_| self.by_number(band)).map(fact));
        let all = all.join(" AND ");
        if none.is_empty() { all } else { format!("({all}) NOT ({})", none.join(" OR ")) }
    }

    /// The same as conditions of PostgreSQL.
    fn tsquery(&mut self, band: Band) -> String {
        let clause = |clause: &Clause| {
            let end = if clause.begins { ":*" } else { "" };
            let terms: Vec<String> = clause.terms.iter().map(|term| format!("'{term}'{end}")).collect();
            format!("({})", terms.join(" <-> "))
        };
        let all = |clauses: &[Clause]| clauses.iter().map(clause).collect::<Vec<_>>().join(" & ");
        let query = &self.filter.query;
        let mut facts: Vec<&String> = self.filter.facts.iter().collect();
        facts.extend(self.filter.number.as_ref().filter(|_| band == Band::Number));
        let facts = facts.into_iter().map(|fact| format!("'{fact}'")).collect::<Vec<_>>().join(" & ");
        let mut asked: Vec<(&str, &str, String)> = vec![("", "facts", facts)];
        if band != Band::Number {
            asked.push(("", band.column(), all(&query.all)));
        }
        asked.extend(query.none.iter().map(|excluded| ("NOT ", "whole", clause(excluded))));
        asked.extend(self.above(band).map(|above| ("NOT ", above.column(), all(&query.all))));
        asked.extend(self.filter.number.as_ref().filter(|_| self.by_number(band)).map(|number| ("NOT ", "facts", format!("'{number}'"))));
        let mut conditions = String::new();
        for (negated, column, words) in asked.into_iter().filter(|(_, _, words)| !words.is_empty()) {
            let words = self.statement.text(words);
            conditions.push_str(&format!(" AND {negated}(s.{column} @@ {words}::tsquery)"));
        }
        conditions
    }

    /// Whether the acts of that number stand above this band.
    fn by_number(&self, band: Band) -> bool {
        band != Band::Number && self.filter.number.is_some() && self.filter.order == SearchOrder::Relevance
    }
}
