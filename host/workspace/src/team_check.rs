//! Everything that is wrong with a team, at once and by line.
//!
//! First the file itself: keys nobody knows, values of the wrong kind. Only when it can be read as a team, what it promises: that
//! components exist, that personas have documents, that somebody debates and somebody judges.

use std::{borrow::Cow, collections::BTreeMap, fmt, fs::File, io::Read as _, path::Path};

use amatelier_types::{Capability, ComponentName, Role};
use serde::Serialize;
use toml::de::{DeTable, DeValue};

use crate::{
    BadFile, Member, Mode, Problem, Team, Workspace, file, nearest, persona, setting::kind_of, skeleton,
    toml_text::TomlText,
};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// No debate can be held, or not with everybody.
    Error,
    /// A debate can be held, but perhaps not the one that was meant.
    Warning,
}

/// Something that is wrong with a team, or with another file that people write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Complaint {
    /// How bad it is.
    pub severity: Severity,
    /// The line of the file, counted from 1, where there is one.
    pub line: Option<usize>,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

/// What a component is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Serves {
    /// Workers, the judge or the rubric.
    Seat(Role),
    /// The store.
    Store,
    /// Whoever learns.
    Skill,
}

impl fmt::Display for Serves {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Serves::Seat(role) => role.fmt(f),
            Serves::Store => f.write_str("store"),
            Serves::Skill => f.write_str("skill"),
        }
    }
}

/// A component that the team file may name by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownComponent {
    /// What it is there for.
    pub serves: Serves,
    /// Its id.
    pub id: Cow<'static, str>,
    /// Whether it speaks from the persona's documents.
    pub reads_documents: bool,
    /// The settings it knows; none where it takes any.
    pub settings: Option<Vec<Cow<'static, str>>>,
}

/// What a member's line may say, and what kind of value.
const MEMBER: [(&str, Kind); 8] = [
    ("role", Kind::Role),
    ("model", Kind::Text),
    ("upgrades", Kind::Texts),
    ("provider", Kind::Text),
    ("tagline", Kind::Text),
    ("component", Kind::Component),
    ("allow", Kind::Capabilities),
    ("settings", Kind::Table),
];
/// What `[rubric]` may say.
const RUBRIC: [(&str, Kind); 4] = [
    ("component", Kind::Component),
    ("model", Kind::Text),
    ("allow", Kind::Capabilities),
    ("settings", Kind::Table),
];
/// What `[[store]]` and `[[skill]]` may say.
const ABSENT: [(&str, Kind); 3] =
    [("component", Kind::Component), ("allow", Kind::Capabilities), ("settings", Kind::Table)];
/// What the file may say.
const TOP: [&str; 4] = ["members", "rubric", "skill", "store"];
/// The roles a member may have; the last is another name of the one before.
const ROLES: [&str; 4] = ["worker", "judge", "coach", "therapist"];
/// What a component begins with: the binary format's magic and the component layer's version.
const COMPONENT: &[u8; 8] = b"\0asm\x0d\0\x01\0";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Role,
    Component,
    Capabilities,
    Texts,
    Table,
}

/// What is wrong with a team file as a text; nothing where it can be read.
pub(crate) fn of_text(text: &str) -> Vec<Complaint> {
    let source = TomlText(text);
    let mut found = Vec::new();
    let mut complain =
        |line, what| found.push(Complaint { severity: Severity::Error, line: Some(line), what });
    let table = match source.parse() {
        Ok(table) => table,
        Err(wrong) => {
            wrong.into_iter().for_each(|(line, what)| complain(line, what));
            return found;
        }
    };
    for (key, value) in table.get_ref() {
        let line = source.line(&key.span());
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("members", DeValue::Table(members)) => {
                for (name, member) in members {
                    let line = source.line(&name.span());
                    match member.get_ref() {
                        DeValue::Table(own) => {
                            of_line(
                                source,
                                own,
                                &format!("members.{}", name.get_ref()),
                                &MEMBER,
                                &mut complain,
                            );
                            // One that is only mistyped has been spoken of.
                            if !own.keys().any(|key| nearest(key.get_ref(), ["role"]).is_some()) {
                                complain(
                                    line,
                                    format!("{} has no `role`: worker, judge or coach", name.get_ref()),
                                );
                            }
                        }
                        other => complain(
                            line,
                            format!(
                                "a member is a table such as {{ role = \"worker\" }}, not {}",
                                kind_of(other)
                            ),
                        ),
                    }
                }
            }
            ("rubric", DeValue::Table(own)) => of_line(source, own, "rubric", &RUBRIC, &mut complain),
            (name @ ("members" | "rubric"), other) => {
                complain(line, format!("`{name}` must be a table, not {}", kind_of(other)));
            }
            (name @ ("skill" | "store"), DeValue::Array(tables)) => {
                let place = format!("[[{name}]]");
                for table in tables {
                    let line = source.line(&table.span());
                    match table.get_ref() {
                        DeValue::Table(own) => {
                            of_line(source, own, &place, &ABSENT, &mut complain);
                            if !own.keys().any(|key| nearest(key.get_ref(), ["component"]).is_some()) {
                                let what = format!(
                                    "{place} has no `component`, such as `component = \"mine.wasm\"`"
                                );
                                complain(line, what);
                            }
                        }
                        other => complain(line, format!("{place} is a table, not {}", kind_of(other))),
                    }
                }
            }
            (name @ ("skill" | "store"), other) => {
                let what =
                    format!("`{name}` must be a list of tables, not {}: write [[{name}]]", kind_of(other));
                complain(line, what);
            }
            (name, _) => complain(line, unknown(name, "at the top", &TOP)),
        }
    }
    found
}

fn of_line(
    source: TomlText<'_>,
    table: &DeTable<'_>,
    place: &str,
    known: &[(&str, Kind)],
    complain: &mut impl FnMut(usize, String),
) {
    for (key, value) in table {
        let line = source.line(&key.span());
        let name = key.get_ref().as_ref();
        let Some((_, kind)) = known.iter().find(|(own, _)| *own == name) else {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            complain(line, unknown(name, &format!("in {place}"), &names));
            continue;
        };
        let line = source.line(&value.span()).max(line);
        let mut wanted = |wanted: &str, given: &DeValue<'_>| {
            complain(line, format!("`{name}` in {place} must be {wanted}, not {}", kind_of(given)));
        };
        match (kind, value.get_ref()) {
            (Kind::Role, DeValue::String(role)) if !ROLES.contains(&role.as_ref()) => {
                let meant = meant(role, &ROLES);
                complain(line, format!("`{role}` is no role of a member: worker, judge or coach{meant}"));
            }
            (Kind::Component, DeValue::String(component)) => {
                if let Err(bad) = component.parse::<ComponentName>() {
                    complain(line, bad.to_string());
                }
            }
            (Kind::Capabilities, DeValue::Array(names)) => {
                for capability in names {
                    let line = source.line(&capability.span());
                    match capability.get_ref() {
                        DeValue::String(name) => {
                            if let Err(bad) = name.parse::<Capability>() {
                                complain(line, bad.to_string());
                            }
                        }
                        other => complain(line, format!("a capability is text, not {}", kind_of(other))),
                    }
                }
            }
            (Kind::Texts, DeValue::Array(texts)) => {
                for text in texts {
                    let line = source.line(&text.span());
                    match text.get_ref() {
                        DeValue::String(text) if !text.trim().is_empty() => {}
                        DeValue::String(_) => {
                            complain(line, format!("a text of `{name}` in {place} is empty"))
                        }
                        other => {
                            complain(
                                line,
                                format!("`{name}` in {place} lists texts, not {}", kind_of(other)),
                            );
                        }
                    }
                }
            }
            (Kind::Text | Kind::Role, DeValue::String(_)) | (Kind::Table, DeValue::Table(_)) => {}
            (Kind::Capabilities, other) => wanted("a list such as [\"llm.complete\"]", other),
            (Kind::Texts, other) => wanted("a list such as [\"sonnet\", \"opus\"]", other),
            (Kind::Table, other) => wanted("a table such as { tone = \"dry\" }", other),
            (_, other) => wanted("text", other),
        }
    }
}

fn unknown(name: &str, place: &str, known: &[&str]) -> String {
    let meant = meant(name, known);
    let known = if meant.is_empty() { format!("; known are {}", known.join(", ")) } else { String::new() };
    format!("there is no `{name}` {place}{meant}{known}")
}

fn meant(name: &str, known: &[&str]) -> String {
    nearest(name, known.iter().copied()).map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default()
}

impl Workspace {
    /// Everything that is wrong with the team, by line.
    ///
    /// # Errors
    /// Where the team file cannot be read at all.
    pub fn check_team(&self, known: &[KnownComponent]) -> Result<Vec<Complaint>, BadFile> {
        let path = self.team_file();
        let text = file::read(&path, file::LIMIT)?;
        let found = of_text(&text);
        if !found.is_empty() {
            return Ok(found);
        }
        let team = match Team::parse(&text, &path) {
            Ok(team) => team,
            Err(BadFile { problem: Problem::Meaning(what) | Problem::Toml(what), .. }) => {
                return Ok(vec![Complaint { severity: Severity::Error, line: None, what }]);
            }
            Err(bad) => return Err(bad),
        };
        let mut check = Check { house: self, known, lines: lines(&text), found: Vec::new() };
        check.team(&team);
        check.found.sort_by_key(|complaint| (complaint.line.is_none(), complaint.line, complaint.severity));
        Ok(check.found)
    }
}

/// The lines on which members, `rubric`, and each `[[store]]` and `[[skill]]` begin.
fn lines(text: &str) -> BTreeMap<String, usize> {
    let source = TomlText(text);
    let Ok(table) = source.parse() else { return BTreeMap::new() };
    let members = table.get_ref().get("members").and_then(|members| members.get_ref().as_table());
    let names = members.into_iter().flat_map(|members| members.keys());
    let rubric = table.get_ref().iter().filter(|(key, _)| key.get_ref() == "rubric").map(|(key, _)| key);
    let named = names.chain(rubric).map(|key| (key.get_ref().to_string(), source.line(&key.span())));
    let absent = ["store", "skill"].into_iter().flat_map(|name| {
        let tables = table.get_ref().get(name).and_then(|tables| tables.get_ref().as_array());
        let tables = tables.into_iter().flat_map(|tables| tables.iter());
        tables.enumerate().map(move |(at, table)| (nth(name, at), source.line(&table.span())))
    });
    named.chain(absent).collect()
}

/// How the n-th table of a list is called, from 0; no member is called so.
fn nth(table: &str, at: usize) -> String {
    format!("[[{table}]] {}", at + 1)
}

struct Check<'a> {
    house: &'a Workspace,
    known: &'a [KnownComponent],
    lines: BTreeMap<String, usize>,
    found: Vec<Complaint>,
}

impl Check<'_> {
    fn complain(&mut self, severity: Severity, who: &str, what: String) {
        self.found.push(Complaint { severity, line: self.lines.get(who).copied(), what });
    }

    fn team(&mut self, team: &Team) {
        if team.workers().next().is_none() {
            self.complain(Severity::Error, "", "nobody debates: the team has no worker".into());
        }
        if team.judge().is_none() {
            self.complain(Severity::Error, "", "nobody judges: the team has no judge".into());
        }
        for member in &team.members {
            self.member(member);
        }
        match &team.rubric {
            Some(line) => {
                self.component("rubric", Serves::Seat(Role::Rubric), &line.component, line.settings.keys());
            }
            None => {
                let what = "debates are not scored: there is no [rubric]";
                self.complain(Severity::Warning, "", what.into());
            }
        }
        for (name, serves, lines) in
            [("store", Serves::Store, &team.stores), ("skill", Serves::Skill, &team.skills)]
        {
            for (at, line) in lines.iter().enumerate() {
                self.component(&nth(name, at), serves, &line.component, line.settings.keys());
            }
        }
    }

    fn member(&mut self, member: &Member) {
        let name = member.name.as_str();
        // Nothing speaks for a coach yet.
        if member.role != Role::Coach {
            self.component(name, Serves::Seat(member.role), &member.component, member.settings.keys());
        }
        if let Some(provider) = &member.provider
            && let Err(unknown) = Mode::provider(provider)
        {
            self.complain(Severity::Error, name, format!("{name}: {unknown}"));
        }
        self.documents(member);
    }

    fn component<'s>(
        &mut self,
        name: &str,
        serves: Serves,
        component: &ComponentName,
        settings: impl Iterator<Item = &'s String>,
    ) {
        match component {
            ComponentName::Path(path) => {
                let path = self.house.root().join(path);
                if let Err(what) = begins_like_a_component(&path) {
                    self.complain(
                        Severity::Error,
                        name,
                        format!("{name}: the component {} {what}", path.display()),
                    );
                }
            }
            ComponentName::Id(id) => {
                let ids = self.known.iter().filter(|known| known.serves == serves);
                let Some(found) = ids.clone().find(|known| known.id == *id) else {
                    let ids: Vec<&str> = ids.map(|known| &*known.id).collect();
                    let meant = meant(id, &ids);
                    let there =
                        if meant.is_empty() { format!("; there is {}", ids.join(", ")) } else { meant };
                    let what = format!("{name}: there is no component `{id}` for a {serves}{there}");
                    return self.complain(Severity::Error, name, what);
                };
                let Some(taken) = &found.settings else { return };
                let taken: Vec<&str> = taken.iter().map(|taken| &**taken).collect();
                for setting in settings.filter(|setting| !taken.contains(&setting.as_str())) {
                    let what = format!(
                        "{name}: the component `{id}` has no setting `{setting}`{}",
                        meant(setting, &taken)
                    );
                    self.complain(Severity::Warning, name, what);
                }
            }
        }
    }

    fn documents(&mut self, member: &Member) {
        let name = member.name.as_str();
        let folder = self.house.persona(name);
        let documents = match persona::documents(&folder) {
            Ok(documents) => documents,
            Err(bad) => return self.complain(Severity::Error, name, format!("{name}: {bad}")),
        };
        let needed = match &member.component {
            ComponentName::Path(_) => false,
            ComponentName::Id(id) => {
                let mut own = self
                    .known
                    .iter()
                    .filter(|known| known.serves == Serves::Seat(member.role) && known.id == *id);
                member.role == Role::Coach || own.any(|known| known.reads_documents)
            }
        };
        for document in ["identity", "instructions"] {
            let path = folder.join(format!("{document}.md"));
            match documents.get(document) {
                None if needed => {
                    self.complain(Severity::Error, name, format!("{name} has no {}", path.display()));
                }
                Some(text) if text.contains(skeleton::TO_WRITE) => {
                    let what = format!(
                        "{name}: {} still has places to fill in (`{}`)",
                        path.display(),
                        skeleton::TO_WRITE
                    );
                    self.complain(Severity::Warning, name, what);
                }
                _ => {}
            }
        }
    }
}

fn begins_like_a_component(path: &Path) -> Result<(), String> {
    fn first(path: &Path) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(COMPONENT.len() as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
    match first(path) {
        Ok(bytes) if bytes == COMPONENT => Ok(()),
        Ok(_) => Err("is no WebAssembly component".into()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err("is not there".into()),
        Err(error) => Err(format!("cannot be read: {error}")),
    }
}

#[cfg(test)]
mod tests;
