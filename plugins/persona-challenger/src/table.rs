//! Tables in text: lines of cells under a line of names.

/// Whether a file is one, by its name.
pub(crate) fn is_table(file: &str) -> bool {
    let lower = file.to_ascii_lowercase();
    [".csv", ".tsv"].iter().any(|ending| lower.ends_with(ending))
}

/// The cells of two lines of a table, by the separator that its first line uses.
pub(crate) fn cells(head: &str, line: &str) -> (Vec<String>, Vec<String>) {
    let count = |separator: &char| head.matches(*separator).count();
    let separator = [',', ';', '\t', '|'].into_iter().rev().max_by_key(count).unwrap_or(',');
    (split(head, separator), split(line, separator))
}

/// Cells may stand in quotes; two quotes inside are one.
fn split(line: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.trim_end_matches(['\r', '\n']).chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                push(&mut cells, '"');
            }
            '"' => quoted = !quoted,
            letter if letter == separator && !quoted => cells.push(String::new()),
            letter => push(&mut cells, letter),
        }
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

fn push(cells: &mut [String], letter: char) {
    if let Some(last) = cells.last_mut() {
        last.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_decides_what_separates_cells() {
        let (head, row) = cells("name;cost", "\"a;\"\"b\"\"\"; 3,5");
        assert_eq!(
            (head.as_slice(), row.as_slice()),
            (&["name".to_owned(), "cost".to_owned()][..], &["a;\"b\"".to_owned(), "3,5".to_owned()][..])
        );
        assert_eq!(cells("a,b", "1,2").1, ["1", "2"]);
        assert!(is_table("x/A.CSV") && !is_table("a.csv.md"));
    }
}
