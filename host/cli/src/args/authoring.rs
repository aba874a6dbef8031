//! Plugins of one's own.

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
