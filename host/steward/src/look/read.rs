//! Some lines of a file.

use crate::{
    Caps, Excerpt, Observation, Refusal,
    files::Loaded,
    text::{line_count, lines},
};

pub(crate) fn read(
    loaded: &Loaded,
    first_line: u32,
    count: u32,
    caps: &Caps,
) -> Result<Observation, Refusal> {
    let all = line_count(&loaded.text);
    if first_line == 0 {
        return Err(Refusal::BadRequest { why: "lines count from 1".to_owned() });
    }
    if first_line > all {
        return Err(Refusal::NoSuchLines { file: loaded.file.name.clone(), lines: all });
    }
    let wanted = if count == 0 { caps.lines } else { count };
    let last_line = first_line.saturating_add(wanted.min(caps.lines) - 1).min(all);
    let is_short = last_line < first_line.saturating_add(wanted - 1).min(all);
    let (text, last_line, is_cut) = within(&loaded.text, first_line, last_line, caps.answer_bytes);
    Ok(Observation::Excerpt(Excerpt {
        file: loaded.file.clone(),
        first_line,
        last_line,
        lines: all,
        text,
        truncated: is_cut || is_short || (count == 0 && last_line < all),
    }))
}

/// Lines joined by line feeds, as far as so many bytes reach; with the last line that is in it, and whether it was cut.
pub(crate) fn within(text: &str, first: u32, last: u32, bytes: usize) -> (String, u32, bool) {
    let mut out = String::new();
    let mut at = first;
    for (number, line) in (first..).zip(lines(text, first, last)) {
        let feed = usize::from(number > first);
        let room = bytes.saturating_sub(out.len());
        if number > first && room <= feed {
            return (out, at, true);
        }
        if number > first {
            out.push('\n');
        }
        let (part, is_cut) = crate::plain::cut(line, room.saturating_sub(feed));
        out.push_str(part);
        at = number;
        if is_cut {
            return (out, at, true);
        }
    }
    (out, at, false)
}
