//! Configuration in layers: the defaults, under the operator's file, under the project's file, under the environment, under flags.
//!
//! Every layer is checked against the table of settings, and everything that is wrong in any of them is said at once. A value that
//! gets through remembers where it was said. What only the operator may decide is refused in a project's file.

mod labels;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::{Path, PathBuf},
};

use serde::Serialize;
use toml::{
    Table, Value,
    de::{DeTable, DeValue},
};

pub use self::labels::USUAL_LABELS;
use self::labels::{fallbacks, modelless, spends_a_subscription};
use crate::{
    BadFile, Config, Mode, Origin, Problem, SETTINGS, SetBy, Setting, file, model_line, nearest,
    origin::Place,
    project,
    setting::{Kind, MODELS, kind_of},
    toml_text::TomlText,
};

/// Where the layers are.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The operator's file; it need not be there.
    pub user: PathBuf,
    /// The folder that the command was typed in.
    pub folder: Option<PathBuf>,
    /// The home folder, above which there is no project.
    pub home: Option<PathBuf>,
    /// The environment, as far as it concerns us.
    pub variables: BTreeMap<String, String>,
    /// What the command line says.
    pub flags: Vec<Flag>,
}

/// A setting that was typed as a flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The flag, with its dashes.
    pub flag: &'static str,
    /// The section and the key that it sets.
    pub key: (&'static str, &'static str),
    /// What was typed.
    pub text: String,
}

/// The configuration, and where each value of it was said.
#[derive(Clone, Debug, Default)]
pub struct Configuration {
    /// What holds.
    pub config: Config,
    /// The project's file, where there is one.
    pub project: Option<PathBuf>,
    /// What the operator should know, such as a variable of ours that sets nothing.
    pub notices: Vec<String>,
    said: BTreeMap<String, (Value, Origin)>,
}

/// A value and where it was said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Said {
    /// The setting, such as `roundtable.max-rounds`.
    pub key: String,
    /// Its value; none where there is no default either.
    pub value: Option<Value>,
    /// Where it was said.
    pub origin: Origin,
}

/// What is wrong with a value, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Where it stands.
    pub place: Origin,
    /// What is wrong with it, and what would be right.
    pub what: String,
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum BadConfiguration {
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] BadFile),
    /// Files, variables or flags say what makes no sense: all of it.
    #[error("{}", told(.0))]
    Wrong(Vec<Wrong>),
}

fn told(wrong: &[Wrong]) -> String {
    if let [only] = wrong {
        return format!("{}: {}", only.place, only.what);
    }
    let mut text = format!("{} things are wrong with the configuration", wrong.len());
    for wrong in wrong {
        // Writing to a String cannot fail.
        let _ = write!(text, "\n{}: {}", wrong.place, wrong.what);
    }
    text
}

impl Configuration {
    /// Read every layer.
    ///
    /// # Errors
    /// A file that cannot be read; or everything that is wrong in any layer.
    pub fn read(sources: &Sources) -> Result<Configuration, BadConfiguration> {
        let mut reading = Reading::default();
        if let Some(text) = text_of(&sources.user)? {
            reading.file(&text, &sources.user, Origin::User);
        }
        let home = sources.home.as_deref();
        let project = sources.folder.as_ref().and_then(|from| project::find(from, home, &sources.user));
        if let Some(path) = &project
            && let Some(text) = text_of(path)?
        {
            reading.file(&text, path, Origin::Project);
        }
        reading.variables(&sources.variables);
        for Flag { flag, key: (section, name), text } in &sources.flags {
            reading.text(section, name, text, Origin::Flag { name: (*flag).into() });
        }
        let Reading { said, mut wrong, .. } = reading;
        let config = assemble(&said).map_err(|what| wrong.push(Wrong { place: Origin::Default, what }));
        for (key, what) in config.iter().flat_map(|config| [modelless(config), fallbacks(config)].concat()) {
            let place = said.get(&key).map_or(Origin::Default, |(_, origin)| origin.clone());
            wrong.push(Wrong { place, what });
        }
        match (config, wrong.is_empty()) {
            (Ok(config), true) => {
                let notices = notices(&sources.variables, &config);
                Ok(Configuration { config, project, notices, said })
            }
            _ => Err(BadConfiguration::Wrong(wrong)),
        }
    }

    /// Where the value of a setting, such as `openai-compat.base-url`, was said.
    pub fn origin(&self, key: &str) -> &Origin {
        self.said.get(key).map_or(&Origin::Default, |(_, origin)| origin)
    }

    /// Every value that holds, in the order of the table of settings.
    pub fn values(&self) -> Vec<Said> {
        let defaults = Table::try_from(Config::default()).unwrap_or_default();
        let mut values = Vec::new();
        for setting in &SETTINGS {
            if setting.name.is_empty() {
                let labels = self.said.iter().filter(|(key, _)| key.starts_with(&setting.path("")));
                values.extend(labels.map(|(key, (value, origin))| Said {
                    key: key.clone(),
                    value: Some(value.clone()),
                    origin: origin.clone(),
                }));
                continue;
            }
            let key = setting.path(setting.name);
            let default = match setting.section {
                "" => defaults.get(setting.name),
                section => defaults.get(section).and_then(|table| table.get(setting.name)),
            };
            let value = self.said.get(&key).map(|(value, _)| value).or(default).cloned();
            values.push(Said { origin: self.origin(&key).clone(), key, value });
        }
        values
    }
}

/// The text of a file that need not be there.
fn text_of(path: &Path) -> Result<Option<String>, BadFile> {
    match file::read(path, file::LIMIT) {
        Ok(text) => Ok(Some(text)),
        Err(BadFile { problem: Problem::Missing, .. }) => Ok(None),
        Err(bad) => Err(bad),
    }
}

/// The configuration that these values make.
fn assemble(said: &BTreeMap<String, (Value, Origin)>) -> Result<Config, String> {
    let mut table = Table::try_from(Config::default()).map_err(|error| error.to_string())?;
    for (key, (value, _)) in said {
        match key.split_once('.') {
            None => drop(table.insert(key.clone(), value.clone())),
            Some((section, name)) => {
                let inner = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
                inner.as_table_mut().map(|inner| inner.insert(name.into(), value.clone()));
            }
        }
    }
    table.try_into().map_err(|error: toml::de::Error| error.message().to_owned())
}

/// Variables that bear our name and are nobody's.
fn notices(variables: &BTreeMap<String, String>, config: &Config) -> Vec<String> {
    let known: Vec<String> = SETTINGS.iter().map(Setting::variable).collect();
    let labels = Setting::find(MODELS, "").map(Setting::variable).unwrap_or_default();
    let keys: Vec<&str> = Mode::PROVIDERS.into_iter().flat_map(|mode| config.key_variables(mode)).collect();
    let is_known = |name: &str| {
        ["AMATELIER_WORKSPACE", "AMATELIER_LOG", "AMATELIER_TOOLCHAINS"].contains(&name)
            || keys.contains(&name)
            || known.iter().any(|known| known == name)
            || name.starts_with(&labels)
    };
    let strange = variables.keys().filter(|name| name.starts_with("AMATELIER_") && !is_known(name));
    let notice = |name: &String| {
        let tail = format!("_{}", name.trim_start_matches("AMATELIER_"));
        let meant = known.iter().find(|known| known.ends_with(&tail)).map(String::as_str);
        let meant = meant.or_else(|| nearest(name, known.iter().map(String::as_str)));
        let meant = meant.map(|known| format!("; did you mean {known}?")).unwrap_or_default();
        format!("the variable {name} sets nothing{meant}")
    };
    strange.map(notice).collect()
}

/// The layers read so far; a later one takes the place of an earlier one.
#[derive(Default)]
struct Reading {
    said: BTreeMap<String, (Value, Origin)>,
    wrong: Vec<Wrong>,
}

impl Reading {
    fn file(&mut self, text: &str, path: &Path, origin: fn(Place) -> Origin) {
        let text = TomlText(text);
        let at = |line| origin(Place::new(path, line));
        match text.parse() {
            Ok(table) => self.table("", table.get_ref(), &|span| at(text.line(&span))),
            Err(wrong) => {
                self.wrong.extend(wrong.into_iter().map(|(line, what)| Wrong { place: at(line), what }));
            }
        }
    }

    fn table(&mut self, section: &str, table: &DeTable<'_>, at: &dyn Fn(std::ops::Range<usize>) -> Origin) {
        for (key, value) in table {
            let name: &str = key.get_ref();
            let place = at(key.span());
            match (Setting::find(section, name), value.get_ref()) {
                (Some(setting), _)
                    if setting.set_by == SetBy::Operator && matches!(place, Origin::Project(_)) =>
                {
                    self.refuse(setting, place);
                }
                (Some(setting), DeValue::Table(inner)) if setting.kind == Kind::Model => {
                    let path = setting.path(name);
                    let mut complain = |span, what| self.wrong.push(Wrong { place: at(span), what });
                    if let Some(value) = model_line::of_toml(&path, inner, &mut complain) {
                        self.take(setting, name, Ok(value), place);
                    }
                }
                (Some(setting), given) => self.take(setting, name, setting.of_toml(given), place),
                (None, DeValue::Table(inner)) if section.is_empty() && Setting::is_section(name) => {
                    self.table(name, inner, at);
                }
                (None, given) => {
                    let what = if section.is_empty() && Setting::is_section(name) {
                        format!(
                            "`{name}` is a section, not {}: write [{name}] and its settings below",
                            kind_of(given)
                        )
                    } else {
                        unknown(section, name)
                    };
                    self.wrong.push(Wrong { place, what });
                }
            }
        }
    }

    fn variables(&mut self, variables: &BTreeMap<String, String>) {
        let set = |name: &str| variables.get(name).filter(|text| !text.trim().is_empty());
        for setting in &SETTINGS {
            let own = setting.variable();
            if setting.name.is_empty() {
                for (name, text) in variables.iter().filter(|(_, text)| !text.trim().is_empty()) {
                    let Some(label) = name.strip_prefix(&own).filter(|label| !label.is_empty()) else {
                        continue;
                    };
                    let label = label.to_lowercase().replace('_', "-");
                    self.text(setting.section, &label, text, Origin::Variable { name: name.clone() });
                }
                continue;
            }
            let named = [Some(own.as_str()), setting.also_variable].into_iter().flatten();
            if let Some((name, text)) = named.into_iter().find_map(|name| Some((name, set(name)?))) {
                self.text(setting.section, setting.name, text, Origin::Variable { name: name.into() });
            }
        }
    }

    fn text(&mut self, section: &str, name: &str, text: &str, origin: Origin) {
        match Setting::find(section, name) {
            Some(setting) => self.take(setting, name, setting.of_text(text), origin),
            None => self.wrong.push(Wrong { place: origin, what: unknown(section, name) }),
        }
    }

    fn take(&mut self, setting: &Setting, name: &str, value: Result<Value, String>, origin: Origin) {
        let key = setting.path(name);
        match value {
            Ok(value) if matches!(origin, Origin::Project(_)) && spends_a_subscription(setting, &value) => {
                let what = format!(
                    "a project may not choose {}, which spends your subscription: name it in the workspace's amatelier.toml, or with --mode",
                    Mode::ClaudeCode
                );
                self.wrong.push(Wrong { place: origin, what });
            }
            Ok(value) => drop(self.said.insert(key, (value, origin))),
            Err(what) => self.wrong.push(Wrong { place: origin, what: format!("`{key}` {what}") }),
        }
    }

    fn refuse(&mut self, setting: &Setting, place: Origin) {
        let (key, variable) = (setting.path(setting.name), setting.variable());
        let decides = match key.as_str() {
            "roundtable.on-uncertain" => "what is paid for twice",
            _ if setting.section == "money" => "what may be spent",
            _ if setting.section == "plugins" => "what strangers' code may do",
            _ => "where your texts and keys go",
        };
        let what = format!(
            "a project may not set `{key}`, which decides {decides}: set it in the workspace's amatelier.toml, or as {variable}"
        );
        self.wrong.push(Wrong { place, what });
    }
}

/// What to say of a key that is none.
fn unknown(section: &str, name: &str) -> String {
    let here =
        |section: &str| if section.is_empty() { "at the top".into() } else { format!("in [{section}]") };
    let strange = format!("there is no setting `{name}` {}", here(section));
    if ["api-key", "api_key", "key", "token", "secret"].contains(&name) {
        return format!(
            "{strange}: a key is never in this file, only in the variable that `api-key-env` names, or in keys.toml (`amatelier key set`)"
        );
    }
    let own = SETTINGS.iter().filter(|setting| setting.section == section).map(|setting| setting.name);
    let sections = SETTINGS.iter().map(|setting| setting.section).filter(|_| section.is_empty());
    if let Some(meant) = nearest(name, own.chain(sections).filter(|name| !name.is_empty())) {
        return format!("{strange}; did you mean `{meant}`?");
    }
    let bare = name.rsplit('.').next().unwrap_or(name);
    let elsewhere = SETTINGS.iter().filter(|setting| setting.section != section && !setting.name.is_empty());
    let meant = nearest(bare, elsewhere.clone().map(|setting| setting.name));
    let found = meant.and_then(|meant| elsewhere.clone().find(|setting| setting.name == meant));
    match found {
        Some(setting) => format!("{strange}; did you mean `{}` {}?", setting.name, here(setting.section)),
        None => strange,
    }
}

#[cfg(test)]
mod tests;
