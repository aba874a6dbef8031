//! What the figures were taken on.

use std::{
    error::Error,
    fs::{self, File},
    io::{Seek as _, SeekFrom, Write as _},
    path::Path,
    thread,
    time::Instant,
};

use serde_json::{Value, json};

use super::samples::Samples;

/// Looks at the disk.
const SYNCS: usize = 100;

/// This machine, now.
pub(crate) struct Machine {
    cores: usize,
    memory_bytes: u64,
    /// Processes that ran or waited, over the last minute before the first and after the last figure.
    load: Vec<f64>,
    fsync: Samples,
}

impl Machine {
    pub(crate) fn look(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
        let total = memory.lines().find_map(|line| line.strip_prefix("MemTotal:"));
        let kib = total.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
        Ok(Machine {
            cores: thread::available_parallelism()?.get(),
            memory_bytes: kib.unwrap_or_default() * 1024,
            load: load().into_iter().collect(),
            fsync: fsync(folder, SYNCS)?,
        })
    }

    /// Look at the load once more.
    pub(crate) fn look_again(&mut self) {
        self.load.extend(load());
    }

    pub(crate) fn json(&self) -> Value {
        json!({
            "cores": self.cores,
            "memory_bytes": self.memory_bytes,
            "load": self.load,
            "fsync_ms": {
                "median": self.fsync.median() * 1e3,
                "mean": self.fsync.mean() * 1e3,
                "p99": self.fsync.p99() * 1e3,
            },
        })
    }

    /// One line.
    pub(crate) fn line(&self) -> String {
        let load: Vec<String> = self.load.iter().map(|load| format!("{load:.1}")).collect();
        format!(
            "{} cores, {:.0} GiB of memory, load {}; one fsync of this disk: median {:.2} ms, mean {:.2} ms, p99 {:.2} ms",
            self.cores,
            self.memory_bytes as f64 / f64::from(1 << 30),
            load.join(" before and ") + if load.len() > 1 { " after" } else { "" },
            self.fsync.median() * 1e3,
            self.fsync.mean() * 1e3,
            self.fsync.p99() * 1e3,
        )
    }
}

fn load() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}

/// What it takes to make a page at the end of a file durable, as a commit does.
pub(crate) fn fsync(folder: &Path, times: usize) -> Result<Samples, Box<dyn Error>> {
    let mut file = tempfile::tempfile_in(folder)?;
    let samples: Result<Vec<_>, std::io::Error> = (0..times).map(|_| sync(&mut file)).collect();
    Samples::of_times(samples?).ok_or_else(|| "nothing was synced".into())
}

fn sync(file: &mut File) -> std::io::Result<std::time::Duration> {
    file.seek(SeekFrom::End(0))?;
    file.write_all(&[7; 4096])?;
    let begun = Instant::now();
    file.sync_all()?;
    Ok(begun.elapsed())
}
