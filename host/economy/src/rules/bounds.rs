//! The most that an item of the store may do or cost. A store component is not trusted: whatever it promises beyond these is refused
//! as a whole, and nothing is paid. There is a test for each in `effect.rs`, `buy.rs`, `catalog/` or `enter.rs`.

use serde::{Deserialize, Serialize};

/// Limits with their units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Bounds {
    /// Effects of one item: more is a bundle nobody can read.
    pub effects: u32,
    /// Floor turns of one item: twice the store's own.
    pub floor_turns: u32,
    /// Bought floor turns of one member in one debate: two more for each of the three that everybody has. Boosts beyond that wait.
    pub floor_turns_per_debate: u32,
    /// Requests to the Steward of one item: as many as everybody has.
    pub steward_requests: u32,
    /// Bought requests of one member in one debate. Boosts beyond that wait.
    pub steward_requests_per_debate: u32,
    /// Requests of one member that nobody has answered: what costs nothing could be asked for ever.
    pub open_requests: u32,
    /// Boosts of one member that wait for a debate or are in one: six debates' worth of the largest.
    pub waiting_boosts: u32,
    /// Slots of one item.
    pub skill_slots: u32,
    /// Slots of one member, from its tier and bought: equipped skills are in every prompt.
    pub slots_per_member: u32,
    /// Sparks that an item may cost: forty of the best debates there can be.
    pub price: u32,
    /// Per cent that a component may take off a price: more is a gift, and gifts are the operator's.
    pub percent_off: u32,
    /// Characters of an id: of an item, a skill, a kind of coaching, an axis.
    pub id_chars: u32,
    /// Characters of an item's name.
    pub name_chars: u32,
    /// Characters of a description, a reason, a request or a note.
    pub text_chars: u32,
    /// Items on sale at once.
    pub items: u32,
    /// Sparks of one grant or penalty: a slip of the keyboard should not decide a season.
    pub adjustment: u32,
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds {
            effects: 4,
            floor_turns: 4,
            floor_turns_per_debate: 6,
            steward_requests: 3,
            steward_requests_per_debate: 6,
            open_requests: 3,
            waiting_boosts: 12,
            skill_slots: 2,
            slots_per_member: 10,
            price: 1_600,
            percent_off: 50,
            id_chars: 64,
            name_chars: 80,
            text_chars: 2_000,
            items: 500,
            adjustment: 10_000,
        }
    }
}
