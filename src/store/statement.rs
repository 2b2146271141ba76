//! A statement that is put together piece by piece, each value bound where it stands: for what no query builder writes for both engines.

use diesel::deserialize::FromSqlRow;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{BigInt, Text, Untyped};

use super::connection::AnyConnection;
use super::{Engine, Session, StoreError};

enum Value {
    Text(String),
    Number(i64),
}

/// SQL and the values bound in it.
pub(super) struct Statement {
    pub(super) engine: Engine,
    values: Vec<Value>,
}

impl Statement {
    pub(super) const fn on(engine: Engine) -> Self {
        Self { engine, values: Vec::new() }
    }

    /// Binds a text; what stands for it in SQL.
    pub(super) fn text(&mut self, text: impl Into<String>) -> String {
        self.bind(Value::Text(text.into()))
    }

    /// Binds a number; what stands for it in SQL.
    pub(super) fn number(&mut self, number: i64) -> String {
        self.bind(Value::Number(number))
    }

    fn bind(&mut self, value: Value) -> String {
        self.values.push(value);
        let sign = match self.engine {
            Engine::Sqlite => '?',
            Engine::Postgresql => '$',
        };
        format!("{sign}{}", self.values.len())
    }

    /// Runs the statement.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub(super) fn load<T>(self, session: &mut Session<'_>, sql: String) -> Result<Vec<T>, StoreError>
    where
        T: FromSqlRow<Untyped, diesel::pg::Pg> + FromSqlRow<Untyped, diesel::sqlite::Sqlite> + 'static,
    {
        match session.connection {
            AnyConnection::Postgresql(c) => {
                let mut query: BoxedSqlQuery<'_, diesel::pg::Pg, SqlQuery> = diesel::sql_query(sql).into_boxed();
                for value in self.values {
                    query = match value {
                        Value::Text(text) => query.bind::<Text, _>(text),
                        Value::Number(number) => query.bind::<BigInt, _>(number),
                    };
                }
                Ok(query.load(c)?)
            }
            AnyConnection::Sqlite(c) => {
                let mut query: BoxedSqlQuery<'_, diesel::sqlite::Sqlite, SqlQuery> = diesel::sql_query(sql).into_boxed();
                for value in self.values {
                    query = match value {
                        Value::Text(text) => query.bind::<Text, _>(text),
                        Value::Number(number) => query.bind::<BigInt, _>(number),
                    };
                }
                Ok(query.load(c)?)
            }
        }
    }
}
