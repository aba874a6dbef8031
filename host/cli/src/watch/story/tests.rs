use amatelier_debate::Duty;
use amatelier_types::{Phase, Timestamp};

use super::*;
use crate::watch::sample::{Sample, name, past, running};

fn told(sample: &Sample) -> Story {
    let mut story = Story::default();
    for happening in &sample.happened {
        story.hear(happening);
    }
    story
}

fn speaking(story: &Story) -> Vec<(&str, &str)> {
    story.speaking.iter().map(|speaking| (speaking.member.as_str(), speaking.text.as_str())).collect()
}

#[test]
fn the_status_says_where_a_debate_stands() {
    let pause = |reason| Event::RoundtablePaused { reason, at: Timestamp(0) };
    assert_eq!(Story::default().status(), "waiting");
    assert_eq!(told(&running()).status(), "running · round 2 of 3 · speak");
    assert_eq!(told(&past()).status(), "closed: converged");
    assert_eq!(told(running().close()).status(), "closed: converged, not scored yet");
    let mut paused = running();
    paused.event(pause(PauseReason::Operator));
    assert_eq!(told(&paused).status(), "paused · round 2 of 3");
    paused.event(Event::RoundtableResumed { at: Timestamp(0) });
    assert_eq!(told(&paused).status(), "running · round 2 of 3 · speak");
    let mut cut_off = told(&running());
    cut_off.feed = Feed::Ended;
    assert_eq!(cut_off.status(), "nobody drives it now · round 2 of 3");
    let mut over = told(&past());
    over.feed = Feed::Ended;
    assert_eq!(over.status(), "closed: converged", "that nothing follows is as it should be");
}

#[test]
fn everything_that_is_counted_is_counted() {
    let Counts { messages, speeches, gates, requests, findings, usage } = told(&past()).counts;
    assert_eq!((messages, speeches, gates, requests, findings), (15, 3, 1, 1, 1));
    assert_eq!((usage.calls, usage.input_tokens, usage.output_tokens), (5, 5_000, 500));
}

#[test]
fn what_is_said_is_provisional_until_it_is_posted() {
    let mut sample = Sample::open();
    sample.phase(1, Phase::Speak);
    sample.text("elena", "nobody called her");
    assert_eq!(speaking(&told(&sample)), []);
    sample.call("r1/speak/elena", "elena", Duty::Turn).call("r1/speak/marcus", "marcus", Duty::Turn);
    sample.text("elena", "One ").text("marcus", "Other").text("elena", "two");
    assert_eq!(speaking(&told(&sample)), [("elena", "One two"), ("marcus", "Other")]);
    let so_far = Happening::TextSoFar { member: name("elena"), text: "One two three".into() };
    sample.happened.push(so_far);
    assert_eq!(speaking(&told(&sample)), [("elena", "One two three"), ("marcus", "Other")]);
    sample.says("elena", "Three.");
    assert_eq!(speaking(&told(&sample)), [("elena", ""), ("marcus", "Other")]);
    sample.finish("r1/speak/elena", "elena", amatelier_debate::Ending::Done);
    assert_eq!(speaking(&told(&sample)), [("marcus", "Other")]);
    sample.close();
    assert_eq!(speaking(&told(&sample)), [], "a stop drops the turns that run");
}

#[test]
fn a_gate_stars_its_message_and_says_that_it_changed() {
    let mut sample = Sample::open();
    sample.phase(1, Phase::Speak).says("elena", "A bridge.");
    sample.post("judge", Role::Judge, MessageKind::Intervention, "GATE: elena — says it");
    let mut story = told(&sample);
    let place = story.parts.len() - 1;
    let given = Event::GateGiven { member: name("elena"), reason: "says it".into(), seq: 3 };
    let changed = story.hear(&Happening::Event { seq: 9, event: Box::new(given) });
    assert_eq!(changed, Some(place));
    assert!(
        matches!(&story.parts[place], Part::Posted { star: Some(member), .. } if *member == name("elena"))
    );
}

#[test]
fn the_closing_panel_is_one_and_stands_at_the_end() {
    let story = told(&past());
    let panels = story.parts.iter().filter(|part| matches!(part, Part::Closed(_))).count();
    assert_eq!(panels, 1);
    let Some(Part::Closed(digest)) = story.parts.last() else { panic!("{:?}", story.parts.last()) };
    assert_eq!(digest.scoring_status, "complete");
}

#[test]
fn what_the_host_says_to_members_is_not_read_twice() {
    let is_control = |part: &Part| matches!(part, Part::Posted { posted, .. } if posted.message.kind == MessageKind::Control);
    assert!(!told(&past()).parts.iter().any(is_control));
}
