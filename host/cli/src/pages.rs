//! The documentation, as it was when this binary was built.

use include_dir::{Dir, DirEntry, include_dir};

static DOCS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../docs");

/// The kinds of pages, in the order in which a newcomer wants them.
pub(crate) const TIERS: [&str; 4] = ["tutorials", "guides", "reference", "explanation"];
/// The order in which a bare name is looked for in them.
const LOOKED_UP: [&str; 4] = ["guides", "tutorials", "reference", "explanation"];

/// Pages for users that are of no kind.
const ABOVE: [&str; 1] = ["authoring"];

/// A page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// Its path below `docs/`, without `.md`.
    pub topic: &'static str,
    /// Its Markdown.
    pub text: &'static str,
}

impl Page {
    /// Its first heading.
    pub(crate) fn title(&self) -> &'static str {
        self.text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or(self.topic)
    }

    /// Whether it is of no kind.
    pub(crate) fn is_above(&self) -> bool {
        ABOVE.contains(&self.topic)
    }

    /// Its name without the kind of page it is.
    pub(crate) fn name(&self) -> &'static str {
        self.topic.split_once('/').map_or(self.topic, |(_, name)| name)
    }
}

/// Every page, by kind and then by name.
pub(crate) fn all() -> Vec<Page> {
    fn collect(folder: &'static Dir<'static>, pages: &mut Vec<Page>) {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(inner) => collect(inner, pages),
                DirEntry::File(file) => {
                    let topic = file.path().to_str().and_then(|path| path.strip_suffix(".md"));
                    pages.extend(topic.zip(file.contents_utf8()).map(|(topic, text)| Page { topic, text }));
                }
            }
        }
    }
    let mut pages = Vec::new();
    // Pages that stand above the kinds.
    pages.extend(ABOVE.iter().filter_map(|topic| {
        let file = DOCS.get_file(format!("{topic}.md"))?;
        Some(Page { topic, text: file.contents_utf8()? })
    }));
    for tier in TIERS {
        if let Some(folder) = DOCS.get_dir(tier) {
            let first = pages.len();
            collect(folder, &mut pages);
            if let Some(own) = pages.get_mut(first..) {
                own.sort_by_key(|page| page.topic);
            }
        }
    }
    pages
}

/// The page that somebody asks for: by its path, by the folder it is the index of, or by its bare name.
pub(crate) fn find(asked: &str) -> Option<Page> {
    let asked = asked.trim_matches('/').trim_end_matches(".md");
    let pages = all();
    let paths = [asked.to_owned(), format!("{asked}/index")];
    let bare = LOOKED_UP.map(|tier| format!("{tier}/{asked}"));
    let find = |path: &String| pages.iter().find(|page| page.topic == path).copied();
    paths.iter().chain(&bare).find_map(find)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_by_its_path_and_by_its_bare_name() {
        assert_eq!(find("authoring").unwrap().topic, "authoring");
        for asked in
            ["tutorials/first-debate", "first-debate", "first-debate.md", "/tutorials/first-debate.md"]
        {
            assert_eq!(find(asked).unwrap().topic, "tutorials/first-debate");
        }
        assert_eq!(find("nothing"), None);
        assert_eq!(find("decisions/0002-where-a-crate-begins"), None, "for those who build it");
    }

    #[test]
    fn the_reference_has_every_setting_its_variable_and_its_range() {
        let page = find("configuration").unwrap().text;
        for setting in &amatelier_workspace::SETTINGS {
            let name = if setting.name.is_empty() { "<label>" } else { setting.name };
            let dot = if setting.section.is_empty() { "" } else { "." };
            let named = format!("`{}{dot}{name}`", setting.section);
            let row = page.lines().find(|line| line.starts_with(&format!("| {named}"))).expect(&named);
            for word in [Some(setting.variable().as_str()), setting.also_variable].into_iter().flatten() {
                assert!(row.contains(word), "{named} has no {word}");
            }
            let refused = setting.set_by == amatelier_workspace::SetBy::Operator;
            assert_eq!(row.contains('†'), refused, "{named}");
        }
    }

    #[test]
    fn the_reference_has_every_command_and_every_flag() {
        fn look(command: &clap::Command, page: &str) {
            for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
                assert!(
                    page.contains(&format!("{} ", inner.get_name()))
                        || page.contains(&format!("{}`", inner.get_name())),
                    "{}",
                    inner.get_name()
                );
                let flags = inner.get_arguments().filter_map(|argument| argument.get_long());
                for flag in flags.filter(|flag| !["help", "version", "verbose"].contains(flag)) {
                    assert!(page.contains(&format!("--{flag}")), "{} --{flag}", inner.get_name());
                }
                look(inner, page);
            }
        }
        look(&<crate::args::Arguments as clap::CommandFactory>::command(), find("commands").unwrap().text);
    }

    #[test]
    fn every_page_has_a_title_and_every_kind_a_page() {
        let pages = all();
        for tier in TIERS {
            assert!(pages.iter().any(|page| page.topic.starts_with(tier)), "{tier}");
        }
        for page in pages {
            assert_ne!(page.title(), page.topic, "no heading");
        }
    }
}
