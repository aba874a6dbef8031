//! The rows that meet conditions.

use crate::{
    Caps, Condition, Observation, Refusal, Row, Rows,
    data::{DataRow, Format, Tree, each_row},
    files::Loaded,
    look::{
        Deadline,
        compare::{Met, compare},
        refused, source,
    },
    plain::cut_marked,
};

/// In how many rows fields are looked for that could have been meant.
const ROWS_KNOWN: u32 = 100;
/// The most fields that are named.
const FIELDS_KNOWN: usize = 50;
/// What a row is called that is not a table.
const BARE: &str = "value";

/// A condition, and what became of it in the rows so far.
struct Tried<'a> {
    condition: &'a Condition,
    is_known: bool,
    absent: u32,
    no_number: u32,
}

pub(crate) fn query(
    loaded: &Loaded,
    part: Option<&str>,
    conditions: &[Condition],
    caps: &Caps,
    deadline: &Deadline,
) -> Result<Observation, Refusal> {
    let name = &loaded.file.name;
    let format = Format::of(name).ok_or_else(|| Refusal::NotData { file: name.clone() })?;
    let mut tried: Vec<Tried<'_>> = conditions
        .iter()
        .map(|condition| Tried { condition, is_known: false, absent: 0, no_number: 0 })
        .collect();
    let mut known = Vec::new();
    let mut found = Rows {
        file: loaded.file.clone(),
        part: part.map(str::to_owned),
        matched: 0,
        total: 0,
        rows: Vec::new(),
        notes: Vec::new(),
        truncated: false,
    };
    each_row(&source(loaded, format, caps, deadline), part, |row| {
        found.total = row.number;
        if row.number <= ROWS_KNOWN {
            learn(row, &mut known);
        }
        // Every condition is looked at, so that what is said about the rows does not depend on their order.
        let mut meets = true;
        for tried in &mut tried {
            meets &= tried.is_met(row);
        }
        if meets {
            found.matched += 1;
            if found.rows.len() < caps.rows as usize {
                found.rows.push(shown(row, caps));
            }
        }
        Ok(())
    })
    .map_err(refused(loaded, format))?;
    if let Some(unknown) = tried.iter().find(|tried| !tried.is_known && found.total > 0) {
        let field = unknown.condition.field.clone();
        return Err(Refusal::NoSuchField { file: name.clone(), field, known });
    }
    found.notes = tried.iter().flat_map(Tried::notes).collect();
    found.truncated = found.matched as usize > found.rows.len();
    Ok(Observation::Rows(found))
}

impl Tried<'_> {
    fn is_met(&mut self, row: &DataRow<'_>) -> bool {
        let field = match &row.node.tree {
            Tree::Table(_) | Tree::List(_) => row.node.at(&self.condition.field),
            _ => Some(row.node).filter(|_| self.condition.field == BARE),
        };
        self.is_known |= field.is_some();
        let met = compare(field, self.condition);
        self.absent += u32::from(met == Met::Absent);
        self.no_number += u32::from(met == Met::NoNumber);
        met == Met::Yes
    }

    fn notes(&self) -> Vec<String> {
        let rows =
            |count: u32| if count == 1 { "1 row has".to_owned() } else { format!("{count} rows have") };
        let field = crate::plain::plain(&self.condition.field);
        let absent = (self.absent > 0).then(|| format!("{} no {field}", rows(self.absent)));
        let no_number =
            (self.no_number > 0).then(|| format!("{} no number in {field}", rows(self.no_number)));
        absent.into_iter().chain(no_number).collect()
    }
}

/// Remember the fields that a row has.
fn learn(row: &DataRow<'_>, known: &mut Vec<String>) {
    let own: Vec<&str> = match &row.node.tree {
        Tree::Table(members) => members.iter().map(|(key, _)| key.as_str()).collect(),
        Tree::List(_) => Vec::new(),
        _ => vec![BARE],
    };
    for field in own {
        if known.len() < FIELDS_KNOWN && !known.iter().any(|known| known == field) {
            known.push(field.to_owned());
        }
    }
}

fn shown(row: &DataRow<'_>, caps: &Caps) -> Row {
    Row {
        number: row.number,
        first_line: row.node.first_line,
        last_line: row.node.last_line,
        text: cut_marked(&row.node.json(), caps.line_bytes),
    }
}
