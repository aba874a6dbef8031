//! What an operator may set.

/// A setting, which the plugin reads as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingLine {
    /// Its key: of the same form as an id.
    pub key: String,
    /// What it is when nobody sets it.
    pub default: Option<String>,
    /// One line about it.
    pub description: Option<String>,
}

impl SettingLine {
    /// The most settings of a plugin.
    pub const MOST: usize = 64;
    /// The longest default, in characters.
    pub const DEFAULT: usize = 1000;
    /// The longest description, in characters.
    pub const DESCRIPTION: usize = 200;
}
