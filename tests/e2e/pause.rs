//! Ctrl-C: once pauses after the turn, twice stops now; both can be resumed.

use amatelier_test_support::{FakeProvider, normalised};

use crate::{pair, prompts};

const SHORT: [&str; 6] = ["--max-rounds", "2", "--budget", "0", "--seed", "4"];

#[test]
fn an_interrupted_debate_finishes_its_turn_and_goes_on_when_it_is_resumed() {
    let calm = FakeProvider::start();
    let expected = normalised(pair(&calm).roundtable().args(SHORT).run().ok().digest());

    let provider = FakeProvider::start();
    let house = pair(&provider);
    let hold = provider.hold_when(prompts::rebuts(1));
    let mut running = house.roundtable().args(SHORT).spawn();
    let held = hold.reached();
    running.interrupt();
    running.stderr_line_with("pausing after this turn");
    hold.release();
    running.wait().exits(8).stderr_has("resume");
    assert!(provider.requests()[held.n - 1].finished);
    assert_eq!(provider.asked(), held.n, "nobody was called after that");

    let digest = house.args(["resume"]).run().ok().digest();
    assert!(provider.requests().iter().all(|asked| asked.times == 1), "what was answered is known");
    assert_eq!(normalised(digest), expected);
}

#[test]
fn one_who_interrupts_while_the_last_word_is_spoken_has_the_marks_later() {
    let calm = FakeProvider::start();
    let expected = normalised(pair(&calm).roundtable().args(SHORT).run().ok().digest());

    let provider = FakeProvider::start();
    let house = pair(&provider);
    let hold = provider.hold_when(prompts::rules(2));
    let mut running = house.roundtable().args(SHORT).spawn();
    let held = hold.reached();
    running.interrupt();
    running.stderr_line_with("pausing after this turn");
    hold.release();
    // The ruling closes the debate, and there is nothing left but its marks.
    running.wait().exits(8).stderr_has("resume");
    assert_eq!(provider.asked(), held.n, "nobody was called after that");
    let digest = house.args(["resume"]).run().ok().digest();
    assert_eq!(normalised(digest), expected);
}

#[test]
fn a_second_interrupt_stops_at_once_and_loses_no_more_than_the_turn() {
    let provider = FakeProvider::start();
    let house = pair(&provider);
    let hold = provider.hold_when(prompts::rebuts(1));
    let mut running = house.roundtable().args(SHORT).spawn();
    hold.reached();
    running.interrupt();
    running.stderr_line_with("pausing after this turn");
    running.interrupt();
    running.wait().exits(8).stderr_has("resume");
    let digest = house.args(["resume"]).run().ok().digest();
    let again: Vec<_> = provider.requests().into_iter().filter(|asked| asked.times > 1).collect();
    assert!(matches!(&again[..], [asked] if prompts::rebuts(1)(asked)), "{again:#?}");
    assert_eq!(digest["resent"].as_array().unwrap().len(), 1);
}
