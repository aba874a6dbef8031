//! Which capability a function of the host needs; the host's own functions ask for the same when they are called.

use amatelier_types::{
    Capabilities,
    Capability::{self, LlmComplete, LlmEmbed, MarketBuy, MarketRead, Notebook, StewardAsk, StewardRead},
};

use crate::{InterfaceName, contracts::NAMESPACE};

/// Package, interface, functions, what they need. Interfaces that are not here are harmless.
const POWERS: &[(&str, &str, &[&str], Capability)] = &[
    ("llm", "llm", &["complete", "count-tokens"], LlmComplete),
    ("llm", "llm", &["embed"], LlmEmbed),
    ("steward", "steward", &["files", "read", "grep"], StewardRead),
    ("steward", "steward", &["ask", "requests-left"], StewardAsk),
    ("economy", "sparks", &["balance", "history", "leaderboard"], MarketRead),
    ("economy", "market", &["catalog", "inventory"], MarketRead),
    ("economy", "market", &["buy"], MarketBuy),
    ("member", "notebook", &["get", "put", "remove", "keys"], Notebook),
];

/// What a function needs, if it needs anything.
pub(super) fn needed(interface: &InterfaceName, function: &str) -> Option<Capability> {
    let is_it = |(package, name, functions, _): &&(&str, &str, &[&str], Capability)| {
        interface.namespace == NAMESPACE
            && interface.package == *package
            && interface.interface == *name
            && functions.contains(&function)
    };
    POWERS.iter().find(is_it).map(|(_, _, _, capability)| *capability)
}

/// The capabilities any of which explains why an interface is imported as a whole; none where it is harmless. Tools that import whole
/// worlds are given one with the interfaces that the manifest explains.
pub fn explained_by(interface: &InterfaceName) -> Capabilities {
    let is_it = |(package, name, _, _): &&(&str, &str, &[&str], Capability)| {
        interface.namespace == NAMESPACE && interface.package == *package && interface.interface == *name
    };
    POWERS.iter().filter(is_it).map(|(_, _, _, capability)| *capability).collect()
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    #[test]
    fn every_capability_is_needed_by_some_function() {
        let needed: BTreeSet<_> = POWERS.iter().map(|(_, _, _, capability)| *capability).collect();
        assert_eq!(needed, Capability::ALL.into_iter().collect());
    }

    #[test]
    fn no_function_of_a_powerful_interface_is_forgotten() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wit");
        for (package, interface) in POWERS.iter().map(|(package, interface, _, _)| (package, interface)) {
            let text = fs::read_to_string(folder.join(format!("{package}/{package}.wit"))).unwrap();
            let body =
                text.split_once(&format!("interface {interface} {{")).unwrap().1.split_once("\n}").unwrap().0;
            let functions =
                body.lines().filter_map(|line| line.split_once(": func(")).map(|(name, _)| name.trim());
            let name = InterfaceName {
                namespace: NAMESPACE.into(),
                package: (*package).into(),
                interface: (*interface).into(),
                version: None,
            };
            let functions: Vec<_> = functions.collect();
            assert!(!functions.is_empty());
            for function in functions {
                assert!(needed(&name, function).is_some(), "{name} {function}");
            }
        }
    }
}
