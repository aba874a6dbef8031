//! Buying on behalf of members.

use amatelier_test_support::Amatelier;

/// Buy with what a member earned in rehearsals; why not, as people are told it.
pub(crate) fn buy(house: &Amatelier, item: &str, member: &str) -> Result<(), String> {
    let ran = house.args(["store", "buy", item, "--member", member, "--note", "please"]).run();
    if ran.code == Some(0) { Ok(()) } else { Err(ran.stderr) }
}
