//! The local socket of a running debate: another terminal knocks here to pause, stop, steer or watch it.
//!
//! One line of JSON in, one line out. A wish and a steer end with that; who asks to watch gets one line a [`Happening`] after it, until
//! nobody drives the debate any more. Only the user's own processes can reach the door: the socket lies in the workspace's `run/` folder, with mode 0600.
//! It exists where Unix sockets do; elsewhere a debate is paused with Ctrl-C in its own terminal, and watched there.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use crate::{Control, Happening, Steer, Wish, feed::Feed};

/// What is said at the door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Knock {
    /// The operator wishes something.
    Wish(Wish),
    /// The operator steers.
    Steer(Steer),
    /// Somebody wants to look on.
    Watch {
        /// The last event it knows; 0 for none.
        after: u64,
    },
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Answer {
    /// Whether it was taken.
    taken: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl Answer {
    /// It was taken, or why not.
    fn of(told: Result<(), String>) -> Self {
        Answer { taken: told.is_ok(), reason: told.err() }
    }
}

/// The longest knock, in bytes: an interjection of [`Steer::TEXT_CHARS`], of which JSON makes six bytes each at worst, and what is around
/// it.
#[cfg(unix)]
const KNOCK_BYTES: u64 = 6 * Steer::TEXT_CHARS as u64 + 512;
/// The longest answer, in bytes: a sentence with a name in it.
#[cfg(unix)]
const ANSWER_BYTES: u64 = 1024;
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
            let read = BufReader::new(reading.take(KNOCK_BYTES)).read_line(&mut line).await;
            let mut looks_on = None;
            let told = match read.ok().and_then(|_| serde_json::from_str::<Knock>(&line).ok()) {
                Some(Knock::Wish(wish)) => {
                    self.control.want(wish);
                    Ok(())
                }
                Some(Knock::Steer(steer)) => self.control.steer(steer).await,
                Some(Knock::Watch { after }) => match self.places.try_acquire_owned() {
                    Ok(place) => {
                        looks_on = Some((after, place));
                        Ok(())
                    }
                    Err(_) => Err("too many look on".to_owned()),
                },
                None if line.len() as u64 >= KNOCK_BYTES => Err("that is too long a line".to_owned()),
                None => Err("it did not understand".to_owned()),
            };
            // Whoever knocked may be gone; what was wished is done all the same.
            let answered = writing.write_all(line_of(&Answer::of(told)).as_bytes()).await;
            if let (Ok(()), Some((after, _place))) = (answered, looks_on) {
                // One that goes away in the middle is none of the debate's business.
                let _ = self.feed.serve(after, writing).await;
            }
        }
    }

    /// What is said at the door is plain data, which can always be written.
    fn line_of(said: &impl Serialize) -> String {
        serde_json::to_string(said).unwrap_or_default() + "\n"
    }

    /// What was answered; why not, in words of the other side.
    fn told(answer: &str) -> io::Result<Result<(), String>> {
        match serde_json::from_str(answer)? {
            Answer { taken: true, .. } => Ok(Ok(())),
            Answer { reason, .. } => Ok(Err(reason.unwrap_or_else(|| "it does not say why".to_owned()))),
        }
    }

    fn ask(lock: &Path, knock: &Knock) -> io::Result<Result<(), String>> {
        let mut connection = Connection::connect(place(lock))?;
        connection.set_read_timeout(Some(PATIENCE))?;
        connection.set_write_timeout(Some(PATIENCE))?;
        let sent = connection.write_all(line_of(knock).as_bytes());
        let mut answer = String::new();
        // A line may be refused before its end: then it was not sent whole, and is answered all the same.
        match Reader::new(connection.take(ANSWER_BYTES)).read_line(&mut answer) {
            Ok(read) if read > 0 => told(&answer),
            heard => {
                sent.and(heard)?;
                Err(io::ErrorKind::UnexpectedEof.into())
            }
        }
    }

    /// Tell the process that drives a debate what is wished.
    pub(crate) fn knock(lock: &Path, wish: Wish) -> io::Result<()> {
        ask(lock, &Knock::Wish(wish))?.map_err(io::Error::other)
    }

    /// Steer the debate that a process drives; the inner error says in words why that makes no sense now.
    pub(crate) fn steer(lock: &Path, steer: &Steer) -> io::Result<Result<(), String>> {
        ask(lock, &Knock::Steer(steer.clone()))
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
            (&mut lines).take(ANSWER_BYTES).read_line(&mut answer).await?;
            told(&answer)?.map_err(io::Error::other)?;
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

    /// There are no doors here.
    pub(crate) fn steer(_lock: &Path, _steer: &Steer) -> io::Result<Result<(), String>> {
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
pub(crate) use elsewhere::{Heard, knock, listen, steer};
#[cfg(unix)]
pub(crate) use unix::{Heard, knock, listen, steer};

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

    /// A text as long as one may be, of what takes the most room in JSON.
    fn longest() -> String {
        "\u{1b}".repeat(Steer::TEXT_CHARS)
    }

    #[tokio::test]
    async fn a_steer_is_answered_by_whoever_drives_with_the_reason_of_a_refusal() {
        let house = House::new().await;
        let lock = house.folder.path().join("x.lock");
        let control = Control::default();
        let mut steers = control.steers().unwrap();
        let door = Door::open(&lock, control, house.feed.clone()).unwrap();
        let member: amatelier_types::MemberName = "elena".parse().unwrap();
        let no = || Err("elena is not waiting to speak".to_owned());
        for (sent, answer) in [
            (Steer::Interject { to: None, text: longest() }, Ok(())),
            (Steer::Interject { to: Some(member.clone()), text: "But why?".into() }, Ok(())),
            (Steer::Next { member: member.clone() }, no()),
            (Steer::Mute { member, muted: false }, Ok(())),
        ] {
            let (path, steered) = (lock.clone(), sent.clone());
            let told = tokio::task::spawn_blocking(move || steer(&path, &steered));
            let (heard, reply) = steers.recv().await.unwrap();
            assert_eq!(heard, sent);
            reply.send(answer.clone()).unwrap();
            assert_eq!(told.await.unwrap().unwrap(), answer);
        }
        drop(steers);
        let (path, late) = (lock.clone(), Steer::Interject { to: None, text: "Late.".into() });
        let told = tokio::task::spawn_blocking(move || steer(&path, &late)).await.unwrap().unwrap();
        assert_eq!(told, Err("the debate is over, or waits".into()), "nobody listens any more");
        drop(door);
    }

    #[tokio::test]
    async fn a_line_that_is_too_long_is_refused_and_nothing_of_it_is_taken() {
        let house = House::new().await;
        let lock = house.folder.path().join("x.lock");
        let control = Control::default();
        let mut steers = control.steers().unwrap();
        let door = Door::open(&lock, control, house.feed.clone()).unwrap();
        let path = lock.clone();
        let text = longest() + &longest();
        let told = tokio::task::spawn_blocking(move || steer(&path, &Steer::Interject { to: None, text }));
        assert_eq!(told.await.unwrap().unwrap(), Err("that is too long a line".into()));
        assert!(steers.try_recv().is_err());
        drop(door);
    }

    #[test]
    fn what_is_said_at_the_door_is_told_apart() {
        let elena: amatelier_types::MemberName = "elena".parse().unwrap();
        let interject = |to, text: &str| Some(Knock::Steer(Steer::Interject { to, text: text.into() }));
        let mute = |muted| Some(Knock::Steer(Steer::Mute { member: elena.clone(), muted }));
        for (line, expected) in [
            (r#"{"wish":"stop"}"#, Some(Knock::Wish(Wish::Stop))),
            (r#"{"watch":{"after":7}}"#, Some(Knock::Watch { after: 7 })),
            (r#"{"steer":{"interject":{"text":"Why?"}}}"#, interject(None, "Why?")),
            (
                r#"{"steer":{"interject":{"to":"elena","text":"Why?"}}}"#,
                interject(Some(elena.clone()), "Why?"),
            ),
            (
                r#"{"steer":{"next":{"member":"elena"}}}"#,
                Some(Knock::Steer(Steer::Next { member: elena.clone() })),
            ),
            (r#"{"steer":{"mute":{"member":"elena","muted":true}}}"#, mute(true)),
            (r#"{"steer":{"mute":{"member":"elena","muted":false}}}"#, mute(false)),
            (r#"{"steer":{"mute":{"member":"../elena","muted":true}}}"#, None),
            (r#"{"steer":{"mute":{"member":"elena"}}}"#, None),
            (r#"{"steer":{"crown":{"member":"elena"}}}"#, None),
            (r#"{"steer":"next"}"#, None),
            ("GET / HTTP/1.1", None),
            ("", None),
        ] {
            assert_eq!(serde_json::from_str::<Knock>(line).ok(), expected, "{line}");
        }
    }
}
