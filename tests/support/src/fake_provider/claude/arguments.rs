//! A command line.

use std::fs;

use serde_json::Value;

/// Its arguments.
pub(super) struct Arguments<'a>(Vec<&'a str>);

impl<'a> Arguments<'a> {
    /// The arguments in a list of texts.
    pub(super) fn of(list: &'a Value) -> Self {
        Arguments(list.as_array().into_iter().flatten().filter_map(Value::as_str).collect())
    }

    /// Whether this one is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains(&name)
    }

    /// What is given with it, behind an equals sign or as the next argument.
    pub(super) fn value(&self, name: &str) -> Option<&'a str> {
        let joined = self.0.iter().find_map(|argument| argument.strip_prefix(name)?.strip_prefix('='));
        let at = self.0.iter().position(|argument| *argument == name);
        joined.or_else(|| self.0.get(at? + 1).copied())
    }

    /// A text that is given with it, or stands in a file that is given with its sibling.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let file = || fs::read_to_string(self.value(&format!("{name}-file"))?).ok();
        self.value(name).map(str::to_owned).or_else(file)
    }
}
