//! The types of the outermost component, as far as it takes to know which functions of an interface it imports.

use std::collections::BTreeSet;

use wasmparser::{ComponentType, ComponentTypeRef, InstanceTypeDeclaration};

use super::{PackageError, PackageLimits};

/// The component's type index space: for each type that is an instance's, the functions in it.
#[derive(Debug, Default)]
pub(super) struct Types(Vec<Option<BTreeSet<String>>>);

impl Types {
    /// The next type, whatever it is.
    pub(super) fn push(
        &mut self,
        declared: Option<&ComponentType<'_>>,
        limits: &PackageLimits,
    ) -> Result<(), PackageError> {
        if self.0.len() >= limits.types {
            return Err(PackageError::TooMany { what: "types", limit: limits.types });
        }
        let functions = match declared {
            Some(ComponentType::Instance(declarations)) => Some(functions(declarations, limits)?),
            _ => None,
        };
        self.0.push(functions);
        Ok(())
    }

    /// The functions of an instance type.
    pub(super) fn functions_of(&self, index: u32) -> Option<&BTreeSet<String>> {
        self.0.get(usize::try_from(index).ok()?)?.as_ref()
    }
}

fn functions(
    declarations: &[InstanceTypeDeclaration<'_>],
    limits: &PackageLimits,
) -> Result<BTreeSet<String>, PackageError> {
    let mut functions = BTreeSet::new();
    for declaration in declarations {
        let InstanceTypeDeclaration::Export { name, ty: ComponentTypeRef::Func(_) } = declaration else {
            continue;
        };
        if name.name.len() > limits.metadata_bytes {
            return Err(PackageError::TooMany { what: "bytes in one name", limit: limits.metadata_bytes });
        }
        functions.insert(name.name.to_owned());
        if functions.len() > limits.functions {
            return Err(PackageError::TooMany { what: "imported functions", limit: limits.functions });
        }
    }
    Ok(functions)
}
