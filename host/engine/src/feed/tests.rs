use amatelier_types::Timestamp;
use tokio::io::{AsyncBufReadExt as _, BufReader, DuplexStream, Lines};

use super::{
    house::{House, ada, remark},
    *,
};

/// Somebody subscribes through a pipe that holds so many bytes.
fn subscribe(house: &House, after: u64, bytes: usize) -> Lines<BufReader<DuplexStream>> {
    let (ours, theirs) = tokio::io::duplex(bytes);
    let feed = house.feed.clone();
    tokio::spawn(async move { feed.serve(after, theirs).await });
    BufReader::new(ours).lines()
}

async fn next(lines: &mut Lines<BufReader<DuplexStream>>) -> Option<Happening> {
    lines.next_line().await.unwrap().map(|line| serde_json::from_str(&line).unwrap())
}

/// The sequence numbers of the events that are left, in the order in which they come.
async fn rest(lines: &mut Lines<BufReader<DuplexStream>>) -> Vec<u64> {
    let mut seqs = Vec::new();
    while let Some(happening) = next(lines).await {
        if let Happening::Event { seq, .. } = happening {
            seqs.push(seq);
        }
    }
    seqs
}

#[tokio::test]
async fn who_comes_late_gets_what_was_and_then_what_happens() {
    let house = House::new().await;
    house.happen(remark(1)).await;
    house.feed.publish_text(&ada(), "The river ");
    house.feed.publish_text(&ada(), "is ");
    let mut lines = subscribe(&house, 0, 1 << 16);
    assert!(matches!(next(&mut lines).await, Some(Happening::Event { seq: 1, .. })));
    let second = Happening::Event { seq: 2, event: Box::new(remark(1)) };
    assert_eq!(next(&mut lines).await, Some(second));
    let so_far = Happening::TextSoFar { member: ada(), text: "The river is ".into() };
    assert_eq!(next(&mut lines).await, Some(so_far));
    house.feed.publish_text(&ada(), "wide.");
    assert_eq!(next(&mut lines).await, Some(Happening::Text { member: ada(), text: "wide.".into() }));
    house.feed.note("a note");
    assert_eq!(next(&mut lines).await, Some(Happening::Note { text: "a note".into() }));
    house.happen(remark(2)).await;
    house.feed.end();
    assert_eq!(rest(&mut lines).await, [3]);
}

#[tokio::test]
async fn who_comes_again_goes_on_where_it_was() {
    let house = House::new().await;
    for number in 1..=4 {
        house.happen(remark(number)).await;
    }
    let mut lines = subscribe(&house, 3, 1 << 16);
    house.feed.end();
    assert_eq!(rest(&mut lines).await, [4, 5]);
}

#[tokio::test]
async fn a_subscriber_that_stalls_holds_nothing_up_and_still_gets_every_event_once() {
    let house = House::new().await;
    // The pipe holds less than one line: the feed can hand over next to nothing before it is read.
    let mut lines = subscribe(&house, 0, 64);
    assert!(matches!(next(&mut lines).await, Some(Happening::Event { seq: 1, .. })));
    let many = 3 * WAITING as u32;
    for number in 1..=many {
        house.happen(remark(number)).await;
        house.feed.publish_text(&ada(), "piece ");
    }
    let sender = house.feed.state().sender.clone().unwrap();
    assert!(sender.len() <= WAITING, "what waits is bounded");
    drop(sender);
    house.feed.end();
    assert_eq!(rest(&mut lines).await, (2..=u64::from(many) + 1).collect::<Vec<u64>>());
}

#[tokio::test]
async fn text_that_was_settled_is_not_told_again() {
    let house = House::new().await;
    house.feed.publish_text(&ada(), "dropped by a stop");
    let stop =
        amatelier_debate::Stop { reason: amatelier_debate::StopReason::Operator, detail: "told to".into() };
    house.happen(Event::RoundtableClosed { stop, at: Timestamp(1) }).await;
    let mut lines = subscribe(&house, 2, 1 << 16);
    house.feed.publish_text(&ada(), "new");
    let text = loop {
        match next(&mut lines).await {
            Some(Happening::Text { text, .. } | Happening::TextSoFar { text, .. }) => break text,
            Some(_) => {}
            None => panic!("no text"),
        }
    };
    assert_eq!(text, "new");
}
