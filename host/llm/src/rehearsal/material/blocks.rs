//! Markdown, as far as a debater has to see it: headings, list items, table rows, prose, and code as something to step over.
//!
//! It refuses to be a Markdown parser: nothing nests, and what it does not know is prose. The section that registers files for the
//! Steward is left out, because a list of paths is no list of choices.

/// One piece of a document, its inline marks removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Heading(String),
    Item(String),
    /// The cells of a table row; the row of dashes is dropped.
    Row(Vec<String>),
    Prose(String),
    Code(String),
}

/// The blocks of a document, in order.
pub(super) fn blocks(document: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut prose = String::new();
    let mut code: Option<String> = None;
    let mut skipped_level = None;
    let mut after_gap = false;
    for line in document.lines() {
        let line = line.trim();
        let joins_item = !std::mem::replace(&mut after_gap, line.is_empty()) && prose.is_empty();
        let fence = line.starts_with("```") || line.starts_with("~~~");
        if let Some(open) = &mut code {
            if fence {
                found.push(Block::Code(std::mem::take(open)));
                code = None;
            } else {
                open.push_str(line);
                open.push('\n');
            }
            continue;
        }
        if let Some((level, title)) = heading(line) {
            flush(&mut prose, &mut found);
            if skipped_level.is_none_or(|skipped| level <= skipped) {
                skipped_level = title.to_lowercase().starts_with("steward").then_some(level);
            }
            if skipped_level.is_none() {
                found.push(Block::Heading(plain(title)));
            }
        } else if skipped_level.is_some() {
        } else if fence {
            flush(&mut prose, &mut found);
            code = Some(String::new());
        } else if line.is_empty() {
            flush(&mut prose, &mut found);
        } else if let Some(cells) = row(line) {
            flush(&mut prose, &mut found);
            if !cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':' | ' '))) {
                found.push(Block::Row(cells));
            }
        } else if let Some(item) = item(line) {
            flush(&mut prose, &mut found);
            found.push(Block::Item(plain(item)));
        } else {
            // A line that follows an item without a gap belongs to it.
            match found.last_mut() {
                Some(Block::Item(text)) if joins_item => {
                    text.push(' ');
                    text.push_str(&plain(line));
                }
                _ => {
                    prose.push_str(line.trim_start_matches('>').trim());
                    prose.push(' ');
                }
            }
            continue;
        }
    }
    flush(&mut prose, &mut found);
    if let Some(open) = code {
        found.push(Block::Code(open));
    }
    found
}

fn flush(prose: &mut String, found: &mut Vec<Block>) {
    let text = plain(prose.trim());
    prose.clear();
    if !text.is_empty() {
        found.push(Block::Prose(text));
    }
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.chars().take_while(|c| *c == '#').count();
    let title = line.get(level..)?.strip_prefix(' ')?;
    (1..=6).contains(&level).then_some((level, title.trim()))
}

fn row(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix('|')?;
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    Some(inner.split('|').map(|cell| plain(cell.trim())).collect())
}

/// The text of a list item. `1.` and `-` are dropped; a letter such as `A)` is kept, it is the item's name.
fn item(line: &str) -> Option<&str> {
    for mark in ["- ", "* ", "+ ", "• "] {
        if let Some(rest) = line.strip_prefix(mark) {
            return Some(rest.trim());
        }
    }
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        let rest = line.get(digits..)?;
        return rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") ")).map(str::trim);
    }
    let mut chars = line.chars();
    let lettered = chars.next().is_some_and(|c| c.is_ascii_uppercase())
        && matches!(chars.next(), Some(')' | '.'))
        && chars.next() == Some(' ');
    lettered.then_some(line)
}

/// A line without emphasis, code marks and link targets. Quotation marks go too: what is taken from here gets quoted again.
pub(super) fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    let mut last = ' ';
    while let Some(c) = chars.next() {
        match c {
            '*' | '`' | '“' | '”' | '„' | '"' | '«' | '»' | '[' | '{' | '}' | '<' | '>' => {}
            '_' if !last.is_alphanumeric() || !chars.peek().is_some_and(|next| next.is_alphanumeric()) => {}
            ']' => {
                if chars.peek() == Some(&'(') {
                    for skipped in chars.by_ref() {
                        if skipped == ')' {
                            break;
                        }
                    }
                }
            }
            _ => text.push(c),
        }
        last = c;
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_falls_into_blocks() {
        let text = "# Title\nSome *prose*\nwraps.\n\n- **A**: one\n  goes on\n- [two](http://x)\n\nNot an item.\n\n| a | b |\n|---|:-:|\n| 1 | `x_y` |\n\n```rust\nlet x = 1;\n```\n## Steward-Registered Files\n- secret.txt\n### still inside\n- more\n## Next\nA) first";
        assert_eq!(
            blocks(text),
            [
                Block::Heading("Title".into()),
                Block::Prose("Some prose wraps.".into()),
                Block::Item("A: one goes on".into()),
                Block::Item("two".into()),
                Block::Prose("Not an item.".into()),
                Block::Row(vec!["a".into(), "b".into()]),
                Block::Row(vec!["1".into(), "x_y".into()]),
                Block::Code("let x = 1;\n".into()),
                Block::Heading("Next".into()),
                Block::Item("A) first".into()),
            ]
        );
    }

    #[test]
    fn an_open_fence_swallows_the_rest_without_losing_it() {
        assert_eq!(blocks("```\nx"), [Block::Code("x\n".into())]);
        assert_eq!(blocks(""), []);
    }
}
