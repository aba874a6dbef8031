//! Whether the server answered only half of the prompt.
//!
//! We ask it to refuse such prompts (`truncate: false`, `shift: false`), and since 0.12.6 it does. Older ones ignore that, and so may a
//! proxy; what they count gives them away. Three signs, in this order:
//!
//! 1. *The prompt fills the window.* A prompt that fits leaves room for a word of the answer; one that was cut is cut to the window.
//! 2. *Prompt and answer are longer than the window.* The answer pushed the beginning of the prompt out. (0.12 counts one token more
//!    than there are.)
//! 3. *Far fewer tokens than the prompt can have*: less than one for nine characters, counted without white space. Prose runs at four or
//!    five, code and scripts of several bytes a letter below that, and our own estimate takes three: a third of it.  Only for prompts of
//!    some thousand tokens, because a server's smallest window is larger than a short one.
//!
//! What was in the server's cache is part of its count, except before 0.4, which counts only what is new, or nothing, and in 0.30, which
//! did so again by mistake. The third sign means nothing there; 0.30 refuses by itself, and the old ones keep to the window we set.

use crate::{Request, http::Counts};

/// Characters to a token, at the very most.
const MOST_CHARACTERS: u64 = 9;
/// Prompts with fewer characters are not judged by their length.
const LONG: u64 = 3000;

/// What gave it away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// The prompt filled the window, or was pushed out of it.
    Window,
    /// It was read to this many tokens of at least so many.
    Short {
        /// What the server counted.
        read: u64,
        /// What it must have.
        least: u64,
    },
}

/// Look at the counts of an answer to this request, made in a window of `window` tokens by a server of this version.
pub(crate) fn find(request: &Request, counts: Counts, window: u32, version: Option<&str>) -> Option<Cut> {
    let read = counts.input?;
    let window = u64::from(window);
    if read >= window || read.saturating_add(counts.output.unwrap_or(0)) > window.saturating_add(1) {
        return Some(Cut::Window);
    }
    let characters = characters(request);
    let least = characters / MOST_CHARACTERS;
    let judged = characters >= LONG && version.is_none_or(counts_whole_prompts);
    (judged && read < least).then_some(Cut::Short { read, least })
}

fn characters(request: &Request) -> u64 {
    let turns = request.messages.iter().map(|turn| turn.text.as_str());
    let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count() as u64;
    turns.chain([request.system.as_str()]).map(solid).sum()
}

/// Whether servers of this version count what was in their cache. One that cannot be read is taken for a current one, and so is 0.0.0,
/// which people have who build it themselves.
fn counts_whole_prompts(version: &str) -> bool {
    let mut parts =
        version.trim_start_matches('v').split(['.', '-', '+']).map(|part| part.parse::<u32>().ok());
    let (major, minor) = (parts.next().flatten(), parts.next().flatten());
    match (major, minor) {
        (Some(0), Some(0)) => version.contains("0.0.0"),
        (Some(0), Some(minor)) => minor >= 4 && minor != 30,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::request;

    fn counted(input: u64, output: u64) -> Counts {
        Counts { input: Some(input), output: Some(output), ..Counts::default() }
    }

    /// 10 000 characters, none of them white.
    fn long() -> Request {
        Request { system: "x".repeat(4000), ..request(&"bread ".repeat(1200)) }
    }

    #[test]
    fn the_signs_of_a_cut_prompt_are_known() {
        let window = Some(Cut::Window);
        for (asked, counts, size, expected) in [
            (request("Why?"), counted(318, 7), 4096, None),
            // 0.12.5, told to refuse, cut to the window instead.
            (request("Why?"), counted(512, 11), 512, window),
            // 0.12.6 without `shift: false`: the answer pushed the prompt out.
            (request("Why?"), counted(496, 30), 512, window),
            // The answer reached the end of the window; 0.12.6 and 0.40.
            (request("Why?"), counted(61, 452), 512, None),
            (request("Why?"), counted(61, 451), 512, None),
            (request("Why?"), counted(500, 12), 512, None),
            // Measured: 15 750 tokens of prompt, of which 2 051 were read.
            (
                request(&"bread ".repeat(15_750)),
                counted(2051, 100),
                24_576,
                Some(Cut::Short { read: 2051, least: 8750 }),
            ),
            (request(&"bread ".repeat(15_750)), counted(15_790, 100), 24_576, None),
            (long(), counted(1111, 1), 8192, None),
            (long(), counted(1110, 1), 8192, Some(Cut::Short { read: 1110, least: 1111 })),
            (long(), Counts::default(), 8192, None),
            (long(), counted(0, 1), 8192, Some(Cut::Short { read: 0, least: 1111 })),
            // Too short to be judged by its length.
            (request(&"x".repeat(2999)), counted(10, 1), 4096, None),
            (request(&" ".repeat(90_000)), counted(10, 1), 40_960, None),
        ] {
            assert_eq!(find(&asked, counts, size, None), expected, "{counts:?} of {size}");
        }
    }

    #[test]
    fn versions_that_leave_out_their_cache_are_not_judged_by_their_count() {
        for (version, judged) in [
            ("0.3.14", false),
            ("0.1.30", false),
            ("0.4.0", true),
            ("0.12.5", true),
            ("0.30.1", false),
            ("0.31.0", true),
            ("v0.40.2-rc1", true),
            ("0.0.0", true),
            ("1.2", true),
            ("nightly", true),
        ] {
            assert_eq!(find(&long(), counted(50, 1), 8192, Some(version)).is_some(), judged, "{version}");
            assert_eq!(find(&long(), counted(8192, 1), 8192, Some(version)), Some(Cut::Window), "{version}");
        }
    }
}
