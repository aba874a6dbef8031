//! A call of an almost empty export through the runtime, and through a plain engine. The two take turns, so that whatever else the
//! machine does meets both.

use std::time::Instant;

use amatelier_runtime::Runtime;
use amatelier_types::Move;

use crate::{bare::Bare, nobody, print};

/// Calls that are made before anything is measured, and calls that are.
const WARM: usize = 500;
const MEASURED: usize = 10_000;

pub(crate) async fn measure() {
    // Without a setting it asks for the setting and passes.
    let guest = amatelier_test_support::guest("hostile");
    let runtime = Runtime::new().unwrap();
    let component = runtime.compile(guest).unwrap();
    let bare = Bare::compile(guest);
    let call = nobody::call(&[]);
    let (mut ours, mut plain) = (Vec::with_capacity(MEASURED), Vec::with_capacity(MEASURED));
    for round in 0..WARM + MEASURED {
        let call = call.clone();
        let begun = Instant::now();
        let ended = runtime.take_turn(&component, call, nobody::TURN).await;
        let of_ours = begun.elapsed();
        assert_eq!(ended.result.unwrap(), Move::Pass);
        let begun = Instant::now();
        bare.take_turn().await;
        let of_plain = begun.elapsed();
        if round >= WARM {
            ours.push(of_ours);
            plain.push(of_plain);
        }
    }
    print("ours", &ours);
    print("bare", &plain);
}
