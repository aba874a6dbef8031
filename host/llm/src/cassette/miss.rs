//! Why a request is not on a cassette: the recording that comes nearest, and what is different about it.

use super::form::{Asked, Entry, Occasion, Said};
use crate::http::one_line;

/// How much of a text is shown from where it differs, in characters.
const SHOWN: usize = 40;

/// One line for people.
pub(super) fn told(asked: &Asked, occasion: &Occasion, recorded: usize, entries: &[Entry]) -> String {
    let call = occasion.told();
    if recorded > 0 {
        return one_line(&format!("{call} asks once more what was recorded {recorded} times"), None);
    }
    let nearest = entries.iter().max_by_key(|entry| likeness(&entry.occasion, occasion));
    let reason = match nearest {
        None => format!("{call} is not on it: it is empty"),
        Some(entry) if entry.occasion.member != occasion.member => {
            format!("{call} is not on it, nor any other call of {}", occasion.member)
        }
        Some(entry) => {
            let other = if entry.occasion == *occasion {
                String::new()
            } else {
                format!(" from the nearest one, {},", entry.occasion.told())
            };
            format!("{call} differs{other} in {}", difference(&entry.request, asked))
        }
    };
    one_line(&reason, None)
}

/// How much two occasions have in common, what matters most first.
fn likeness(recorded: &Occasion, asked: &Occasion) -> [bool; 6] {
    [
        recorded.member == asked.member,
        recorded.purpose == asked.purpose,
        recorded.round == asked.round,
        recorded.phase == asked.phase,
        recorded.call == asked.call,
        recorded.position == asked.position,
    ]
}

/// The first thing that differs, in the order in which people would look.
fn difference(recorded: &Asked, asked: &Asked) -> String {
    let plain = |name: &str, recorded: String, asked: String| {
        format!("its {name}: {recorded} was recorded, {asked} is asked")
    };
    if recorded.model != asked.model {
        return plain("model", recorded.model.clone(), asked.model.clone());
    }
    if recorded.system != asked.system {
        return texts("system prompt", &recorded.system, &asked.system);
    }
    for (place, (recorded, asked)) in recorded.messages.iter().zip(&asked.messages).enumerate() {
        if recorded != asked {
            return message(place + 1, recorded, asked);
        }
    }
    let counts = (recorded.messages.len(), asked.messages.len());
    if counts.0 != counts.1 {
        return plain("number of messages", counts.0.to_string(), counts.1.to_string());
    }
    if recorded.max_tokens != asked.max_tokens {
        return plain("longest answer", recorded.max_tokens.to_string(), asked.max_tokens.to_string());
    }
    let rest = [
        (recorded.temperature != asked.temperature, "temperature"),
        (recorded.effort != asked.effort, "effort"),
        (recorded.stop != asked.stop, "stop texts"),
        (recorded.schema != asked.schema, "schema"),
        (recorded.tools != asked.tools, "tools"),
    ];
    let named = rest.into_iter().find_map(|(differs, name)| differs.then_some(name));
    format!("its {}", named.unwrap_or("spelling"))
}

fn message(place: usize, recorded: &Said, asked: &Said) -> String {
    if recorded.speaker != asked.speaker {
        return format!("message {place}: said by {} then, by {} now", recorded.speaker, asked.speaker);
    }
    if recorded.text != asked.text {
        return texts(&format!("message {place}"), &recorded.text, &asked.text);
    }
    format!("the calls of message {place}")
}

fn texts(name: &str, recorded: &str, asked: &str) -> String {
    let same = recorded.chars().zip(asked.chars()).take_while(|(a, b)| a == b).count();
    let from = |text: &str| text.chars().skip(same).take(SHOWN).collect::<String>();
    format!(
        "its {name} from character {}: “{}” was recorded, “{}” is asked",
        same + 1,
        from(recorded),
        from(asked)
    )
}
