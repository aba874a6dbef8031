//! Debates in a table.

use std::fmt::Write as _;

use amatelier_engine::Listed;

use super::{line, width};

pub(crate) fn list(roundtables: &[Listed]) -> String {
    if roundtables.is_empty() {
        return "no roundtable yet\n".into();
    }
    let mut text = format!(
        "{:12}  {:16}  {:11}  {:13}  {:>6}  topic\n",
        "id", "opened (UTC)", "status", "mode", "rounds"
    );
    for listed in roundtables {
        let opened = listed.opened_at.get(..16).unwrap_or_default().replace('T', " ");
        let status =
            listed.stop_reason.as_ref().filter(|_| listed.status == "closed").unwrap_or(&listed.status);
        let topic = line(&listed.topic, width().saturating_sub(70).max(24));
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{:12}  {opened:16}  {status:11}  {:13}  {:>6}  {topic}",
            listed.id, listed.mode, listed.rounds
        );
    }
    text
}
