//! `interject`, `whisper`, `next` and `mute`: the operator takes part in a debate that runs in another terminal.
//!
//! Names are looked up in the debate before anything is sent, so that a slip of the finger is recognised; whether it makes sense now, the
//! process that drives the debate says.

use std::io::{self, Read};

use amatelier_debate::{Event, Setup};
use amatelier_engine::{Archive, BadSteer, Error, Running, Steer};
use amatelier_types::MemberName;
use amatelier_workspace::nearest;
use serde::Serialize;

use super::{archives, tell::driven};
use crate::{
    args::{Interject, Mute, Next, Steered, Whisper},
    context::Context,
    exit::Exit,
    failure::Failure,
    output,
};

/// The longest text that is read from stdin, in bytes: four for every character, and some room for blank lines around it.
const TEXT_BYTES: u64 = 16 * 1024;

#[derive(Serialize)]
struct Done<'a> {
    schema: &'static str,
    steer: &'a Steer,
    #[serde(flatten)]
    running: &'a Running,
}

pub(crate) fn interject(context: &Context, typed: &Interject) -> Result<Exit, Failure> {
    let text = text(&typed.text, io::stdin())?;
    steer(context, &typed.steered, |_| Ok(Steer::Interject { to: None, text }))
}

pub(crate) fn whisper(context: &Context, typed: &Whisper) -> Result<Exit, Failure> {
    let text = text(&typed.text, io::stdin())?;
    steer(context, &typed.steered, |setup| {
        let workers = setup.workers.iter().map(|seat| &seat.name);
        let to = member(&typed.member, workers.chain([&setup.judge.name]))?;
        Ok(Steer::Interject { to: Some(to), text })
    })
}

pub(crate) fn next(context: &Context, typed: &Next) -> Result<Exit, Failure> {
    steer(context, &typed.steered, |setup| Ok(Steer::Next { member: worker(&typed.member, setup)? }))
}

pub(crate) fn mute(context: &Context, typed: &Mute) -> Result<Exit, Failure> {
    steer(context, &typed.steered, |setup| {
        Ok(Steer::Mute { member: worker(&typed.member, setup)?, muted: !typed.off })
    })
}

/// Steer the debate that is meant, and say what was done.
fn steer(
    context: &Context,
    typed: &Steered,
    meant: impl FnOnce(&Setup) -> Result<Steer, Failure>,
) -> Result<Exit, Failure> {
    let archives = archives(context)?;
    let (archive, running) = driven(context, &archives, typed.id.as_ref())?;
    let steer = meant(&setup(archive, &running)?)?;
    archive.steer(&context.workspace, &running.id, &steer)?;
    if typed.json {
        output::print_json(&Done { schema: "amatelier/steered/v1", steer: &steer, running: &running })?;
    } else {
        output::print(&format!("roundtable {}: {}\n", running.id, done(&steer)))?;
    }
    Ok(Exit::Ok)
}

/// What was done, in one line.
fn done(steer: &Steer) -> String {
    match steer {
        Steer::Interject { to: None, .. } => "said to all; whoever is called next hears it".into(),
        Steer::Interject { to: Some(to), .. } => format!("said to {to} and nobody else but the judge"),
        Steer::Next { member } => format!("{member} speaks next"),
        Steer::Mute { member, muted: true } => {
            format!("{member} is muted; a turn that it is in is finished")
        }
        Steer::Mute { member, muted: false } => format!("{member} speaks again, from the next phase on"),
    }
}

/// The text that was typed, or what stdin has where that is meant. What is too long is found out before it is read to its end.
fn text(typed: &str, stdin: impl Read) -> Result<String, Failure> {
    if typed != "-" {
        return Ok(typed.to_owned());
    }
    let mut bytes = Vec::new();
    let unreadable = |error| Failure::new(Exit::Failure, error, "stdin cannot be read".to_owned());
    stdin.take(TEXT_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > TEXT_BYTES {
        return Err(Error::BadSteer(BadSteer::TooLong).into());
    }
    String::from_utf8(bytes)
        .map_err(|_| Failure::new(Exit::Usage, "stdin is not text in UTF-8", "write UTF-8 to it".to_owned()))
}

/// What a debate was opened with.
fn setup(archive: &Archive, running: &Running) -> Result<Setup, Failure> {
    let events = archive.events(&running.id)?.unwrap_or_default();
    let opened = events.into_iter().find_map(|event| match event {
        Event::RoundtableOpened { setup } => Some(*setup),
        _ => None,
    });
    let never = || Error::BadEvents { id: running.id.clone(), reason: "it was never opened".into() };
    Ok(opened.ok_or_else(never)?)
}

fn worker(typed: &str, setup: &Setup) -> Result<MemberName, Failure> {
    member(typed, setup.workers.iter().map(|seat| &seat.name))
}

/// The one of these members whose name was typed.
fn member<'a>(
    typed: &str,
    known: impl Iterator<Item = &'a MemberName> + Clone,
) -> Result<MemberName, Failure> {
    if let Some(found) = known.clone().find(|name| name.as_str() == typed) {
        return Ok(found.clone());
    }
    let names: Vec<&str> = known.map(MemberName::as_str).collect();
    let help = match nearest(typed, names.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("name one of {}", names.join(", ")),
    };
    Err(Failure::new(Exit::NotFound, format!("there is nobody called `{typed}` to do this with"), help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_from_where_it_was_meant_to_come_from() {
        let most = "ä".repeat(Steer::TEXT_CHARS);
        let endless = || io::repeat(b'x');
        assert_eq!(text("Why?", endless()).unwrap(), "Why?");
        assert_eq!(text("-", "Why?\n".as_bytes()).unwrap(), "Why?\n");
        assert_eq!(text("-", most.as_bytes()).unwrap(), most);
        assert_eq!(text("-", endless()).unwrap_err().exit, Exit::Usage);
        assert_eq!(text("-", &b"\xff\xfe"[..]).unwrap_err().exit, Exit::Usage);
    }

    #[test]
    fn a_slip_of_the_finger_is_recognised() {
        let known: Vec<MemberName> = ["elena", "marcus"].map(|name| name.parse().unwrap()).into();
        assert_eq!(member("elena", known.iter()).unwrap(), known[0]);
        for (typed, help) in [
            ("Elena", "did you mean `elena`?"),
            ("macrus", "did you mean `marcus`?"),
            ("zoe", "name one of elena, marcus"),
        ] {
            let failure = member(typed, known.iter()).unwrap_err();
            assert_eq!(failure.exit, Exit::NotFound, "{typed}");
            assert!(
                miette::Diagnostic::help(&failure).is_some_and(|said| said.to_string() == help),
                "{typed}"
            );
        }
    }
}
