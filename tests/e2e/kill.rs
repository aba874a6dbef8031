//! `kill -9` at any instant, and `resume`.
//!
//! The provider is the witness: it knows what was asked and what was answered to the end. Whatever the instant, the debate that comes out
//! is the one that nobody interrupted, and nothing that was answered is asked again, but for the one request that was on its way.

use std::{collections::BTreeMap, sync::LazyLock, thread, time::Duration};

use amatelier_test_support::{Amatelier, Asked, Call, FakeProvider, Ran, Reaction, normalised};
use serde_json::{Value, json};

use crate::{pair, prompts};

const ARGUMENTS: [&str; 6] = ["--max-rounds", "2", "--budget", "1", "--seed", "11"];

/// What the killed process was doing.
#[derive(Clone, Copy, Debug)]
enum Instant {
    /// The n-th request had arrived and was not answered.
    Asked(usize),
    /// Half of the n-th answer had been sent.
    HalfAnswered(usize),
    /// The n-th answer had been sent to the end.
    Answered(usize),
}

/// A debate and its provider.
struct Scene {
    provider: FakeProvider,
    house: Amatelier,
}

impl Scene {
    fn new() -> Self {
        let provider = FakeProvider::start();
        let house = pair(&provider);
        Scene { provider, house }
    }

    fn begin(&self) -> Call {
        self.house.roundtable().args(ARGUMENTS)
    }

    /// Start this call and kill its process at this instant.
    fn kill(&self, call: Call, instant: Instant) -> Ran {
        let provider = &self.provider;
        provider.behave();
        match instant {
            Instant::Asked(n) => {
                let hold = provider.hold_when(move |asked| asked.n == n);
                let running = call.spawn();
                hold.reached();
                running.kill()
            }
            Instant::HalfAnswered(n) => {
                provider.once(move |asked| asked.n == n, Reaction::StallMidStream);
                let running = call.spawn();
                provider.wait_for("half an answer", |requests| {
                    requests.get(n - 1).is_some_and(|asked| asked.pieces > 1)
                });
                running.kill()
            }
            Instant::Answered(n) => {
                // The kill lands between this answer and the next request but one, wherever the two processes are by then.
                let _beyond = provider.hold_when(move |asked| asked.n == n + 2);
                provider.whenever(|_| true, Reaction::Delay(Duration::from_millis(3)));
                let running = call.spawn();
                provider.wait_for_finished(n);
                running.kill()
            }
        }
    }

    fn resume(&self) -> Value {
        self.provider.behave();
        self.house.args(["resume"]).run().ok().digest()
    }

    /// The requests that were asked more than once: every time each was.
    fn repeated(&self) -> Vec<Vec<Asked>> {
        let mut times: BTreeMap<_, Vec<Asked>> = BTreeMap::new();
        for asked in self.provider.requests() {
            times.entry(asked.key).or_default().push(asked);
        }
        times.into_values().filter(|times| times.len() > 1).collect()
    }
}

/// The debate that nobody interrupts, and how many requests it takes.
static UNDISTURBED: LazyLock<(Value, usize)> = LazyLock::new(|| {
    let scene = Scene::new();
    let digest = scene.begin().run().ok().digest();
    (normalised(digest), scene.provider.asked())
});

/// Numbers below `bound` that are the same in every run.
fn seeded(count: usize, bound: usize) -> impl Iterator<Item = usize> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % bound as u64) as usize
    })
    .take(count)
}

fn survives(instant: Instant, expected: &Value) {
    let scene = Scene::new();
    let killed = scene.kill(scene.begin(), instant);
    assert_eq!(killed.code, None, "{instant:?}: it ended by itself: {killed}");
    let digest = scene.resume();

    assert_eq!(normalised(digest.clone()), *expected, "{instant:?}");
    let repeated = scene.repeated();
    let resent: Vec<&str> =
        digest["resent"].as_array().unwrap().iter().map(|action| action.as_str().unwrap()).collect();
    match repeated.iter().map(Vec::as_slice).collect::<Vec<_>>()[..] {
        // An intent may have been written and its request killed on the way out.
        [] => assert!(resent.len() <= 1, "{instant:?}: {resent:?}"),
        [[first, again]] => {
            assert_eq!(again.n, first.n + 1, "{instant:?}: only what was in flight may be asked again");
            assert!(
                matches!(resent[..], [action] if prompts::made(action, again)),
                "{instant:?}: {resent:?} does not name {}",
                again.last_message()
            );
        }
        ref more => panic!("{instant:?}: asked again: {more:#?}"),
    }
    if !matches!(instant, Instant::Answered(_)) {
        assert_eq!(repeated.len(), 1, "{instant:?}: what the kill left without an answer is asked again");
    }
}

#[test]
fn a_debate_that_is_killed_at_twenty_instants_becomes_what_it_would_have_been() {
    let (expected, requests) = &*UNDISTURBED;
    let instants: Vec<Instant> = seeded(20, *requests)
        .enumerate()
        .map(|(at, drawn)| match at % 3 {
            0 => Instant::Asked(drawn + 1),
            1 => Instant::HalfAnswered(drawn + 1),
            // Two requests have to be left that keep it from ending by itself.
            _ => Instant::Answered(drawn.clamp(1, requests - 2)),
        })
        .collect();
    thread::scope(|scope| {
        for share in instants.chunks(10) {
            scope.spawn(move || share.iter().for_each(|instant| survives(*instant, expected)));
        }
    });
}

#[test]
fn a_debate_that_is_killed_again_and_again_goes_on_from_where_it_was() {
    let (expected, _) = &*UNDISTURBED;
    let scene = Scene::new();
    scene.kill(scene.begin(), Instant::Asked(3));
    let mut kills = 1;
    // The next kill is always five requests further on: one that is asked again, and four new ones.
    for n in [8, 13, 18] {
        assert_eq!(scene.kill(scene.house.args(["resume"]), Instant::Asked(n)).code, None);
        kills += 1;
    }
    let digest = scene.resume();
    assert_eq!(normalised(digest.clone()), *expected);
    assert_eq!(digest["resent"].as_array().unwrap().len(), kills);
    let repeated = scene.repeated();
    assert_eq!(repeated.len(), kills, "{repeated:#?}");
    for times in &repeated {
        assert!(
            matches!(&times[..], [first, again] if !first.finished && again.n == first.n + 1),
            "{times:#?}"
        );
    }
}

#[test]
fn a_request_that_is_killed_twice_is_asked_a_third_time_and_no_oftener() {
    let (expected, _) = &*UNDISTURBED;
    let scene = Scene::new();
    scene.kill(scene.begin(), Instant::Asked(4));
    scene.kill(scene.house.args(["resume"]), Instant::Asked(5));
    scene.provider.behave();
    let waits = scene.house.args(["resume"]).run().exits(8);
    waits.stderr_has("2 times now").stderr_has("--on-uncertain resend");
    assert_eq!(
        scene.provider.asked(),
        5,
        "it is asked once more by itself, and then when its operator says so"
    );
    let digest = scene.house.args(["resume", "--on-uncertain", "resend"]).run().ok().digest();
    assert_eq!(normalised(digest.clone()), *expected);
    let repeated = scene.repeated();
    assert!(matches!(&repeated[..], [times] if times.len() == 3), "{repeated:#?}");
    assert_eq!(digest["resent"].as_array().unwrap().len(), 1);
}

#[test]
fn a_debate_that_is_killed_between_its_steps_leaves_its_digest_in_the_end() {
    let (expected, requests) = &*UNDISTURBED;
    for line in ["roundtable ", "r1 speak", "r1 gate", "round 2 ", "closed: ", "scored: "] {
        let scene = Scene::new();
        let mut running = scene.house.roundtable().args(ARGUMENTS).spawn();
        running.stderr_line_with(line);
        let killed = running.kill();
        let digest = scene.resume();
        assert_eq!(normalised(digest.clone()), *expected, "{line}: {killed}");
        assert!(scene.provider.asked() <= requests + 1, "{line}");
        let id = digest["roundtable_id"].as_str().unwrap();
        assert!(scene.house.path(format!("digests/digest-{id}.json")).exists(), "{line}");
        assert_eq!(scene.house.args(["show", id, "--json"]).run().ok().digest(), digest, "{line}");
        assert_eq!(scene.house.args(["resume"]).run().ok().digest(), digest, "{line}: nothing is left to do");
    }
}

#[test]
fn an_interrupted_debate_loses_no_answer_even_if_its_provider_is_gone_for_good() {
    let scene = Scene::new();
    scene.kill(scene.begin(), Instant::Answered(6));
    let answered = scene.provider.requests().into_iter().filter(|asked| asked.finished);
    let answers: Vec<String> = answered.filter_map(|asked| asked.answer).take(5).collect();
    let Scene { provider, house } = scene;
    drop(provider);
    house.args(["resume"]).run().exits(7);
    let listed = house.args(["list", "--json"]).run().ok().digest();
    let id = listed["roundtables"][0]["id"].as_str().unwrap();
    let sofar = house.args(["show", id, "--json"]).run().ok().digest();
    let speeches = crate::said(&sofar, "speech");
    let found = answers.iter().filter(|answer| speeches.contains(&answer.as_str())).count();
    // Four of the first five answers are speeches and rebuttals, the third is the judge's silence.
    assert_eq!(found, 4, "{speeches:#?}");
    assert_eq!(sofar["stop"], json!(null));
}
