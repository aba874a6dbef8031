//! `key`: keys that are not in the environment.

use std::{
    collections::BTreeSet,
    io::{self, BufRead as _, IsTerminal as _, Read as _},
};

use amatelier_workspace::{KeySource, Mode};
use ratatui::crossterm::terminal;
use serde::Serialize;
use zeroize::Zeroizing;

use crate::{
    args::{Key, KeyCommand, KeyList, KeyRemove, KeySet},
    context::{Context, variable},
    exit::Exit,
    failure::Failure,
    output, render,
};

/// The longest line that is read, in bytes: more than any key has.
const LONGEST: u64 = 16 << 10;

pub(crate) fn run(context: &Context, arguments: Key) -> Result<Exit, Failure> {
    match arguments.command {
        KeyCommand::Set(arguments) => set(context, &arguments),
        KeyCommand::List(arguments) => list(context, &arguments),
        KeyCommand::Remove(arguments) => remove(context, &arguments),
    }
}

fn set(context: &Context, arguments: &KeySet) -> Result<Exit, Failure> {
    let name = &arguments.name;
    let file = context.workspace.keys_file();
    let key = read(name)?;
    file.set(name, &key)?;
    eprintln!("{name} is stored in {}", file.path().display());
    if variable(name).is_some_and(|set| !set.trim().is_empty()) {
        eprintln!("{}", render::lines::note(&format!("the variable {name} is set, and comes first")));
    }
    if !wanted(context).contains(name.as_str()) {
        let note = format!("no provider looks for {name} unless `api-key-env` of its section says so");
        eprintln!("{}", render::lines::note(&note));
    }
    Ok(Exit::Ok)
}

/// The key, from a pipe or typed without being shown.
fn read(name: &str) -> Result<Zeroizing<String>, Failure> {
    let failed =
        |error: io::Error| Failure::new(Exit::Failure, format!("stdin cannot be read: {error}"), None);
    if io::stdin().is_terminal() {
        eprint!("paste {name}, then press Enter (it is not shown): ");
        terminal::enable_raw_mode().map_err(failed)?;
        let typed = typed();
        // The terminal is mended first, whatever was typed.
        let mended = terminal::disable_raw_mode();
        eprintln!();
        mended.map_err(failed)?;
        return typed
            .map_err(failed)?
            .ok_or_else(|| Failure::new(Exit::Interrupted, "nothing was stored", None));
    }
    // As large as it gets: a text that grew would leave a copy behind.
    let mut key = Zeroizing::new(String::with_capacity(usize::try_from(LONGEST).unwrap_or_default() + 1));
    io::stdin().lock().take(LONGEST).read_line(&mut key).map_err(failed)?;
    Ok(key)
}

/// A line typed at a terminal in raw mode; none when it was given up.
fn typed() -> io::Result<Option<Zeroizing<String>>> {
    let mut key = Zeroizing::new(String::with_capacity(usize::try_from(LONGEST).unwrap_or_default()));
    for byte in io::stdin().lock().bytes() {
        match byte? {
            b'\r' | b'\n' => break,
            // Ctrl-C, Ctrl-D, Escape.
            0x03 | 0x04 | 0x1b => return Ok(None),
            0x08 | 0x7f => drop(key.pop()),
            // What is no ASCII is no part of a key, which is said when it is checked.
            byte => key.push(char::from(byte)),
        }
    }
    Ok(Some(key))
}

/// The names that some provider looks for.
fn wanted(context: &Context) -> BTreeSet<&str> {
    let config = &context.configuration.config;
    Mode::PROVIDERS.into_iter().flat_map(|mode| config.key_variables(mode)).collect()
}

/// A key that there could be.
#[derive(Serialize)]
pub(crate) struct Found {
    pub name: String,
    /// `environment`, the path of the file, or nothing.
    pub source: Option<String>,
    /// The providers that look for it.
    pub providers: Vec<&'static str>,
}

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    file: String,
    keys: &'a [Found],
}

fn list(context: &Context, arguments: &KeyList) -> Result<Exit, Failure> {
    let config = &context.configuration.config;
    let names: BTreeSet<&str> = wanted(context).into_iter().chain(context.keys.stored()).collect();
    let found = names.into_iter().map(|name| Found {
        name: name.to_owned(),
        source: context.keys.find(&[name]).map(|key| match key.source {
            KeySource::Environment => "environment".to_owned(),
            KeySource::File(path) => path.display().to_string(),
        }),
        providers: Mode::PROVIDERS
            .into_iter()
            .filter(|mode| config.key_variables(*mode).contains(&name))
            .map(Mode::name)
            .collect(),
    });
    let keys: Vec<Found> = found.collect();
    let file = context.workspace.keys_file().path().display().to_string();
    if arguments.json {
        output::print_json(&Report { schema: "amatelier/keys/v1", file, keys: &keys })?;
    } else {
        output::print(&render::keys(&keys))?;
    }
    Ok(Exit::Ok)
}

fn remove(context: &Context, arguments: &KeyRemove) -> Result<Exit, Failure> {
    let (name, file) = (&arguments.name, context.workspace.keys_file());
    if file.remove(name)? {
        eprintln!("{name} is forgotten");
        return Ok(Exit::Ok);
    }
    let what = format!("there is no {name} in {}", file.path().display());
    let help = format!("`{} key list` says which keys there are", output::program());
    Err(Failure::new(Exit::NotFound, what, help))
}
