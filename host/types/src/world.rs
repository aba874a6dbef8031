//! What kind of opinion a component is.

use std::{fmt, str::FromStr};

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

/// A word that names no world.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no world of that name; known are {known}", known = World::ALL.map(World::name).join(", "))]
pub struct UnknownWorld;

impl World {
    /// Every world.
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

impl FromStr for World {
    type Err = UnknownWorld;

    fn from_str(word: &str) -> Result<Self, UnknownWorld> {
        World::ALL.into_iter().find(|world| world.name() == word).ok_or(UnknownWorld)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_parses_back() {
        for world in World::ALL {
            assert_eq!(world.name().parse(), Ok(world));
        }
        assert_eq!("coach".parse::<World>(), Err(UnknownWorld));
    }
}
