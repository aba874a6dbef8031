//! Plugins of others: what they are, what they may do, and where they are kept.

use std::{collections::BTreeSet, path::PathBuf, str::FromStr};

use amatelier_plugins::{PluginId, Right};
use amatelier_types::{Capability, Sha256};
use clap::{Args, Subcommand};

use super::{PluginBuild, PluginDev, PluginNew, PluginTest};

#[derive(Args, Debug)]
#[command(arg_required_else_help = true)]
pub(crate) struct Plugin {
    #[command(subcommand)]
    pub command: PluginCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PluginCommand {
    /// Make a folder to start a plugin of your own from
    New(PluginNew),
    /// Make the .wasm of the plugin in a folder: compile, componentise, embed and check its manifest
    Build(PluginBuild),
    /// Hold rehearsals with the plugin in a folder, and swap it whenever its sources change
    Dev(PluginDev),
    /// Test a plugin against a virtual host: the golden cases in its folder, and the conformance suite of each of its worlds
    Test(PluginTest),
    /// Say what a file is and what it asks for; nothing of it is run
    Inspect(PluginInspect),
    /// Take a plugin over from a file or an https address, and say what it may do
    Install(PluginInstall),
    /// Let a plugin do what it asks for
    Grant(PluginGrant),
    /// Take back what was granted, from the plugin's next call on
    Revoke(PluginRevoke),
    /// List the plugins, where they stand, and what they did
    List(PluginList),
    /// Say everything about one plugin
    Show(PluginNamed),
    /// Hold everything that is installed against the lock
    Verify(PluginVerify),
    /// Take a newer version; one that asks for more is held until you say yes
    Update(PluginUpdate),
    /// Go back to the version before
    Rollback(PluginNamed),
    /// Put a plugin aside: debates that seat it are refused
    Disable(PluginNamed),
    /// Take a plugin up again
    Enable(PluginNamed),
    /// Take a plugin out, with its grants
    Remove(PluginNamed),
}

#[derive(Args, Debug)]
pub(crate) struct PluginInspect {
    /// The .wasm file
    pub file: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What is granted without being asked; nothing of it means that the operator is asked, or decides later.
#[derive(Args, Debug)]
pub(crate) struct Granting {
    /// Grant this; llm.complete and llm.embed for these models alone, where labels are given (repeatable)
    #[arg(long, value_name = "CAPABILITY[=LABEL,LABEL]", conflicts_with_all = ["grant_all", "grant_none"])]
    pub grant: Vec<GrantArgument>,
    /// Grant whatever it asks for
    #[arg(long, visible_alias = "yes", conflicts_with = "grant_none")]
    pub grant_all: bool,
    /// Grant nothing, for good: it runs, and whatever it asks for is answered with `denied`
    #[arg(long)]
    pub grant_none: bool,
}

#[derive(Args, Debug)]
pub(crate) struct PluginInstall {
    /// The .wasm file, or its https address; with --locked everything in amatelier.lock, without one
    #[arg(value_name = "FILE|URL", required_unless_present = "locked")]
    pub source: Option<String>,
    /// The SHA-256 that it must have; an address needs one
    #[arg(long, value_name = "HEX")]
    pub sha256: Option<Sha256>,
    #[command(flatten)]
    pub granting: Granting,
    /// Only what amatelier.lock names, byte for byte
    #[arg(long)]
    pub locked: bool,
    /// Let it take the place of the bundled component of its name
    #[arg(long)]
    pub replace_bundled: bool,
    #[command(flatten)]
    pub odd: Odd,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Versions that do not go forward.
#[derive(Args, Debug)]
pub(crate) struct Odd {
    /// Take an older version than the one that is installed
    #[arg(long)]
    pub downgrade: bool,
    /// Take other bytes that call themselves the version that is installed
    #[arg(long)]
    pub same_version: bool,
}

#[derive(Args, Debug)]
pub(crate) struct PluginGrant {
    /// The plugin
    pub id: PluginId,
    /// What to grant, such as notebook, or llm.complete=haiku,sonnet for these models alone
    #[arg(value_name = "CAPABILITY[=LABEL,LABEL]", conflicts_with = "all")]
    pub capabilities: Vec<GrantArgument>,
    /// Grant whatever it asks for
    #[arg(long)]
    pub all: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct PluginRevoke {
    /// The plugin
    pub id: PluginId,
    /// What to take; everything, without one
    #[arg(value_name = "CAPABILITY")]
    pub capabilities: Vec<Capability>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct PluginList {
    /// The bundled ones, too
    #[arg(long)]
    pub all: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct PluginNamed {
    /// The plugin
    pub id: PluginId,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct PluginVerify {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct PluginUpdate {
    /// The plugin
    pub id: PluginId,
    /// Where the newer version is; where the installed one came from, without one
    #[arg(value_name = "FILE|URL", conflicts_with_all = ["accept", "refuse"])]
    pub source: Option<String>,
    /// The SHA-256 that it must have; an address needs one
    #[arg(long, value_name = "HEX", conflicts_with = "accept")]
    pub sha256: Option<Sha256>,
    /// Take the version that is held, with what is granted here
    #[arg(long)]
    pub accept: bool,
    /// Forget the version that is held
    #[arg(long, conflicts_with = "accept")]
    pub refuse: bool,
    #[command(flatten)]
    pub granting: Granting,
    #[command(flatten)]
    pub odd: Odd,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// A capability as it is typed, with the models that it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GrantArgument {
    pub capability: Capability,
    pub right: Right,
}

impl FromStr for GrantArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, labels) = match text.split_once('=') {
            Some((name, labels)) => (name, Some(labels)),
            None => (text, None),
        };
        let capability: Capability =
            name.parse().map_err(|error: amatelier_types::UnknownCapability| error.to_string())?;
        let Some(labels) = labels else { return Ok(GrantArgument { capability, right: Right::default() }) };
        if !matches!(capability, Capability::LlmComplete | Capability::LlmEmbed) {
            return Err(format!("only llm.complete and llm.embed are granted for models, not {capability}"));
        }
        let labels: BTreeSet<String> = labels.split(',').map(|label| label.trim().to_owned()).collect();
        if labels.iter().any(String::is_empty) {
            return Err(format!("name the models, such as {capability}=haiku,sonnet"));
        }
        Ok(GrantArgument { capability, right: Right { labels: Some(labels) } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_is_a_capability_and_perhaps_the_models_that_it_is_for() {
        let parsed = |text: &str| text.parse::<GrantArgument>();
        let labels = |text: &str| {
            parsed(text).unwrap().right.labels.map(|labels| labels.into_iter().collect::<Vec<_>>())
        };
        assert_eq!(parsed("notebook").unwrap().capability, Capability::Notebook);
        assert_eq!(labels("llm.complete"), None);
        assert_eq!(labels("llm.complete=sonnet, haiku"), Some(vec!["haiku".to_owned(), "sonnet".to_owned()]));
        for bad in ["", "llm", "notebook=haiku", "llm.complete=", "llm.embed=a,,b", "all"] {
            assert!(parsed(bad).is_err(), "{bad}");
        }
    }
}
