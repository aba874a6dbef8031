//! `docs`: the pages that come with the program.

use amatelier_workspace::nearest;
use serde::Serialize;

use crate::{
    args::Docs,
    exit::Exit,
    failure::Failure,
    output,
    pages::{self, Page, TIERS},
};

/// Lines that are shown of a page that was found.
const LINES: usize = 3;

#[derive(Serialize)]
struct Listing {
    schema: &'static str,
    topics: Vec<Topic>,
}

#[derive(Serialize)]
struct Topic {
    topic: &'static str,
    title: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    line: usize,
    text: &'static str,
}

#[derive(Serialize)]
struct Text {
    schema: &'static str,
    topic: &'static str,
    title: &'static str,
    text: &'static str,
}

pub(crate) fn run(arguments: &Docs) -> Result<Exit, Failure> {
    if !arguments.search.is_empty() {
        return search(arguments);
    }
    let Some(topic) = &arguments.topic else {
        return list(arguments);
    };
    let page = pages::find(topic).ok_or_else(|| unknown(topic))?;
    if arguments.json {
        let Page { topic, text } = page;
        output::print_json(&Text { schema: "amatelier/docs-page/v1", topic, title: page.title(), text })?;
    } else {
        output::print(page.text)?;
    }
    Ok(Exit::Ok)
}

fn list(arguments: &Docs) -> Result<Exit, Failure> {
    let pages = pages::all();
    if arguments.json {
        let topics =
            pages.iter().map(|page| Topic { topic: page.topic, title: page.title(), lines: Vec::new() });
        output::print_json(&Listing { schema: "amatelier/docs/v1", topics: topics.collect() })?;
        return Ok(Exit::Ok);
    }
    let mut text = String::new();
    for page in pages.iter().filter(|page| page.is_above()) {
        text.push_str(&format!("{:26} {}\n", page.name(), page.title()));
    }
    for tier in TIERS {
        text.push_str(&format!("{tier}\n"));
        for page in pages.iter().filter(|page| page.topic.starts_with(tier)) {
            text.push_str(&format!("  {:24} {}\n", page.name(), page.title()));
        }
    }
    text.push_str(&format!(
        "\n`{0} docs TOPIC` prints a page, `{0} docs --search WORDS` finds one\n",
        output::program()
    ));
    output::print(&text)?;
    Ok(Exit::Ok)
}

fn search(arguments: &Docs) -> Result<Exit, Failure> {
    let words: Vec<String> =
        arguments.search.iter().flat_map(|words| words.split_whitespace()).map(str::to_lowercase).collect();
    let found: Vec<Topic> = pages::all().iter().filter_map(|page| hits(page, &words)).collect();
    if arguments.json {
        output::print_json(&Listing { schema: "amatelier/docs/v1", topics: found })?;
        return Ok(Exit::Ok);
    }
    if found.is_empty() {
        let help = format!("try fewer or other words; `{} docs` lists all pages", output::program());
        return Err(Failure::new(Exit::NotFound, format!("no page has all of: {}", words.join(" ")), help));
    }
    let mut text = String::new();
    for topic in found {
        text.push_str(&format!("{}: {}\n", topic.topic, topic.title));
        for Line { line, text: hit } in topic.lines {
            text.push_str(&format!("  {line:>4}  {}\n", hit.trim()));
        }
    }
    output::print(&text)?;
    Ok(Exit::Ok)
}

/// The best lines of a page that has all the words.
fn hits(page: &Page, words: &[String]) -> Option<Topic> {
    let whole = page.text.to_lowercase();
    if words.is_empty() || !words.iter().all(|word| whole.contains(word.as_str())) {
        return None;
    }
    let count = |line: &str| {
        let line = line.to_lowercase();
        words.iter().filter(|word| line.contains(word.as_str())).count()
    };
    let mut lines: Vec<(usize, usize, &'static str)> = page
        .text
        .lines()
        .enumerate()
        .map(|(at, line)| (count(line), at + 1, line))
        .filter(|(count, ..)| *count > 0)
        .collect();
    lines.sort_by_key(|(count, at, _)| (std::cmp::Reverse(*count), *at));
    lines.truncate(LINES);
    lines.sort_by_key(|(_, at, _)| *at);
    let lines = lines.into_iter().map(|(_, line, text)| Line { line, text }).collect();
    Some(Topic { topic: page.topic, title: page.title(), lines })
}

fn unknown(topic: &str) -> Failure {
    let pages = pages::all();
    let names = pages.iter().flat_map(|page| [page.topic, page.name()]);
    let help = match nearest(topic.trim_end_matches(".md"), names) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => {
            let names: Vec<&str> = pages.iter().map(Page::name).collect();
            format!(
                "there are {}; `{} docs --search {topic}` looks inside them",
                names.join(", "),
                output::program()
            )
        }
    };
    Failure::new(Exit::NotFound, format!("there is no page `{topic}`"), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_has_all_words_is_found_with_its_best_lines() {
        let page = Page { topic: "guides/x", text: "# X\none\ntwo\none two\nTwo\n" };
        let found = hits(&page, &["two".into(), "one".into()]).unwrap();
        let lines: Vec<_> = found.lines.iter().map(|line| line.line).collect();
        assert_eq!(lines, [2, 3, 4]);
        assert!(hits(&page, &["two".into(), "three".into()]).is_none());
    }
}
