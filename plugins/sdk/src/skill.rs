//! Technique that can be learnt.

use crate::Phase;
pub use crate::bindings::skill::{Learner, Skill};

/// What a teacher does. Lessons reach a member's model as material between delimiters.
pub trait Skills {
    /// Everything there is; the same at every call.
    fn skills(&self) -> Vec<Skill>;

    /// The technique in Markdown, adapted to the learner.
    fn teach(&self, id: &str, who: &Learner) -> Result<String, String>;

    /// One short line for this phase, or nothing.
    fn advise(&self, id: &str, phase: &Phase, round: u32) -> Option<String> {
        let _ = (id, phase, round);
        None
    }
}

/// Export a value as the component's skills: `skills!(MySkills);`. The expression is evaluated for every call.
#[macro_export]
macro_rules! skills {
    ($skills:expr) => {
        const _: () = {
            struct Component;

            impl $crate::bindings::skill::Guest for Component {
                fn list_skills() -> ::std::vec::Vec<$crate::skill::Skill> {
                    $crate::Skills::skills(&$skills)
                }

                fn teach(
                    id: ::std::string::String,
                    who: $crate::skill::Learner,
                ) -> ::core::result::Result<::std::string::String, ::std::string::String> {
                    $crate::Skills::teach(&$skills, &id, &who)
                }

                fn advise(
                    id: ::std::string::String,
                    phase: ::std::string::String,
                    round: u32,
                ) -> ::core::option::Option<::std::string::String> {
                    $crate::Skills::advise(&$skills, &id, &phase.as_str().into(), round)
                }
            }

    $crate::bindings::skill::export_skills!(Component with_types_in $crate::bindings::skill);
        };
    };
}
