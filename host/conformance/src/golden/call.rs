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
    /// The keys of its arguments.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Function::TakeTurn => &["phase", "round", "position", "floor-turns-left"],
            Function::Answer => &["so-far", "question"],
            Function::Moderate => &["phase", "after"],
            Function::Rule | Function::Summarise => &["round"],
            Function::Axes | Function::ListItems | Function::ListSkills => &[],
            Function::Score => &["members", "retry-note"],
            Function::MayBuy => &["item", "balance", "tier", "assignments", "rank", "owned"],
            Function::Redeem => &["item", "note", "balance", "tier", "assignments", "rank", "owned"],
            Function::Teach => &["skill", "tier", "weakest-axis", "uses"],
            Function::Advise => &["skill", "phase", "round"],
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
    let skill = || needed_text(fields, "skill", "skill = \"calm\"", problems);
    let item = || needed_text(fields, "item", "item = \"extra-budget\"", problems);
    let max_rounds = setting.max_rounds;
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
        Function::MayBuy => Occasion::MayBuy { item: item()?, buyer: buyer(fields, setting, problems)? },
        Function::Redeem => {
            let note = perhaps_text(fields, "note", problems).unwrap_or_default();
            Occasion::Redeem { item: item()?, buyer: buyer(fields, setting, problems)?, note }
        }
        Function::ListSkills => Occasion::ListSkills,
        Function::Teach => {
            let learner = Learner {
                name: setting.member?.clone(),
                tier: whole(fields, "tier", 0),
                weakest_axis: perhaps_text(fields, "weakest-axis", problems),
                uses: whole(fields, "uses", 0),
            };
            Occasion::Teach { skill: skill()?, learner }
        }
        Function::Advise => Occasion::Advise { skill: skill()?, phase: phase(), round: round() },
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
        max_rounds: setting.max_rounds,
        position: whole(fields, "position", seat),
        of,
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

fn buyer(fields: &Fields<'_>, setting: &Setting<'_>, problems: &Problems) -> Option<Buyer> {
    Some(Buyer {
        name: setting.member?.clone(),
        balance: Sparks(whole(fields, "balance", 100).into()),
        tier: whole(fields, "tier", 0),
        assignments: whole(fields, "assignments", 0),
        rank: whole(fields, "rank", 0),
        owned: texts(fields, "owned", problems),
    })
}
