//! Components asked one after another, within one time for all of them.
//!
//! One that trapped or ran into a limit once would do so again, and everybody waits while it does: it is not asked again.

use std::{collections::BTreeMap, future::Future, time::Duration};

use amatelier_types::{Failure, FailureKind};

use super::budget::Budget;

/// See the module's documentation.
pub(crate) struct Hearing {
    budget: Budget,
    failed: BTreeMap<String, Failure>,
}

impl Hearing {
    pub(crate) fn new(limit: Duration) -> Self {
        Hearing { budget: Budget::new(limit), failed: BTreeMap::new() }
    }

    /// What a component says. `failure` tells how it failed, if it did.
    ///
    /// # Errors
    /// It is not asked, or takes too long.
    pub(crate) async fn ask<T, E>(
        &mut self,
        component: &str,
        question: impl Future<Output = Result<T, E>>,
        failure: impl Fn(&E) -> Option<Failure>,
    ) -> Result<Result<T, E>, Failure> {
        if let Some(Failure { kind, message }) = self.failed.get(component) {
            return Err(Failure::new(*kind, format!("it is not asked again after this: {message}")));
        }
        let Some(answer) = self.budget.within(question).await else {
            let seconds = self.budget.limit().as_secs();
            let why = format!("the {seconds} s that all components have together are over");
            return Err(Failure::new(FailureKind::Limit, why));
        };
        if let Some(failure) = answer.as_ref().err().and_then(failure)
            && matches!(failure.kind, FailureKind::Limit | FailureKind::Trap)
        {
            self.failed.insert(component.to_owned(), failure);
        }
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn whoever_traps_is_not_asked_again_and_nobody_is_once_the_time_is_over() {
        let mut hearing = Hearing::new(Duration::from_secs(10));
        let failed = |kind| ready(Err::<u32, _>(Failure::new(kind, "no")));
        let seen = |failure: &Failure| Some(failure.clone());
        let trapped = hearing.ask("a", failed(FailureKind::Trap), seen).await;
        assert_eq!(trapped.unwrap().unwrap_err().kind, FailureKind::Trap);
        let again = hearing.ask("a", ready(Ok::<_, Failure>(1)), seen).await.unwrap_err();
        assert_eq!(again.message, "it is not asked again after this: no");
        // What a component says of itself is its answer.
        assert!(hearing.ask("b", failed(FailureKind::GuestError), seen).await.unwrap().is_err());
        assert_eq!(hearing.ask("b", ready(Ok::<_, Failure>(2)), seen).await.unwrap().unwrap(), 2);
        for _ in 0..2 {
            let late = hearing.ask("c", pending::<Result<u32, Failure>>(), seen).await.unwrap_err();
            assert_eq!(late.message, "the 10 s that all components have together are over");
        }
    }
}
