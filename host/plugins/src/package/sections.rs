//! The walk over a component's sections.

use std::mem;

use amatelier_types::Sha256;
use wasmparser::{
    Chunk, ComponentAlias, ComponentExternName, ComponentExternalKind, ComponentOuterAliasKind,
    ComponentTypeRef, ComponentTypeSectionReader, Encoding, Parser, Payload,
};

use super::{ExternName, Import, Metadata, Package, PackageError, PackageLimits, types::Types};
use crate::{Manifest, ManifestError, SECTION, plain_text::Quoted};

pub(super) fn read(bytes: &[u8], limits: &PackageLimits) -> Result<Package, PackageError> {
    if bytes.len() > limits.bytes {
        return Err(PackageError::TooLarge { bytes: bytes.len(), limit: limits.bytes });
    }
    head(bytes)?;
    let mut walk = Walk::new(limits);
    let mut outer: Vec<Parser> = Vec::new();
    let mut parser = Parser::new(0);
    let mut rest = bytes;
    let cut_off = || PackageError::CutOff { bytes: bytes.len() };
    loop {
        // Only where nothing is left may it end: whatever asks for more before that is cut off.
        let Chunk::Parsed { consumed, payload } = parser.parse(rest, rest.is_empty())? else {
            return Err(cut_off());
        };
        rest = rest.get(consumed..).ok_or_else(cut_off)?;
        match payload {
            Payload::ModuleSection { parser: inner, unchecked_range }
            | Payload::ComponentSection { parser: inner, unchecked_range } => {
                if unchecked_range.end > bytes.len() as u64 {
                    return Err(cut_off());
                }
                if outer.len() >= limits.nesting {
                    return Err(PackageError::TooMany {
                        what: "components within one another",
                        limit: limits.nesting,
                    });
                }
                outer.push(mem::replace(&mut parser, inner));
            }
            Payload::CodeSectionStart { size, .. } => {
                parser.skip_section();
                rest = usize::try_from(size).ok().and_then(|size| rest.get(size..)).ok_or_else(cut_off)?;
            }
            Payload::End(_) => match outer.pop() {
                Some(next) => parser = next,
                None => break,
            },
            payload if outer.is_empty() => walk.outermost(payload)?,
            Payload::ComponentTypeSection(types) => {
                walk.types(types, false)?;
            }
            _ => {}
        }
    }
    Ok(Package {
        bytes: bytes.len(),
        digest: Sha256::of(bytes),
        metadata: walk.metadata,
        imports: walk.imports,
        exports: walk.exports,
        manifest: walk.manifest,
    })
}

/// The first eight bytes: magic, version, kind.
pub(super) fn head(bytes: &[u8]) -> Result<(), PackageError> {
    if Parser::is_component(bytes) {
        return Ok(());
    }
    if Parser::is_core_wasm(bytes) {
        return Err(PackageError::CoreModule);
    }
    Err(match bytes {
        [b'\0', b'a', b's', b'm', _, _, _, _, ..] => PackageError::OtherVersion,
        [b'\0', b'a', b's', b'm', ..] => PackageError::CutOff { bytes: bytes.len() },
        _ => PackageError::NotWasm,
    })
}

impl From<wasmparser::Error> for PackageError {
    fn from(error: wasmparser::Error) -> Self {
        PackageError::Broken(format!("{} at byte {}", Quoted(error.message()), error.offset()))
    }
}

/// What has been found so far.
struct Walk<'a> {
    limits: &'a PackageLimits,
    types: Types,
    type_bytes: usize,
    functions: usize,
    metadata: Metadata,
    manifest: Option<Vec<u8>>,
    imports: Vec<Import>,
    exports: Vec<ExternName>,
}

impl<'a> Walk<'a> {
    fn new(limits: &'a PackageLimits) -> Self {
        Walk {
            limits,
            types: Types::default(),
            type_bytes: 0,
            functions: 0,
            metadata: Metadata::default(),
            manifest: None,
            imports: Vec::new(),
            exports: Vec::new(),
        }
    }

    /// A section of the outermost component.
    fn outermost(&mut self, payload: Payload<'_>) -> Result<(), PackageError> {
        match payload {
            Payload::Version { encoding: Encoding::Module, .. } => Err(PackageError::CoreModule),
            Payload::ComponentTypeSection(types) => self.types(types, true),
            Payload::ComponentAliasSection(aliases) => {
                for alias in aliases {
                    if is_type(&alias?) {
                        self.types.push(None, self.limits)?;
                    }
                }
                Ok(())
            }
            Payload::ComponentImportSection(imports) => {
                for import in imports {
                    let import = import?;
                    self.import(import.name, import.ty)?;
                }
                Ok(())
            }
            Payload::ComponentExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    self.export(export.name, export.kind)?;
                }
                Ok(())
            }
            Payload::CustomSection(section) => self.custom(section.name(), section.data()),
            Payload::UnknownSection { id, .. } => {
                Err(PackageError::Broken(format!("it has a section of kind {id}, which does not exist")))
            }
            _ => Ok(()),
        }
    }

    /// Types are read on every level, because reading them is what tells how deep they are nested.
    fn types(&mut self, types: ComponentTypeSectionReader<'_>, outermost: bool) -> Result<(), PackageError> {
        let range = types.range();
        self.type_bytes += usize::try_from(range.end.saturating_sub(range.start)).unwrap_or(usize::MAX);
        if self.type_bytes > self.limits.type_bytes {
            let limit = self.limits.type_bytes;
            return Err(PackageError::TooMany { what: "bytes of types", limit });
        }
        for declared in types {
            let declared = declared?;
            if outermost {
                self.types.push(Some(&declared), self.limits)?;
            }
        }
        Ok(())
    }

    fn import(&mut self, name: ComponentExternName<'_>, ty: ComponentTypeRef) -> Result<(), PackageError> {
        self.count("imports", self.imports.len())?;
        let plain = plain_name(name, self.limits)?;
        if let ComponentTypeRef::Type(_) = ty {
            self.types.push(None, self.limits)?;
        }
        let mut functions = Vec::new();
        let name = if let ComponentTypeRef::Instance(index) = ty {
            // An import whose type is not one that was declared is broken: passing it on as empty would hide what it uses.
            let declared = self.types.functions_of(index);
            let declared = declared.ok_or_else(|| {
                PackageError::Broken(format!(
                    "its import {} is of no interface that it declares",
                    Quoted(plain)
                ))
            })?;
            functions.extend(declared.iter().cloned());
            ExternName::of_instance(plain)
        } else {
            ExternName::Plain(plain.into())
        };
        self.functions += functions.len();
        if self.functions > self.limits.functions {
            let limit = self.limits.functions;
            return Err(PackageError::TooMany { what: "imported functions", limit });
        }
        self.imports.push(Import { name, functions });
        Ok(())
    }

    fn export(
        &mut self,
        name: ComponentExternName<'_>,
        kind: ComponentExternalKind,
    ) -> Result<(), PackageError> {
        self.count("exports", self.exports.len())?;
        let plain = plain_name(name, self.limits)?;
        if kind == ComponentExternalKind::Type {
            self.types.push(None, self.limits)?;
        }
        self.exports.push(match kind {
            ComponentExternalKind::Instance => ExternName::of_instance(plain),
            _ => ExternName::Plain(plain.into()),
        });
        Ok(())
    }

    fn custom(&mut self, name: &str, data: &[u8]) -> Result<(), PackageError> {
        if name != SECTION {
            return self.metadata.take(name, data, self.limits);
        }
        if self.manifest.is_some() {
            return Err(PackageError::Twice(name.into()));
        }
        if data.len() > Manifest::BYTES {
            return Err(PackageError::Manifest(ManifestError::TooLarge { bytes: data.len() }));
        }
        self.manifest = Some(data.to_owned());
        Ok(())
    }

    fn count(&self, what: &'static str, so_far: usize) -> Result<(), PackageError> {
        let limit = self.limits.externs;
        if so_far >= limit { Err(PackageError::TooMany { what, limit }) } else { Ok(()) }
    }
}

/// The name, if nothing stands beside it that changes what it means.
fn plain_name<'a>(name: ComponentExternName<'a>, limits: &PackageLimits) -> Result<&'a str, PackageError> {
    if name.name.len() > limits.metadata_bytes {
        return Err(PackageError::TooMany { what: "bytes in one name", limit: limits.metadata_bytes });
    }
    for (option, given) in [
        ("`implements`", name.implements),
        ("a suffix to its version", name.version_suffix),
        ("an outer name", name.external_id),
    ] {
        if given.is_some() {
            return Err(PackageError::NameOption { name: name.name.into(), option });
        }
    }
    Ok(name.name)
}

/// Whether an alias takes a place among the types.
fn is_type(alias: &ComponentAlias<'_>) -> bool {
    matches!(
        alias,
        ComponentAlias::InstanceExport { kind: ComponentExternalKind::Type, .. }
            | ComponentAlias::Outer { kind: ComponentOuterAliasKind::Type, .. }
    )
}
