//! What the host remembers of installed plugins beside lock and grants: `state.toml`.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use amatelier_types::Sha256;

use crate::{
    HostFileError, LockEntry, PluginId, Problem,
    document::{Fields, Node, Problems, Value, read_toml},
    host_file,
};

/// Why the state cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The file cannot be used.
    #[error(transparent)]
    File(#[from] HostFileError),
    /// It is not what this host writes: all of it, by line.
    #[error("plugins/state.toml is damaged, so it is not known what is disabled, and nothing that is installed is loaded:\n{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Problems(Vec<Problem>),
}

/// What is remembered, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct State(pub(super) BTreeMap<PluginId, Known>);

/// What is remembered of one plugin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// The operator has put it aside.
    pub(super) disabled: bool,
    /// A grant that is being written: where it is in the grants already, the lock does not know it yet.
    pub(super) granting: Option<Granting>,
    /// An update that waits.
    pub(super) held: Option<LockEntry>,
    /// The versions before, the last one first.
    pub(super) previous: Vec<LockEntry>,
}

/// The grant that some bytes will have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Granting {
    pub(super) sha256: Sha256,
    pub(super) grant: Sha256,
}

const HEAD: &str = "# What amatelier remembers of installed plugins. Written by `amatelier plugin`.\n";

impl State {
    pub(super) fn read(path: &Path) -> Result<Self, StateError> {
        host_file::read(path)?.map_or_else(|| Ok(State::default()), |text| Self::parse(&text))
    }

    /// What is remembered of a plugin; of most nothing.
    pub(super) fn of(&self, id: &PluginId) -> Known {
        self.0.get(id).cloned().unwrap_or_default()
    }

    pub(super) fn to_toml(&self) -> String {
        let mut text = format!("{HEAD}schema = 1\n");
        // Writing into a text cannot fail.
        for (id, known) in self.0.iter().filter(|(_, known)| **known != Known::default()) {
            let _ = write!(text, "\n[[plugin]]\nid = \"{id}\"\n");
            if known.disabled {
                text.push_str("disabled = true\n");
            }
            if let Some(Granting { sha256, grant }) = known.granting {
                let _ = write!(text, "[plugin.granting]\nsha256 = \"{sha256}\"\ngrant = \"{grant}\"\n");
            }
            if let Some(held) = &known.held {
                let _ = write!(text, "[plugin.held]\n{held}");
            }
            for old in &known.previous {
                let _ = write!(text, "[[plugin.previous]]\n{old}");
            }
        }
        text
    }

    pub(super) fn parse(text: &str) -> Result<Self, StateError> {
        let node = read_toml(text).map_err(StateError::Problems)?;
        let problems = Problems::default();
        let state = state(&node, &problems);
        problems.found().map_or(Ok(state), |found| Err(StateError::Problems(found)))
    }
}

fn state(node: &Node, problems: &Problems) -> State {
    let mut state = State::default();
    let Some(top) = Fields::of(node, "", &["schema", "plugin"], problems) else { return state };
    if let Some(schema) = top.needed("schema", "schema = 1")
        && schema.value != Value::Whole(1)
    {
        problems.add(&schema.place, "`schema` is not one that this host reads", "use the host that wrote it");
    }
    for node in top.perhaps_list("plugin", usize::MAX).unwrap_or_default() {
        let keys = ["id", "disabled", "granting", "held", "previous"];
        let Some(fields) = Fields::of(node, "plugin.", &keys, problems) else { continue };
        let id = fields.needed_parsed::<PluginId>("id", "id = \"socratic\"");
        let known = known(&fields, problems);
        let Some(id) = id else { continue };
        for entry in known.held.iter().chain(&known.previous).filter(|entry| entry.id != id) {
            let what = format!("`{}` stands among the versions of `{id}`", entry.id);
            problems.add(&node.place, what, "take it out");
        }
        if state.0.insert(id.clone(), known).is_some() {
            problems.add(&node.place, format!("`{id}` is there twice"), "leave the entry that you meant");
        }
    }
    state
}

fn known(fields: &Fields<'_>, problems: &Problems) -> Known {
    let disabled = match fields.perhaps("disabled").map(|node| (&node.value, node)) {
        None => false,
        Some((Value::Truth(disabled), _)) => *disabled,
        Some((_, node)) => {
            let what = format!("`plugin.disabled` must be true or false, not {}", node.kind());
            problems.add(&node.place, what, "write `disabled = true`, or take the line out");
            true
        }
    };
    let granting = fields.perhaps("granting").and_then(|node| {
        let fields = Fields::of(node, "plugin.granting.", &["sha256", "grant"], problems)?;
        let sha256 = fields.needed_parsed("sha256", "sha256 = \"…\"");
        let grant = fields.needed_parsed("grant", "grant = \"…\"");
        Some(Granting { sha256: sha256?, grant: grant? })
    });
    let held = fields.perhaps("held").and_then(|node| LockEntry::read(node, problems));
    let previous = fields.perhaps_list("previous", usize::MAX).unwrap_or_default();
    let previous = previous.iter().filter_map(|node| LockEntry::read(node, problems)).collect();
    Known { disabled, granting, held, previous }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, version: &str) -> LockEntry {
        LockEntry {
            id: id.parse().unwrap(),
            version: version.parse().unwrap(),
            source: "a \"b\".wasm".parse().unwrap(),
            sha256: Sha256::of(version.as_bytes()),
            manifest: Sha256::of(b"manifest"),
            worlds: Vec::new(),
            grant: None,
        }
    }

    fn sample() -> State {
        let whole = Known {
            disabled: true,
            granting: Some(Granting { sha256: Sha256::of(b"a"), grant: Sha256::of(b"b") }),
            held: Some(entry("ada", "0.3.0")),
            previous: vec![entry("ada", "0.2.0"), entry("ada", "0.1.0")],
        };
        let aside = Known { disabled: true, ..Known::default() };
        State([("ada".parse().unwrap(), whole), ("zeno".parse().unwrap(), aside)].into())
    }

    #[test]
    fn the_text_reads_back_and_what_is_nothing_is_not_written() {
        assert_eq!(State::parse(&sample().to_toml()).unwrap(), sample());
        let mut state = sample();
        state.0.insert("bob".parse().unwrap(), Known::default());
        assert_eq!(state.to_toml(), sample().to_toml());
        assert_eq!(State::parse(&State::default().to_toml()).unwrap(), State::default());
        assert_eq!(sample().of(&"bob".parse().unwrap()), Known::default());
    }

    #[test]
    fn a_file_that_is_damaged_anywhere_says_where() {
        let good = sample().to_toml();
        for (from, to, said) in [
            ("schema = 1", "schema = 2", "line 2: `schema` is not one that this host reads"),
            ("schema = 1", "", "`schema` is missing"),
            (
                "disabled = true",
                "disabled = 1",
                "`plugin.disabled` must be true or false, not a whole number",
            ),
            ("disabled", "disabeld", "`disabeld` is no key here; did you mean `disabled`?"),
            ("id = \"zeno\"", "id = \"ada\"", "`ada` is there twice"),
            (
                "[plugin.held]\nid = \"ada\"",
                "[plugin.held]\nid = \"eve\"",
                "`eve` stands among the versions of `ada`",
            ),
            ("grant = \"", "grant = \"x", "`plugin.granting.grant` is `x"),
            ("version = \"0.2.0\"", "version = \"2\"", "`plugin.version` is `2`"),
            ("[[plugin]]", "[[plugin", "this is no TOML"),
        ] {
            let text = good.replace(from, to);
            assert_ne!(text, good, "{from}");
            let error = State::parse(&text).unwrap_err().to_string();
            assert!(error.starts_with("plugins/state.toml is damaged") && error.contains(said), "{error}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_change_of_a_state_makes_the_reader_fall_over(at in 0_usize..2000, with in "[ -~\n]{0,3}") {
            let mut text = sample().to_toml();
            let at = at.min(text.len() - 1);
            text.replace_range(at..=at, &with);
            if let Ok(read) = State::parse(&text) {
                proptest::prop_assert_eq!(State::parse(&read.to_toml()).unwrap().to_toml(), read.to_toml());
            }
        }
    }
}
