//! The table of settings: what each is called, what it may be, and who may set it.
//!
//! Names in files, names of variables, ranges and the report of `config --origin` all follow from this table. The test at its end
//! holds it against the type that the host reads.

use std::ops::RangeInclusive;

use amatelier_types::Capability;
use toml::{Value, de::DeValue};

use crate::{CostCap, Mode, nearest};

/// Who may set something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetBy {
    /// A project's file, too.
    Anybody,
    /// The operator alone (the workspace's file, the environment, flags): it says where keys and texts are sent, and a project that
    /// somebody else wrote is no place to decide that.
    Operator,
}

/// What a value may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Some text.
    Text,
    /// The name of an environment variable.
    VariableName,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A whole number.
    Number(RangeInclusive<u32>),
    /// An amount of money, or none.
    Dollars,
    /// A model, as a text or a table.
    Model,
    /// A list of capabilities; as a text with commas between them, or `none`.
    Capabilities,
}

/// One setting.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The table of the file it stands in; empty for the top.
    pub section: &'static str,
    /// Its key; empty where any key will do.
    pub name: &'static str,
    /// Who may set it.
    pub set_by: SetBy,
    /// A variable that other programs know it by, after which ours comes first.
    pub also_variable: Option<&'static str>,
    pub(crate) kind: Kind,
}

/// How a variable says that a list is empty.
const NONE: &str = "none";

/// The section whose keys are labels of the operator's choice.
pub(crate) const MODELS: &str = "models";

const fn setting(section: &'static str, name: &'static str, kind: Kind) -> Setting {
    Setting { section, name, set_by: SetBy::Anybody, also_variable: None, kind }
}

const fn money(name: &'static str) -> Setting {
    // What may be spent is the purse's business, and the purse is the operator's.
    own("money", name, Kind::Dollars)
}

/// One that only the operator may set.
const fn own(section: &'static str, name: &'static str, kind: Kind) -> Setting {
    Setting { set_by: SetBy::Operator, ..setting(section, name, kind) }
}

/// One that other programs know by a name of theirs.
const fn known_as(variable: &'static str, setting: Setting) -> Setting {
    Setting { also_variable: Some(variable), ..setting }
}

const fn base_url(section: &'static str) -> Setting {
    own(section, "base-url", Kind::Text)
}

const fn api_key_env(section: &'static str) -> Setting {
    own(section, "api-key-env", Kind::VariableName)
}

const fn model(section: &'static str) -> Setting {
    setting(section, "model", Kind::Text)
}

/// No model in use takes fewer tokens than the one, or more than the other.
const fn context_tokens(section: &'static str) -> Setting {
    setting(section, "context-tokens", Kind::Number(1_000..=100_000_000))
}

/// More than a million a minute is no limit at all.
const fn requests_per_minute(section: &'static str) -> Setting {
    setting(section, "requests-per-minute", Kind::Number(1..=1_000_000))
}

const fn tokens_per_minute(section: &'static str) -> Setting {
    setting(section, "tokens-per-minute", Kind::Number(1..=u32::MAX))
}

/// Every setting, in the order in which they are shown. `OPENAI_BASE_URL` is what other programs name any server that speaks the
/// protocol by, so it means `openai-compat`; a model in `OPENAI_MODEL` is one of whichever of the two is asked.
pub static SETTINGS: [Setting; 61] = [
    setting("", "mode", Kind::OneOf(&Mode::WORDS)),
    setting("", "durability", Kind::OneOf(&["power", "process"])),
    base_url("anthropic"),
    api_key_env("anthropic"),
    model("anthropic"),
    context_tokens("anthropic"),
    requests_per_minute("anthropic"),
    tokens_per_minute("anthropic"),
    base_url("openai"),
    api_key_env("openai"),
    known_as("OPENAI_MODEL", model("openai")),
    context_tokens("openai"),
    requests_per_minute("openai"),
    tokens_per_minute("openai"),
    own("openai", "store", Kind::OneOf(&["yes", "no"])),
    base_url("openrouter"),
    api_key_env("openrouter"),
    model("openrouter"),
    context_tokens("openrouter"),
    requests_per_minute("openrouter"),
    tokens_per_minute("openrouter"),
    base_url("gemini"),
    api_key_env("gemini"),
    model("gemini"),
    context_tokens("gemini"),
    requests_per_minute("gemini"),
    tokens_per_minute("gemini"),
    known_as("OLLAMA_HOST", base_url("ollama")),
    model("ollama"),
    context_tokens("ollama"),
    known_as("OPENAI_BASE_URL", base_url("openai-compat")),
    api_key_env("openai-compat"),
    known_as("OPENAI_MODEL", model("openai-compat")),
    context_tokens("openai-compat"),
    requests_per_minute("openai-compat"),
    tokens_per_minute("openai-compat"),
    setting("openai-compat", "tools", Kind::OneOf(&["auto", "yes", "no"])),
    own("openai-compat", "billing", Kind::OneOf(&["auto", "free", "metered"])),
    own("claude-code", "command", Kind::Text),
    model("claude-code"),
    own("cassette", "file", Kind::Text),
    own("cassette", "record", Kind::Text),
    setting(MODELS, "", Kind::Model),
    // A thousand rounds are months of debate: beyond that it is a slip of the finger.
    setting("roundtable", "max-rounds", Kind::Number(1..=1000)),
    setting("roundtable", "floor-turns", Kind::Number(0..=1000)),
    // A day.
    setting("roundtable", "speaker-timeout", Kind::Number(1..=86_400)),
    setting("roundtable", "moderation", Kind::OneOf(&["per-phase", "per-message", "gate-only"])),
    setting("roundtable", "double-score", Kind::OneOf(&["yes", "no"])),
    setting("roundtable", "max-tokens", Kind::Number(1..=u32::MAX)),
    // A month.
    setting("roundtable", "max-minutes", Kind::Number(1..=43_200)),
    Setting {
        set_by: SetBy::Operator,
        ..setting("roundtable", "on-uncertain", Kind::OneOf(&["resend", "ask", "skip"]))
    },
    money("max-cost"),
    money("max-cost-per-call"),
    money("max-cost-per-member"),
    money("max-cost-per-day"),
    money("max-cost-per-month"),
    setting("steward", "model", Kind::Text),
    setting("steward", "requests", Kind::Number(0..=1000)),
    setting("steward", "findings", Kind::OneOf(&["private", "public"])),
    Setting { set_by: SetBy::Operator, ..setting("steward", "consent", Kind::OneOf(&["ask", "yes", "no"])) },
    own("plugins", "ceiling", Kind::Capabilities),
];

impl Setting {
    /// The setting of a key of a section.
    pub(crate) fn find(section: &str, name: &str) -> Option<&'static Setting> {
        SETTINGS.iter().find(|own| own.section == section && (own.name.is_empty() || own.name == name))
    }

    /// Whether the file has a table of that name.
    pub(crate) fn is_section(name: &str) -> bool {
        !name.is_empty() && SETTINGS.iter().any(|own| own.section == name)
    }

    /// The name it has in the configuration, given the key that stands in its section.
    pub(crate) fn path(&self, name: &str) -> String {
        if self.section.is_empty() { name.to_owned() } else { format!("{}.{name}", self.section) }
    }

    /// The variable that sets it: `AMATELIER_<SECTION>_<KEY>`, dashes as underscores. Ends in `_` where any key will do.
    pub fn variable(&self) -> String {
        let parts = [self.section, self.name];
        let path = if self.section.is_empty() { self.name.to_owned() } else { parts.join("_") };
        format!("AMATELIER_{}", path.replace('-', "_").to_uppercase())
    }

    /// The value that a file gives, or what is wrong with it.
    pub(crate) fn of_toml(&self, given: &DeValue<'_>) -> Result<Value, String> {
        match (&self.kind, given) {
            (Kind::Number(_), DeValue::Integer(digits)) => {
                let parsed = i64::from_str_radix(&digits.as_str().replace('_', ""), digits.radix());
                parsed.ok().and_then(|number| self.number(number)).ok_or_else(|| self.wanted(digits.as_str()))
            }
            // Digits, not the number that they are rounded to.
            (Kind::Dollars, DeValue::Integer(digits)) if digits.radix() == 10 => {
                self.of_text(digits.as_str())
            }
            (Kind::Dollars, DeValue::Float(digits)) => self.of_text(digits.as_str()),
            (Kind::Number(_), other) => Err(self.wanted(kind_of(other))),
            (Kind::Capabilities, DeValue::Array(names)) => {
                let names = names.iter().map(|name| match name.get_ref() {
                    DeValue::String(name) => capability(name),
                    other => Err(self.wanted(&format!("a list with {}", kind_of(other)))),
                });
                names.collect::<Result<Vec<_>, _>>().map(Value::from)
            }
            (Kind::Capabilities, other) => Err(self.wanted(kind_of(other))),
            (_, DeValue::String(text)) => self.of_text(text),
            (_, other) => Err(self.wanted(kind_of(other))),
        }
    }

    /// The value that a variable or a flag gives, or what is wrong with it.
    pub(crate) fn of_text(&self, text: &str) -> Result<Value, String> {
        if self.kind == Kind::Capabilities {
            let names = text.split(',').map(str::trim).filter(|name| !name.is_empty() && text.trim() != NONE);
            return names.map(capability).collect::<Result<Vec<_>, _>>().map(Value::from);
        }
        let good = match &self.kind {
            Kind::Number(_) => text.trim().parse().ok().and_then(|number| self.number(number)),
            Kind::Dollars => text.trim().parse().ok().map(|cap: CostCap| cap.to_string().into()),
            Kind::Text | Kind::Model => (!text.trim().is_empty()).then(|| text.into()),
            Kind::OneOf(words) => words.contains(&text).then(|| text.into()),
            Kind::VariableName => is_variable_name(text).then(|| text.into()),
            Kind::Capabilities => None,
        };
        good.ok_or_else(|| match self.kind {
            // Whoever puts something else there puts the key there.
            Kind::VariableName => self.wanted("what stands here"),
            _ => self.wanted(&format!("`{text}`")),
        })
    }

    fn number(&self, number: i64) -> Option<Value> {
        let Kind::Number(range) = &self.kind else { return None };
        u32::try_from(number).is_ok_and(|number| range.contains(&number)).then(|| number.into())
    }

    fn wanted(&self, given: &str) -> String {
        let wanted = match &self.kind {
            Kind::Text => "some text".to_owned(),
            Kind::Model => {
                "a model, or a table such as { provider = \"gemini\", model = \"gemini-2.5-pro\" }".to_owned()
            }
            Kind::VariableName => {
                "the name of an environment variable that holds the key, never the key itself".to_owned()
            }
            Kind::OneOf(words) => format!("one of {}", words.join(", ")),
            Kind::Capabilities => "a list of capabilities such as [\"llm.complete\"]".to_owned(),
            Kind::Dollars => "an amount of dollars such as 2 or 2.50, or `none`".to_owned(),
            Kind::Number(range) => format!("a whole number from {} to {}", range.start(), range.end()),
        };
        let meant = match &self.kind {
            Kind::OneOf(words) => nearest(given.trim_matches('`'), words.iter().copied()),
            _ => None,
        };
        let meant = meant.map(|word| format!("; did you mean `{word}`?")).unwrap_or_default();
        format!("must be {wanted}, not {given}{meant}")
    }
}

/// What a capability's name is as a value.
fn capability(name: &str) -> Result<Value, String> {
    name.parse()
        .map(|known: Capability| known.name().into())
        .map_err(|unknown| format!("has a name in it that is none: {unknown}"))
}

fn is_variable_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// What a value of a file is, in words.
pub(crate) fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a fraction",
        DeValue::Boolean(_) => "a yes or no",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cassette, Config, ModelLine, Ollama, Service};

    #[test]
    fn the_table_has_every_key_of_the_configuration_and_no_other() {
        let mut config = Config::default();
        let full = |name: &str| Service {
            base_url: Some("http://x".into()),
            api_key_env: name.into(),
            model: Some("m".into()),
            context_tokens: Some(1),
            requests_per_minute: Some(1),
            tokens_per_minute: Some(1),
        };
        (config.anthropic, config.openrouter, config.gemini) = (full("A"), full("B"), full("C"));
        (config.openai.service, config.openai_compat.service) = (full("D"), full("E"));
        config.ollama =
            Ollama { base_url: Some("http://x".into()), model: Some("m".into()), context_tokens: Some(1) };
        config.claude_code.model = Some("m".into());
        config.cassette = Cassette { file: Some("a".into()), record: Some("b".into()) };
        (config.roundtable.max_tokens, config.roundtable.max_minutes) = (Some(1), Some(1));
        config.models.insert("".into(), ModelLine::of_text("any key"));
        let table = toml::Table::try_from(config).unwrap();
        let mut paths = Vec::new();
        for (key, value) in &table {
            match value {
                Value::Table(inner) => paths.extend(inner.keys().map(|name| format!("{key}.{name}"))),
                _ => paths.push(key.clone()),
            }
        }
        let mut known: Vec<_> = SETTINGS.iter().map(|own| own.path(own.name)).collect();
        paths.sort();
        known.sort();
        assert_eq!(known, paths);
    }

    #[test]
    fn every_variable_follows_one_rule() {
        let of = |section, name| Setting::find(section, name).unwrap().variable();
        assert_eq!(of("", "mode"), "AMATELIER_MODE");
        assert_eq!(of("roundtable", "max-rounds"), "AMATELIER_ROUNDTABLE_MAX_ROUNDS");
        assert_eq!(of("models", "sonnet"), "AMATELIER_MODELS_");
    }

    #[test]
    fn what_a_value_is_and_what_it_should_be_are_both_said() {
        let rounds = Setting::find("roundtable", "max-rounds").unwrap();
        assert_eq!(rounds.of_text("12"), Ok(Value::from(12)));
        assert_eq!(
            rounds.of_toml(&DeValue::String("3".into())),
            Err("must be a whole number from 1 to 1000, not text".into())
        );
        for bad in ["0", "1001", "-1", "1.5", "many", ""] {
            assert!(rounds.of_text(bad).unwrap_err().ends_with(&format!("not `{bad}`")), "{bad}");
        }
        let cost = Setting::find("money", "max-cost").unwrap();
        for (given, expected) in [("2", "2.00"), ("$0.5", "0.50"), ("none", "none")] {
            assert_eq!(cost.of_text(given), Ok(Value::from(expected)));
        }
        let of_file = |text: &str| {
            let table = toml::de::DeTable::parse(text).unwrap();
            cost.of_toml(table.get_ref()["x"].get_ref())
        };
        assert_eq!(of_file("x = 2"), Ok(Value::from("2.00")));
        assert_eq!(of_file("x = 0.10"), Ok(Value::from("0.10")));
        assert_eq!(of_file("x = \"none\""), Ok(Value::from("none")));
        for bad in ["x = -1", "x = 1e3", "x = true", "x = \"much\"", "x = 0x10", "x = nan"] {
            assert!(of_file(bad).unwrap_err().starts_with("must be an amount of dollars"), "{bad}");
        }
        let moderation = Setting::find("roundtable", "moderation").unwrap();
        assert!(moderation.of_text("per_phase").unwrap_err().ends_with("did you mean `per-phase`?"));
    }

    #[test]
    fn a_list_of_capabilities_is_a_list_or_a_text_with_commas() {
        let ceiling = Setting::find("plugins", "ceiling").unwrap();
        let list =
            |names: &[&str]| Value::from(names.iter().map(|name| Value::from(*name)).collect::<Vec<_>>());
        for (given, expected) in [
            ("none", list(&[])),
            ("notebook", list(&["notebook"])),
            ("llm.complete, notebook", list(&["llm.complete", "notebook"])),
        ] {
            assert_eq!(ceiling.of_text(given), Ok(expected));
        }
        let of_file = |text: &str| {
            let table = toml::de::DeTable::parse(text).unwrap();
            ceiling.of_toml(table.get_ref()["x"].get_ref())
        };
        assert_eq!(of_file("x = []"), Ok(list(&[])));
        assert_eq!(of_file("x = [\"llm.complete\"]"), Ok(list(&["llm.complete"])));
        for (bad, said) in [
            ("x = [\"llm\"]", "`llm` is no capability; known are llm.complete"),
            ("x = [1]", "not a list with a whole number"),
            ("x = true", "must be a list of capabilities"),
        ] {
            let error = of_file(bad).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }

    #[test]
    fn a_key_in_the_place_of_its_name_is_not_repeated() {
        let name = Setting::find("openai-compat", "api-key-env").unwrap();
        assert_eq!(name.of_text("MY_KEY"), Ok("MY_KEY".into()));
        let error = name.of_text("sk-secret").unwrap_err();
        assert!(!error.contains("secret") && error.contains("never the key itself"), "{error}");
    }
}
