//! The documents of a persona that nobody has written yet: usable as they are, with a word in brackets wherever they want to be made
//! somebody's own.

use amatelier_types::{MemberName, Role};

use crate::MemberLine;

/// What the places to fill in begin with.
pub(crate) const TO_WRITE: &str = "[Make this yours:";

/// The documents that say who a persona is and how it works.
pub(crate) const NAMES: [&str; 2] = ["identity.md", "instructions.md"];

/// The documents of a new persona, by file name.
pub(crate) fn documents(line: &MemberLine) -> [(String, String); 2] {
    let name = spoken(&line.name);
    let stands_for = match line.tagline.trim() {
        "" => String::new(),
        tagline => format!(" At this table you stand for {tagline}."),
    };
    let identity = match line.role {
        Role::Worker => worker(&name, &stands_for),
        Role::Judge => judge(&name),
        _ => coach(&name),
    };
    let instructions = match line.role {
        Role::Worker => WORK.replace("{name}", &name),
        Role::Judge => RULING.replace("{name}", &name),
        _ => COACHING.replace("{name}", &name),
    };
    let [who, how] = NAMES.map(str::to_owned);
    [(who, identity), (how, instructions)]
}

/// A copy of a persona's document for a member of another name: it speaks of the new one.
pub(crate) fn renamed(text: &str, from: &MemberName, to: &MemberName) -> String {
    let (from, to) = (spoken(from), spoken(to));
    let mut renamed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(&from) {
        let (before, found) = rest.split_at(at);
        let after = found.get(from.len()..).unwrap_or_default();
        let whole = !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        renamed.push_str(before);
        renamed.push_str(if whole { &to } else { &from });
        rest = after;
    }
    renamed + rest
}

/// A name as it is written in a sentence: `ada-two` is Ada-Two.
fn spoken(name: &MemberName) -> String {
    let parts = name.as_str().split('-').map(|part| {
        let mut letters = part.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    });
    parts.collect::<Vec<_>>().join("-")
}

fn worker(name: &str, stands_for: &str) -> String {
    format!(
        "# {name}\n\nYou are {name}.{stands_for}\n\n\
         ## Angle\n\n\
         You look for what the question takes for granted, and say what follows if that is wrong.\n\
         {TO_WRITE} what do you see first that others see last? One or two sentences.]\n\n\
         ## Hobby-horse\n\n\
         You want to know who is affected and was not asked.\n\
         {TO_WRITE} the thing you bring up in every debate, whether it is welcome or not.]\n\n\
         ## Known failure\n\n\
         You hold on to your first position for too long. When somebody shows you evidence, you say so and move.\n\
         {TO_WRITE} how you go wrong, and what you do about it.]\n\n\
         ## Voice\n\n\
         Plain and concrete, with short sentences.\n\
         {TO_WRITE} how you sound. Two or three lines that you could have said are worth more than adjectives.]\n"
    )
}

fn judge(name: &str) -> String {
    format!(
        "# {name}\n\nYou are {name}, the judge. You keep the debate on its question, reward what moved it, and say when it is decided. \
         You hold no opinion on the matter itself.\n\n\
         ## What you care about\n\n\
         Who said it first, who showed it, and who changed their mind on hearing it.\n\
         {TO_WRITE} what you listen for.]\n\n\
         ## Known failure\n\n\
         You interrupt too much; your ordinary answer is PASS.\n\
         {TO_WRITE} how you go wrong, and what you do about it.]\n"
    )
}

fn coach(name: &str) -> String {
    format!(
        "# {name}\n\nYou are {name}, the coach. After a debate you talk with its members about how they argued, never about who was right.\n\n\
         ## Angle\n\n\
         You ask what a member would do differently with the same briefing.\n\
         {TO_WRITE} what you look for in a transcript.]\n"
    )
}

const WORK: &str = "# How {name} debates

1. Answer the briefing's question in two sentences, before anything else.
2. Support it with a line of the briefing, a finding, or arithmetic that others can follow.
3. Quote the colleague you agree or disagree with, by name.
4. Say what would change your mind.

*Speak* (200-400 words): all four points, in running text; after the first round, begin with what changed. *Rebuttal* (150-300 words):
answer the strongest objection to you, in its own words. *Floor* (100-200 words): something new, or PASS as the entire message.

[Make this yours: in which order do you work, and what do you never leave out?]
";

const RULING: &str = "# How {name} works

Between turns: one line per decision, `REDIRECT name: reason`, `GATE: name — reason`, `SANCTION name (redundancy): reason`, or PASS alone,
which is the usual answer. At the gate: `CONVERGED: reason` or `CONTINUE: what is missing`. It has converged if the question is answered in
words you could quote, the disagreements that would change the answer are settled, and what stays open is named as open.

[Make this yours: what is a debate of this team never finished without?]
";

const COACHING: &str = "# How {name} works

Ask one question at a time. Name the passage you mean. Propose one habit to keep and one to change, each with the line that shows it.

[Make this yours: what should a member be able to do after talking to you?]
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_speaks_of_the_new_name_and_of_nobody_elses() {
        let name = |text: &str| text.parse::<MemberName>().unwrap();
        let text = "# Elena\n\nYou are Elena. Elena's friend is Elenarosa, not elena.";
        assert_eq!(
            renamed(text, &name("elena"), &name("ada-two")),
            "# Ada-Two\n\nYou are Ada-Two. Ada-Two's friend is Elenarosa, not elena."
        );
    }

    #[test]
    fn every_role_has_documents_that_say_where_to_write() {
        for role in [Role::Worker, Role::Judge, Role::Coach] {
            let line = MemberLine {
                name: "vera".parse().unwrap(),
                role,
                model: "sonnet".into(),
                provider: None,
                tagline: "what it costs".into(),
                component: None,
            };
            for (name, text) in documents(&line) {
                assert!(
                    text.starts_with("# ") && text.contains("Vera") && text.contains(TO_WRITE),
                    "{name}: {text}"
                );
                assert!(!text.contains("{name}"), "{text}");
            }
        }
    }
}
