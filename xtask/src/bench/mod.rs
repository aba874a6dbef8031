//! `cargo xtask bench`: builds what is measured, measures, and prints one table.
//!
//! What is measured and why is told in `docs/performance.md`, which `--update` writes anew. Nothing here is a test, and nothing fails
//! because it was slow.

mod built;
mod debates;
mod house;
mod inside;
mod machine;
mod plugins;
mod report;
mod row;
mod samples;
mod start;
mod table;

use std::error::Error;

use serde_json::json;

use self::{built::Built, machine::Machine, row::Row};

/// What is measured together, and the rows that come of it.
const GROUPS: [(Group, &[&str]); 10] = [
    (
        Group::CriticalPath,
        &["critical-path-0", "critical-path-50", "critical-path-200", "critical-path-2000"],
    ),
    (Group::DurableCommits, &["durable-commits"]),
    (Group::Overhead, &["overhead-wall", "overhead-cpu", "overhead-memory"]),
    (Group::Debate, &["turn", "long-debate", "long-debate-memory"]),
    (Group::Sandbox, &["sandbox"]),
    (Group::Start, &["start-version", "start-first-turn"]),
    (Group::Plugins, &["plugins-first-turn", "plugins-all-first-turn", "plugins-list"]),
    (Group::Python, &["python-turn"]),
    (Group::Neighbours, &["neighbours"]),
    (Group::Storage, &["storage"]),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    CriticalPath,
    DurableCommits,
    Overhead,
    Debate,
    Sandbox,
    Start,
    Plugins,
    Python,
    Neighbours,
    Storage,
}

/// What to measure and how to tell it.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only the rows that begin so, such as `critical-path,turn`
    #[arg(long, value_delimiter = ',', value_name = "ROW,ROW")]
    rows: Vec<String>,
    /// JSON in the place of the table
    #[arg(long)]
    json: bool,
    /// Put the table into docs/performance.md
    #[arg(long, conflicts_with = "rows")]
    update: bool,
}

impl Arguments {
    fn wants(&self, row: &str) -> bool {
        self.rows.is_empty() || self.rows.iter().any(|wanted| row.starts_with(wanted.as_str()))
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let all = || GROUPS.iter().flat_map(|(_, names)| names.iter());
    for wanted in &arguments.rows {
        if !all().any(|name| name.starts_with(wanted.as_str())) {
            let known = all().copied().collect::<Vec<_>>().join(", ");
            return Err(format!("there is no row `{wanted}`; known are {known}").into());
        }
    }
    eprintln!("building");
    let built = Built::now()?;
    let mut machine = Machine::look(&std::env::temp_dir())?;
    let mut rows: Vec<Row> = Vec::new();
    for (group, names) in GROUPS {
        if names.iter().any(|name| arguments.wants(name)) {
            eprintln!("measuring {}", names.join(", "));
            rows.extend(measure(group, &built, arguments)?);
        }
    }
    rows.retain(|row| arguments.wants(row.name));
    machine.look_again();
    if arguments.json {
        let rows: Vec<_> = rows.iter().map(Row::json).collect();
        let told = json!({"schema": "amatelier/bench/v1", "machine": machine.json(), "rows": rows});
        println!("{}", serde_json::to_string_pretty(&told)?);
    } else {
        println!("{}\n\n{}", table::plain(&rows), machine.line());
    }
    if arguments.update { report::update(&rows, &machine) } else { Ok(()) }
}

fn measure(group: Group, built: &Built, arguments: &Arguments) -> Result<Vec<Row>, Box<dyn Error>> {
    match group {
        Group::CriticalPath => debates::critical_path(built, |name| arguments.wants(name)),
        Group::DurableCommits => debates::durable_commits(built),
        Group::Overhead => debates::overhead(built),
        Group::Debate => inside::debate(built),
        Group::Sandbox => inside::sandbox(built),
        Group::Start => start::start(built),
        Group::Plugins => plugins::many(built),
        Group::Python => plugins::python(built),
        Group::Neighbours => inside::neighbours(built),
        Group::Storage => inside::storage(built),
    }
}
