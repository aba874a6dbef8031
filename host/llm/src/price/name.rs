//! Names under which the same model is sold.
//!
//! In this order: the name itself; the name without what only dates a release (`claude-sonnet-4-5-20250929`, `gpt-4o-2024-08-06`,
//! `gemini-2.5-flash-preview-09-2025`, `…-latest`), longest remainder first. A bare digit is a version, never a date: `claude-opus-5-5`
//! is not `claude-opus-5`. Routers name a model `vendor/model` and write `4.5` where the vendor writes `4-5`.

/// The name by which models are compared.
pub(super) fn plain(model: &str) -> String {
    model.trim().to_lowercase().replace(['.', '@'], "-")
}

/// Who sells what this provider passes on.
pub(super) fn seller(provider: &str) -> &str {
    match provider {
        "claude-code" => "anthropic",
        "google" => "gemini",
        other => other,
    }
}

/// The places to look for a model, as pairs of seller and [plain] name.
pub(super) fn places(provider: &str, model: &str) -> Vec<(String, String)> {
    let mut places = vec![(provider.to_owned(), plain(model))];
    if seller(provider) != provider {
        places.push((seller(provider).to_owned(), plain(model)));
    }
    if let Some((vendor, rest)) = model.split_once('/') {
        places.push((seller(&vendor.trim().to_lowercase()).to_owned(), plain(rest)));
    }
    places
}

/// What is left of a [plain] name without its dates, longest first; the name itself is not among them.
pub(super) fn undated(model: &str) -> impl Iterator<Item = &str> {
    let cuts: Vec<usize> = model.match_indices('-').map(|(at, _)| at).collect();
    cuts.into_iter().rev().filter_map(|at| {
        let (rest, tail) = model.split_at_checked(at)?;
        let parts: Vec<&str> = tail.split('-').skip(1).collect();
        (!rest.is_empty() && is_dating(&parts, false)).then_some(rest)
    })
}

/// Whether these parts of a name only say which release it is. `after_word`: what stands before them already does.
fn is_dating(parts: &[&str], after_word: bool) -> bool {
    let digits =
        |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts {
        [] => true,
        ["latest" | "preview" | "exp", rest @ ..] => is_dating(rest, true),
        [year, month, day, rest @ ..] if digits(year, 4) && digits(month, 2) && digits(day, 2) => {
            is_dating(rest, true)
        }
        [month, year, rest @ ..]
            if after_word && digits(month, 2) && (digits(year, 4) || digits(year, 2)) =>
        {
            is_dating(rest, true)
        }
        // 20250929, 0613, 001.
        [date, rest @ ..] if digits(date, 8) || digits(date, 4) || digits(date, 3) => is_dating(rest, true),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_dates_a_release_is_cut() {
        for (model, expected) in [
            ("claude-sonnet-4-5-20250929", vec!["claude-sonnet-4-5"]),
            ("claude-opus-4-5@20251101", vec!["claude-opus-4-5"]),
            ("gpt-4o-2024-08-06", vec!["gpt-4o"]),
            ("gpt-4-0613", vec!["gpt-4"]),
            ("gemini-2.5-flash-preview-09-2025", vec!["gemini-2-5-flash-preview-09", "gemini-2-5-flash"]),
            ("gemini-2.5-pro-preview-05-06", vec!["gemini-2-5-pro"]),
            ("gemini-1.5-pro-002", vec!["gemini-1-5-pro"]),
            ("claude-3-5-haiku-latest", vec!["claude-3-5-haiku"]),
            ("claude-opus-5-5", vec![]),
            ("gpt-4.1", vec![]),
            ("gpt-5-mini", vec![]),
            ("llama-70", vec![]),
            ("-latest", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(undated(&plain(model)).collect::<Vec<_>>(), expected, "{model}");
        }
    }

    #[test]
    fn a_router_s_name_leads_to_the_vendor() {
        let place = |provider: &str, model: &str| (provider.to_owned(), model.to_owned());
        assert_eq!(
            places("openrouter", "Anthropic/Claude-Sonnet-4.5"),
            [place("openrouter", "anthropic/claude-sonnet-4-5"), place("anthropic", "claude-sonnet-4-5")]
        );
        assert_eq!(
            places("claude-code", "sonnet"),
            [place("claude-code", "sonnet"), place("anthropic", "sonnet")]
        );
        assert_eq!(places("openrouter", "google/gemini-3.8-flash")[1], place("gemini", "gemini-3-8-flash"));
        assert_eq!(places("openai", "gpt-5"), [place("openai", "gpt-5")]);
    }
}
