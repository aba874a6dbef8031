//! The script, and the thread that it talks to.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufRead as _, BufReader, Write as _},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use axum::body::Bytes;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Handle;

use super::super::{
    desk::{Desk, Response},
    protocol::Protocol,
    refusal::Refused,
    sent::Sent,
};

/// The script in a folder of its own, which goes with this value.
pub(in super::super) struct StandIn {
    folder: TempDir,
}

impl StandIn {
    /// Write the script, and answer whoever starts it.
    pub(in super::super) fn new(desk: Desk, runtime: Handle) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path().to_owned();
        let made = Command::new("mkfifo").arg(here.join("door")).status().unwrap();
        assert!(made.success(), "no door for the stand-in");
        let script = include_str!("script.sh").replace("@HERE@", here.to_str().unwrap());
        fs::write(here.join("claude"), script).unwrap();
        fs::set_permissions(here.join("claude"), fs::Permissions::from_mode(0o700)).unwrap();
        // Open for both, so that it does not end when one of those who write to it does.
        let door = OpenOptions::new().read(true).write(true).open(here.join("door")).unwrap();
        thread::spawn(move || attend(&door, &here, &desk, &runtime));
        StandIn { folder }
    }

    /// The program to start.
    pub(in super::super) fn path(&self) -> PathBuf {
        self.folder.path().join("claude")
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        let _ = fs::write(self.folder.path().join("door"), "\n");
    }
}

/// Wait at the door until an empty line comes. Every caller has a thread of its own: files like these block who opens them.
fn attend(door: &File, here: &Path, desk: &Desk, runtime: &Handle) {
    for line in BufReader::new(door).lines().map_while(Result::ok).take_while(|line| !line.is_empty()) {
        let (call, desk, runtime) = (here.join(line), desk.clone(), runtime.clone());
        thread::spawn(move || {
            // An error means that the caller is gone.
            let _ = answer(&call, &desk, &runtime);
        });
    }
}

fn answer(call: &Path, desk: &Desk, runtime: &Handle) -> io::Result<()> {
    let sent = Sent { body: body(call)?, ..Sent::default() };
    let mut paper = OpenOptions::new().write(true).open(call.join("answer"))?;
    match runtime.block_on(desk.attend(Protocol::ClaudeCode, sent)) {
        Response::Refused(Refused { status, body, .. }) => {
            match &body {
                Value::String(words) => dictate(&mut paper, "err", words.as_bytes())?,
                lines => {
                    for line in lines.as_array().into_iter().flatten() {
                        dictate(&mut paper, "out", line.to_string().as_bytes())?;
                    }
                }
            }
            writeln!(paper, "exit {status}")
        }
        Response::Body { mut delivery, .. } => {
            while let Some(piece) = runtime.block_on(delivery.next()) {
                let piece: Bytes = piece?;
                dictate(&mut paper, "out", &piece)?;
            }
            writeln!(paper, "exit 0")
        }
    }
}

/// Have it print these lines. A last one without an end gets one: what is printed line by line has no half lines.
fn dictate(paper: &mut File, to: &str, lines: &[u8]) -> io::Result<()> {
    let text = String::from_utf8_lossy(lines);
    let told: String = text.lines().map(|line| format!("{to} {line}\n")).collect();
    paper.write_all(told.as_bytes())
}

/// What the script was started with.
fn body(call: &Path) -> io::Result<Value> {
    let mut arguments = Vec::new();
    while let Ok(argument) = fs::read(call.join(format!("argument-{}", arguments.len()))) {
        arguments.push(String::from_utf8_lossy(&argument).into_owned());
    }
    let text =
        |name: &str| Ok::<_, io::Error>(String::from_utf8_lossy(&fs::read(call.join(name))?).into_owned());
    Ok(json!({"arguments": arguments, "prompt": text("prompt")?, "key": text("key")?}))
}
