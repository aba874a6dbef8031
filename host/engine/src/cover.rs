//! What a request may take, and from which accounts: the holds of its intent and the charges of its outcome.
//!
//! Tokens are counted for every debate; money only where an answer is paid for, for the debate, the member, the day and the month (of
//! UTC), capped or not: a cap that is set tomorrow has to know what was spent today. A call has an account of its own only where calls
//! are capped, for nobody asks otherwise.

use amatelier_debate::Caps;
use amatelier_journal::{Charge, Hold};
use amatelier_types::{MemberName, MicroUsd, RoundtableId, Timestamp};

/// What a workspace may spend in a day and in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TimeLimits {
    pub day: Option<MicroUsd>,
    pub month: Option<MicroUsd>,
}

/// What a request may take at worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Worst {
    /// Prompt and answer together.
    pub tokens: u64,
    /// None where nothing is paid.
    pub cost: Option<MicroUsd>,
}

/// What a request took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Took {
    /// Nothing: whoever was asked did not work on it.
    Nothing,
    /// Nobody says; the worst is assumed.
    Unknown,
    /// This.
    Known { tokens: u64, cost: MicroUsd },
}

/// What an account counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    Tokens,
    Money,
}

impl Counted {
    /// What an account of this name counts.
    pub(crate) fn by(account: &str) -> Self {
        if account.ends_with("/tokens") { Counted::Tokens } else { Counted::Money }
    }

    /// An amount, in words.
    pub(crate) fn show(self, amount: u64) -> String {
        match self {
            Counted::Tokens => amount.to_string(),
            Counted::Money => MicroUsd(amount).to_string(),
        }
    }
}

/// The account of the tokens of a debate.
pub(crate) fn tokens_of(debate: &RoundtableId) -> String {
    format!("debate/{debate}/tokens")
}

/// The account of the money of a debate.
pub(crate) fn money_of(debate: &RoundtableId) -> String {
    format!("debate/{debate}/usd")
}

/// One account that a request draws on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    account: String,
    /// The cap on it, as it is called where it is set.
    cap: &'static str,
    limit: Option<u64>,
}

/// The accounts that one request draws on, and its worst case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cover {
    lines: Vec<Line>,
    worst: Worst,
}

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asker<'a> {
    pub debate: &'a RoundtableId,
    pub member: &'a MemberName,
    pub action: &'a str,
    /// The call of the action.
    pub call: u32,
}

impl Cover {
    pub(crate) fn new(
        asker: Asker<'_>,
        caps: &Caps,
        limits: TimeLimits,
        worst: Worst,
        now: Timestamp,
    ) -> Self {
        let Asker { debate, member, action, call } = asker;
        let tokens = Line { account: tokens_of(debate), cap: "max-tokens", limit: caps.max_tokens };
        let mut lines = vec![tokens];
        if worst.cost.is_some() {
            let mut line = |account: String, cap, limit: Option<MicroUsd>| {
                lines.push(Line { account, cap, limit: limit.map(|limit| limit.0) });
            };
            if caps.max_cost_per_call.is_some() {
                let account = format!("call/{debate}/{action}/{call}/usd");
                line(account, "max-cost-per-call", caps.max_cost_per_call);
            }
            line(format!("member/{debate}/{member}/usd"), "max-cost-per-member", caps.max_cost_per_member);
            line(money_of(debate), "max-cost", caps.max_cost);
            let date = now.rfc3339();
            let (day, month) = (date.get(..10).unwrap_or(&date), date.get(..7).unwrap_or(&date));
            line(format!("day/{day}/usd"), "max-cost-per-day", limits.day);
            line(format!("month/{month}/usd"), "max-cost-per-month", limits.month);
        }
        Cover { lines, worst }
    }

    /// What is reserved at worst.
    pub(crate) fn worst(&self) -> Worst {
        self.worst
    }

    /// The cap on an account.
    pub(crate) fn cap(&self, account: &str) -> &'static str {
        self.lines.iter().find(|line| line.account == account).map_or("a cap", |line| line.cap)
    }

    pub(crate) fn holds(&self) -> Vec<Hold> {
        let hold = |line: &Line| Hold {
            account: line.account.clone(),
            amount: self.amount(line, Took::Unknown),
            limit: line.limit,
        };
        self.lines.iter().map(hold).collect()
    }

    pub(crate) fn charges(&self, took: Took) -> Vec<Charge> {
        let charge = |line: &Line| Charge { account: line.account.clone(), amount: self.amount(line, took) };
        self.lines.iter().map(charge).filter(|charge| charge.amount > 0).collect()
    }

    /// What it took of money.
    pub(crate) fn cost(&self, took: Took) -> MicroUsd {
        match took {
            Took::Nothing => MicroUsd::default(),
            Took::Unknown => self.worst.cost.unwrap_or_default(),
            Took::Known { cost, .. } => cost,
        }
    }

    fn amount(&self, line: &Line, took: Took) -> u64 {
        match (Counted::by(&line.account), took) {
            (Counted::Money, took) => self.cost(took).0,
            (Counted::Tokens, Took::Nothing) => 0,
            (Counted::Tokens, Took::Unknown) => self.worst.tokens,
            (Counted::Tokens, Took::Known { tokens, .. }) => tokens,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_700_000_000_250);

    fn cover(caps: &Caps, worst: Worst) -> Cover {
        let (debate, member) = (RoundtableId::from_random([7; 6]), MemberName::try_from("ada".to_owned()));
        let asker = Asker { debate: &debate, member: &member.unwrap(), action: "r1/speak/ada", call: 2 };
        let limits = TimeLimits { day: Some(MicroUsd(9)), month: None };
        Cover::new(asker, caps, limits, worst, NOON)
    }

    #[test]
    fn what_is_free_holds_tokens_alone() {
        let caps = Caps { max_tokens: Some(70), max_cost: Some(MicroUsd(1)), ..Caps::default() };
        let free = cover(&caps, Worst { tokens: 50, cost: None });
        let holds = free.holds();
        let [hold] = &holds[..] else { panic!("{holds:?}") };
        assert!(hold.account.starts_with("debate/") && hold.account.ends_with("/tokens"));
        assert_eq!((hold.amount, hold.limit), (50, Some(70)));
        let charges = free.charges(Took::Known { tokens: 12, cost: MicroUsd(0) });
        assert_eq!(charges.iter().map(|charge| charge.amount).collect::<Vec<_>>(), [12]);
    }

    #[test]
    fn what_is_paid_is_held_in_every_account_and_charged_to_the_same() {
        let caps = Caps { max_cost_per_call: Some(MicroUsd(5)), ..Caps::default() };
        let paid = cover(&caps, Worst { tokens: 50, cost: Some(MicroUsd(4)) });
        let debate = RoundtableId::from_random([7; 6]);
        let accounts = [
            (format!("debate/{debate}/tokens"), 50, None),
            (format!("call/{debate}/r1/speak/ada/2/usd"), 4, Some(5)),
            (format!("member/{debate}/ada/usd"), 4, None),
            (format!("debate/{debate}/usd"), 4, None),
            ("day/2023-11-14/usd".into(), 4, Some(9)),
            ("month/2023-11/usd".into(), 4, None),
        ];
        let holds: Vec<_> = paid.holds().into_iter().map(|h| (h.account, h.amount, h.limit)).collect();
        assert_eq!(holds, accounts);
        let charged =
            |took| paid.charges(took).into_iter().map(|c| (c.account, c.amount)).collect::<Vec<_>>();
        let known = charged(Took::Known { tokens: 20, cost: MicroUsd(3) });
        let expected =
            accounts.iter().map(|(name, worst, _)| (name.clone(), if *worst == 50 { 20 } else { 3 }));
        assert_eq!(known, expected.collect::<Vec<_>>());
        let worst = accounts.iter().map(|(name, worst, _)| (name.clone(), *worst)).collect::<Vec<_>>();
        assert_eq!(charged(Took::Unknown), worst);
        assert_eq!(charged(Took::Nothing), []);
    }
}
