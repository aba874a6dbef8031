//! Rubrics of the first contract, `amatelier:rubric@0.1.0`: marks without evidence.
//!
//! For a component that must run on hosts which know no later contract. A component may export both: name one type in [`crate::rubric!`]
//! and one in [`crate::rubric_0_1!`], and a host calls the newest that it knows.

pub use crate::bindings::rubric_0_1::{Axis, Insight, Mark, Scorecard};

/// What a rubric does.
pub trait Rubric {
    /// The dimensions of the score, in the order in which they are shown.
    fn axes(&self) -> Vec<Axis>;

    /// One card per member, every axis marked, values on the axis's scale. What the host refuses is put again with the reason in
    /// `retry_note`.
    fn score(&self, members: &[String], retry_note: Option<&str>) -> Result<Vec<Scorecard>, String>;
}

/// Export a value as the component's rubric of the first contract: `rubric_0_1!(MyRubric);`. The expression is evaluated for every call.
#[macro_export]
macro_rules! rubric_0_1 {
    ($rubric:expr) => {
        const _: () = {
            struct Component;

            impl $crate::bindings::rubric_0_1::Guest for Component {
                fn axes() -> ::std::vec::Vec<$crate::rubric_0_1::Axis> {
                    $crate::rubric_0_1::Rubric::axes(&$rubric)
                }

                fn score(
                    members: ::std::vec::Vec<::std::string::String>,
                    retry_note: ::core::option::Option<::std::string::String>,
                ) -> ::core::result::Result<
                    ::std::vec::Vec<$crate::rubric_0_1::Scorecard>,
                    ::std::string::String,
                > {
                    $crate::rubric_0_1::Rubric::score(&$rubric, &members, retry_note.as_deref())
                }
            }

    $crate::bindings::rubric_0_1::export_rubric_0_1!(Component with_types_in $crate::bindings::rubric_0_1);
        };
    };
}
