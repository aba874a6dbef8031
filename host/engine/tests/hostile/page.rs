//! The page for people.

use std::fmt::Write as _;

use amatelier_runtime::Limits;

use crate::{
    attack::Attack,
    trial::{ASLEEP, CPU_TICKS, Outcome, with_limits},
};

/// Whether an attack ended as it should.
pub(crate) fn passes(attack: &Attack, outcome: &Outcome) -> bool {
    outcome.seen == attack.expected && outcome.wrong.is_empty()
}

pub(crate) fn render(rows: &[(Attack, Outcome)]) -> String {
    let passed = rows.iter().filter(|(attack, outcome)| passes(attack, outcome)).count();
    let mut page = format!(
        "# Hostile guests\n\n\
         Components that attack the host, one per line, and what became of them. This page is written by a test that carries every\n\
         attack out (`cargo test -p amatelier-engine --test hostile`, with `UPDATE_DOCS=1` to write it) and that fails when the page is\n\
         not what it saw.\n\n\
         Each attacker sits in a debate with two members who are none, under a judge and a rubric. A line passes when the attacker's\n\
         turns ended as expected and the debate said why; the others said word for word what they say without it, none of their turns\n\
         failed, the debate came to its end and was scored (unless the attacker is the rubric); nobody earned more than the rules allow,\n\
         and nobody earned or paid where nobody was marked; and no line about a failure holds anything that a terminal obeys. Stores and\n\
         skills sit in no debate: each is asked by itself, and a line passes when the call ended as expected, said why in one clean line,\n\
         and gave nothing. The limits are the defaults, but for two that would only make the test slow: CPU time is lowered to {} ms for\n\
         those who run into it, and the speaker timeout to {} s for the one who sleeps.\n\n\
         {passed} of {} pass.\n\n\
         | attack | what the guest does | what stops it | expected | seen | |\n|---|---|---|---|---|---|\n",
        CPU_TICKS * Limits::TICK_MS,
        ASLEEP.as_secs(),
        rows.len(),
    );
    for (attack, outcome) in rows {
        let verdict = if passes(attack, outcome) { "PASS" } else { "FAIL" };
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {} | {verdict} |",
            attack.name,
            attack.does,
            with_limits(attack.stopped_by),
            attack.expected,
            outcome.seen
        );
    }
    page
}
