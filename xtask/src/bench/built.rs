//! The binary and the benchmarks, built.

use std::{
    collections::HashMap,
    error::Error,
    path::PathBuf,
    process::{Command, Stdio},
};

use serde_json::Value;

use super::samples::Samples;

/// Where they are.
pub(crate) struct Built {
    pub(crate) amatelier: PathBuf,
    calls: PathBuf,
    debate: PathBuf,
    storage: PathBuf,
}

/// A benchmark of a crate.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Bench {
    /// Of the runtime.
    Calls,
    /// Of the engine.
    Debate,
    /// Of the journal.
    Storage,
}

/// What a benchmark printed: numbers by their name, several times where it measured several times.
pub(crate) struct Printed(Vec<(String, Vec<f64>)>);

impl Built {
    /// Build everything that is measured.
    pub(crate) fn now() -> Result<Self, Box<dyn Error>> {
        // In one run, so that cargo settles the features of what both need once and compiles it once.
        let mut made = cargo(&[
            "build",
            "--release",
            "--workspace",
            "--bin=amatelier",
            "--bench=calls",
            "--bench=storage",
            "--bench=debate",
        ])?;
        let mut find = |name: &str| made.remove(name).ok_or_else(|| format!("cargo built no `{name}`"));
        Ok(Built {
            amatelier: find("amatelier")?,
            calls: find("calls")?,
            debate: find("debate")?,
            storage: find("storage")?,
        })
    }

    /// Run a benchmark.
    pub(crate) fn bench(&self, bench: Bench, what: &str) -> Result<Printed, Box<dyn Error>> {
        let program = match bench {
            Bench::Calls => &self.calls,
            Bench::Debate => &self.debate,
            Bench::Storage => &self.storage,
        };
        let output = Command::new(program).arg(what).stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            return Err(format!("the benchmark {bench:?} failed").into());
        }
        Printed::parse(&String::from_utf8_lossy(&output.stdout))
    }
}

impl Printed {
    fn parse(text: &str) -> Result<Self, Box<dyn Error>> {
        let mut lines = Vec::new();
        for line in text.lines() {
            let mut words = line.split(' ').filter(|word| !word.is_empty());
            let name = words.next().unwrap_or_default().to_owned();
            lines.push((name, words.map(str::parse).collect::<Result<Vec<f64>, _>>()?));
        }
        Ok(Printed(lines))
    }

    /// Every line of this name.
    pub(crate) fn each(&self, name: &str) -> impl Iterator<Item = &[f64]> {
        self.0.iter().filter(move |(of, _)| of == name).map(|(_, numbers)| numbers.as_slice())
    }

    /// The numbers of every line of this name together.
    pub(crate) fn all(&self, name: &str) -> Result<Samples, Box<dyn Error>> {
        let numbers = self.each(name).flatten().copied();
        Samples::of(numbers).ok_or_else(|| format!("the benchmark told no `{name}`").into())
    }
}

/// The executables that cargo made, by their name.
fn cargo(arguments: &[&str]) -> Result<HashMap<String, PathBuf>, Box<dyn Error>> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(program)
        .args(arguments)
        .args(["--quiet", "--message-format=json-render-diagnostics"])
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("`cargo {}` failed", arguments.join(" ")).into());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let messages = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let executables = messages.filter_map(|message| {
        let name = message.pointer("/target/name")?.as_str()?.to_owned();
        Some((name, PathBuf::from(message.get("executable")?.as_str()?)))
    });
    Ok(executables.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_name_are_kept_apart_and_put_together() {
        let printed = Printed::parse("ours 1 2\nbare 5\nours 3\n").unwrap();
        assert_eq!(printed.each("ours").collect::<Vec<_>>(), [&[1.0, 2.0][..], &[3.0]]);
        assert_eq!(printed.all("ours").unwrap().mean(), 2.0);
        assert!(printed.all("none").is_err());
        assert!(Printed::parse("ours x").is_err());
    }
}
