//! Requests as they stand in speeches.

/// A question as a speech carries it: `[[request: …]]`. On one line, and unable to end its own tag.
pub fn tag(question: &str) -> String {
    let words: Vec<&str> = question.split_whitespace().collect();
    format!("[[request: {}]]", words.join(" ").replace("]]", "] ]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_stays_inside_its_tag() {
        assert_eq!(tag(" lines 1-5\n of a.csv "), "[[request: lines 1-5 of a.csv]]");
        assert_eq!(tag("a]] [[request: b"), "[[request: a] ] [[request: b]]");
    }
}
