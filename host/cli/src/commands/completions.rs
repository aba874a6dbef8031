//! `completions` and `man`: what shells and manuals know of the command line.

use clap::{Command, CommandFactory as _};

use crate::{
    args::{Arguments, Completions, Man},
    exit::Exit,
    failure::Failure,
    output,
};

const NAME: &str = "amatelier";

/// Print a completion script.
pub(crate) fn run(arguments: &Completions) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), NAME, &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Ok)
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
