//! The team file.

use std::{collections::BTreeMap, path::Path};

use amatelier_types::{Capabilities, Capability, ComponentName, MemberName, Role};
use indexmap::IndexMap;
use serde::Deserialize;

use crate::{BadFile, ComponentLine, Problem, team_check};

/// Who is enrolled, in the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Team {
    /// Everybody.
    pub members: Vec<Member>,
    /// Who marks debates; none leaves them unscored.
    pub rubric: Option<RubricLine>,
    /// Who teaches, in the order in which they are asked: where two teach a skill of the same id, the first one does. A file that does
    /// not speak of skills has the bundled ones; `skill = []` is a team without.
    pub skills: Vec<ComponentLine>,
    /// What components of the catalog may do and are told; those that no line names come as they are.
    pub stores: Vec<ComponentLine>,
}

/// One line of the team file.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: MemberName,
    /// What it does: worker, judge or coach.
    pub role: Role,
    /// A label of the model map, or a model.
    pub model: String,
    /// What it may run as instead once it has tier 1, 2, …: labels or models. The last one serves every higher tier.
    pub upgrades: Vec<String>,
    /// The provider it is meant to run on; none means the default one.
    pub provider: Option<String>,
    /// One line of what it stands for.
    pub tagline: String,
    /// What speaks for it.
    pub component: ComponentName,
    /// What its component may do; see `amatelier_plugins::effective`.
    pub allow: Option<Capabilities>,
    /// What its component is told.
    pub settings: BTreeMap<String, String>,
}

/// The `[rubric]` table.
#[derive(Clone, Debug, PartialEq)]
pub struct RubricLine {
    /// What marks.
    pub component: ComponentName,
    /// A label of the model map, or a model.
    pub model: String,
    /// What it may do.
    pub allow: Option<Capabilities>,
    /// What it is told.
    pub settings: BTreeMap<String, String>,
}

impl RubricLine {
    /// A rubric of which nothing is said but its component, and perhaps its model.
    pub fn of(component: ComponentName, model: Option<&str>) -> Self {
        let model = model.unwrap_or(DEFAULT_MODEL).to_owned();
        RubricLine { component, model, allow: None, settings: BTreeMap::new() }
    }
}

/// Names of the host's own authors.
pub(crate) const RESERVED: [&str; 4] = ["runner", "steward", "rubric", "user"];
/// The component of a member that names none.
const DEFAULT_COMPONENT: &str = "classic";
/// The skill component of a team that names none.
const DEFAULT_SKILL: &str = "foundations";
/// The model label of a member that names none.
const DEFAULT_MODEL: &str = "sonnet";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    members: IndexMap<MemberName, Line>,
    rubric: Option<Marks>,
    skill: Option<Vec<Absent>>,
    #[serde(default)]
    store: Vec<Absent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    role: Role,
    model: Option<String>,
    #[serde(default)]
    upgrades: Vec<String>,
    provider: Option<String>,
    #[serde(default)]
    tagline: String,
    component: Option<Component>,
    allow: Option<Vec<Granted>>,
    #[serde(default)]
    settings: IndexMap<String, toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Marks {
    component: Option<Component>,
    model: Option<String>,
    allow: Option<Vec<Granted>>,
    #[serde(default)]
    settings: IndexMap<String, toml::Value>,
}

/// A component that sits at no table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Absent {
    component: Component,
    allow: Option<Vec<Granted>>,
    #[serde(default)]
    settings: IndexMap<String, toml::Value>,
}

/// Names that are parsed while their place in the file is still known.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Component(ComponentName);

impl TryFrom<String> for Component {
    type Error = amatelier_types::BadComponentName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Component)
    }
}

#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Granted(Capability);

impl TryFrom<String> for Granted {
    type Error = amatelier_types::UnknownCapability;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Granted)
    }
}

impl Member {
    /// The label of its model at a tier of the economy.
    pub fn label_at(&self, tier: u32) -> &str {
        let place = usize::try_from(tier).unwrap_or(usize::MAX).min(self.upgrades.len());
        let upgrade = place.checked_sub(1).and_then(|place| self.upgrades.get(place));
        upgrade.unwrap_or(&self.model)
    }
}

impl Team {
    /// Read a team file's text; `path` is only named in errors.
    ///
    /// # Errors
    /// Everything that is wrong with keys and values, with its line; else the first thing that makes no sense.
    pub fn parse(text: &str, path: &Path) -> Result<Team, BadFile> {
        let complaints = team_check::of_text(text);
        if !complaints.is_empty() {
            return Err(BadFile::new(path, Problem::Complaints(complaints)));
        }
        let file: File =
            toml::from_str(text).map_err(|error| BadFile::new(path, Problem::Toml(error.to_string())))?;
        let meaning = |text: String| BadFile::new(path, Problem::Meaning(text));
        let mut members = Vec::new();
        for (name, line) in file.members {
            if !matches!(line.role, Role::Worker | Role::Judge | Role::Coach) {
                return Err(meaning(format!(
                    "members.{name}: role is `{}`; it is worker, judge or coach",
                    line.role
                )));
            }
            if RESERVED.contains(&name.as_str()) {
                return Err(meaning(format!(
                    "members.{name}: the name `{name}` belongs to the host; choose another"
                )));
            }
            members.push(Member {
                name,
                role: line.role,
                model: line.model.unwrap_or_else(|| DEFAULT_MODEL.into()),
                upgrades: line.upgrades,
                provider: line.provider,
                tagline: line.tagline,
                component: component(line.component),
                allow: allow(line.allow),
                settings: settings(line.settings),
            });
        }
        let judges: Vec<_> = members
            .iter()
            .filter(|member| member.role == Role::Judge)
            .map(|judge| judge.name.as_str())
            .collect();
        if judges.len() > 1 {
            return Err(meaning(format!("a team has one judge; this one has {}", judges.join(" and "))));
        }
        let rubric = file.rubric.map(|marks| RubricLine {
            component: component(marks.component),
            model: marks.model.unwrap_or_else(|| DEFAULT_MODEL.into()),
            allow: allow(marks.allow),
            settings: settings(marks.settings),
        });
        let stores = component_lines("store", file.store).map_err(meaning)?;
        let skills = match file.skill {
            Some(lines) => component_lines("skill", lines).map_err(meaning)?,
            None => vec![ComponentLine::bundled(DEFAULT_SKILL)],
        };
        Ok(Team { members, rubric, skills, stores })
    }

    /// The workers, in the file's order.
    pub fn workers(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.role == Role::Worker)
    }

    /// The judge, if there is one.
    pub fn judge(&self) -> Option<&Member> {
        self.members.iter().find(|member| member.role == Role::Judge)
    }
}

fn component(given: Option<Component>) -> ComponentName {
    given.map_or_else(|| ComponentName::Id(DEFAULT_COMPONENT.into()), |component| component.0)
}

/// Lines that each name another component.
fn component_lines(table: &str, lines: Vec<Absent>) -> Result<Vec<ComponentLine>, String> {
    let mut found: Vec<ComponentLine> = Vec::new();
    for line in lines {
        let component = line.component.0;
        if found.iter().any(|other| other.component == component) {
            return Err(format!("[[{table}]]: the component {component} is named twice"));
        }
        found.push(ComponentLine { component, allow: allow(line.allow), settings: settings(line.settings) });
    }
    Ok(found)
}

fn allow(given: Option<Vec<Granted>>) -> Option<Capabilities> {
    given.map(|names| names.into_iter().map(|granted| granted.0).collect())
}

/// Texts are given as they are, everything else as its TOML reads on one line, which for numbers, booleans and lists of texts is
/// JSON as well.
fn settings(values: IndexMap<String, toml::Value>) -> BTreeMap<String, String> {
    let text = |value: toml::Value| match value {
        toml::Value::String(text) => text,
        other => other.to_string(),
    };
    values.into_iter().map(|(key, value)| (key, text(value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Team, String> {
        Team::parse(text, Path::new("team.toml")).map_err(|error| error.to_string())
    }

    #[test]
    fn a_member_is_one_line() {
        let team = parse(
            "[members]\nzoe = { role = \"worker\" }\n\
             ada = { role = \"worker\", component = \"ada.wasm\", model = \"haiku\", allow = [\"llm.complete\"], settings = { tone = \"dry\", n = 3, lines = [\"a\", \"b\"] } }\n\
             judge = { role = \"judge\" }\ncora = { role = \"therapist\" }\n",
        )
        .unwrap();
        let names: Vec<_> = team.workers().map(|worker| worker.name.as_str()).collect();
        assert_eq!(names, ["zoe", "ada"], "in the order of the file");
        let zoe = team.members.first().unwrap();
        assert_eq!((zoe.component.to_string().as_str(), zoe.model.as_str()), ("classic", "sonnet"));
        let ada = team.members.get(1).unwrap();
        assert_eq!(ada.component, ComponentName::Path("ada.wasm".into()));
        assert_eq!(ada.allow, Some([Capability::LlmComplete].into()));
        let settings: Vec<_> = ada.settings.iter().map(|(key, value)| format!("{key}={value}")).collect();
        assert_eq!(settings, ["lines=[\"a\", \"b\"]", "n=3", "tone=dry"]);
        assert_eq!(team.judge().unwrap().name.as_str(), "judge");
        assert_eq!(team.rubric, None);
        assert_eq!((team.skills, team.stores), (vec![ComponentLine::bundled("foundations")], vec![]));
    }

    #[test]
    fn stores_and_teachers_are_tables_of_their_own() {
        let team = parse(
            "[members]\n[[skill]]\ncomponent = \"mine.wasm\"\nallow = [\"notebook\"]\n[[skill]]\ncomponent = \"foundations\"\n\
             [[store]]\ncomponent = \"charms.wasm\"\nsettings = { luck = 3 }\n",
        )
        .unwrap();
        let names: Vec<String> = team.skills.iter().map(|line| line.component.to_string()).collect();
        assert_eq!(names, ["mine.wasm", "foundations"], "in the order of the file");
        assert_eq!(team.skills[0].allow, Some([Capability::Notebook].into()));
        assert_eq!(team.stores[0].settings["luck"], "3");
        assert_eq!(parse("skill = []\n[members]\n").unwrap().skills, []);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (text, expected) in [
            (
                "[members]\nada = { roll = \"worker\" }",
                "there is no `roll` in members.ada; did you mean `role`?",
            ),
            ("[members]\nada = { role = \"boss\" }", "`boss` is no role"),
            ("[members]\nAda = { role = \"worker\" }", "`Ada` is not a member name"),
            ("[members]\nada = { role = \"worker\", allow = [\"fly\"] }", "`fly` is no capability"),
            ("[members]\nada = { role = \"worker\", component = \"A B\" }", "`A B` names no component"),
            ("[members]\nada = { role = \"runner\" }", "worker, judge or coach"),
            ("[members]\nrubric = { role = \"worker\" }", "belongs to the host"),
            ("[members]\na = { role = \"judge\" }\nb = { role = \"judge\" }", "this one has a and b"),
            ("[team]", "there is no `team` at the top"),
            ("[[skill]]\n", "line 1: [[skill]] has no `component`"),
            (
                "[members]\n[[skill]]\ncomponent = \"a\"\nmodel = \"haiku\"",
                "line 4: there is no `model` in [[skill]]",
            ),
            ("[[store]]\ncomponent = \"A B\"", "line 2: `A B` names no component"),
            ("store = 3", "line 1: `store` must be a list of tables, not a whole number"),
            ("skill = [3]", "line 1: [[skill]] is a table, not a whole number"),
            ("[[store]]\ncomponent = \"a\"\n[[store]]\ncomponent = \"a\"", "the component a is named twice"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(expected) && error.starts_with("team.toml"), "{error}");
        }
        assert!(parse("[members]\nada = { roll = 1 }").unwrap_err().contains("line 2"));
    }
}
