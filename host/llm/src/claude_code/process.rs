//! A run of the command.
//!
//! Its output is read line by line under two timers and a bound; what it says on the side is kept to a bound, and the rest of it thrown
//! away. When nobody listens any more, it is killed, with everything that it started.

use std::{io, process::Stdio, time::Duration};

use futures_util::future::{Either, join, select};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _},
    process::{Child, Command},
    time::{Instant, timeout, timeout_at},
};

use super::{ClaudeCodeConfig, invocation::Invocation};
use crate::{Timers, ndjson::LineParser};

/// The most that is read, in bytes: as much as of an answer over HTTP.
const MAX_BYTES: usize = 16 << 20;
/// The most that is kept of what it says on the side, in bytes.
const MAX_ASIDE: usize = 8 << 10;
/// How long it may take to leave after its last word.
const LEAVE: Duration = Duration::from_secs(5);
/// How long what it said on the side is waited for once it is dead.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// How it ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// It said all it had to say.
    Itself,
    /// A timer ran out; which.
    Silent(String),
    /// Its output could not be read, or did not end.
    Lost(String),
}

/// A process and what it started, which end with this.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Nobody has waited for it yet, so its id, and that of its group, still mean it and nobody else.
        #[cfg(unix)]
        if let Some(pid) =
            self.0.id().and_then(|id| i32::try_from(id).ok()).and_then(rustix::process::Pid::from_raw)
        {
            let _ = rustix::process::kill_process_group(pid, rustix::process::Signal::KILL);
        }
        let _ = self.0.start_kill();
    }
}

/// Run it. `hear` takes its lines and says whether nothing more is wanted. With how it ended comes what it said on its standard error.
///
/// # Errors
/// It could not be started.
pub(super) async fn run(
    invocation: &Invocation,
    config: &ClaudeCodeConfig,
    hear: impl FnMut(&str) -> bool + Send,
) -> io::Result<(Ended, String)> {
    let mut command = Command::new(&config.command);
    command
        .args(&invocation.arguments)
        .env_clear()
        .envs(invocation.environment.iter().map(|(name, value)| (name, value)))
        .current_dir(&invocation.folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    // A group of its own, to be ended as one.
    #[cfg(unix)]
    command.process_group(0);
    let mut running = Running(command.spawn()?);
    let (stdin, stdout, stderr) = (running.0.stdin.take(), running.0.stdout.take(), running.0.stderr.take());
    let feed = async {
        if let Some(mut stdin) = stdin {
            // A command that does not read its prompt says itself what it minds.
            let _ = stdin.write_all(invocation.prompt.as_bytes()).await;
            let _ = stdin.shutdown().await;
        }
    };
    let aside = async {
        match stderr {
            Some(stderr) => keep(stderr).await,
            None => String::new(),
        }
    };
    let listen = async {
        match stdout {
            Some(stdout) => listen(stdout, config.timers, hear).await,
            None => Ended::Lost("it has no output".into()),
        }
    };
    let (listen, mut beside) = (std::pin::pin!(listen), std::pin::pin!(join(feed, aside)));
    let (ended, said) = match select(listen, beside.as_mut()).await {
        Either::Right((((), said), listen)) => (listen.await, said),
        Either::Left((ended, _)) => {
            // One that is done has things to put away; one that hangs has had its time.
            let patience = if ended == Ended::Itself { LEAVE } else { Duration::ZERO };
            let said = timeout(patience, beside.as_mut()).await;
            drop(running);
            let said = match said {
                Ok(said) => Ok(said),
                Err(_) => timeout(LAST_WORDS, beside).await,
            };
            return Ok((ended, said.map(|((), said)| said).unwrap_or_default()));
        }
    };
    Ok((ended, said))
}

/// Lines until it is done or wanted no more.
async fn listen(
    mut stdout: impl AsyncRead + Unpin,
    timers: Timers,
    mut hear: impl FnMut(&str) -> bool,
) -> Ended {
    let (mut parser, mut lines, mut read) = (LineParser::default(), Vec::new(), 0_usize);
    let mut buffer = vec![0; 64 << 10];
    let mut deadline = Instant::now() + timers.first_byte;
    let mut has_begun = false;
    loop {
        let count = match timeout_at(deadline, stdout.read(&mut buffer)).await {
            Err(_) if has_begun => return Ended::Silent(format!("silent for {:?}", timers.idle)),
            Err(_) => return Ended::Silent(format!("no first word within {:?}", timers.first_byte)),
            Ok(Err(error)) => return Ended::Lost(format!("its output cannot be read: {error}")),
            Ok(Ok(count)) => count,
        };
        let piece = buffer.get(..count).unwrap_or_default();
        if piece.is_empty() {
            if let Some(line) = parser.finish() {
                hear(&line);
            }
            return Ended::Itself;
        }
        read = read.saturating_add(count);
        if read > MAX_BYTES || parser.push(piece, &mut lines).is_err() {
            return Ended::Lost("its answer does not end".into());
        }
        for line in lines.drain(..) {
            // It introduces itself long before the model says a word.
            has_begun |= !line.contains("\"type\":\"system\"");
            if hear(&line) {
                return Ended::Itself;
            }
        }
        if has_begun {
            deadline = Instant::now() + timers.idle;
        }
    }
}

/// All of it is read, so that nothing waits to be rid of it; its end is kept, because that is where reasons stand.
async fn keep(mut stderr: impl AsyncRead + Unpin) -> String {
    let (mut kept, mut buffer) = (Vec::new(), vec![0; 4 << 10]);
    while let Ok(count @ 1..) = stderr.read(&mut buffer).await {
        kept.extend_from_slice(buffer.get(..count).unwrap_or_default());
        let surplus = kept.len().saturating_sub(MAX_ASIDE);
        kept.drain(..surplus);
    }
    String::from_utf8_lossy(&kept).into_owned()
}
