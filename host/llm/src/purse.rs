//! What a member has to spend in a turn, and on what.

/// Its sparks, and what it may buy with them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purse {
    /// What it has; below zero where it owes.
    pub sparks: i64,
    /// What is on sale that it does not own, lasts longer than the purchase, and costs no more than it has.
    pub goods: Vec<Good>,
}

/// Something that can be bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Good {
    /// Its id in the store.
    pub id: String,
    /// What it costs, in sparks.
    pub price: u32,
}
