//! What acts are found by. Here, and in what is asked of it ([`find`]), the engines' full-text indexes differ: on SQLite an FTS5 table beside
//! `act_search`, on PostgreSQL columns of it. Both are given the same stems and asked the same; neither's own ranking is used.

mod find;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Nullable, Text};

use super::connection::on_either;
use super::schema::act_search;
use super::statement::Statement;
use super::{Engine, Session, StoreError};
use crate::search::{BREAK, Indexed};

pub use find::{Band, FacetRow, HitRow, MemberAs, SearchFilter};

/// A text of an act, by which some readers find it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = act_search)]
pub struct ActSearchRow {
    pub authority: String,
    pub deliberation: String,
    /// Whether it is the public's text only.
    pub public_text: bool,
    /// The order of results: the day, then the order in which the acts of that day came in.
    pub place: i64,
    pub sitting: String,
    pub body: String,
    pub date: NaiveDate,
    pub outcome: String,
    pub digest: String,
    /// JSON: the texts that snippets are cut from.
    pub texts: String,
}

#[derive(QueryableByName)]
struct Highest {
    #[diesel(sql_type = Nullable<BigInt>)]
    place: Option<i64>,
}

#[derive(QueryableByName)]
struct Known {
    #[diesel(sql_type = Bool)]
    public_text: bool,
    #[diesel(sql_type = BigInt)]
    place: i64,
    #[diesel(sql_type = Text)]
    digest: String,
}

/// Bits of a place below its day.
const BELOW_THE_DAY: u32 = 40;

/// The first place of a day.
fn first_place(day: NaiveDate) -> i64 {
    use chrono::Datelike;
    i64::from(day.num_days_from_ce()) << BELOW_THE_DAY
}

impl Session<'_> {
    /// Writes by which texts an act is found, each with its words; those that are the same as before are left as they are.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn index_search(&mut self, authority: &str, deliberation: &str, texts: Vec<(ActSearchRow, Indexed)>) -> Result<(), StoreError> {
        if let Some(waiting) = &mut self.waiting {
            waiting.found_by.push((authority.to_owned(), deliberation.to_owned(), texts));
            return Ok(());
        }
        self.write_search(authority, deliberation, texts)
    }

    pub(super) fn write_search(&mut self, authority: &str, deliberation: &str, texts: Vec<(ActSearchRow, Indexed)>) -> Result<(), StoreError> {
        let known = self.known_places(authority, deliberation)?;
        let day = texts.first().map(|(row, _)| first_place(row.date));
        let mut place = known.iter().map(|known| known.place & !1).find(|place| Some(place >> BELOW_THE_DAY << BELOW_THE_DAY) == day);
        for known in known.iter() {
            let same =
                texts.iter().any(|(row, _)| row.public_text == known.public_text && row.digest == known.digest && place == Some(known.place & !1));
            if !same {
                self.forget_place(authority, known.place)?;
            }
        }
        for (mut row, words) in texts {
            let at = match place {
                Some(place) => place,
                None => self.next_place(authority, row.date)?,
            };
            place = Some(at);
            row.place = at | i64::from(row.public_text);
            if !known.iter().any(|known| known.place == row.place && known.digest == row.digest) {
                self.add_search(&row, &words)?;
            }
        }
        Ok(())
    }

    /// Takes an act out of the index.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn clear_search(&mut self, authority: &str, deliberation: &str) -> Result<(), StoreError> {
        for known in self.known_places(authority, deliberation)? {
            self.forget_place(authority, known.place)?;
        }
        Ok(())
    }

    fn known_places(&mut self, authority: &str, deliberation: &str) -> Result<Vec<Known>, StoreError> {
        let mut statement = Statement::on(self.engine());
        let (authority, deliberation) = (statement.text(authority), statement.text(deliberation));
        let sql = format!("SELECT public_text, place, digest FROM act_search WHERE authority = {authority} AND deliberation = {deliberation}");
        statement.load(self, sql)
    }

    /// After the last act of the day. On SQLite a place is that of a row in one full-text index of all authorities.
    fn next_place(&mut self, authority: &str, date: NaiveDate) -> Result<i64, StoreError> {
        let first = first_place(date);
        let mut statement = Statement::on(self.engine());
        let owner = match statement.engine {
            Engine::Sqlite => String::new(),
            Engine::Postgresql => format!("authority = {} AND ", statement.text(authority)),
        };
        let (low, high) = (statement.number(first), statement.number(first + (1 << BELOW_THE_DAY)));
        let sql = format!("SELECT max(place) AS place FROM act_search WHERE {owner}place >= {low} AND place < {high}");
        let highest: Vec<Highest> = statement.load(self, sql)?;
        Ok(highest.into_iter().find_map(|highest| highest.place).map_or(first, |last| (last & !1) + 2))
    }

    fn forget_place(&mut self, authority: &str, place: i64) -> Result<(), StoreError> {
        if self.engine() == Engine::Sqlite {
            let words = diesel::sql_query("DELETE FROM act_words WHERE rowid = ?").bind::<BigInt, _>(place);
            on_either!(self.connection, c => words.execute(c))?;
        }
        let row = act_search::table.filter(act_search::authority.eq(authority)).filter(act_search::place.eq(place));
        diesel::delete(row).execute(self.connection)?;
        Ok(())
    }

    fn add_search(&mut self, row: &ActSearchRow, words: &Indexed) -> Result<(), StoreError> {
        match self.engine() {
            Engine::Sqlite => {
                diesel::insert_into(act_search::table).values(row).execute(self.connection)?;
                let add = diesel::sql_query("INSERT INTO act_words (rowid, facts, title, head, whole) VALUES (?, ?, ?, ?, ?)")
                    .bind::<BigInt, _>(row.place)
                    .bind::<Text, _>(words.facts.join(" "))
                    .bind::<Text, _>(words.title.join(" "))
                    .bind::<Text, _>(words.head.join(" "))
                    .bind::<Text, _>(words.whole.join(" "));
                on_either!(self.connection, c => add.execute(c))?;
            }
            Engine::Postgresql => {
                let columns = "authority, deliberation, public_text, place, sitting, body, date, outcome, digest, texts, facts, title, head, whole";
                let values = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::tsvector, $12::tsvector, $13::tsvector, $14::tsvector";
                let add = diesel::sql_query(format!("INSERT INTO act_search ({columns}) VALUES ({values})"))
                    .bind::<Text, _>(&row.authority)
                    .bind::<Text, _>(&row.deliberation)
                    .bind::<Bool, _>(row.public_text)
                    .bind::<BigInt, _>(row.place)
                    .bind::<Text, _>(&row.sitting)
                    .bind::<Text, _>(&row.body)
                    .bind::<Date, _>(row.date)
                    .bind::<Text, _>(&row.outcome)
                    .bind::<Text, _>(&row.digest)
                    .bind::<Text, _>(&row.texts)
                    .bind::<Text, _>(vector(&words.facts))
                    .bind::<Text, _>(vector(&words.title))
                    .bind::<Text, _>(vector(&words.head))
                    .bind::<Text, _>(vector(&words.whole));
                on_either!(self.connection, c => add.execute(c))?;
            }
        }
        Ok(())
    }
}

/// Words as PostgreSQL reads a tsvector: each with its places, from 1. They hold letters, digits and `_` only.
fn vector(words: &[String]) -> String {
    use std::fmt::Write;
    /// The last place that PostgreSQL counts.
    const LAST: usize = 16_383;
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, word) in words.iter().enumerate().filter(|(_, word)| *word != BREAK) {
        places.entry(word).or_default().push((at + 1).min(LAST));
    }
    let mut vector = String::new();
    for (word, at) in places {
        // Writing to a String cannot fail.
        let _ = write!(vector, "'{word}':");
        for (n, place) in at.iter().enumerate() {
            let _ = write!(vector, "{}{place}", if n == 0 { "" } else { "," });
        }
        vector.push(' ');
    }
    vector
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_days() {
        let day = |text: &str| text.parse::<NaiveDate>().map(first_place).unwrap_or_default();
        assert!(day("0001-01-01") > 0 && day("2025-07-07") < day("2025-07-08") && day("9999-12-31") < i64::MAX >> 1);
        assert_eq!(day("2025-07-08") - day("2025-07-07"), 1 << BELOW_THE_DAY);
    }

    #[test]
    fn words_with_their_places() {
        let words = ["b", "a", BREAK, "b"].map(str::to_owned);
        assert_eq!(vector(&words), "'a':2 'b':1,4 ");
        assert_eq!(vector(&[]), "");
    }
}
