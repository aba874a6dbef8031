//! A feed as one subscriber gets it.

use std::io;

use amatelier_types::MemberName;
use tokio::{
    io::{AsyncWrite, AsyncWriteExt as _},
    sync::broadcast::{self, error::RecvError},
};

use super::{Feed, Log, Sent, line, log_book::happenings};
use crate::Happening;

/// Where a subscriber stands when it joins, or joins again.
struct Joined {
    seq: u64,
    said: Vec<(MemberName, String)>,
    /// None when nothing more will happen.
    receiver: Option<broadcast::Receiver<Sent>>,
}

impl Feed {
    /// Write everything that happened after the event `after`, and what follows, until nothing more happens.
    ///
    /// # Errors
    /// The subscriber is gone, or the journal cannot be read.
    pub(crate) async fn serve(&self, after: u64, mut out: impl AsyncWrite + Unpin) -> io::Result<()> {
        let mut last = after;
        loop {
            let Joined { seq, said, receiver } = self.join();
            for line in self.log.clone().lines(last, seq).await? {
                out.write_all(line.as_bytes()).await?;
            }
            last = last.max(seq);
            for (member, text) in said {
                let so_far = line(&Happening::TextSoFar { member, text }).unwrap_or_default();
                out.write_all(so_far.as_bytes()).await?;
            }
            let Some(mut receiver) = receiver else { return out.flush().await };
            loop {
                match receiver.recv().await {
                    Ok((seq, line)) => {
                        out.write_all(line.as_bytes()).await?;
                        last = seq;
                    }
                    Err(RecvError::Lagged(_)) => break,
                    Err(RecvError::Closed) => return out.flush().await,
                }
            }
        }
    }

    /// From one moment on: every event up to it is in the journal, every one after it comes through the receiver.
    fn join(&self) -> Joined {
        let state = self.state();
        Joined {
            seq: state.seq,
            said: state.said.iter().map(|(member, text)| (member.clone(), text.clone())).collect(),
            receiver: state.sender.as_ref().map(broadcast::Sender::subscribe),
        }
    }
}

impl Log {
    /// The events after one and up to another, as lines.
    async fn lines(self, after: u64, to: u64) -> io::Result<Vec<String>> {
        let read = move || {
            let happened = happenings(&self.journal, &self.id, after, to).map_err(io::Error::other)?;
            let lines = happened
                .iter()
                .map(|happening| line(happening).ok_or_else(|| io::ErrorKind::InvalidData.into()));
            lines.collect()
        };
        tokio::task::spawn_blocking(read).await.map_err(io::Error::other)?
    }
}
