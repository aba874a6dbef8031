//! Plugins of one's own: a folder to start from, building, testing, rehearsing.

use std::path::PathBuf;

use amatelier_plugins::{Language, PluginId};
use amatelier_types::World;
use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser as _},
};

#[derive(Args, Debug)]
pub(crate) struct PluginNew {
    /// Its id: words of lower-case letters and digits with single dashes between them
    pub name: PluginId,
    /// What it is called for
    #[arg(long, value_name = "WORLD", value_parser = PossibleValuesParser::new(World::ALL.map(World::name)).try_map(|word| word.parse::<World>()))]
    pub world: World,
    /// What it is written in
    #[arg(long, value_name = "LANGUAGE", value_parser = PossibleValuesParser::new(Language::ALL.map(Language::name)).try_map(|word| word.parse::<Language>()))]
    pub lang: Language,
    /// The folder to make [default: one of that name, here]
    #[arg(long, value_name = "DIR")]
    pub path: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct PluginBuild {
    /// The plugin's folder
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct PluginTest {
    /// The plugin's folder, which is built first, or a .wasm file
    #[arg(default_value = ".", value_name = "DIR|FILE")]
    pub path: PathBuf,
    /// Test what was built last
    #[arg(long)]
    pub no_build: bool,
    /// Write the .golden files of the cases anew, where every expectation holds
    #[arg(long)]
    pub update: bool,
    /// Run only the golden cases with this in their name, and no suite
    #[arg(long, value_name = "TEXT")]
    pub case: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct PluginDev {
    /// The plugin's folder
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// The question that is debated [default: whether a town closes its bridge]
    #[arg(long)]
    pub topic: Option<String>,
    /// The Markdown file that states the task
    #[arg(long, value_name = "FILE")]
    pub briefing: Option<PathBuf>,
    /// The last round that a debate can have [default: 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub max_rounds: Option<u32>,
    /// Hold one debate and leave
    #[arg(long)]
    pub once: bool,
}
