//! `completions` and `man`: what shells and manuals know of the command line.

use clap::{Command, CommandFactory as _};
use clap_complete::Generator;

use crate::{
    args::{Arguments, Completions, Man, Shell},
    exit::Exit,
    failure::Failure,
    output,
};

const NAME: &str = "amatelier";

/// Print a completion script.
pub(crate) fn run(arguments: &Completions) -> Result<Exit, Failure> {
    use clap_complete::aot;
    let script = match arguments.shell {
        Shell::Bash => script(aot::Bash),
        Shell::Elvish => script(aot::Elvish),
        Shell::Fish => script(aot::Fish),
        Shell::PowerShell => script(aot::PowerShell),
        Shell::Zsh => script(aot::Zsh),
    };
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Ok)
}

fn script(generator: impl Generator) -> Vec<u8> {
    let mut bytes = Vec::new();
    clap_complete::generate(generator, &mut Arguments::command(), NAME, &mut bytes);
    bytes
}

/// Print a manual page.
pub(crate) fn man(arguments: &Man) -> Result<Exit, Failure> {
    let mut program = Arguments::command();
    // Names the pages of commands `amatelier-<command>`, as manuals of several pages do.
    program.build();
    let page: Command = match &arguments.command {
        None => program,
        Some(name) => {
            let found = program.find_subcommand(name).cloned();
            let help = "name a command of `amatelier --help`".to_owned();
            let missing = || Failure::new(Exit::NotFound, format!("there is no command `{name}`"), help);
            found.ok_or_else(missing)?
        }
    };
    let mut bytes = Vec::new();
    let rendered = clap_mangen::Man::new(page).render(&mut bytes);
    rendered.map_err(|error| Failure::new(Exit::Failure, error, None))?;
    output::print(&String::from_utf8_lossy(&bytes))?;
    Ok(Exit::Ok)
}
