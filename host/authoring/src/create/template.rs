//! The templates, as they lie in `templates/`.

use std::collections::BTreeMap;

use amatelier_plugins::Language;
use amatelier_types::World;
use include_dir::{Dir, include_dir};

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// What all templates of a language have in common.
const SHARED: &str = "shared";

/// Every template there is.
pub fn templates() -> Vec<(Language, World)> {
    Language::ALL
        .into_iter()
        .flat_map(|language| World::ALL.map(|world| (language, world)))
        .filter(|(language, world)| TEMPLATES.get_dir(format!("{language}/{world}")).is_some())
        .collect()
}

/// The files of a template by their paths.
pub(super) fn files(language: Language, world: World) -> Option<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    if let Some(shared) = TEMPLATES.get_dir(format!("{language}/{SHARED}")) {
        collect(shared, shared, &mut files);
    }
    let own = TEMPLATES.get_dir(format!("{language}/{world}"))?;
    collect(own, own, &mut files);
    Some(files)
}

fn collect(root: &Dir<'_>, folder: &Dir<'_>, files: &mut BTreeMap<String, String>) {
    for file in folder.files() {
        let path = file.path().strip_prefix(root.path()).unwrap_or(file.path());
        // A path is written with slashes everywhere; a name that git obeys would be obeyed in this repository, too.
        let path = path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        let path = if path == "gitignore" { format!(".{path}") } else { path };
        files.insert(path, file.contents_utf8().unwrap_or_default().to_owned());
    }
    for folder in folder.dirs() {
        collect(root, folder, files);
    }
}

/// What stands in a template in double braces.
pub(super) struct Words<'a> {
    /// `{{id}}`.
    pub(super) id: &'a str,
    /// `{{host}}`: the version of this host.
    pub(super) host: &'a str,
}

impl Words<'_> {
    pub(super) fn put_into(&self, text: &str) -> String {
        text.replace("{{id}}", self.id).replace("{{host}}", self.host)
    }
}
