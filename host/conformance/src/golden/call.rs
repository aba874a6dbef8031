//! One `[[call]]` of a case.

use amatelier_plugins::document::{Fields, Node, Problems};
use amatelier_types::{Buyer, Exchange, Learner, MemberName, Phase, Sparks, Turn};

use super::{
    Expectation,
    read::PHASES,
    texts::{needed_text, parsed_list, perhaps_text, perhaps_word, texts, whole},
};
use crate::{Occasion, Table};

/// What a call's arguments are taken from where it does not name them.
pub(super) struct Setting<'a> {
    pub(super) member: Option<&'a MemberName>,
    pub(super) table: &'a Table,
    pub(super) max_rounds: u32,
}

/// A function of the contracts.
#[derive(Clone, Copy)]
enum Function {
    TakeTurn,
    Answer,
    Moderate,
    Rule,
    Summarise,
    Axes,
    Score,
    ListItems,
    MayBuy,
    Redeem,
    ListSkills,
    Teach,
    Advise,
}

const FUNCTIONS: [(&str, Function); 13] = [
    ("take-turn", Function::TakeTurn),
    ("answer", Function::Answer),
    ("moderate", Function::Moderate),
    ("rule", Function::Rule),
    ("summarise", Function::Summarise),
    ("axes", Function::Axes),
    ("score", Function::Score),
    ("list-items", Function::ListItems),
    ("may-buy", Function::MayBuy),
    ("redeem", Function::Redeem),
    ("list-skills", Function::ListSkills),
    ("teach", Function::Teach),
    ("advise", Function::Advise),
];

impl Function {
    /// The keys of its arguments: their names in WIT, and for a turn those of the record's fields.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Function::TakeTurn => &["phase", "round", "max-rounds", "position", "of", "floor-turns-left"],
            Function::Answer => &["so-far", "question"],
            Function::Moderate => &["phase", "after"],
            Function::Rule => &["round", "max-rounds"],
            Function::Summarise => &["round"],
            Function::Axes | Function::ListItems | Function::ListSkills => &[],
            Function::Score => &["members", "retry-note"],
            Function::MayBuy | Function::Teach => &["id", "who"],
            Function::Redeem => &["id", "who", "note"],
            Function::Advise => &["id", "phase", "round"],
        }
    }
}

/// The call, where it is one, and what is expected of it.
pub(super) fn read(
    node: &Node,
    setting: &Setting<'_>,
    problems: &Problems,
) -> Option<(Option<Occasion>, Expectation)> {
    // What keys it may have depends on the function, so that is looked for first.
    let every: Vec<&str> = FUNCTIONS.iter().flat_map(|(_, function)| function.keys()).copied().collect();
    let named = node.get("function").and_then(Node::text);
    let function = FUNCTIONS.iter().find(|(name, _)| Some(*name) == named).map(|(_, function)| *function);
    let keys: &[&str] = match function {
        Some(function) => function.keys(),
        None => &every,
    };
    let known: Vec<&str> = ["function", "expect"].iter().chain(keys).copied().collect();
    let fields = Fields::of(node, "call.", &known, problems)?;
    fields.needed("function", "function = \"take-turn\"");
    perhaps_word(&fields, "function", &FUNCTIONS, problems);
    let expect = match fields.perhaps("expect") {
        Some(node) => Expectation::read(node, problems),
        None => Expectation::default(),
    };
    Some((function.and_then(|function| occasion(function, &fields, setting, problems)), expect))
}

fn occasion(
    function: Function,
    fields: &Fields<'_>,
    setting: &Setting<'_>,
    problems: &Problems,
) -> Option<Occasion> {
    let phase = || perhaps_word(fields, "phase", &PHASES, problems).unwrap_or(Phase::Speak);
    let round = || whole(fields, "round", 1);
    let id = || needed_text(fields, "id", "id = \"calm\"", problems);
    let max_rounds = whole(fields, "max-rounds", setting.max_rounds);
    Some(match function {
        Function::TakeTurn => Occasion::TakeTurn(turn(fields, setting, phase())),
        Function::Answer => {
            let (so_far, question) =
                (so_far(fields, problems), needed_text(fields, "question", "question = \"Why?\"", problems));
            Occasion::Answer { so_far, question: question? }
        }
        Function::Moderate => Occasion::Moderate { phase: phase(), after: whole(fields, "after", 0) },
        Function::Rule => Occasion::Rule { round: round(), max_rounds },
        Function::Summarise => Occasion::Summarise { round: round() },
        Function::Axes => Occasion::Axes,
        Function::Score => {
            let members = parsed_list(fields, "members", "name members, such as \"grace\"", problems);
            let retry_note = perhaps_text(fields, "retry-note", problems);
            Occasion::Score { members: members.unwrap_or_else(|| setting.table.workers()), retry_note }
        }
        Function::ListItems => Occasion::ListItems,
        Function::MayBuy => {
            let (item, buyer) = (id(), buyer(fields, setting, problems));
            Occasion::MayBuy { item: item?, buyer: buyer? }
        }
        Function::Redeem => {
            let (item, buyer) = (id(), buyer(fields, setting, problems));
            let note = perhaps_text(fields, "note", problems).unwrap_or_default();
            Occasion::Redeem { item: item?, buyer: buyer?, note }
        }
        Function::ListSkills => Occasion::ListSkills,
        Function::Teach => {
            let (skill, learner) = (id(), learner(fields, setting, problems));
            Occasion::Teach { skill: skill?, learner: learner? }
        }
        Function::Advise => Occasion::Advise { skill: id()?, phase: phase(), round: round() },
    })
}

fn turn(fields: &Fields<'_>, setting: &Setting<'_>, phase: Phase) -> Turn {
    let workers = setting.table.workers();
    let of = u32::try_from(workers.len()).unwrap_or(u32::MAX).max(1);
    let seat = workers.iter().position(|worker| Some(worker) == setting.member).unwrap_or_default();
    let seat = u32::try_from(seat).unwrap_or_default().saturating_add(1);
    Turn {
        phase,
        round: whole(fields, "round", if phase == Phase::Research { 0 } else { 1 }),
        max_rounds: whole(fields, "max-rounds", setting.max_rounds),
        position: whole(fields, "position", seat),
        of: whole(fields, "of", of),
        floor_turns_left: whole(fields, "floor-turns-left", 3),
    }
}

fn so_far(fields: &Fields<'_>, problems: &Problems) -> Vec<Exchange> {
    let read = |node: &Node| {
        let said = Fields::of(node, "so-far.", &["question", "answer"], problems)?;
        let question = needed_text(&said, "question", "question = \"Why?\"", problems);
        let answer = needed_text(&said, "answer", "answer = \"Because.\"", problems);
        Some(Exchange { question: question?, answer: answer? })
    };
    fields.perhaps_list("so-far", 64).unwrap_or_default().iter().filter_map(read).collect()
}

/// The record of who buys or learns; what it leaves out is the member's own, or nothing.
fn who<'a>(fields: &Fields<'a>, keys: &[&str], problems: &'a Problems) -> Option<Option<Fields<'a>>> {
    match fields.perhaps("who") {
        Some(node) => Some(Some(Fields::of(node, "who.", keys, problems)?)),
        None => Some(None),
    }
}

fn named(who: Option<&Fields<'_>>, setting: &Setting<'_>) -> Option<MemberName> {
    match who.filter(|who| who.perhaps("name").is_some()) {
        Some(who) => who.perhaps_parsed("name", "name = \"ada\""),
        None => setting.member.cloned(),
    }
}

fn buyer(fields: &Fields<'_>, setting: &Setting<'_>, problems: &Problems) -> Option<Buyer> {
    let who = who(fields, &["name", "balance", "tier", "assignments", "rank", "owned"], problems)?;
    let who = who.as_ref();
    let number = |key: &str, otherwise| who.map_or(otherwise, |who| whole(who, key, otherwise));
    Some(Buyer {
        balance: Sparks(number("balance", 100).into()),
        tier: number("tier", 0),
        assignments: number("assignments", 0),
        rank: number("rank", 0),
        owned: who.map(|who| texts(who, "owned", problems)).unwrap_or_default(),
        name: named(who, setting)?,
    })
}

fn learner(fields: &Fields<'_>, setting: &Setting<'_>, problems: &Problems) -> Option<Learner> {
    let who = who(fields, &["name", "tier", "weakest-axis", "uses"], problems)?;
    let who = who.as_ref();
    let number = |key: &str| who.map_or(0, |who| whole(who, key, 0));
    Some(Learner {
        tier: number("tier"),
        weakest_axis: who.and_then(|who| perhaps_text(who, "weakest-axis", problems)),
        uses: number("uses"),
        name: named(who, setting)?,
    })
}
