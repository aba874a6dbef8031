//! The persona folders that a new workspace starts from.

use include_dir::{Dir, include_dir};

/// The folder `agents/` of the repository as it was when this binary was built: one folder of Markdown per persona, and
/// `templates.toml` with the rosters made of them.
pub static SEEDS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../agents");

/// The catalog that a new workspace starts from, and that counts where there is none: `store/catalog.toml` of the repository.
pub static CATALOG: &str = include_str!("../../../store/catalog.toml");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rosters_and_at_least_one_persona_are_there() {
        assert!(SEEDS.get_file("templates.toml").is_some());
        assert!(SEEDS.dirs().next().is_some());
    }
}
