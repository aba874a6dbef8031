//! How contributions are scored.

pub use crate::bindings::rubric::{Axis, Insight, Mark, Scorecard};

/// What a rubric does.
pub trait Rubric {
    /// The dimensions of the score, in the order in which they are shown.
    fn axes(&self) -> Vec<Axis>;

    /// One card per member, every axis marked, values on the axis's scale. What the host refuses is put again with the reason in
    /// `retry_note`.
    fn score(&self, members: &[String], retry_note: Option<&str>) -> Result<Vec<Scorecard>, String>;
}

/// Export a value as the component's rubric: `rubric!(MyRubric);`. The expression is evaluated for every call.
#[macro_export]
macro_rules! rubric {
    ($rubric:expr) => {
        const _: () = {
            struct Component;

            impl $crate::bindings::rubric::Guest for Component {
                fn axes() -> ::std::vec::Vec<$crate::Axis> {
                    $crate::Rubric::axes(&$rubric)
                }

                fn score(
                    members: ::std::vec::Vec<::std::string::String>,
                    retry_note: ::core::option::Option<::std::string::String>,
                ) -> ::core::result::Result<::std::vec::Vec<$crate::Scorecard>, ::std::string::String>
                {
                    $crate::Rubric::score(&$rubric, &members, retry_note.as_deref())
                }
            }

    $crate::bindings::rubric::export_rubric!(Component with_types_in $crate::bindings::rubric);
        };
    };
}
