//! `watch`: look on at a debate that runs in another process, or at a past one.
//!
//! What it shows comes from the door of the process that drives the debate, and from the log where there is none: see
//! [`amatelier_engine::Watching`]. Nothing is asked of a model and nothing is written.

use std::io;

use amatelier_debate::{Debate, Event};
use amatelier_engine::{Archive, Error, Happening, Listed, Watching};
use amatelier_types::{MessageKind, RoundtableId};
use amatelier_workspace::nearest;

use super::{archives, newest};
use crate::{
    args::{Research, Watch},
    context::Context,
    exit::Exit,
    failure::Failure,
    output,
    render::{self, EventLines, lines},
    watch::{Choice, Paint, Screen, ShowError, Terminal, apply},
};

/// How many rows of a finding a preview prints.
const PREVIEW_ROWS: usize = 5;

pub(crate) async fn run(context: &Context, arguments: Watch) -> Result<Exit, Failure> {
    let is_screen = !arguments.plain && !arguments.json && output::is_screen(&io::stdout());
    let archives = archives(context)?;
    let mut terminal = None;
    let (archive, id, notice) = match arguments.id {
        Some(id) => {
            let archive = named(&archives, &id)?;
            (archive, id, None)
        }
        None => {
            let running = running(context, &archives)?;
            let place = match running.len() {
                0 => None,
                1 => Some(0),
                _ if is_screen => {
                    let listed = running.iter().map(|(_, listed)| listed.clone()).collect();
                    let terminal = terminal.insert(Terminal::open().map_err(ShowError::from)?);
                    let choice = Choice::new(listed, Paint::of_environment());
                    match terminal.choose(choice).await.map_err(ShowError::from)? {
                        Some(place) => Some(place),
                        None => return Ok(Exit::Ok),
                    }
                }
                _ => return Err(several(&running)),
            };
            let (chosen, notice) = match running.into_iter().nth(place.unwrap_or_default()) {
                Some(chosen) => (chosen, None),
                None => (newest(&archives)?, Some("no roundtable is running; this is the newest one")),
            };
            let (archive, listed) = chosen;
            let id = listed.id.parse().map_err(|bad| Failure::new(Exit::Integrity, bad, None))?;
            (archive, id, notice)
        }
    };
    let Some(watching) = archive.watch(&context.workspace, &id)? else {
        return Err(Error::NoSuchRoundtable(id).into());
    };
    if is_screen {
        let terminal = match terminal {
            Some(terminal) => terminal,
            None => Terminal::open().map_err(ShowError::from)?,
        };
        return show(terminal, watching, arguments.research, notice).await;
    }
    if let Some(notice) = notice {
        eprintln!("{notice}");
    }
    let debate = match arguments.json {
        true => print_json(watching, &id).await?,
        false => print_lines(watching, arguments.research).await?,
    };
    if let Some(left) = debate.as_ref().and_then(left) {
        eprintln!("{left}");
    }
    Ok(Exit::Ok)
}

/// The archive that has a debate.
pub(super) fn named<'a>(archives: &'a [Archive], id: &RoundtableId) -> Result<&'a Archive, Failure> {
    let mut known = Vec::new();
    for archive in archives {
        let listed = archive.list()?;
        if listed.iter().any(|listed| listed.id == id.as_str()) {
            return Ok(archive);
        }
        known.extend(listed.into_iter().map(|listed| listed.id));
    }
    Err(match nearest(id.as_str(), known.iter().map(String::as_str)) {
        Some(meant) => {
            let error = Error::NoSuchRoundtable(id.clone());
            Failure::new(Exit::NotFound, error, format!("did you mean `{meant}`?"))
        }
        None => Error::NoSuchRoundtable(id.clone()).into(),
    })
}

/// The debates that somebody drives, in both modes, newest first.
pub(super) fn running<'a>(
    context: &Context,
    archives: &'a [Archive],
) -> Result<Vec<(&'a Archive, Listed)>, Failure> {
    let mut running = Vec::new();
    for archive in archives {
        let driven = archive.running(&context.workspace)?;
        let is_driven = |listed: &Listed| driven.iter().any(|running| running.id.as_str() == listed.id);
        running.extend(archive.list()?.into_iter().filter(is_driven).map(|listed| (archive, listed)));
    }
    running.sort_by(|(_, one), (_, other)| {
        other.opened_at.cmp(&one.opened_at).then_with(|| one.id.cmp(&other.id))
    });
    Ok(running)
}

fn several(running: &[(&Archive, Listed)]) -> Failure {
    let known: Vec<String> = running
        .iter()
        .map(|(_, listed)| format!("{} ({})", listed.id, render::line(&listed.topic, 60)))
        .collect();
    Failure::new(Exit::Usage, "several roundtables are running", format!("name one of {}", known.join(", ")))
}

async fn show(
    mut terminal: Terminal,
    watching: Watching,
    research: Research,
    notice: Option<&str>,
) -> Result<Exit, Failure> {
    let screen = Screen::new(research, Paint::of_environment(), notice.map(str::to_owned));
    let ended = |screen: &Screen| screen.story().debate().and_then(left);
    terminal.show(watching, screen, ended).await?;
    Ok(Exit::Ok)
}

/// What is to be said when nothing more happens in a debate that is not over.
fn left(debate: &Debate) -> Option<String> {
    let resume = format!("{} resume {}", output::program(), debate.setup().id);
    match debate {
        debate if debate.is_over() => None,
        debate if debate.is_paused() => Some(format!("it is paused; go on with: {resume}")),
        _ => Some(format!(
            "it is not over, and its process tells no more; if that has ended, go on with: {resume}"
        )),
    }
}

/// The lines that `roundtable --jsonl` prints; the debate as it stands in the end.
async fn print_json(mut watching: Watching, id: &RoundtableId) -> Result<Option<Debate>, Failure> {
    let (lines, mut debate) = (EventLines::default(), None);
    while let Some(happening) = watching.next().await? {
        if let Happening::Event { event, .. } = happening {
            apply(&mut debate, &event);
            if lines.happened(id, &event).is_err() {
                return Ok(None);
            }
        }
    }
    if let Some(over) = debate.as_ref().filter(|debate| debate.is_over()) {
        lines.digest(&watching.digest(over)?);
    }
    Ok(debate)
}

/// The lines that `roundtable --plain` prints; the debate as it stands in the end.
async fn print_lines(mut watching: Watching, research: Research) -> Result<Option<Debate>, Failure> {
    let mut debate = None;
    while let Some(happening) = watching.next().await? {
        let text = match &happening {
            Happening::Event { event, .. } => {
                apply(&mut debate, event);
                debate.as_ref().and_then(|debate| event_lines(debate, event, research))
            }
            Happening::Note { text } => Some(lines::note(text) + "\n"),
            // What is not posted yet is not a line yet.
            Happening::Text { .. } | Happening::TextSoFar { .. } | Happening::Spent { .. } => None,
        };
        if text.is_some_and(|text| output::write(&text).is_err()) {
            return Ok(None);
        }
    }
    Ok(debate)
}

fn event_lines(debate: &Debate, event: &Event, research: Research) -> Option<String> {
    if let Event::RoundtableOpened { .. } = event {
        return Some(lines::head(debate));
    }
    let mut text = lines::happened(debate, event)? + "\n";
    if let Event::MessagePosted(posted) = event
        && posted.message.kind == MessageKind::Finding
    {
        let most = match research {
            Research::Collapsed => 0,
            Research::Preview => PREVIEW_ROWS,
            Research::Full => usize::MAX,
        };
        let prose = render::prose(&posted.message.text);
        prose.lines().take(most).for_each(|row| text.extend([row, "\n"]));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::sample::past;

    /// Everything that the lines say.
    fn printed(research: Research) -> String {
        let (mut debate, mut text) = (None, String::new());
        for happening in past().happened {
            if let Happening::Event { event, .. } = happening {
                apply(&mut debate, &event);
                text.extend(event_lines(debate.as_ref().unwrap(), &event, research));
            }
        }
        text
    }

    #[test]
    fn findings_are_printed_as_far_as_they_were_asked_for() {
        for (research, there, not_there) in [
            (Research::Collapsed, "steward → marcus   25 words  traffic.csv has 1204 rows", "\n  row one"),
            (Research::Preview, "\n  row three", "\n  row four"),
            (Research::Full, "\n  row five", "\u{1b}"),
        ] {
            let printed = printed(research);
            assert!(printed.contains(there) && !printed.contains(not_there), "{research:?}: {printed}");
        }
    }
}
