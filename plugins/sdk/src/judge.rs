//! The live moderator.

use crate::Phase;
pub use crate::bindings::judge::{Intervention, Note, Sanction, Verdict};

/// What a judge does. The host acts on the values that these functions return, never on prose.
pub trait Judge {
    /// Look at the messages with a greater `seq` than `after`; an empty list means no comment.
    fn moderate(&self, phase: &Phase, after: u32) -> Result<Vec<Intervention>, String>;

    /// Rule at the gate of a round. An error counts as [`Verdict::Proceed`].
    fn rule(&self, round: u32, max_rounds: u32) -> Result<Verdict, String>;

    /// The cumulative state of the debate after a round.
    fn summarise(&self, round: u32) -> Result<String, String>;
}

/// Export a value as the component's judge: `judge!(MyJudge);`. The expression is evaluated for every call.
#[macro_export]
macro_rules! judge {
    ($judge:expr) => {
        const _: () = {
            struct Component;

            impl $crate::bindings::judge::Guest for Component {
                fn moderate(
                    phase: ::std::string::String,
                    after: u32,
                ) -> ::core::result::Result<::std::vec::Vec<$crate::Intervention>, ::std::string::String>
                {
                    $crate::Judge::moderate(&$judge, &phase.as_str().into(), after)
                }

                fn rule(
                    round: u32,
                    max_rounds: u32,
                ) -> ::core::result::Result<$crate::Verdict, ::std::string::String> {
                    $crate::Judge::rule(&$judge, round, max_rounds)
                }

                fn summarise(
                    round: u32,
                ) -> ::core::result::Result<::std::string::String, ::std::string::String> {
                    $crate::Judge::summarise(&$judge, round)
                }
            }

    $crate::bindings::judge::export_judge!(Component with_types_in $crate::bindings::judge);
        };
    };
}
