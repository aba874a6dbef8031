//! Whoever looks on while a debate runs.

use amatelier_debate::{Debate, Event};
use amatelier_runtime::Record;
use amatelier_types::{Failure, MemberName, MicroUsd, Sha256};

/// Told of what happens, as it happens. It is never waited for: an implementation that has much to do hands it on.
pub trait Watcher: Send + Sync {
    /// An event was committed and applied; `debate` is the state after it.
    fn event(&self, debate: &Debate, event: &Event);

    /// A piece of a member's answer arrived. Provisional: the answer may still fail.
    fn text(&self, member: &MemberName, piece: &str);

    /// Something the operator should know: a component was replaced, a request is asked again.
    fn note(&self, text: &str);

    /// A component was called and has come back: what it left for its author. None of this is part of the debate.
    fn performed(&self, _performed: &Performed<'_>) {}

    /// Money was reserved, charged or released: what the debate has spent, what its requests under way may still take, and its cap.
    fn spent(&self, _spent: MicroUsd, _held: MicroUsd, _cap: Option<MicroUsd>) {}
}

/// One call of a component, for whoever writes the component.
#[derive(Clone, Copy, Debug)]
pub struct Performed<'a> {
    /// On whose behalf.
    pub member: &'a MemberName,
    /// What it was called for, such as `r1/speak/elena`.
    pub action: &'a str,
    /// The component.
    pub component: Sha256,
    /// How the call failed, if it did.
    pub failure: Option<&'a Failure>,
    /// Its log, where it trapped, what it was refused, what it used. Untrusted text.
    pub record: &'a Record,
}
