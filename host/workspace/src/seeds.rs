//! Starter rosters and the persona folders they come with.

use std::fmt::Write as _;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::{BadFile, Problem};

/// A file of the bundled persona folders.
#[derive(Clone, Copy, Debug)]
pub struct SeedFile<'a> {
    /// Its path, such as `elena/identity.md`.
    pub path: &'a str,
    /// Its bytes.
    pub contents: &'a [u8],
}

/// A starter roster.
#[derive(Clone, Debug)]
pub struct Template {
    name: String,
    members: IndexMap<String, Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Roster {
    members: IndexMap<String, Line>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    role: String,
    model: String,
    provider: Option<String>,
    tagline: String,
}

impl Template {
    /// The roster of that name in `templates.toml` among the seeds.
    ///
    /// # Errors
    /// Where the seeds have no such roster, or it cannot be read.
    pub fn find(seeds: &[SeedFile<'_>], name: &str) -> Result<Template, BadFile> {
        let wrong = |problem| BadFile::new("templates.toml", problem);
        let seed =
            seeds.iter().find(|seed| seed.path == "templates.toml").ok_or_else(|| wrong(Problem::Missing))?;
        let text = std::str::from_utf8(seed.contents).map_err(|_| wrong(Problem::NotText))?;
        let mut rosters: IndexMap<String, Roster> =
            toml::from_str(text).map_err(|error| wrong(Problem::Toml(error.to_string())))?;
        let known = rosters.keys().cloned().collect::<Vec<_>>().join(", ");
        let roster = rosters.swap_remove(name).ok_or_else(|| {
            wrong(Problem::Meaning(format!("there is no template `{name}`; known are {known}")))
        })?;
        Ok(Template { name: name.to_owned(), members: roster.members })
    }

    /// Its members' names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.members.keys().map(String::as_str)
    }

    /// The team file that it makes.
    pub(crate) fn team_file(&self) -> String {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let mut text = format!(
            "# The team, started from `{}`; workers speak in this order (shuffled by a debate's seed).\n\
             # A member of your own is one line. `component` is an id (default `classic`) or the path of a .wasm file, relative to\n\
             # this folder; `allow` is what a component named by path may do, such as [\"llm.complete\"].\n\n[members]\n",
            self.name
        );
        let width = self.names().map(str::len).max().unwrap_or_default();
        for (name, line) in &self.members {
            let provider = line.provider.iter().map(|provider| format!(", provider = {}", quoted(provider)));
            let provider: String = provider.collect();
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "{name:width$} = {{ role = {}, model = {}{provider}, tagline = {} }}",
                quoted(&line.role),
                quoted(&line.model),
                quoted(&line.tagline)
            );
        }
        text.push_str("\n[rubric]\ncomponent = \"classic\"\n");
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
