//! What is done about requests that were in flight when the program died, and who decides it.

use amatelier_engine::{Engine, OnUncertain, Roundtable, UncertainCall};
use amatelier_types::MicroUsd;

use crate::{context::Context, failure::Failure, output};

/// The policy that was typed, or else configured. What it leaves to the operator is asked where there is somebody to ask.
pub(super) fn policy(
    context: &Context,
    engine: &Engine,
    roundtable: &Roundtable,
    typed: Option<amatelier_workspace::OnUncertain>,
) -> Result<OnUncertain, Failure> {
    use amatelier_workspace::OnUncertain as Configured;
    let policy = match (typed, context.configuration.config.roundtable.on_uncertain) {
        (Some(Configured::Resend), _) => OnUncertain::Resend,
        (Some(Configured::Ask), _) | (None, Configured::Ask) => OnUncertain::Ask,
        (Some(Configured::Skip), _) | (None, Configured::Skip) => OnUncertain::Skip,
        (None, Configured::Resend) => OnUncertain::ResendOnce,
    };
    let undecided = engine.undecided(roundtable, policy)?;
    if undecided.is_empty() {
        return Ok(policy);
    }
    Ok(match output::ask(&question(&undecided)) {
        Some(true) => OnUncertain::Resend,
        Some(false) | None => policy,
    })
}

fn question(undecided: &[UncertainCall]) -> String {
    let told = |call: &UncertainCall| {
        let UncertainCall { action, provider, model, .. } = call;
        format!("{action} ({model} at {provider})")
    };
    let calls: Vec<String> = undecided.iter().map(told).collect();
    let worst: Option<MicroUsd> =
        undecided.iter().filter_map(|call| call.reserved).reduce(MicroUsd::saturating_add);
    let paid = match worst {
        Some(worst) => format!("They may have cost up to {worst}, and may cost as much once more"),
        None => "They cost nothing".to_owned(),
    };
    format!(
        "In flight when the program stopped, and nobody knows whether it was answered: {}. {paid}. Ask again?",
        calls.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_asked_is_told_what_it_may_cost() {
        let call = |reserved| UncertainCall {
            action: "r1/speak/ada".into(),
            provider: "anthropic".into(),
            model: "large".into(),
            times: 1,
            reserved,
        };
        let asked = question(&[call(Some(MicroUsd(250_000))), call(Some(MicroUsd(1)))]);
        assert!(
            asked.contains("r1/speak/ada (large at anthropic)") && asked.contains("up to $0.250001"),
            "{asked}"
        );
        assert!(question(&[call(None)]).contains("They cost nothing"));
    }
}
