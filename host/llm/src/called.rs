//! Which tool a result belongs to.

use crate::PromptTurn;

/// The name of the tool whose result stands at `place`, for protocols that match results by name. Ids are unique within one answer at
/// best, so the nearest earlier call counts. None where nothing that was called has the result's id.
pub(crate) fn called_tool(turns: &[PromptTurn], place: usize) -> Option<&str> {
    let id = turns.get(place)?.call_id.as_deref()?;
    let earlier = turns.get(..place)?;
    let mut calls = earlier.iter().rev().flat_map(|turn| turn.calls.iter().rev());
    calls.find(|call| call.id == id).map(|call| call.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Speaker, ToolCall};

    fn called(id: &str, name: &str) -> PromptTurn {
        let call = ToolCall { id: id.into(), name: name.into(), arguments: "{}".into() };
        PromptTurn { calls: vec![call], ..PromptTurn::said(Speaker::Assistant, "") }
    }

    fn result(id: &str) -> PromptTurn {
        PromptTurn { call_id: Some(id.into()), ..PromptTurn::said(Speaker::Tool, "found") }
    }

    #[test]
    fn the_nearest_earlier_call_with_the_id_is_meant() {
        let turns = [
            called("call-0", "grep"),
            result("call-0"),
            called("call-0", "glob"),
            result("call-0"),
            result("x"),
        ];
        assert_eq!(called_tool(&turns, 1), Some("grep"));
        assert_eq!(called_tool(&turns, 3), Some("glob"));
        assert_eq!(called_tool(&turns, 4), None);
        assert_eq!(called_tool(&turns, 0), None);
        assert_eq!(called_tool(&turns, 9), None);
    }
}
