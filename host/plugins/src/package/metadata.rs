//! What component tools agree to write into a component: sections of text by their names, and `producers`.

use std::fmt;

use wasmparser::{BinaryReader, ComponentName, ComponentNameSectionReader, ProducersSectionReader};

use super::{PackageError, PackageLimits};
use crate::plain_text::not_a_line;

/// The standard metadata of a component. All of it is a stranger's word; each text is one plain line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// What its tools called it (section `component-name`).
    pub name: Option<String>,
    /// Who made it (`authors`).
    pub authors: Option<String>,
    /// What it is (`description`).
    pub description: Option<String>,
    /// Its licence, as an SPDX expression (`licenses`).
    pub licenses: Option<String>,
    /// Its version (`version`).
    pub version: Option<String>,
    /// Where its source is (`source`).
    pub source: Option<String>,
    /// Where it is at home (`homepage`).
    pub homepage: Option<String>,
    /// The commit that it was built from (`revision`).
    pub revision: Option<String>,
    /// The tools and languages that it was made with (`producers`).
    pub producers: Vec<Producer>,
}

/// A tool, a language or a kit that had a hand in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Producer {
    /// `language`, `processed-by` or `sdk`.
    pub part: String,
    /// What it is called.
    pub name: String,
    /// Its version; may be empty.
    pub version: String,
}

impl fmt::Display for Producer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.part, self.name, self.version)
    }
}

impl Metadata {
    /// Take what a custom section of the outermost component says; others than the standard ones are none of our business.
    pub(super) fn take(
        &mut self,
        section: &str,
        data: &[u8],
        limits: &PackageLimits,
    ) -> Result<(), PackageError> {
        match section {
            "component-name" => return self.take_names(data, limits),
            "producers" => return self.take_producers(data, limits),
            _ => {}
        }
        let Some(place) = self.text(section) else { return Ok(()) };
        if place.is_some() {
            return Err(PackageError::Twice(section.into()));
        }
        *place = Some(line(section, data, limits)?);
        Ok(())
    }

    fn text(&mut self, section: &str) -> Option<&mut Option<String>> {
        Some(match section {
            "authors" => &mut self.authors,
            "description" => &mut self.description,
            "licenses" => &mut self.licenses,
            "version" => &mut self.version,
            "source" => &mut self.source,
            "homepage" => &mut self.homepage,
            "revision" => &mut self.revision,
            _ => return None,
        })
    }

    fn take_names(&mut self, data: &[u8], limits: &PackageLimits) -> Result<(), PackageError> {
        // The rest of the section names functions for debuggers, and may be as large as they like.
        for name in ComponentNameSectionReader::new(BinaryReader::new(data, 0)) {
            if let ComponentName::Component { name, .. } =
                name.map_err(|error| broken("component-name", &error))?
            {
                if self.name.is_some() {
                    return Err(PackageError::Twice("component-name".into()));
                }
                self.name = Some(line("component-name", name.as_bytes(), limits)?);
            }
        }
        Ok(())
    }

    fn take_producers(&mut self, data: &[u8], limits: &PackageLimits) -> Result<(), PackageError> {
        let section = "producers";
        if !self.producers.is_empty() {
            return Err(PackageError::Twice(section.into()));
        }
        let reader = ProducersSectionReader::new(BinaryReader::new(data, 0));
        for field in reader.map_err(|error| broken(section, &error))? {
            let field = field.map_err(|error| broken(section, &error))?;
            for value in field.values {
                let value = value.map_err(|error| broken(section, &error))?;
                if self.producers.len() >= limits.producers {
                    return Err(PackageError::TooMany { what: "producers", limit: limits.producers });
                }
                let version = match value.version {
                    "" => String::new(),
                    version => line(section, version.as_bytes(), limits)?,
                };
                let name = line(section, value.name.as_bytes(), limits)?;
                self.producers.push(Producer { part: field.name.into(), name, version });
            }
        }
        Ok(())
    }
}

fn line(section: &str, data: &[u8], limits: &PackageLimits) -> Result<String, PackageError> {
    let wrong = |why: String| PackageError::Metadata { section: section.into(), why };
    if data.len() > limits.metadata_bytes {
        return Err(wrong(format!("has {} bytes; the limit is {}", data.len(), limits.metadata_bytes)));
    }
    let text = std::str::from_utf8(data).map_err(|_| wrong("is not UTF-8 text".into()))?;
    match not_a_line(text, limits.metadata_bytes) {
        Some(why) => Err(wrong(format!("cannot be shown: {why}"))),
        None => Ok(text.into()),
    }
}

fn broken(section: &str, error: &wasmparser::Error) -> PackageError {
    let why = format!("is damaged: {}", crate::plain_text::Quoted(error.message()));
    PackageError::Metadata { section: section.into(), why }
}
