//! The local socket of a running debate: another terminal knocks here to pause, stop or watch it.
//!
//! One line of JSON in, one line out. A wish ends with that; who asks to watch gets one line a [`Happening`] after it, until nobody drives
//! the debate any more. Only the user's own processes can reach the door: the socket lies in the workspace's `run/` folder, with mode 0600.
//! It exists where Unix sockets do; elsewhere a debate is paused with Ctrl-C in its own terminal, and watched there.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use crate::{Control, Happening, Wish, feed::Feed};

/// What is said at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Knock {
    /// The operator wishes something.
    Wish(Wish),
    /// Somebody wants to look on.
    Watch {
        /// The last event it knows; 0 for none.
        after: u64,
    },
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Answer {
    /// Whether the wish was taken.
    taken: bool,
}

/// The longest knock and the longest answer, in bytes; they have some twenty.
#[cfg(unix)]
const LINE_BYTES: u64 = 256;
/// How many may look on at once. One that is stopped in the middle keeps its place until it goes or this process ends.
#[cfg(unix)]
const WATCHERS: usize = 32;
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
pub(crate) struct Door {
    path: PathBuf,
    feed: Arc<Feed>,
    listening: tokio::task::JoinHandle<()>,
}

impl Drop for Door {
    fn drop(&mut self) {
        self.listening.abort();
        // It may be gone already; nobody else's can be there while the lock is ours.
        let _ = std::fs::remove_file(&self.path);
        // Last: who finds the line cut also finds the door gone, and looks into the log.
        self.feed.end();
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
        net::{UnixListener, UnixStream, unix::OwnedReadHalf},
        sync::Semaphore,
        time::timeout,
    };

    use super::*;

    /// How long the one who knocks waits for an answer.
    const PATIENCE: Duration = Duration::from_secs(5);

    impl Door {
        /// Open the door of a debate whose lock is ours.
        pub(crate) fn open(lock: &Path, control: Control, feed: Arc<Feed>) -> io::Result<Self> {
            let path = place(lock);
            // What a killed process left. The lock says that nobody listens there.
            let _ = std::fs::remove_file(&path);
            let listener = UnixListener::bind(&path)?;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
            let places = Arc::new(Semaphore::new(WATCHERS));
            let hall = Hall { control, feed: feed.clone(), places };
            let listening = tokio::spawn(async move {
                while let Ok((connection, _)) = listener.accept().await {
                    tokio::spawn(hall.clone().hear(connection));
                }
            });
            Ok(Door { path, feed, listening })
        }
    }

    /// What is behind the door.
    #[derive(Clone)]
    struct Hall {
        control: Control,
        feed: Arc<Feed>,
        /// Free places for those who look on.
        places: Arc<Semaphore>,
    }

    impl Hall {
        async fn hear(self, connection: UnixStream) {
            let (reading, mut writing) = connection.into_split();
            let mut line = String::new();
            let read = BufReader::new(reading.take(LINE_BYTES)).read_line(&mut line).await;
            let knock = read.ok().and_then(|_| serde_json::from_str::<Knock>(&line).ok());
            let place = match knock {
                Some(Knock::Watch { .. }) => self.places.try_acquire_owned().ok(),
                _ => None,
            };
            let taken = match knock {
                Some(Knock::Wish(wish)) => {
                    self.control.want(wish);
                    true
                }
                Some(Knock::Watch { .. }) => place.is_some(),
                None => false,
            };
            // Whoever knocked may be gone; a wish is taken all the same.
            let told = writing.write_all(line_of(&Answer { taken }).as_bytes()).await;
            if let (Ok(()), Some(Knock::Watch { after }), Some(_place)) = (told, knock, place) {
                // One that goes away in the middle is none of the debate's business.
                let _ = self.feed.serve(after, writing).await;
            }
        }
    }

    /// Both are plain data, which can always be written.
    fn line_of(said: &impl Serialize) -> String {
        serde_json::to_string(said).unwrap_or_default() + "\n"
    }

    fn is_taken(answer: &str) -> io::Result<()> {
        match serde_json::from_str(answer) {
            Ok(Answer { taken: true }) => Ok(()),
            _ => Err(io::Error::other("it did not understand, or too many look on")),
        }
    }

    /// Tell the process that drives a debate what is wished.
    pub(crate) fn knock(lock: &Path, wish: Wish) -> io::Result<()> {
        let mut connection = Connection::connect(place(lock))?;
        connection.set_read_timeout(Some(PATIENCE))?;
        connection.set_write_timeout(Some(PATIENCE))?;
        connection.write_all(line_of(&Knock::Wish(wish)).as_bytes())?;
        let mut answer = String::new();
        Reader::new(connection.take(LINE_BYTES)).read_line(&mut answer)?;
        is_taken(&answer)
    }

    /// What comes through the door to one who looks on.
    #[derive(Debug)]
    pub(crate) struct Heard {
        lines: BufReader<OwnedReadHalf>,
        // Open for as long as we listen: the other side would take its end for ours.
        _writing: tokio::net::unix::OwnedWriteHalf,
    }

    impl Heard {
        /// What comes next; none when the line is cut, or says what we do not understand.
        pub(crate) async fn next(&mut self) -> Option<Happening> {
            let mut line = Vec::new();
            let read = self.lines.read_until(b'\n', &mut line).await;
            // What a killed process had not written to the end is no line.
            read.is_ok().then(|| serde_json::from_slice(line.strip_suffix(b"\n")?).ok()).flatten()
        }
    }

    /// Ask the process that drives a debate to be told what happens after an event.
    pub(crate) async fn listen(lock: &Path, after: u64) -> io::Result<Heard> {
        let ask = async {
            let (reading, mut writing) = UnixStream::connect(place(lock)).await?.into_split();
            writing.write_all(line_of(&Knock::Watch { after }).as_bytes()).await?;
            let mut lines = BufReader::new(reading);
            let mut answer = String::new();
            (&mut lines).take(LINE_BYTES).read_line(&mut answer).await?;
            is_taken(&answer)?;
            Ok(Heard { lines, _writing: writing })
        };
        timeout(PATIENCE, ask).await.map_err(io::Error::other)?
    }
}

#[cfg(not(unix))]
mod elsewhere {
    use super::*;

    impl Door {
        /// There are no doors here.
        pub(crate) fn open(_lock: &Path, _control: Control, _feed: Arc<Feed>) -> io::Result<Self> {
            Err(io::ErrorKind::Unsupported.into())
        }
    }

    /// There are no doors here.
    pub(crate) fn knock(_lock: &Path, _wish: Wish) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// What nobody hears.
    #[derive(Debug)]
    pub(crate) enum Heard {}

    impl Heard {
        /// Nothing.
        pub(crate) async fn next(&mut self) -> Option<Happening> {
            match *self {}
        }
    }

    /// There are no doors here.
    pub(crate) async fn listen(_lock: &Path, _after: u64) -> io::Result<Heard> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(not(unix))]
pub(crate) use elsewhere::{Heard, knock, listen};
#[cfg(unix)]
pub(crate) use unix::{Heard, knock, listen};

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use crate::{Watcher as _, feed::house::House};

    #[tokio::test]
    async fn a_wish_goes_through_the_door_and_nonsense_does_not() {
        let house = House::new().await;
        let lock = house.folder.path().join("x.lock");
        assert!(knock(&lock, Wish::Pause).is_err(), "nobody is there");
        let control = Control::default();
        let wishes = control.wishes();
        let door = Door::open(&lock, control.clone(), house.feed.clone()).unwrap();
        let path = lock.clone();
        tokio::task::spawn_blocking(move || knock(&path, Wish::Pause)).await.unwrap().unwrap();
        assert_eq!(*wishes.borrow(), Wish::Pause);
        control.want(Wish::GoOn);
        assert_eq!(*wishes.borrow(), Wish::Pause, "a weaker wish changes nothing");
        drop(door);
        assert!(knock(&lock, Wish::Stop).is_err(), "the door is closed");
    }

    #[tokio::test]
    async fn who_looks_on_hears_until_the_door_closes_and_there_is_room_for_so_many() {
        let house = House::new().await;
        let lock = house.folder.path().join("x.lock");
        let door = Door::open(&lock, Control::default(), house.feed.clone()).unwrap();
        let mut heard = Vec::new();
        for _ in 0..WATCHERS {
            let mut watcher = listen(&lock, 0).await.unwrap();
            assert!(matches!(watcher.next().await, Some(Happening::Event { seq: 1, .. })));
            heard.push(watcher);
        }
        assert!(listen(&lock, 0).await.is_err(), "one too many");
        house.feed.note("still there");
        for watcher in &mut heard {
            assert_eq!(watcher.next().await, Some(Happening::Note { text: "still there".into() }));
        }
        drop(door);
        for watcher in &mut heard {
            assert_eq!(watcher.next().await, None);
        }
        assert!(listen(&lock, 0).await.is_err(), "the door is closed");
    }

    #[test]
    fn what_is_said_at_the_door_is_told_apart() {
        let said = |text: &str| serde_json::from_str::<Knock>(text).ok();
        assert_eq!(said(r#"{"wish":"stop"}"#), Some(Knock::Wish(Wish::Stop)));
        assert_eq!(said(r#"{"watch":{"after":7}}"#), Some(Knock::Watch { after: 7 }));
        assert_eq!(said("GET / HTTP/1.1"), None);
    }
}
