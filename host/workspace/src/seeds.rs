//! Starter rosters and the persona folders they come with.

use std::fmt::Write as _;

use amatelier_types::{MemberName, Role};
use indexmap::IndexMap;
use serde::Deserialize;

use crate::{BadFile, MemberLine, Problem};

/// A file of the bundled persona folders.
#[derive(Clone, Copy, Debug)]
pub struct SeedFile<'a> {
    /// Its path, such as `elena/identity.md`.
    pub path: &'a str,
    /// Its bytes.
    pub contents: &'a [u8],
}

/// A starter roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// Its members, in the order of their seats.
    pub members: Vec<MemberLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Roster {
    members: IndexMap<MemberName, Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    role: Role,
    model: String,
    provider: Option<String>,
    tagline: String,
}

impl Template {
    /// Every roster in `templates.toml` among the seeds, in its order.
    ///
    /// # Errors
    /// Where the seeds have no such file, or it cannot be read.
    pub fn all(seeds: &[SeedFile<'_>]) -> Result<Vec<Template>, BadFile> {
        let wrong = |problem| BadFile::new("templates.toml", problem);
        let seed =
            seeds.iter().find(|seed| seed.path == "templates.toml").ok_or_else(|| wrong(Problem::Missing))?;
        let text = std::str::from_utf8(seed.contents).map_err(|_| wrong(Problem::NotText))?;
        let rosters: IndexMap<String, Roster> =
            toml::from_str(text).map_err(|error| wrong(Problem::Toml(error.to_string())))?;
        let member = |(name, line): (MemberName, Line)| MemberLine {
            name,
            role: line.role,
            model: line.model,
            provider: line.provider,
            tagline: line.tagline,
            component: None,
        };
        let template = |(name, roster): (String, Roster)| Template {
            name,
            members: roster.members.into_iter().map(member).collect(),
        };
        Ok(rosters.into_iter().map(template).collect())
    }

    /// The roster of that name.
    ///
    /// # Errors
    /// Where there is none, or the rosters cannot be read.
    pub fn find(seeds: &[SeedFile<'_>], name: &str) -> Result<Template, BadFile> {
        let mut all = Template::all(seeds)?;
        match all.iter().position(|template| template.name == name) {
            Some(at) => Ok(all.swap_remove(at)),
            None => {
                let known = all.iter().map(|template| template.name.as_str()).collect::<Vec<_>>().join(", ");
                let why = format!("there is no template `{name}`; known are {known}");
                Err(BadFile::new("templates.toml", Problem::Meaning(why)))
            }
        }
    }

    /// The team file that it makes.
    pub(crate) fn team_file(&self) -> String {
        let mut text = format!(
            "# The team, started from `{}`; workers speak in this order (shuffled by a debate's seed).\n\
             # A member of your own is one line. `component` is an id (default `classic`) or the path of a .wasm file, relative to\n\
             # this folder; `allow` is what a component named by path may do, such as [\"llm.complete\"].\n\n[members]\n",
            self.name
        );
        let width = self.members.iter().map(|member| member.name.as_str().len()).max().unwrap_or_default();
        for member in &self.members {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{:width$} = {}", member.name, member.to_toml());
        }
        text.push_str("\n[rubric]\ncomponent = \"classic\"\n\n[[skill]]\ncomponent = \"foundations\"\n");
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Team;

    const ROSTERS: &[u8] = b"[two.members.zoe]\nrole = \"worker\"\nmodel = \"haiku\"\nprovider = \"gemini\"\n\
        tagline = \"says \\\"no\\\"\"\n[two.members.judge]\nrole = \"judge\"\nmodel = \"sonnet\"\ntagline = \"\"\n";

    #[test]
    fn the_team_file_of_a_template_is_a_team() {
        let seeds = [SeedFile { path: "templates.toml", contents: ROSTERS }];
        let template = Template::find(&seeds, "two").unwrap();
        let team = Team::parse(&template.team_file(), "team.toml".as_ref()).unwrap();
        let names: Vec<_> = team.members.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names, ["zoe", "judge"]);
        let zoe = team.members.first().unwrap();
        assert_eq!((zoe.tagline.as_str(), zoe.provider.as_deref()), ("says \"no\"", Some("gemini")));
        let unknown = Template::find(&seeds, "three").unwrap_err();
        assert!(unknown.to_string().contains("known are two"), "{unknown}");
    }
}
