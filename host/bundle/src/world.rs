//! What kind of opinion a component is.

use std::fmt;

/// An extension point. Ids are unique within one: the persona `classic` and the judge `classic` are different components.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum World {
    /// A character that debates (`amatelier:persona`).
    Persona,
    /// The live moderator (`amatelier:judge`).
    Judge,
    /// How contributions are scored (`amatelier:rubric`).
    Rubric,
    /// Things that can be bought (`amatelier:store`).
    Store,
    /// Technique that can be learnt (`amatelier:skill`).
    Skill,
}

impl World {
    /// Every extension point.
    pub const ALL: [World; 5] = [World::Persona, World::Judge, World::Rubric, World::Store, World::Skill];

    /// The word used in commands and files.
    pub fn name(self) -> &'static str {
        match self {
            World::Persona => "persona",
            World::Judge => "judge",
            World::Rubric => "rubric",
            World::Store => "store",
            World::Skill => "skill",
        }
    }
}

impl fmt::Display for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
