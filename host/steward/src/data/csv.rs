//! CSV, row by row.

use super::{DataRow, Node, Source, Tree, Trouble};
use crate::text::LineIndex;

/// How often the clock is looked at, in rows.
const ROWS_BETWEEN: u32 = 1_024;

/// Hand over every row, as a table of texts by the names in the first line.
pub(crate) fn each_row(
    source: &Source<'_>,
    mut hand_over: impl FnMut(&DataRow<'_>) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    let text = source.text;
    let index = LineIndex::new(text);
    let lines: Vec<bool> = text.lines().map(|line| line.trim_end_matches('\r').is_empty()).collect();
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(text)).from_reader(text.as_bytes());
    let malformed = |error: csv::Error| Trouble::Malformed {
        line: error.position().map(|place| index.line(usize::try_from(place.byte()).unwrap_or(usize::MAX))),
        why: match error.kind() {
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("a row of {len} fields where the first has {expected_len}")
            }
            _ => "a row that cannot be read".to_owned(),
        },
    };
    let names: Vec<String> =
        reader.headers().map_err(malformed)?.iter().map(|name| name.trim().to_owned()).collect();
    let mut record = csv::StringRecord::new();
    let mut number = 0;
    while reader.read_record(&mut record).map_err(malformed)? {
        number += 1;
        if number % ROWS_BETWEEN == 0 {
            source.deadline.check()?;
        }
        let mut line = record
            .position()
            .map_or(1, |place| index.line(usize::try_from(place.byte()).unwrap_or(usize::MAX)));
        // The reader begins a record before the empty lines that it skips.
        while lines.get(line.saturating_sub(1) as usize).copied().unwrap_or_default() {
            line += 1;
        }
        let feeds: usize = record.iter().map(|field| field.matches('\n').count()).sum();
        let last_line = line.saturating_add(u32::try_from(feeds).unwrap_or(u32::MAX));
        let fields = names.iter().cloned().zip(record.iter());
        let members = fields.map(|(name, field)| (name, Node::on(line, Tree::Text(field.to_owned()))));
        let node = Node { first_line: line, last_line, tree: Tree::Table(members.collect()) };
        hand_over(&DataRow { number, node: &node })?;
    }
    Ok(())
}

/// What the first line has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
    [b',', b'\t', b';'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}
