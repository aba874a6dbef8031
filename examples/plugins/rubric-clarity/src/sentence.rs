//! A speech in sentences.

use amatelier_sdk::own_words;

/// What is counted of a sentence.
pub(crate) struct Sentence {
    /// The message it stands in.
    pub(crate) seq: u32,
    pub(crate) words: usize,
    pub(crate) has_figure: bool,
}

/// The sentences of a speech: they end at a line's end, and at a full stop, a question or an exclamation mark that ends a word.
pub(crate) fn all(seq: u32, speech: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for line in own_words(speech).lines() {
        let mut sentence = Sentence { seq, words: 0, has_figure: false };
        for word in line.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)) {
            sentence.words += 1;
            sentence.has_figure |= word.contains(|c: char| c.is_ascii_digit());
            if word.ends_with(['.', '!', '?']) {
                sentences
                    .push(std::mem::replace(&mut sentence, Sentence { seq, words: 0, has_figure: false }));
            }
        }
        if sentence.words > 0 {
            sentences.push(sentence);
        }
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_word_ends_with_a_mark_or_the_line_ends() {
        let counted: Vec<_> = all(3, "It costs 4.5 each. Really?\n> quoted 9\nNo full stop - here\n\n")
            .into_iter()
            .map(|sentence| (sentence.seq, sentence.words, sentence.has_figure))
            .collect();
        assert_eq!(counted, [(3, 4, true), (3, 1, false), (3, 4, false)]);
    }
}
