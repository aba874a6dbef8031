//! The rows, as people read them.

use super::row::Row;

const HEADS: [&str; 7] = ["row", "measured", "goal", "ratio", "", "durability", "beside"];

/// For a terminal.
pub(crate) fn plain(rows: &[Row]) -> String {
    let mut lines = vec![HEADS.map(String::from)];
    lines.extend(rows.iter().map(Row::cells));
    let mut widths = [0; 7];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = cell.chars().count().max(*width);
        }
    }
    let line = |cells: &[String; 7]| {
        let cells = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    lines.iter().map(line).collect()
}

/// For Markdown.
pub(crate) fn markdown(rows: &[Row]) -> String {
    let line = |cells: [String; 7]| format!("| {} |\n", cells.join(" | "));
    let rule = HEADS.map(|_| "---".into());
    [HEADS.map(String::from), rule].into_iter().chain(rows.iter().map(Row::cells)).map(line).collect()
}
