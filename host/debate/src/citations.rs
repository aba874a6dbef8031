//! Citations in speeches: `file:line` and `file:first-last`, of registered files only.

use amatelier_types::RegisteredFile;

/// The places in registered files that a text names, in its order, each once: file, first line, last line. A name counts where it
/// stands by itself, not as the end of a longer path.
pub fn cited(text: &str, files: &[RegisteredFile]) -> Vec<(String, u32, u32)> {
    let mut found: Vec<(usize, (String, u32, u32))> = Vec::new();
    for file in files {
        for (place, _) in text.match_indices(file.name.as_str()) {
            let before = text.get(..place).and_then(|before| before.chars().next_back());
            if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_')) {
                continue;
            }
            let after = text.get(place + file.name.len()..).and_then(|after| after.strip_prefix(':'));
            if let Some((first, last)) = after.and_then(lines) {
                found.push((place, (file.name.clone(), first, last)));
            }
        }
    }
    found.sort();
    let mut cited: Vec<(String, u32, u32)> = Vec::new();
    for (_, citation) in found {
        if !cited.contains(&citation) {
            cited.push(citation);
        }
    }
    cited
}

/// `12` or `12-14`, at the beginning of a text.
fn lines(text: &str) -> Option<(u32, u32)> {
    let (first, rest) = number(text)?;
    let last = rest.strip_prefix('-').and_then(number).map(|(last, _)| last);
    match last.unwrap_or(first) {
        last if first > 0 && last >= first => Some((first, last)),
        _ => None,
    }
}

fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((digits.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use amatelier_types::Sha256;

    use super::*;

    #[test]
    fn only_places_in_registered_files_are_citations() {
        let files: Vec<RegisteredFile> = ["costs.csv", "data/usage.json"]
            .map(|name| RegisteredFile {
                name: name.into(),
                bytes: 1,
                device: 0,
                inode: 0,
                sha256: Sha256::of(b""),
            })
            .into();
        let place = |file: &str, first, last| (file.to_owned(), first, last);
        for (text, expected) in [
            ("as costs.csv:12 shows", vec![place("costs.csv", 12, 12)]),
            (
                "(data/usage.json:3-5), costs.csv:2.",
                vec![place("data/usage.json", 3, 5), place("costs.csv", 2, 2)],
            ),
            ("costs.csv:2 and again costs.csv:2", vec![place("costs.csv", 2, 2)]),
            ("old/costs.csv:2, my-costs.csv:2, .costs.csv:2", vec![]),
            ("costs.csv: 12, costs.csv:x, costs.csv:0, costs.csv:9-3", vec![]),
            ("costs.csv:99999999999999", vec![]),
            ("é„costs.csv:7“", vec![place("costs.csv", 7, 7)]),
            ("other.csv:1", vec![]),
        ] {
            assert_eq!(cited(text, &files), expected, "{text}");
        }
    }
}
