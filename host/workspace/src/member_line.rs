//! A line of the team file, as it is written for somebody.

use amatelier_types::{MemberName, Role};
use serde::Serialize;

/// What a new member's line says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MemberLine {
    /// Its name.
    pub name: MemberName,
    /// What it does.
    pub role: Role,
    /// A label of the model map, or a model.
    pub model: String,
    /// The provider it is meant to run on, where that is not the default one.
    pub provider: Option<String>,
    /// One line of what it stands for.
    pub tagline: String,
    /// What speaks for it, where that is not the bundled component.
    pub component: Option<String>,
}

impl MemberLine {
    /// The line's value.
    pub(crate) fn to_toml(&self) -> toml_edit::InlineTable {
        let mut line = toml_edit::InlineTable::new();
        let mut put = |key: &str, value: &str| drop(line.insert(key, value.into()));
        put("role", self.role.name());
        if let Some(component) = &self.component {
            put("component", component);
        }
        put("model", &self.model);
        if let Some(provider) = &self.provider {
            put("provider", provider);
        }
        if !self.tagline.is_empty() {
            put("tagline", &self.tagline);
        }
        line
    }
}
