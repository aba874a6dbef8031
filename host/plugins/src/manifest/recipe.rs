//! How a plugin is built: the table `[build]` of `plugin.toml`, which only its author's tools read.

use std::{fmt, str::FromStr};

use amatelier_types::{UnknownWorld, World, nearest};

use super::PluginId;
use crate::{
    document::{Fields, Node, Problems, Value},
    plain_text::Quoted,
};

/// A language that plugins are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Rust, compiled by cargo.
    Rust,
    /// Python, with an interpreter inside of the component.
    Python,
    /// JavaScript, with an engine inside of the component.
    Js,
    /// C.
    C,
}

impl Language {
    /// Every language.
    pub const ALL: [Language; 4] = [Language::Rust, Language::Python, Language::Js, Language::C];

    /// The word for it on the command line and in `plugin.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Language::Rust => "rust",
            Language::Python => "python",
            Language::Js => "js",
            Language::C => "c",
        }
    }
}

/// A word that names no language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such language; known are {known}", known = Language::ALL.map(Language::name).join(", "))]
pub struct UnknownLanguage;

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(word: &str) -> Result<Self, UnknownLanguage> {
        Language::ALL.into_iter().find(|language| language.name() == word).ok_or(UnknownLanguage)
    }
}

/// How a plugin is built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// What it is written in.
    pub language: Language,
    /// What it is to be called for, each once, at least one.
    pub worlds: Vec<World>,
    /// The file with its code, relative to its folder; none where the language has a custom of its own.
    pub main: Option<String>,
}

/// The longest path of a file, in characters.
const PATH: usize = 200;

impl Recipe {
    pub(super) fn read(node: &Node, problems: &Problems) -> Option<Self> {
        let fields = Fields::of(node, "build.", &["lang", "worlds", "main"], problems)?;
        let language = fields.needed_parsed::<Language>("lang", "lang = \"rust\"");
        let worlds = worlds(&fields, problems);
        let main = main(&fields, language, problems);
        Some(Recipe { language: language?, worlds: worlds?, main })
    }
}

fn worlds(fields: &Fields<'_>, problems: &Problems) -> Option<Vec<World>> {
    let example = "worlds = [\"persona\"]";
    let node = fields.needed("worlds", example)?;
    let words = fields.perhaps_lines("worlds", World::ALL.len(), PluginId::MAX)?;
    if words.is_empty() && matches!(&node.value, Value::List(items) if items.is_empty()) {
        let what = "`build.worlds` is empty: the host could call it for nothing";
        problems.add(&node.place, what, format!("write something like `{example}`"));
        return None;
    }
    let mut worlds = Vec::new();
    for word in words {
        match word.parse() {
            Ok(world) => worlds.push(world),
            Err(UnknownWorld) => {
                let meant = nearest(&word, World::ALL.map(World::name));
                let remedy = match meant {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("known are {}", World::ALL.map(World::name).join(", ")),
                };
                problems.add(&node.place, format!("there is no world {}", Quoted(&word)), remedy);
            }
        }
    }
    (!worlds.is_empty()).then_some(worlds)
}

/// A file below the folder: what lies elsewhere is not part of the plugin. Its name becomes an argument of a compiler, so it has nothing
/// in it that one could take for an option or a list of options, and that of Python code, which is put into code, is that of a module.
fn main(fields: &Fields<'_>, language: Option<Language>, problems: &Problems) -> Option<String> {
    let main = fields.perhaps_line("main", PATH)?;
    let plain = |character: char| character.is_ascii_alphanumeric() || "_./-".contains(character);
    let stays = main.split('/').all(|part| !matches!(part, "" | "." | "..")) && !main.contains(['\\', ':']);
    if !stays && let Some(node) = fields.perhaps("main") {
        let what = format!("`build.main` is {}, which is no path below the plugin's folder", Quoted(&main));
        problems.add(&node.place, what, "write something like `main = \"plugin.py\"`");
        return None;
    }
    if (main.starts_with('-') || !main.chars().all(plain))
        && let Some(node) = fields.perhaps("main")
    {
        let what = format!(
            "`build.main` is {}; it may have letters of ASCII, digits, `_`, `.`, `-` and `/` in it, and no `-` at its beginning",
            Quoted(&main)
        );
        problems.add(&node.place, what, "give the file a plain name");
        return None;
    }
    if language == Some(Language::Python)
        && !is_module(&main)
        && let Some(node) = fields.perhaps("main")
    {
        let what = format!("`build.main` is {}, which Python could not import", Quoted(&main));
        problems.add(&node.place, what, "write something like `main = \"src/my_plugin.py\"`");
        return None;
    }
    Some(main)
}

/// Whether a path ends in `.py` and is made of identifiers.
fn is_module(path: &str) -> bool {
    path.strip_suffix(".py").is_some_and(|module| {
        module.split('/').all(|part| {
            !part.is_empty()
                && !part.starts_with(|first: char| first.is_ascii_digit())
                && part.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Authored, manifest::host_version};

    fn read(build: &str) -> Result<Option<Recipe>, String> {
        let text = format!(
            "schema = 1\n[plugin]\nid = \"a\"\nversion = \"0.1.0\"\ndescription = \"d\"\nlicense = \"MIT\"\nmin-host = \"0.1.0\"\n{build}"
        );
        Authored::of_toml(&text, &host_version())
            .map(|authored| authored.recipe)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_recipe_says_language_worlds_and_file() {
        let recipe =
            read("[build]\nlang = \"python\"\nworlds = [\"persona\", \"skill\"]\nmain = \"src/me.py\"\n")
                .unwrap()
                .unwrap();
        let worlds = vec![World::Persona, World::Skill];
        assert_eq!(recipe, Recipe { language: Language::Python, worlds, main: Some("src/me.py".into()) });
        assert_eq!(read(""), Ok(None));
    }

    #[test]
    fn what_is_wrong_with_a_recipe_is_said_at_once() {
        let wrong = read("[build]\nlang = \"cobol\"\nworlds = [\"persnoa\"]\nmain = \"../x\"\nfast = 1\n")
            .unwrap_err();
        for said in [
            "line 9: `build.lang` is `cobol`: there is no such language; known are rust, python, js, c",
            "line 10: there is no world `persnoa`; did you mean `persona`?",
            "line 11: `build.main` is `../x`, which is no path below the plugin's folder",
            "line 12: `fast` is no key here",
        ] {
            assert!(wrong.contains(said), "{wrong}");
        }
        assert!(read("[build]\nlang = \"c\"\nworlds = []\n").unwrap_err().contains("for nothing"));
        for main in ["/etc/passwd", "a//b", "a\\\\b", "c:x", "./a"] {
            let build = format!("[build]\nlang = \"c\"\nworlds = [\"skill\"]\nmain = \"{main}\"\n");
            assert!(read(&build).is_err(), "{main}");
        }
    }

    #[test]
    fn a_name_that_a_compiler_could_misread_is_refused() {
        for (lang, main, taken) in [
            ("c", "src/my-plugin.c", true),
            ("c", "-fplugin=evil.so", false),
            ("c", "-.c", false),
            ("c", "@options", false),
            ("c", "a b.c", false),
            ("js", "pl\u{fc}gin.js", false),
            ("js", "plugin.js;x", false),
            ("python", "src/me_2.py", true),
            ("python", "my-plugin.py", false),
            ("python", "2nd.py", false),
            ("python", "a.b.py", false),
            ("python", "src/.py", false),
            ("python", "plugin", false),
        ] {
            let build = format!("[build]\nlang = \"{lang}\"\nworlds = [\"skill\"]\nmain = \"{main}\"\n");
            assert_eq!(read(&build).is_ok(), taken, "{lang} {main}");
        }
    }

    #[test]
    fn every_language_is_read_as_it_is_written() {
        for language in Language::ALL {
            assert_eq!(language.to_string().parse(), Ok(language));
        }
    }
}
