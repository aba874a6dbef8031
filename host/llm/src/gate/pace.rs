//! How fast requests may leave.

/// How much a minute; none means as much as anybody likes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// Requests.
    pub requests_per_minute: Option<u32>,
    /// Tokens, prompts and answers together.
    pub tokens_per_minute: Option<u32>,
}

impl Pace {
    /// The slower of two, limit by limit.
    #[must_use]
    pub fn slower(self, other: Pace) -> Pace {
        let least = |a: Option<u32>, b: Option<u32>| a.into_iter().chain(b).min();
        Pace {
            requests_per_minute: least(self.requests_per_minute, other.requests_per_minute),
            tokens_per_minute: least(self.tokens_per_minute, other.tokens_per_minute),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_slower_than_none() {
        let pace = |requests_per_minute, tokens_per_minute| Pace { requests_per_minute, tokens_per_minute };
        assert_eq!(pace(Some(5), None).slower(pace(Some(9), Some(3))), pace(Some(5), Some(3)));
        assert_eq!(Pace::default().slower(Pace::default()), Pace::default());
    }
}
