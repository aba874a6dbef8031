//! A line of the team file for a component that sits at no table: a store or a teacher of skills.

use std::collections::BTreeMap;

use amatelier_types::{Capabilities, ComponentName};

/// A `[[store]]` or a `[[skill]]` table.
#[derive(Clone, Debug, PartialEq)]
pub struct ComponentLine {
    /// Which component.
    pub component: ComponentName,
    /// What it may do; see `amatelier_plugins::effective`.
    pub allow: Option<Capabilities>,
    /// What it is told.
    pub settings: BTreeMap<String, String>,
}

impl ComponentLine {
    /// A bundled component as it comes.
    pub fn bundled(id: &str) -> Self {
        ComponentLine { component: ComponentName::Id(id.into()), allow: None, settings: BTreeMap::new() }
    }
}
