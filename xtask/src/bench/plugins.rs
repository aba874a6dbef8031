//! What plugins cost whoever installs many of them, or writes them in Python.

use std::{
    error::Error,
    fmt::Write as _,
    path::PathBuf,
    time::{Duration, Instant},
};

use amatelier_plugins::{Manifest, PackageLimits, embed, host_version};
use amatelier_test_support::{Amatelier, Call, guest};
use serde_json::Value;

use super::{
    built::Built,
    row::{Durability, Goal, Row, Unit},
    samples::Samples,
    start::CONTRIBUTION,
};

/// How many are installed.
const MANY: usize = 100;

const BRIEFING: &str = include_str!("briefing.md");

/// The rows of many plugins.
pub(crate) fn many(built: &Built) -> Result<Vec<Row>, Box<dyn Error>> {
    let house = Amatelier::at(&built.amatelier).briefing(BRIEFING).team(&team(2));
    for number in 0..MANY {
        let id = id(number);
        std::fs::write(house.path("one.wasm"), package(&id)?)?;
        house.args(["plugin", "install"]).arg(house.path("one.wasm")).run().ok();
    }
    let list = Samples::of_times((0..50).map(|_| {
        let begun = Instant::now();
        house.args(["plugin", "list"]).run().ok();
        begun.elapsed()
    }));
    let two = first_turns(&house, 20);
    house.replace("team.toml", team(MANY));
    let all = first_turns(&house, 10);
    [
        ("plugins-first-turn", two, 150.0, Durability::Power),
        ("plugins-all-first-turn", all, 150.0, Durability::Power),
        ("plugins-list", list, 100.0, Durability::None),
    ]
    .into_iter()
    .map(|(name, samples, goal, durability)| {
        let samples = samples.ok_or("nothing was started")?;
        let (value, beside) = (samples.median() * 1e3, format!("p99 {:.1} ms", samples.p99() * 1e3));
        Ok(Row { name, value, unit: Unit::Milliseconds, goal: Goal::AtMost(goal), durability, beside })
    })
    .collect()
}

/// The row of a Python persona beside a Rust one; both as `plugin new` makes them.
pub(crate) fn python(built: &Built) -> Result<Vec<Row>, Box<dyn Error>> {
    // The tools of the languages are where their users keep them, which a house of its own does not know.
    let home = PathBuf::from(std::env::var_os("HOME").unwrap_or_default());
    let place =
        |name: &str, folder: &str| std::env::var_os(name).map_or_else(|| home.join(folder), PathBuf::from);
    let house = Amatelier::at(&built.amatelier)
        .briefing(BRIEFING)
        .variable("CARGO_HOME", &place("CARGO_HOME", ".cargo").display().to_string())
        .variable("RUSTUP_HOME", &place("RUSTUP_HOME", ".rustup").display().to_string());
    let name = "python-turn";
    let skipped = |why: &str| Row {
        name,
        value: f64::NAN,
        unit: Unit::Milliseconds,
        goal: Goal::None,
        durability: Durability::Power,
        beside: format!("skipped: {why}"),
    };
    for lang in ["python", "rust"] {
        if let Err(why) = made(&house, lang) {
            return Ok(vec![skipped(&why)]);
        }
    }
    let mut team = String::from("[members]\n");
    for lang in ["python", "rust"] {
        writeln!(team, "{lang} = {{ role = \"worker\", component = \"bench-{lang}\", model = \"haiku\" }}")?;
    }
    house.replace("team.toml", team + "judge = { role = \"judge\" }\n[rubric]\ncomponent = \"evidence\"\n");
    let mut digests = Vec::new();
    for _ in 0..10 {
        digests.push(rehearsal(&house, 3).arg("--json").run().ok().digest());
    }
    let turns = |agent: &str| {
        let lists = digests.iter().filter_map(|digest| digest.get("turns")?.as_array()).flatten();
        let own = lists.filter(|turn| turn.get("agent").and_then(Value::as_str) == Some(agent));
        Samples::of(own.filter_map(|turn| turn.get("milliseconds")?.as_f64()))
    };
    let (Some(python), Some(rust)) = (turns("python"), turns("rust")) else {
        return Err("nobody took a turn".into());
    };
    let beside = format!(
        "mean of a turn in Python {:.1} ms (p99 {:.0}), in Rust {:.1} ms (p99 {:.0})",
        python.mean(),
        python.p99(),
        rust.mean(),
        rust.p99()
    );
    let (value, unit, goal) = (python.mean() - rust.mean(), Unit::Milliseconds, Goal::AtMost(5.0));
    Ok(vec![Row { name, value, unit, goal, durability: Durability::Power, beside }])
}

/// Make, build and install a persona in a language, or say why there is none.
fn made(house: &Amatelier, lang: &str) -> Result<(), String> {
    let (id, folder) = (format!("bench-{lang}"), house.path(format!("../{lang}")));
    let told = |what: &str, ran: amatelier_test_support::Ran| match ran.code {
        Some(0) => Ok(()),
        _ => Err(format!("`plugin {what}` in {lang}: {}", ran.stderr.lines().last().unwrap_or("it failed"))),
    };
    let new = ["plugin", "new", &id, "--world", "persona", "--lang", lang, "--path"];
    told("new", house.args(new).arg(&folder).run())?;
    told("build", house.args(["plugin", "build"]).arg(&folder).run())?;
    let built = folder.join("dist").join(format!("{id}.wasm"));
    told("install", house.args(["plugin", "install", "--grant-all"]).arg(built).run())
}

/// How long it takes until somebody has spoken.
fn first_turns(house: &Amatelier, times: usize) -> Option<Samples> {
    Samples::of_times((0..times).map(|_| -> Duration {
        let begun = Instant::now();
        let mut running = rehearsal(house, 1).spawn();
        running.stderr_line_with(CONTRIBUTION);
        let took = begun.elapsed();
        running.kill();
        took
    }))
}

fn rehearsal(house: &Amatelier, rounds: u32) -> Call {
    house.roundtable().args(["--mode", "rehearsal", "--seed", "7", "--max-rounds", &rounds.to_string()])
}

fn id(number: usize) -> String {
    format!("bench-n{number}")
}

/// A team of so many workers, each of whom is a plugin of its own.
fn team(workers: usize) -> String {
    let worker = |number| format!("w{number} = {{ role = \"worker\", component = \"{}\" }}\n", id(number));
    let workers: String = (0..workers).map(worker).collect();
    format!("[members]\n{workers}judge = {{ role = \"judge\" }}\n[rubric]\ncomponent = \"evidence\"\n")
}

/// The same component under another manifest: other bytes, another digest, and code of its own in the cache.
fn package(id: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let host = host_version();
    let manifest = format!(
        "schema = 1\n[plugin]\nid = \"{id}\"\nversion = \"0.1.0\"\ndescription = \"One of many.\"\nlicense = \"MIT\"\nmin-host = \"{host}\"\n"
    );
    Ok(embed(guest("ada"), &Manifest::of_toml(&manifest, &host)?, &PackageLimits::default())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_has_bytes_of_its_own() {
        assert_ne!(package(&id(1)).unwrap(), package(&id(2)).unwrap());
        assert_eq!(team(MANY).lines().filter(|line| line.starts_with('w')).count(), MANY);
    }
}
