//! `plugin dev`: the plugin at work while its author works on it.
//!
//! A scratch workspace with a team around the plugin, and rehearsal's model: no team, no key, no network. A debate is held, with
//! everything that the plugin says and logs; a change of its sources builds it, checks it and swaps it, at the next turn of a debate that
//! runs and for the next one after it.

mod builder;
mod scratch;
mod sources;

use std::io::BufRead as _;

use amatelier_conformance::{Occasion, Subject, VirtualHost};
use amatelier_engine::Opening;
use amatelier_runtime::Runtime;
use amatelier_types::{MemberName, Role, World};
use amatelier_workspace::Briefing;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use self::{
    builder::{Build, Builder, Current},
    scratch::Scratch,
    sources::Sources,
};
use crate::{args::PluginDev, exit::Exit, failure::Failure, output, render};

/// What is debated where nothing is said.
const TOPIC: &str = "Should the town close its old bridge for the winter?";
const BRIEFING: &str = "# The old bridge\n\nThe bridge carries 4200 vehicles a day. An inspection found corrosion in 7 of 32 \
    hangers. Closing it for the winter costs 310000 euros; keeping one lane open costs 90000.\n\nDecide whether to close it.\n";

pub(crate) async fn run(arguments: PluginDev) -> Result<Exit, Failure> {
    let folder = arguments.dir.canonicalize().map_err(|error| {
        let help = "name the folder of a plugin; `amatelier plugin new` makes one".to_owned();
        Failure::new(Exit::NotFound, format!("{}: {error}", arguments.dir.display()), help)
    })?;
    let briefing = match &arguments.briefing {
        Some(path) => Briefing::read(path)?.text,
        None => BRIEFING.to_owned(),
    };
    let opening = Opening {
        topic: arguments.topic.clone().unwrap_or_else(|| TOPIC.to_owned()),
        briefing,
        max_rounds: arguments.max_rounds,
        ..Opening::default()
    };
    let failed = |error: &dyn std::fmt::Display| Failure::new(Exit::Failure, error.to_string(), None);
    let scratch = Scratch::make()?;
    let runtime = Runtime::new().map_err(|error| failed(&error))?;
    // Watched before the first build, so that nothing that is saved meanwhile is missed.
    let sources = Sources::of(&folder).map_err(|error| failed(&error))?;
    let builder = Builder {
        folder: folder.clone(),
        place: scratch.plugin(),
        runtime: runtime.clone(),
        sources,
        current: Current::Nothing,
    };
    let (sender, builds) = unbounded_channel();
    let building = tokio::spawn(builder.run(sender));
    let keys = keys();
    let stage =
        Stage { scratch, opening, runtime, folder: folder.display().to_string(), once: arguments.once };
    let ended = tokio::select! {
        ended = stage.debates(builds, keys) => ended,
        _ = tokio::signal::ctrl_c() => Ok(Exit::Ok),
    };
    building.abort();
    ended
}

/// Where debates are held one after the other.
struct Stage {
    scratch: Scratch,
    opening: Opening,
    runtime: Runtime,
    folder: String,
    once: bool,
}

impl Stage {
    async fn debates(
        &self,
        mut builds: UnboundedReceiver<Build>,
        mut keys: UnboundedReceiver<()>,
    ) -> Result<Exit, Failure> {
        let mut subject: Option<Box<Subject>> = None;
        loop {
            // Everybody who waits is served by the newest build, and by one debate.
            let again = tokio::select! {
                build = builds.recv() => match build {
                    Some(Build::Ready(ready)) => { subject = Some(ready); true }
                    Some(Build::Kept) if self.once => return Ok(Exit::Failure),
                    Some(Build::Kept) => false,
                    None => return Ok(Exit::Failure),
                },
                Some(()) = keys.recv() => true,
            };
            while let Ok(build) = builds.try_recv() {
                if let Build::Ready(ready) = build {
                    subject = Some(ready);
                }
            }
            if let Some(subject) = subject.as_deref().filter(|_| again) {
                let held = self.hold(subject).await;
                match held {
                    Err(failure) if self.once => return Err(failure),
                    Err(failure) => crate::report(failure),
                    Ok(()) if self.once => return Ok(Exit::Ok),
                    Ok(()) => {}
                }
            }
            eprintln!("waiting for a change in {}; Enter holds a debate, Ctrl-C leaves", self.folder);
        }
    }

    async fn hold(&self, subject: &Subject) -> Result<(), Failure> {
        self.scratch.seat(subject)?;
        self.list(subject).await?;
        self.scratch.hold(subject, &self.opening).await
    }

    /// What a store or a teacher offers: it says nothing in a debate.
    async fn list(&self, subject: &Subject) -> Result<(), Failure> {
        for (world, occasion) in [(World::Store, Occasion::ListItems), (World::Skill, Occasion::ListSkills)] {
            if !subject.worlds().contains(&world) {
                continue;
            }
            let mut host = VirtualHost::of(subject, MemberName::user(), Role::Worker);
            let played = host.play(&self.runtime, subject, occasion).await;
            output::print(&render::listed(&played))?;
        }
        Ok(())
    }
}

/// A line on stdin each. Where there is none to be had, nobody presses a key.
fn keys() -> UnboundedReceiver<()> {
    let (sender, keys) = unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            if line.is_err() || sender.send(()).is_err() {
                return;
            }
        }
    });
    keys
}
