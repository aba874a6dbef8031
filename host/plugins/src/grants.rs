//! Which capabilities a component has in the end: what it asks for *and* what the operator grants.
//!
//! A bundled component asks for what its built-in grants say, and has it unless the member's line narrows it with `allow`. A component
//! named by path is the operator's own: it asks for everything, and has what `allow` says, which is nothing where there is no `allow`.

use amatelier_types::Capabilities;

/// The effective grant. `built_in` is set for a bundled component; `allow` is what the member's line in the team file says.
pub fn effective(built_in: Option<&Capabilities>, allow: Option<&Capabilities>) -> Capabilities {
    match (built_in, allow) {
        (Some(asked), Some(granted)) => asked & granted,
        (Some(asked), None) => asked.clone(),
        (None, Some(granted)) => granted.clone(),
        (None, None) => Capabilities::new(),
    }
}

#[cfg(test)]
mod tests {
    use amatelier_types::Capability::{LlmComplete, MarketBuy, Notebook};

    use super::*;

    #[test]
    fn nothing_is_had_that_was_not_granted() {
        let set = |names: &[amatelier_types::Capability]| names.iter().copied().collect::<Capabilities>();
        let (asked, allow) = (set(&[LlmComplete, Notebook]), set(&[LlmComplete, MarketBuy]));
        for (built_in, allow, expected) in [
            (Some(&asked), None, asked.clone()),
            (Some(&asked), Some(&allow), set(&[LlmComplete])),
            (None, Some(&allow), allow.clone()),
            (None, None, set(&[])),
        ] {
            assert_eq!(effective(built_in, allow), expected);
        }
    }
}
