//! One line of the ledger.

use std::fmt;

use amatelier_types::{MemberName, RoundtableId, Sparks};
use serde::{Deserialize, Serialize};

use crate::Cause;

/// A signed amount for one member, with the one reason there is for it. Never zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Posting {
    /// Whose.
    pub member: MemberName,
    /// What it adds to the balance.
    pub amount: Sparks,
    /// Of which kind it is.
    pub category: Category,
    /// Why, for people.
    pub reason: String,
    /// The debate it belongs to, if it belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roundtable: Option<RoundtableId>,
    /// Why, exactly.
    pub cause: Cause,
}

/// Kinds of postings. Those of the Python system keep their names (§4 of the facts), so that its queries keep working.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// What a member starts with.
    OpeningBalance,
    /// Marks of a rubric.
    ScoreAward,
    /// The price of a debate.
    EntryFee,
    /// A contribution that the judge rewarded.
    GateBonus,
    /// An offence that the judge named.
    Sanction,
    /// A debate on the bench.
    PassiveIncome,
    /// A proposal that was implemented.
    OutcomeBonus,
    /// A tier that the operator gave for its price.
    TierPromotion,
    /// A stake on an idea.
    VentureStake,
    /// An idea that came true.
    VenturePayout,
    /// A stake given back.
    RefundAbortedRt,
    /// Something bought.
    StorePurchase,
    /// Something paid for and not delivered.
    StoreRefund,
    /// A gift of the operator.
    AdminGrant,
    /// A penalty of the operator.
    AdminPenalty,
    /// What a member that left had, or owed.
    AccountClosed,
}

impl Category {
    /// The name used in events, in the table `spark_ledger` and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Category::OpeningBalance => "opening_balance",
            Category::ScoreAward => "score_award",
            Category::EntryFee => "entry_fee",
            Category::GateBonus => "gate_bonus",
            Category::Sanction => "sanction",
            Category::PassiveIncome => "passive_income",
            Category::OutcomeBonus => "outcome_bonus",
            Category::TierPromotion => "tier_promotion",
            Category::VentureStake => "venture_stake",
            Category::VenturePayout => "venture_payout",
            Category::RefundAbortedRt => "refund_aborted_rt",
            Category::StorePurchase => "store_purchase",
            Category::StoreRefund => "store_refund",
            Category::AdminGrant => "admin_grant",
            Category::AdminPenalty => "admin_penalty",
            Category::AccountClosed => "account_closed",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_is_stored_under_the_name_it_is_shown_with() {
        for category in [
            Category::OpeningBalance,
            Category::ScoreAward,
            Category::EntryFee,
            Category::GateBonus,
            Category::Sanction,
            Category::PassiveIncome,
            Category::OutcomeBonus,
            Category::TierPromotion,
            Category::VentureStake,
            Category::VenturePayout,
            Category::RefundAbortedRt,
            Category::StorePurchase,
            Category::StoreRefund,
            Category::AdminGrant,
            Category::AdminPenalty,
            Category::AccountClosed,
        ] {
            assert_eq!(serde_json::to_string(&category).unwrap(), format!("\"{category}\""));
        }
    }
}
