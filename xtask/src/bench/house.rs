//! A workspace of its own, in which the release binary holds debates against a provider in this process.

use std::{error::Error, path::Path, time::Duration};

use amatelier_test_support::{Amatelier, Call, FakeProvider, Reaction};

use crate::measured::{self, Took};

/// Four of the starter roster; the judge and the rubric are there in any case.
const WORKERS: [&str; 4] = ["elena", "marcus", "clare", "simon"];

/// A debate that was held.
pub(crate) struct Held {
    pub(crate) took: Took,
    /// Model calls, each of which waits for the one before.
    pub(crate) calls: usize,
    /// Transactions, those that waited for the disk, and events.
    pub(crate) commits: u64,
    pub(crate) fsyncs: u64,
    pub(crate) events: u64,
}

pub(crate) struct House {
    provider: FakeProvider,
    /// The binary as it is.
    plain: Amatelier,
}

impl House {
    /// With compiled code in its cache, as everybody has it from the second debate on.
    pub(crate) fn warm(binary: &Path) -> Result<Self, Box<dyn Error>> {
        let provider = FakeProvider::start();
        let plain = Amatelier::at(binary).briefing(BRIEFING).provider(&provider);
        let house = House { provider, plain };
        house.roundtable(1).run().ok();
        Ok(house)
    }

    /// A call of the binary that holds a debate of so many rounds.
    pub(crate) fn roundtable(&self, rounds: u32) -> Call {
        self.plain.roundtable().args(arguments(rounds))
    }

    /// Hold a debate in which every answer takes this long.
    pub(crate) fn hold(&self, binary: &Path, delay: Duration, rounds: u32) -> Result<Held, Box<dyn Error>> {
        self.provider.behave();
        if !delay.is_zero() {
            self.provider.whenever(|_| true, Reaction::Delay(delay));
        }
        let asked_before = self.provider.asked();
        let measured = std::env::current_exe()?;
        let mut command = vec!["roundtable".to_owned(), "--topic".into(), "Open on Sundays?".into()];
        command.extend(["--briefing".into(), self.plain.briefing_path().display().to_string()]);
        command.extend(arguments(rounds));
        let ran = self
            .plain
            .through(&measured, ["measured", &binary.display().to_string()])
            .args(command)
            .variable("AMATELIER_LOG", "warn,amatelier_engine=info")
            .run()
            .ok();
        let took = measured::read(&ran.stderr).ok_or("the measured process told nothing")?;
        let line = ran.stderr.lines().find(|line| line.contains("fsyncs="));
        let line = line.ok_or("the binary told nothing of its journal")?;
        let count = |name: &str| -> Result<u64, Box<dyn Error>> {
            let word = line.split_whitespace().find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
            Ok(word.ok_or_else(|| format!("no {name} in {line}"))?.parse()?)
        };
        Ok(Held {
            took,
            calls: self.provider.asked() - asked_before,
            commits: count("commits")?,
            fsyncs: count("fsyncs")?,
            events: count("events")?,
        })
    }

    /// A call of the binary with these arguments.
    pub(crate) fn args(&self, arguments: &[&str]) -> Call {
        self.plain.args(arguments)
    }

    /// Where it lies.
    pub(crate) fn folder(&self) -> std::path::PathBuf {
        self.plain.workspace()
    }
}

fn arguments(rounds: u32) -> Vec<String> {
    let workers = WORKERS.join(",");
    ["--workers", &workers, "--max-rounds", &rounds.to_string(), "--seed", "7"].map(String::from).into()
}

const BRIEFING: &str = include_str!("briefing.md");
