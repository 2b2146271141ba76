//! Acts as a table of columns (Apache Parquet), for who counts over many: one row for each public act, its vote as the SCDL counts it.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};

use super::public_act::PublicAct;
use super::scdl;
use crate::record::Authority;

/// Acts of a row group: what a reader reads at once, and what is held here meanwhile.
const GROUP: usize = 8_192;

/// A table on its way.
pub struct Columns {
    writer: SerializedFileWriter<Vec<u8>>,
    rows: Vec<Row>,
}

/// Of unknown values nothing stands in the file.
struct Row {
    texts: [Option<String>; TEXTS.len()],
    /// Days since 1970-01-01.
    date: i32,
    counts: [Option<i32>; COUNTS.len()],
}

const TEXTS: [&str; 10] = ["id", "authority", "authority_name", "body", "number", "title", "kind", "outcome", "matter_code", "url"];
/// In the words of a ballot; `could_vote` and `took_part` are VOTE_EFFECTIF and VOTE_REEL. All five or none.
const COUNTS: [&str; 5] = ["could_vote", "took_part", "votes_for", "votes_against", "abstentions"];

impl Columns {
    /// A table without rows.
    ///
    /// # Errors
    /// When the library refuses the schema.
    pub fn new() -> Result<Self, ParquetError> {
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        Ok(Self { writer: SerializedFileWriter::new(Vec::new(), schema()?, Arc::new(properties))?, rows: Vec::new() })
    }

    pub fn add(&mut self, authority: &Authority, act: &PublicAct) {
        let votes = scdl::vote_of(act);
        let count = |n: u32| i32::try_from(n).ok();
        let record = &act.record;
        self.rows.push(Row {
            texts: [
                Some(act.id.to_string()),
                Some(authority.siren.to_string()),
                Some(authority.name.clone()),
                Some(act.sitting.body.name.clone()),
                act.number.clone(),
                Some(record.title.clone()),
                Some(record.kind.wire().to_owned()),
                Some(record.outcome.wire().to_owned()),
                record.matter_codes.first().map(|matter| matter.code.clone()),
                act.published_at().map(str::to_owned),
            ],
            date: days(act.taken_on()),
            counts: [
                votes.and_then(|v| count(v.could_vote)),
                votes.and_then(|v| count(v.took_part())),
                votes.and_then(|v| count(v.in_favour)),
                votes.and_then(|v| count(v.against)),
                votes.and_then(|v| count(v.abstention)),
            ],
        });
    }

    /// What can be sent by now; nothing until there are enough rows for a group.
    ///
    /// # Errors
    /// When the library cannot write.
    pub fn written(&mut self) -> Result<Vec<u8>, ParquetError> {
        if self.rows.len() >= GROUP {
            self.write_group()?;
        }
        Ok(std::mem::take(self.writer.inner_mut()))
    }

    /// The rest, and the foot of the file.
    ///
    /// # Errors
    /// When the library cannot write.
    pub fn finish(mut self) -> Result<Vec<u8>, ParquetError> {
        if !self.rows.is_empty() {
            self.write_group()?;
        }
        self.writer.into_inner()
    }

    /// In the order of the schema: texts, the date, counts.
    fn write_group(&mut self) -> Result<(), ParquetError> {
        let rows = std::mem::take(&mut self.rows);
        let mut group = self.writer.next_row_group()?;
        let mut place = 0;
        while let Some(mut column) = group.next_column()? {
            match column.untyped() {
                ColumnWriter::ByteArrayColumnWriter(column) => {
                    let cells: Vec<Option<&String>> = rows.iter().map(|row| row.texts.get(place).and_then(Option::as_ref)).collect();
                    let values: Vec<ByteArray> = cells.iter().flatten().map(|text| ByteArray::from(text.as_str())).collect();
                    column.write_batch(&values, Some(&levels(&cells)), None)?;
                }
                ColumnWriter::Int32ColumnWriter(column) if place == TEXTS.len() => {
                    let values: Vec<i32> = rows.iter().map(|row| row.date).collect();
                    column.write_batch(&values, None, None)?;
                }
                ColumnWriter::Int32ColumnWriter(column) => {
                    let count = place.saturating_sub(TEXTS.len() + 1);
                    let cells: Vec<Option<i32>> = rows.iter().map(|row| row.counts.get(count).copied().flatten()).collect();
                    let values: Vec<i32> = cells.iter().flatten().copied().collect();
                    column.write_batch(&values, Some(&levels(&cells)), None)?;
                }
                _ => return Err(ParquetError::General("a column of another type than the schema's".to_owned())),
            }
            column.close()?;
            place += 1;
        }
        group.close()?;
        std::io::Write::flush(&mut self.writer.inner_mut())?;
        Ok(())
    }
}

/// 1 where a cell has a value.
fn levels<T>(cells: &[Option<T>]) -> Vec<i16> {
    cells.iter().map(|cell| i16::from(cell.is_some())).collect()
}

/// Days from 1970-01-01, as Parquet counts them.
fn days(day: chrono::NaiveDate) -> i32 {
    i32::try_from(day.signed_duration_since(chrono::NaiveDate::default()).num_days()).unwrap_or(i32::MAX)
}

fn schema() -> Result<TypePtr, ParquetError> {
    let column = |name: &str, physical: Physical, logical: Option<LogicalType>, repetition: Repetition| {
        Type::primitive_type_builder(name, physical).with_logical_type(logical).with_repetition(repetition).build().map(Arc::new)
    };
    let mut fields = Vec::new();
    for name in TEXTS {
        fields.push(column(name, Physical::BYTE_ARRAY, Some(LogicalType::String), Repetition::OPTIONAL)?);
    }
    fields.push(column("date", Physical::INT32, Some(LogicalType::Date), Repetition::REQUIRED)?);
    for name in COUNTS {
        fields.push(column(name, Physical::INT32, None, Repetition::OPTIONAL)?);
    }
    Ok(Arc::new(Type::group_type_builder("deliberations").with_fields(fields).build()?))
}
