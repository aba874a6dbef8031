//! One file of `wit/`.

use std::{error::Error, fmt, fs, path::Path};

use semver::Version;

/// A package of contracts.
#[derive(Clone, Debug)]
pub(super) struct Contract {
    /// In our namespace.
    pub(super) name: String,
    pub(super) version: Version,
    pub(super) text: String,
}

impl Contract {
    /// The newest versions: one file in every folder but `released`, in the order of their names.
    pub(super) fn all(wit: &Path) -> Result<Vec<Contract>, Box<dyn Error>> {
        let mut contracts = Vec::new();
        for entry in fs::read_dir(wit)? {
            let folder = entry?.path();
            if let Some(name) = folder.file_name().and_then(|name| name.to_str())
                && name != "released"
                && folder.is_dir()
            {
                let contract = Contract::read(&folder.join(format!("{name}.wit")))?;
                if contract.name != name {
                    return Err(format!("wit/{name}/{name}.wit holds {contract}").into());
                }
                contracts.push(contract);
            }
        }
        contracts.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(contracts)
    }

    pub(super) fn read(path: &Path) -> Result<Contract, Box<dyn Error>> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let words: Vec<&str> = words(&text).into_iter().map(|(_, word)| word).collect();
        let package = words.strip_prefix(&["package", "amatelier", ":"]).and_then(|rest| match rest {
            [name, "@", rest @ ..] => Some((name, rest.split(|word| *word == ";").next()?.concat())),
            _ => None,
        });
        let (name, version) = package
            .ok_or_else(|| format!("{}: it does not begin with `package amatelier:…@…;`", path.display()))?;
        Ok(Contract { name: (*name).to_owned(), version: Version::parse(&version)?, text: text.clone() })
    }

    /// Whether nobody may rely on it yet.
    pub(super) fn is_draft(&self) -> bool {
        !self.version.pre.is_empty()
    }

    /// The file of its released text.
    pub(super) fn file(&self) -> String {
        format!("{}-{}.wit", self.name, self.version)
    }

    /// The same from the top of the repository.
    pub(super) fn path(&self) -> String {
        format!("wit/released/{}", self.file())
    }

    /// The version that a change needs which components of this one would not link with; before 1.0 that is the next minor.
    pub(super) fn next(&self) -> Version {
        match self.version.major {
            0 => Version::new(0, self.version.minor + 1, 0),
            major => Version::new(major + 1, 0, 0),
        }
    }

    /// The version that is enough for a change which they would link with.
    pub(super) fn patched(&self) -> Version {
        match self.version.major {
            0 => Version::new(0, self.version.minor, self.version.patch + 1),
            major => Version::new(major, self.version.minor + 1, 0),
        }
    }

    /// Where this text first says something else: its line, what it says, what the other says there.
    pub(super) fn first_difference(&self, other: &Contract) -> Option<(usize, String, String)> {
        let (own, others) = (words(&self.text), words(&other.text));
        let place = (0..own.len().max(others.len())).find(|place| {
            own.get(*place).map(|(_, word)| word) != others.get(*place).map(|(_, word)| word)
        })?;
        let word = |found: Option<&(usize, &str)>| found.map_or("the end", |(_, word)| *word).to_owned();
        let line = own.get(place).map_or_else(|| self.text.lines().count(), |(line, _)| *line);
        Some((line, word(own.get(place)), word(others.get(place))))
    }
}

impl fmt::Display for Contract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "amatelier:{}@{}", self.name, self.version)
    }
}

/// The words and marks of a text with their lines, without comments.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            comment(rest)
        } else if is_word(first) {
            // An arrow is no part of a word.
            let word = rest.split(|c| !is_word(c)).next().unwrap_or_default();
            word.trim_end_matches('-').len().max(1)
        } else {
            first.len_utf8()
        };
        let (word, after) = rest.split_at(length);
        if !first.is_whitespace() && !word.starts_with("//") && !word.starts_with("/*") {
            words.push((line, word));
        }
        line += word.matches('\n').count();
        rest = after;
    }
    words
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '%')
}

/// The length of a comment with the comments in it.
fn comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    loop {
        let rest = text.get(at..).unwrap_or_default();
        if rest.is_empty() {
            return text.len();
        } else if rest.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart_and_comments_are_none() {
        let text = "a-b:c // d\n/* e /* f */ g\n*/ h->i{ }";
        let expected =
            [(1, "a-b"), (1, ":"), (1, "c"), (3, "h"), (3, "-"), (3, ">"), (3, "i"), (3, "{"), (3, "}")];
        assert_eq!(words(text), expected);
    }
}
