//! Writing a manifest into a component.

use wasm_encoder::{CustomSection, Encode as _, Section as _};
use wasmparser::{Chunk, Parser, Payload};

use super::{Package, PackageError, PackageLimits, sections::head};
use crate::{Manifest, SECTION};

/// The standard sections that say what a manifest says, too.
const STANDARD: [&str; 5] = ["authors", "description", "licenses", "version", "source"];

/// The component with this manifest, in the place of any that it had, and with the standard metadata that says the same. Everything else
/// stays byte for byte, so that embedding again changes nothing.
///
/// # Errors
/// [`PackageError`]: what is given is no component, or what comes out is larger than a plugin may be.
pub fn embed(component: &[u8], manifest: &Manifest, limits: &PackageLimits) -> Result<Vec<u8>, PackageError> {
    let mut bytes = stripped(component, limits)?;
    let authors = (!manifest.authors.is_empty()).then(|| manifest.authors.join(", "));
    let texts = [
        authors,
        Some(manifest.description.clone()),
        Some(manifest.license.clone()),
        Some(manifest.version.to_string()),
        manifest.source.clone(),
    ];
    for (name, text) in STANDARD.into_iter().zip(texts) {
        if let Some(text) = text {
            append(&mut bytes, name, text.as_bytes());
        }
    }
    // Last, so that a file that is cut off anywhere has none.
    append(&mut bytes, SECTION, manifest.to_json().as_bytes());
    Package::read(&bytes, limits)?;
    Ok(bytes)
}

fn append(bytes: &mut Vec<u8>, name: &str, data: &[u8]) {
    let section = CustomSection { name: name.into(), data: data.into() };
    bytes.push(section.id());
    section.encode(bytes);
}

/// The component without its manifests and the metadata that goes with them.
fn stripped(component: &[u8], limits: &PackageLimits) -> Result<Vec<u8>, PackageError> {
    if component.len() > limits.bytes {
        return Err(PackageError::TooLarge { bytes: component.len(), limit: limits.bytes });
    }
    head(component)?;
    let cut_off = || PackageError::CutOff { bytes: component.len() };
    let mut kept = Vec::with_capacity(component.len());
    let mut parser = Parser::new(0);
    let mut rest = component;
    while !rest.is_empty() {
        let Chunk::Parsed { mut consumed, payload } = parser.parse(rest, false)? else {
            return Err(cut_off());
        };
        let keep = match payload {
            // A nested module or component is passed over whole: the parser stays with the outer one.
            Payload::ModuleSection { unchecked_range, .. }
            | Payload::ComponentSection { unchecked_range, .. } => {
                let inner = unchecked_range.end.saturating_sub(unchecked_range.start);
                consumed = usize::try_from(inner)
                    .ok()
                    .and_then(|inner| consumed.checked_add(inner))
                    .ok_or_else(cut_off)?;
                true
            }
            Payload::CustomSection(section) => {
                section.name() != SECTION && !STANDARD.contains(&section.name())
            }
            _ => true,
        };
        let (section, after) = rest.split_at_checked(consumed).ok_or_else(cut_off)?;
        if keep {
            kept.extend_from_slice(section);
        }
        rest = after;
    }
    Ok(kept)
}
