//! Whoever looks on while a debate runs.

use amatelier_debate::{Debate, Event};
use amatelier_types::{MemberName, MicroUsd};

/// Told of what happens, as it happens. It is never waited for: an implementation that has much to do hands it on.
pub trait Watcher: Send + Sync {
    /// An event was committed and applied; `debate` is the state after it.
    fn event(&self, debate: &Debate, event: &Event);

    /// A piece of a member's answer arrived. Provisional: the answer may still fail.
    fn text(&self, member: &MemberName, piece: &str);

    /// Something the operator should know: a component was replaced, a request is asked again.
    fn note(&self, text: &str);

    /// Money was reserved, charged or released: what the debate has spent, what its requests under way may still take, and its cap.
    fn spent(&self, _spent: MicroUsd, _held: MicroUsd, _cap: Option<MicroUsd>) {}
}
