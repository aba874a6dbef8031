//! Names of imports and exports.

use std::fmt;

use semver::Version;

use crate::plain_text::Escaped;

/// The name of an interface, such as `amatelier:persona/persona@0.1.0`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InterfaceName {
    /// Whose it is.
    pub namespace: String,
    /// The package of contracts.
    pub package: String,
    /// The interface in it.
    pub interface: String,
    /// The package's version.
    pub version: Option<Version>,
}

/// What a component calls something that it imports or exports.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExternName {
    /// An interface.
    Interface(InterfaceName),
    /// Anything else; a stranger's text, which is escaped when it is shown.
    Plain(String),
}

impl InterfaceName {
    /// The name in a text, if there is one in it and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let (path, version) = match text.split_once('@') {
            Some((path, version)) => (path, Some(Version::parse(version).ok()?)),
            None => (text, None),
        };
        let (namespace, rest) = path.split_once(':')?;
        let (package, interface) = rest.split_once('/')?;
        let good = [namespace, package, interface].iter().all(|part| is_kebab(part));
        good.then(|| InterfaceName {
            namespace: namespace.into(),
            package: package.into(),
            interface: interface.into(),
            version,
        })
    }

    /// The package with its namespace, such as `amatelier:persona`.
    pub fn package_name(&self) -> String {
        format!("{}:{}", self.namespace, self.package)
    }
}

/// WIT allows words in capitals, too.
fn is_kebab(text: &str) -> bool {
    text.len() <= 100
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

impl fmt::Display for InterfaceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}/{}", self.namespace, self.package, self.interface)?;
        self.version.as_ref().map_or(Ok(()), |version| write!(f, "@{version}"))
    }
}

impl ExternName {
    pub(super) fn of_instance(name: &str) -> Self {
        InterfaceName::parse(name).map_or_else(|| ExternName::Plain(name.into()), ExternName::Interface)
    }

    /// The interface, where it is one.
    pub fn interface(&self) -> Option<&InterfaceName> {
        match self {
            ExternName::Interface(name) => Some(name),
            ExternName::Plain(_) => None,
        }
    }
}

impl fmt::Display for ExternName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExternName::Interface(name) => name.fmt(f),
            ExternName::Plain(name) => Escaped(name).fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_interfaces_are_taken_apart_and_put_together_again() {
        for good in ["amatelier:persona/persona@0.1.0", "wasi:io/streams@0.2.6", "a:b/c-d"] {
            assert_eq!(InterfaceName::parse(good).unwrap().to_string(), good);
        }
        for other in
            ["run", "a:b", "a:b/c@", "a:b/c@1", "a:b/c/d", "a b:c/d", "a:b/c@0.1.0@0.1.0", "a:b/", "é:b/c"]
        {
            assert_eq!(InterfaceName::parse(other), None, "{other}");
        }
        assert_eq!(ExternName::of_instance("a\u{1b}[2J").to_string(), "a\\u{1b}[2J");
    }
}
