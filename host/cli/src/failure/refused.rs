//! What to do when the ledger refuses.

use amatelier_economy::Refusal;

use crate::{exit::Exit, output::program};

/// The exit code of a refusal, and the remedy where there is one.
pub(super) fn help(refusal: &Refusal) -> (Exit, Option<String>) {
    let program = program();
    let inventory = |member| Some(format!("`{program} store inventory {member}` lists what it has"));
    match refusal {
        Refusal::UnknownMember(_) => {
            (Exit::NotFound, Some(format!("`{program} sparks` lists those who have one")))
        }
        Refusal::Twice(_) => (Exit::Usage, Some("name everybody once".into())),
        Refusal::Benched { member, .. } => (
            Exit::Refused,
            Some(format!("leave it out; `{program} relegation list` says when {member} is back")),
        ),
        Refusal::NotEntered(_) => {
            (Exit::Refused, Some("debates that were held before there were accounts stay without".into()))
        }
        Refusal::NotAnEntrant { roundtable, .. } => {
            (Exit::NotFound, Some(format!("`{program} show {roundtable}` says who took part")))
        }
        Refusal::StillRunning(id) => (
            Exit::Refused,
            Some(format!(
                "wait until it is over; `{program} resume {id}` brings it to its end if nobody does"
            )),
        ),
        Refusal::InDebt { member, .. } | Refusal::TooPoor { member, .. } => (
            Exit::Refused,
            Some(format!(
                "it earns by debating; `{program} ledger {member}` says where its sparks went, `{program} grant {member} N --reason TEXT` gives some"
            )),
        ),
        Refusal::AlreadyOwned { member, .. } | Refusal::NotOwned { member, .. } => {
            (Exit::Refused, inventory(member))
        }
        Refusal::NotHeld { .. } => {
            (Exit::Refused, Some(format!("`{program} store inventory` lists what there is to give up")))
        }
        Refusal::Several { member, .. } => {
            (Exit::Usage, Some(format!("name the purchase: `{program} store inventory {member}` lists them")))
        }
        Refusal::TooManyRequests { .. } => (
            Exit::Refused,
            Some(format!(
                "`{program} requests list` lists them, `{program} requests close ID --reason TEXT` closes one; bounds.open-requests in economy.toml is the most"
            )),
        ),
        Refusal::TooManyBoosts { member, .. } => (
            Exit::Refused,
            Some(format!(
                "a debate uses them; `{program} store inventory {member}` lists them; bounds.waiting-boosts in economy.toml is the most"
            )),
        ),
        Refusal::NotEligible { item, .. } | Refusal::Effect { item, .. } => (
            Exit::Refused,
            Some(format!(
                "no spark moved; `{program} store show {item}` says what it is and who may have it"
            )),
        ),
        Refusal::NoSlot { member, .. } | Refusal::SlotsInUse { member, .. } => (
            Exit::Refused,
            Some(format!("take one out first: `{program} store unequip SKILL --member {member}`")),
        ),
        Refusal::UnknownVenture(_) => (Exit::NotFound, Some(format!("`{program} venture list` lists them"))),
        Refusal::VentureOver(_) => {
            (Exit::Refused, Some(format!("`{program} venture list --all` says how it ended")))
        }
        Refusal::UnknownRequest(_) => (Exit::NotFound, Some(format!("`{program} requests list` lists them"))),
        Refusal::NoSuchSkill(_) => (Exit::NotFound, Some(format!("`{program} skills list` lists them"))),
        Refusal::AlreadyCredited { member, .. } => (
            Exit::Refused,
            Some(format!(
                "a debate credits a member once; `{program} grant {member} N --reason TEXT` gives more"
            )),
        ),
        Refusal::NoReason { .. } => (Exit::Usage, Some("say why, in words, and not in a book".into())),
        Refusal::BadAmount { .. } => {
            (Exit::Usage, Some("bounds.adjustment in economy.toml is the most".into()))
        }
        Refusal::BadIdea { .. } => (Exit::Usage, None),
        Refusal::TooFewAssignments { .. } => {
            (Exit::Refused, Some("tiers.assignments in economy.toml says how many each tier needs".into()))
        }
        Refusal::NoQuestion(_) => {
            (Exit::NotFound, Some(format!("`{program} relegation list` says about whom there is")))
        }
        Refusal::TooFewWorkers { .. } => {
            (Exit::Refused, Some(format!("add a worker first: `{program} team new NAME`")))
        }
        Refusal::NameTaken(_) => (Exit::Refused, Some("choose another name for the new one".into())),
        Refusal::AlreadyEntered(_)
        | Refusal::Aborted { .. }
        | Refusal::AlreadySettled(_)
        | Refusal::Over(_)
        | Refusal::BadMarks { .. }
        | Refusal::AbsurdDiscount { .. }
        | Refusal::Claimed { .. }
        | Refusal::AlreadyEquipped { .. }
        | Refusal::NotEquipped { .. }
        | Refusal::IdeaTaken(_)
        | Refusal::RequestOver(_)
        | Refusal::HighestTier { .. } => (Exit::Refused, None),
    }
}
