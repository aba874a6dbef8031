//! Columns that hold digests.

use amatelier_types::Sha256;
use rusqlite::{Row, types::Type};

/// A SHA-256 written as text.
pub(crate) fn digest(row: &Row<'_>, column: usize) -> rusqlite::Result<Sha256> {
    parse(&row.get::<_, String>(column)?, column)
}

/// A SHA-256 written as text, or nothing.
pub(crate) fn digest_or_null(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Sha256>> {
    row.get::<_, Option<String>>(column)?.map(|text| parse(&text, column)).transpose()
}

fn parse(text: &str, column: usize) -> rusqlite::Result<Sha256> {
    text.parse().map_err(|bad| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(bad)))
}
