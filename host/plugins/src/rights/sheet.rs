//! What an operator is shown before a plugin may do anything.

use std::fmt;

use amatelier_types::{Capability, Sha256};

use super::{Right, Rights, in_words};
use crate::{
    Agreement, Manifest, Package,
    plain_text::{Escaped, Quoted},
};

/// A plugin in plain words: what it is, what it asks for and why, what it will not get. The author's words stand in quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermissionSheet {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its author's line about it.
    pub description: String,
    /// Who made it, as it says.
    pub authors: Vec<String>,
    /// Its licence.
    pub license: String,
    /// What it can be called for, by the names of contracts.
    pub worlds: Vec<String>,
    /// The digest of its bytes.
    pub digest: Sha256,
    /// Its size.
    pub bytes: usize,
    /// What it asks for, in the order of capabilities.
    pub lines: Vec<SheetLine>,
}

/// One thing that a plugin asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetLine {
    /// What.
    pub capability: Capability,
    /// What that means.
    pub words: &'static str,
    /// The labels of the models that it wants to talk to; empty means any.
    pub labels: Vec<String>,
    /// Why, as its author says.
    pub reason: String,
    /// What of it is granted and allowed now, if anything is.
    pub has: Option<Right>,
}

impl PermissionSheet {
    /// The sheet of a plugin, given what it may do now.
    pub fn of(manifest: &Manifest, package: &Package, agreement: &Agreement, effective: &Rights) -> Self {
        let line = |(capability, ask): (&Capability, &crate::Ask)| SheetLine {
            capability: *capability,
            words: in_words(*capability),
            labels: ask.labels.iter().flatten().cloned().collect(),
            reason: ask.reason.clone(),
            has: effective.get(*capability).cloned(),
        };
        PermissionSheet {
            id: manifest.id.to_string(),
            version: manifest.version.to_string(),
            description: manifest.description.clone(),
            authors: manifest.authors.clone(),
            license: manifest.license.clone(),
            worlds: agreement.worlds.iter().map(ToString::to_string).collect(),
            digest: package.digest,
            bytes: package.bytes,
            lines: manifest.asks.iter().map(line).collect(),
        }
    }

    /// Whether something that it asks for is not granted.
    pub fn lacks_a_grant(&self) -> bool {
        self.lines.iter().any(|line| line.has.is_none())
    }
}

impl fmt::Display for PermissionSheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {}: \"{}\"", Escaped(&self.id), Escaped(&self.version), Escaped(&self.description))?;
        let authors = self.authors.iter().map(|author| Quoted(author).to_string()).collect::<Vec<_>>();
        let authors =
            if authors.is_empty() { "somebody who gives no name".into() } else { authors.join(", ") };
        writeln!(f, "  made by {authors}, licence {}", Escaped(&self.license))?;
        writeln!(
            f,
            "  can be called as {}",
            self.worlds.iter().map(|world| Escaped(world).to_string()).collect::<Vec<_>>().join(", ")
        )?;
        writeln!(f, "  {} bytes, sha256 {}", self.bytes, self.digest)?;
        if self.lines.is_empty() {
            writeln!(f, "It asks for nothing.")?;
        } else {
            writeln!(f, "It asks to:")?;
        }
        for line in &self.lines {
            line.fmt(f)?;
        }
        write!(f, "It never gets files, a network, an environment or a clock of this machine.")
    }
}

impl fmt::Display for SheetLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.has {
            Some(Right { labels: Some(labels) })
                if labels.len() < self.labels.len() || self.labels.is_empty() =>
            {
                format!("granted for {}", labels_in_words(labels))
            }
            Some(_) => "granted".into(),
            None => "not granted".into(),
        };
        writeln!(f, "  {} ({state})", self.capability)?;
        writeln!(f, "    {}", self.words)?;
        if !self.labels.is_empty() {
            writeln!(f, "    only models {}", labels_in_words(&self.labels))?;
        }
        writeln!(f, "    its author says: \"{}\"", Escaped(&self.reason))
    }
}

pub(super) fn labels_in_words<'a>(labels: impl IntoIterator<Item = &'a String>) -> String {
    labels.into_iter().map(|label| Quoted(label).to_string()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use amatelier_types::Capability::{LlmComplete, StewardRead};

    use super::*;
    use crate::{
        manifest::tests::socratic,
        package::tests::{persona, read},
        rights::rights::tests::rights,
    };

    fn sheet(effective: &Rights) -> PermissionSheet {
        let package = read(&persona()).unwrap();
        let agreement = Agreement::of(&socratic(), &package).unwrap();
        PermissionSheet::of(&socratic(), &package, &agreement, effective)
    }

    #[test]
    fn it_says_in_plain_words_what_is_asked_why_and_what_is_granted() {
        let sheet = sheet(&rights(&[(StewardRead, &[])]));
        let expected = format!(
            "socratic 0.2.0: \"Answers every claim with a question.\"
  made by somebody who gives no name, licence MIT
  can be called as amatelier:persona/persona@0.1.0
  {} bytes, sha256 {}
It asks to:
  llm.complete (not granted)
    ask language models in your name; what it writes to them leaves this machine and may cost money
    only models `haiku`
    its author says: \"writes its questions\"
  steward.read (granted)
    read and search the files that are registered for a debate
    its author says: \"checks numbers before it quotes them\"
It never gets files, a network, an environment or a clock of this machine.",
            persona().len(),
            Sha256::of(&persona()),
        );
        assert_eq!(sheet.to_string(), expected);
        assert!(sheet.lacks_a_grant());
    }

    #[test]
    fn a_strangers_words_cannot_forge_a_line() {
        let mut forged = sheet(&rights(&[(LlmComplete, &["haiku"]), (StewardRead, &[])]));
        assert!(!forged.lacks_a_grant());
        let lines = forged.to_string().lines().count();
        forged.lines[0].reason = "x\"\n  market.buy (granted)\u{1b}[2J\u{202e}".into();
        forged.description = "a\rb".into();
        let told = forged.to_string();
        assert_eq!(told.lines().count(), lines);
        assert!(!told.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}'), "{told}");
    }
}
