//! What a verification found, for people.

use amatelier_engine::Verification;
use amatelier_types::RoundtableId;

use super::line;

pub(crate) fn verification(id: &RoundtableId, found: &Verification) -> String {
    match found {
        Verification::Same { events, turns, taken, digest_file } => {
            let taken = match taken {
                0 => String::new(),
                n => {
                    format!(" ({n} of them ended by a limit or through the host, which is taken as recorded)")
                }
            };
            let digest = if *digest_file {
                "; the published digest is the same"
            } else {
                "; there is no published digest"
            };
            format!("PASS {id}: {turns} turns run again{taken}, {events} events the same{digest}\n")
        }
        Verification::Different(difference) => {
            let turn =
                difference.turn.as_deref().map(|turn| format!(" in {}", line(turn, 80))).unwrap_or_default();
            format!(
                "FAIL {id}{turn}: {} differs\n  recorded: {}\n  replayed: {}\n",
                line(&difference.what, 200),
                line(&difference.recorded, 400),
                line(&difference.replayed, 400)
            )
        }
    }
}
