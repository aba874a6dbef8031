//! What a component returned, whatever it was called for.

use std::fmt::{self, Write as _};

use amatelier_types::{
    Axis, BuyAnswer, Intervention, Move, PromisedEffect, Scorecard, Skill, StoreItem, Verdict,
};

/// The result of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Returned {
    /// Of `take-turn`.
    Moved(Move),
    /// Of `answer`, `summarise` and `teach`.
    Text(String),
    /// Of `moderate`.
    Intervened(Vec<Intervention>),
    /// Of `rule`.
    Ruled(Verdict),
    /// Of `axes`.
    Axes(Vec<Axis>),
    /// Of `score`.
    Scored(Vec<Scorecard>),
    /// Of `list-items`.
    Items(Vec<StoreItem>),
    /// Of `may-buy`.
    Allowed(BuyAnswer),
    /// Of `redeem`.
    Promised(Vec<PromisedEffect>),
    /// Of `list-skills`.
    Skills(Vec<Skill>),
    /// Of `advise`.
    Advised(Option<String>),
}

impl Returned {
    /// Whether it is a pass, no intervention, or no advice.
    pub fn is_pass(&self) -> bool {
        match self {
            Returned::Moved(made) => *made == Move::Pass,
            Returned::Intervened(list) => list.is_empty(),
            Returned::Advised(advice) => advice.is_none(),
            _ => false,
        }
    }
}

/// The text that expectations are held against: a speech or a lesson as it is, everything else one line per entry.
impl fmt::Display for Returned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = String::new();
        match self {
            Returned::Moved(Move::Say(text)) | Returned::Text(text) | Returned::Advised(Some(text)) => {
                return f.write_str(text);
            }
            Returned::Moved(Move::Pass) | Returned::Advised(None) => return Ok(()),
            Returned::Intervened(list) => list.iter().try_for_each(|one| intervention(&mut lines, one))?,
            Returned::Ruled(Verdict::Proceed(text)) => return write!(f, "proceed: {text}"),
            Returned::Ruled(Verdict::Converged(text)) => return write!(f, "converged: {text}"),
            Returned::Axes(axes) => {
                for Axis { id, name, description, scale } in axes {
                    writeln!(lines, "{id} {scale:?} {name}: {description}")?;
                }
            }
            Returned::Scored(cards) => cards.iter().try_for_each(|card| scorecard(&mut lines, card))?,
            Returned::Items(items) => {
                for StoreItem { id, category, lifetime, suggested_price, name, description } in items {
                    writeln!(
                        lines,
                        "{id} ({category}, {lifetime}, {suggested_price}) {name}: {description}"
                    )?;
                }
            }
            Returned::Allowed(BuyAnswer::Yes) => return f.write_str("yes"),
            Returned::Allowed(BuyAnswer::PercentOff(off)) => return write!(f, "{off} per cent off"),
            Returned::Allowed(BuyAnswer::No(why)) => return write!(f, "no: {why}"),
            Returned::Promised(effects) => effects.iter().try_for_each(|one| effect(&mut lines, one))?,
            Returned::Skills(skills) => {
                for Skill { id, title, summary, suggested_price, .. } in skills {
                    writeln!(lines, "{id} ({suggested_price}) {title}: {summary}")?;
                }
            }
        }
        f.write_str(lines.trim_end_matches('\n'))
    }
}

fn intervention(lines: &mut String, one: &Intervention) -> fmt::Result {
    match one {
        Intervention::Redirect { member, reason } => writeln!(lines, "redirect {member}: {reason}"),
        Intervention::Gate { member, reason } => writeln!(lines, "gate {member}: {reason}"),
        Intervention::Sanction { member, offence, reason } => {
            writeln!(lines, "sanction {member} ({offence}): {reason}")
        }
        Intervention::Halt { member, reason } => writeln!(lines, "halt {member}: {reason}"),
        Intervention::Remark { text } => writeln!(lines, "remark: {text}"),
    }
}

fn scorecard(lines: &mut String, card: &Scorecard) -> fmt::Result {
    for mark in &card.marks {
        write!(lines, "{} {} {}", card.member, mark.axis, mark.value)?;
        for seq in &mark.evidence {
            write!(lines, " #{seq}")?;
        }
        writeln!(lines, ": {}", mark.because)?;
    }
    for insight in &card.insights {
        let (seq, before, after) = (insight.quoted_seq, &insight.before, &insight.after);
        writeln!(lines, "{} insight {} #{seq}: {before} -> {after}", card.member, insight.axis)?;
    }
    Ok(())
}

fn effect(lines: &mut String, one: &PromisedEffect) -> fmt::Result {
    match one {
        PromisedEffect::FloorTurns(turns) => writeln!(lines, "floor-turns {turns}"),
        PromisedEffect::StewardRequests(requests) => writeln!(lines, "steward-requests {requests}"),
        PromisedEffect::FirstSpeaker => writeln!(lines, "first-speaker"),
        PromisedEffect::UnlockTier(tier) => writeln!(lines, "unlock-tier {tier}"),
        PromisedEffect::SkillSlots(slots) => writeln!(lines, "skill-slots {slots}"),
        PromisedEffect::GrantSkill(skill) => writeln!(lines, "grant-skill {skill}"),
        PromisedEffect::Coaching(kind) => writeln!(lines, "coaching {kind}"),
        PromisedEffect::AskFor { private: true, text } => writeln!(lines, "ask-for (private): {text}"),
        PromisedEffect::AskFor { private: false, text } => writeln!(lines, "ask-for (public): {text}"),
        PromisedEffect::Other { kind, text } => writeln!(lines, "other {kind}: {text}"),
    }
}

#[cfg(test)]
mod tests {
    use amatelier_types::Mark;

    use super::*;

    #[test]
    fn every_result_can_be_read_and_nothing_is_a_pass() {
        let mark =
            Mark { axis: "depth".into(), value: 3, because: "two reasons".into(), evidence: vec![2, 4] };
        let card = Scorecard { member: "ada".into(), marks: vec![mark], insights: Vec::new() };
        for (returned, text, is_pass) in [
            (Returned::Moved(Move::Say("One\ntwo".into())), "One\ntwo", false),
            (Returned::Moved(Move::Pass), "", true),
            (Returned::Intervened(Vec::new()), "", true),
            (
                Returned::Intervened(vec![Intervention::Gate {
                    member: "ada".into(),
                    reason: "well".into(),
                }]),
                "gate ada: well",
                false,
            ),
            (Returned::Ruled(Verdict::Proceed("more".into())), "proceed: more", false),
            (Returned::Scored(vec![card]), "ada depth 3 #2 #4: two reasons", false),
            (Returned::Allowed(BuyAnswer::PercentOff(5)), "5 per cent off", false),
            (Returned::Promised(vec![PromisedEffect::SkillSlots(2)]), "skill-slots 2", false),
            (Returned::Advised(None), "", true),
        ] {
            assert_eq!((returned.to_string().as_str(), returned.is_pass()), (text, is_pass));
        }
    }
}
