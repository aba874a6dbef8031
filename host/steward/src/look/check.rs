//! Whether a citation is true.

use crate::{
    Caps, Checked, Observation, Refusal,
    files::Loaded,
    look::read::within,
    text::{line_count, lines},
};

pub(crate) fn check(
    loaded: &Loaded,
    first_line: u32,
    last_line: u32,
    quote: &str,
    caps: &Caps,
) -> Result<Observation, Refusal> {
    let all = line_count(&loaded.text);
    if first_line == 0 || last_line < first_line {
        return Err(Refusal::BadRequest {
            why: "lines count from 1, and the first comes before the last".to_owned(),
        });
    }
    if last_line > all {
        return Err(Refusal::NoSuchLines { file: loaded.file.name.clone(), lines: all });
    }
    if last_line - first_line >= caps.lines {
        return Err(Refusal::BadRequest { why: format!("a citation has at most {} lines", caps.lines) });
    }
    let whole: Vec<&str> = lines(&loaded.text, first_line, last_line).collect();
    let quote = even(quote);
    let holds = !quote.is_empty() && even(&whole.join("\n")).contains(&quote);
    let (text, ..) = within(&loaded.text, first_line, last_line, caps.line_bytes);
    Ok(Observation::Checked(Checked { file: loaded.file.clone(), holds, text }))
}

/// A text whose white space is single blanks.
fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
