//! Parts of a story as rows of a screen.

use amatelier_debate::{Digest, Duty, Posted};
use amatelier_types::{MemberName, Message, MessageKind, Role, Timestamp};
use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::{
    Paint,
    story::{Part, Speaking, Story},
};
use crate::{
    args::Research,
    render::{line, lines::hearers, marks, plain},
};

/// The widest that prose is set, in columns.
const WIDEST: u16 = 100;
/// How many rows of a folded text a preview shows.
const PREVIEW_ROWS: usize = 5;

/// A row, and the round that begins in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub line: Line<'static>,
    pub round: Option<u32>,
}

/// What rows are made for.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub story: &'a Story,
    pub width: u16,
    pub research: Research,
    pub paint: Paint,
}

impl From<Line<'static>> for Row {
    fn from(line: Line<'static>) -> Self {
        Row { line, round: None }
    }
}

/// `+12:34`, the minutes and seconds since the opening.
pub(crate) fn clock(milliseconds: i64) -> String {
    let seconds = milliseconds / 1000;
    match seconds / 3600 {
        0 => format!("+{:02}:{:02}", seconds / 60, seconds % 60),
        hours => format!("+{hours}:{:02}:{:02}", seconds / 60 % 60, seconds % 60),
    }
}

/// `1 gate`, `2 gates`.
pub(crate) fn number(many: u32, what: &str) -> String {
    match (many, what.ends_with('h')) {
        (1, _) => format!("1 {what}"),
        (many, true) => format!("{many} {what}es"),
        (many, false) => format!("{many} {what}s"),
    }
}

impl Setting<'_> {
    /// The rows of a part.
    pub(crate) fn part(&self, part: &Part) -> Vec<Row> {
        match part {
            Part::Round { round, attempt } => self.round(*round, *attempt),
            Part::Phase { phase, attempt } => {
                let rule = self.rule('─', &format!(" {phase}{} ", again(*attempt)), self.paint.dim());
                vec![Row::default(), rule.into()]
            }
            Part::Posted { posted, star } => self.posted(posted, star.as_ref()),
            Part::Line(text) => self.set(text, self.paint.dim(), "· ", "  "),
            Part::Closed(digest) => self.closed(digest),
        }
    }

    /// The rows of somebody who is called and has not answered.
    pub(crate) fn speaking(&self, speaking: &Speaking) -> Vec<Row> {
        let Speaking { member, duty, text, .. } = speaking;
        let (role, does) = match duty {
            Duty::Turn => (Role::Worker, "speaks"),
            Duty::Moderate => (Role::Judge, "moderates"),
            Duty::Rule => (Role::Judge, "rules at the gate"),
            Duty::Summarise => (Role::Judge, "writes the state of the debate"),
            Duty::Lookup => (Role::Steward, "looks something up"),
            Duty::Score => (Role::Rubric, "marks the debate"),
        };
        let does = if text.is_empty() { format!("{does} …") } else { format!("{does} (not posted yet)") };
        let mut rows = vec![Row::default(), self.head(role, member, &[&does])];
        rows.extend(self.body(text));
        rows
    }

    fn round(&self, round: u32, attempt: u32) -> Vec<Row> {
        let most = self.story.debate().map_or(0, |debate| debate.setup().rules.max_rounds);
        let text = match round {
            0 => "research before the first round".into(),
            round => format!("round {round} of at most {most}"),
        };
        let rule = self.rule('━', &format!(" {text}{} ", again(attempt)), self.paint.strong());
        vec![Row::default(), Row { line: rule, round: Some(round) }]
    }

    fn rule(&self, of: char, text: &str, style: Style) -> Line<'static> {
        let begun = format!("{of}{of}{text}");
        let rest = usize::from(self.width).saturating_sub(begun.chars().count());
        Line::styled(begun + &of.to_string().repeat(rest), style)
    }

    fn posted(&self, posted: &Posted, star: Option<&MemberName>) -> Vec<Row> {
        let message = &posted.message;
        let at = self.since(posted.at);
        let does = |does: &str| vec![self.head(message.role, &message.author, &[does, &at])];
        let whole = |head: Vec<Row>| {
            let mut rows = vec![Row::default()];
            rows.extend(head);
            rows.extend(self.body(&message.text));
            rows
        };
        match (message.role, message.kind) {
            (_, MessageKind::Briefing) => self.folded("briefing", &message.text),
            (_, MessageKind::Summary) => self.folded("state of the debate", &message.text),
            (_, MessageKind::Finding) => {
                let title = format!("{}{} · finding · {at}", message.author, hearers(message));
                self.folded(&title, &message.text)
            }
            (_, MessageKind::Interjection) => whole(does(&format!("says{}", hearers(message)))),
            (_, MessageKind::Pass) => does("passes"),
            (_, MessageKind::Request) => whole(does("asks the Steward")),
            (_, MessageKind::Verdict) => whole(does("rules at the gate")),
            (_, MessageKind::Fault) => self.set(&message.text, self.paint.fault(), "✗ ", "  "),
            (_, MessageKind::Note | MessageKind::Control) => {
                self.set(&message.text, self.paint.dim(), "· ", "  ")
            }
            (_, MessageKind::Intervention) => match star {
                Some(member) => self.starred(message, member, &at),
                None => whole(does(&message.phase.to_string())),
            },
            (_, MessageKind::Speech) => whole(does(&message.phase.to_string())),
        }
    }

    fn since(&self, at: Timestamp) -> String {
        clock(self.story.elapsed(at))
    }

    /// Who, as what (where the name does not say so), and what it does.
    fn head(&self, role: Role, author: &MemberName, said: &[&str]) -> Row {
        let seating = self.story.debate().map(|debate| debate.seating()).unwrap_or_default();
        let name = Span::styled(author.to_string(), self.paint.head(role, author, seating));
        let role = Some(role.name()).filter(|role| *role != author.as_str());
        let rest: String = role.iter().chain(said).map(|said| format!(" · {said}")).collect();
        Line::from(vec![name, Span::styled(rest, self.paint.dim())]).into()
    }

    fn starred(&self, message: &Message, member: &MemberName, at: &str) -> Vec<Row> {
        let style = self.paint.star();
        let head = Line::styled(format!("★ {} · gate bonus for {member} · {at}", message.author), style);
        let mut rows = vec![Row::default(), Row::from(head)];
        rows.extend(self.set(&message.text, style, "★ ", "★ "));
        rows
    }

    /// What nobody said at the table: a line, or more of it.
    fn folded(&self, title: &str, text: &str) -> Vec<Row> {
        let words = text.split_whitespace().count();
        let dim = self.paint.dim();
        if self.research == Research::Collapsed {
            let most = usize::from(self.width.min(WIDEST));
            let shown = line(&format!("▸ {title} · {words} words · {text}"), most);
            return vec![Row::default(), Line::styled(shown, dim).into()];
        }
        let mut body = self.body(text);
        let hidden = match self.research {
            Research::Preview => body.len().saturating_sub(PREVIEW_ROWS),
            _ => 0,
        };
        body.truncate(body.len() - hidden);
        let mut rows = vec![Row::default(), Line::styled(format!("▾ {title} · {words} words"), dim).into()];
        rows.extend(body);
        if hidden > 0 {
            rows.push(Line::styled(format!("  … {hidden} more rows (f unfolds)"), dim).into());
        }
        rows
    }

    fn closed(&self, digest: &Digest) -> Vec<Row> {
        let strong = self.paint.strong();
        let mut rows = vec![Row::default(), self.rule('━', " the debate is over ", strong).into()];
        if let Some(stop) = &digest.stop {
            rows.extend(self.set(&format!("{}: {}", stop.reason, stop.detail), strong, "  ", "  "));
        }
        let many = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
        let took = clock(self.story.elapsed(self.story.last_at()));
        let counted = format!(
            "{} · {} · {} · {} · took {}",
            number(digest.rounds, "round"),
            number(many(digest.total_messages), "message"),
            number(many(digest.gate_bonuses.len()), "gate"),
            number(many(digest.sanctions.len()), "sanction"),
            took.trim_start_matches('+'),
        );
        rows.extend(self.set(&counted, Style::new(), "  ", "  "));
        let speeches: Vec<String> =
            digest.contributions.iter().map(|(member, speeches)| format!("{member} {speeches}")).collect();
        rows.extend(self.set(&format!("speeches: {}", speeches.join(", ")), Style::new(), "  ", "  "));
        let table =
            if digest.scoring_status == "pending" { "Scores: not given yet".into() } else { marks(digest) };
        // A table is cut where the screen ends, not wrapped.
        rows.extend(table.lines().map(|row| Row::from(Line::raw(format!("  {row}")))));
        rows.push(self.rule('━', "", strong).into());
        rows
    }

    fn body(&self, text: &str) -> Vec<Row> {
        self.set(text, Style::new(), "  ", "  ")
    }

    /// Text of whoever it is, made harmless and set; lines keep their breaks.
    fn set(&self, text: &str, style: Style, first: &str, later: &str) -> Vec<Row> {
        let text = plain(text).replace('\t', "    ");
        let width = usize::from(self.width.min(WIDEST)).max(first.chars().count() + 1);
        let mut rows = Vec::new();
        for (place, written) in text.trim().lines().enumerate() {
            let begin = if place == 0 { first } else { later };
            let options = textwrap::Options::new(width).initial_indent(begin).subsequent_indent(later);
            rows.extend(
                textwrap::wrap(written, options)
                    .into_iter()
                    .map(|row| Row::from(Line::styled(row.trim_end().to_owned(), style))),
            );
        }
        rows
    }
}

fn again(attempt: u32) -> &'static str {
    if attempt > 1 { ", once more" } else { "" }
}
