//! The local socket of a running debate: another terminal knocks here to pause or stop it.
//!
//! One line of JSON in, one line out, one wish a connection. Only the user's own processes can reach it: the socket lies in the workspace's
//! `run/` folder, with mode 0600. It exists where Unix sockets do; elsewhere a debate is paused with Ctrl-C in its own terminal.

use std::{
    io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{Control, Wish};

/// What is said at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Knock {
    wish: Wish,
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Answer {
    /// Whether the wish was taken.
    taken: bool,
}

/// The longest line taken, in bytes; a knock has some twenty.
#[cfg(unix)]
const LINE_BYTES: u64 = 256;
/// The longest path a socket can have, in bytes, on every Unix (104 on the BSDs, with the closing zero).
#[cfg(unix)]
const PATH_BYTES: usize = 103;

/// Where the door of a debate is: beside its lock, or in the folder for temporary files where that path is too long for a socket.
#[cfg(unix)]
fn place(lock: &Path) -> PathBuf {
    let beside = lock.with_extension("sock");
    if beside.as_os_str().len() <= PATH_BYTES {
        return beside;
    }
    let hash = amatelier_types::Sha256::of(beside.as_os_str().as_encoded_bytes()).short();
    std::env::temp_dir().join(format!("amatelier-{hash}.sock"))
}

/// An open door; dropping it closes it.
#[derive(Debug)]
pub(crate) struct Door {
    path: PathBuf,
    listening: tokio::task::JoinHandle<()>,
}

impl Drop for Door {
    fn drop(&mut self) {
        self.listening.abort();
        // It may be gone already; nobody else's can be there while the lock is ours.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
mod unix {
    use std::{
        io::{BufRead as _, BufReader as Reader, Read as _, Write as _},
        os::unix::{fs::PermissionsExt as _, net::UnixStream as Connection},
        time::Duration,
    };

    use tokio::{
        io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
        net::{UnixListener, UnixStream},
    };

    use super::*;

    /// How long the one who knocks waits for an answer.
    const PATIENCE: Duration = Duration::from_secs(5);

    impl Door {
        /// Open the door of a debate whose lock is ours.
        pub(crate) fn open(lock: &Path, control: Control) -> io::Result<Self> {
            let path = place(lock);
            // What a killed process left. The lock says that nobody listens there.
            let _ = std::fs::remove_file(&path);
            let listener = UnixListener::bind(&path)?;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
            let listening = tokio::spawn(async move {
                while let Ok((connection, _)) = listener.accept().await {
                    tokio::spawn(hear(connection, control.clone()));
                }
            });
            Ok(Door { path, listening })
        }
    }

    async fn hear(connection: UnixStream, control: Control) {
        let (reading, mut writing) = connection.into_split();
        let mut line = String::new();
        let read = BufReader::new(reading.take(LINE_BYTES)).read_line(&mut line).await;
        let knock = read.ok().and_then(|_| serde_json::from_str::<Knock>(&line).ok());
        if let Some(Knock { wish }) = knock {
            control.want(wish);
        }
        let answer = serde_json::to_string(&Answer { taken: knock.is_some() }).unwrap_or_default();
        // Whoever knocked may be gone; the wish is taken all the same.
        let _ = writing.write_all(format!("{answer}\n").as_bytes()).await;
    }

    /// Tell the process that drives a debate what is wished.
    pub(crate) fn knock(lock: &Path, wish: Wish) -> io::Result<()> {
        let mut connection = Connection::connect(place(lock))?;
        connection.set_read_timeout(Some(PATIENCE))?;
        connection.set_write_timeout(Some(PATIENCE))?;
        let line = serde_json::to_string(&Knock { wish }).map_err(io::Error::other)?;
        connection.write_all(format!("{line}\n").as_bytes())?;
        let mut answer = String::new();
        Reader::new(connection.take(LINE_BYTES)).read_line(&mut answer)?;
        match serde_json::from_str(&answer) {
            Ok(Answer { taken: true }) => Ok(()),
            _ => Err(io::Error::other("it did not understand")),
        }
    }
}

#[cfg(not(unix))]
mod elsewhere {
    use super::*;

    impl Door {
        /// There are no doors here.
        pub(crate) fn open(_lock: &Path, _control: Control) -> io::Result<Self> {
            Err(io::ErrorKind::Unsupported.into())
        }
    }

    /// There are no doors here.
    pub(crate) fn knock(_lock: &Path, _wish: Wish) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(not(unix))]
pub(crate) use elsewhere::knock;
#[cfg(unix)]
pub(crate) use unix::knock;

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_wish_goes_through_the_door_and_nonsense_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let lock = folder.path().join("x.lock");
        assert!(knock(&lock, Wish::Pause).is_err(), "nobody is there");
        let control = Control::default();
        let wishes = control.wishes();
        let door = Door::open(&lock, control.clone()).unwrap();
        let path = lock.clone();
        tokio::task::spawn_blocking(move || knock(&path, Wish::Pause)).await.unwrap().unwrap();
        assert_eq!(*wishes.borrow(), Wish::Pause);
        control.want(Wish::GoOn);
        assert_eq!(*wishes.borrow(), Wish::Pause, "a weaker wish changes nothing");
        drop(door);
        assert!(knock(&lock, Wish::Stop).is_err(), "the door is closed");
    }
}
