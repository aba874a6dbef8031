//! The value of a key.
//!
//! In a data file a dotted path through it; in any other text the first line that gives the key a value with `=` or `:`.

use crate::{
    Caps, Found, Observation, Refusal,
    data::{Format, tree},
    files::Loaded,
    look::{Deadline, refused, source},
    plain::cut,
};

/// The most further lines that are named.
const ALSO: usize = 20;
/// The most keys that are named.
const KNOWN: usize = 50;

pub(crate) fn value(
    loaded: &Loaded,
    key: &str,
    caps: &Caps,
    deadline: &Deadline,
) -> Result<Observation, Refusal> {
    let file = loaded.file.clone();
    let no_key = |known: Vec<String>| Refusal::NoSuchKey {
        file: loaded.file.name.clone(),
        key: key.to_owned(),
        known: known.into_iter().take(KNOWN).collect(),
    };
    let (value, first_line, last_line, also) = match Format::of(&file.name) {
        Some(format) => {
            let root = tree(&source(loaded, format, caps, deadline)).map_err(refused(loaded, format))?;
            let node = root.at(key).ok_or_else(|| no_key(root.known_at(key)))?;
            (node.words().into_owned(), node.first_line, node.last_line, Vec::new())
        }
        None => {
            let mut lines =
                (1..).zip(loaded.text.lines()).filter_map(|(at, line)| Some((at, assigned(line, key)?)));
            let (at, value) = lines.next().ok_or_else(|| no_key(Vec::new()))?;
            (value.to_owned(), at, at, lines.map(|(at, _)| at).take(ALSO).collect())
        }
    };
    let (value, truncated) = cut(&value, caps.answer_bytes);
    let value = value.to_owned();
    Ok(Observation::Value(Found { file, key: key.to_owned(), value, first_line, last_line, also, truncated }))
}

/// What a line gives a key: `key = value`, `"key": value`, `- **key**: value`.
fn assigned<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let marks = ['"', '\'', '`', '*', ' ', '\t'];
    let line = line.trim_start();
    let line = ["export ", "- ", "* ", "+ "].iter().find_map(|lead| line.strip_prefix(lead)).unwrap_or(line);
    let rest = line.trim_start_matches(marks).strip_prefix(key)?.trim_start_matches(marks);
    let value = rest.strip_prefix("==").map_or_else(|| rest.strip_prefix(['=', ':']), |_| None)?;
    let value = value.trim_start_matches('*').trim().trim_end_matches([',', ';']);
    let quoted = ['"', '\'', '`'].iter().find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark));
    Some(quoted.unwrap_or(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_gives_a_key_a_value() {
        for (line, expected) in [
            ("width = 12", Some("12")),
            ("  width: 12 m,", Some("12 m")),
            ("\"width\": \"12\",", Some("12")),
            ("export width=12", Some("12")),
            ("- **width**: 12", Some("12")),
            ("- width: `a = b`", Some("a = b")),
            ("widths = 12", None),
            ("the width = 12", None),
            ("Width = 12", None),
            ("width == 12", None),
            ("width", None),
        ] {
            assert_eq!(assigned(line, "width"), expected, "{line}");
        }
    }
}
