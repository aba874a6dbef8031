//! Texts that are keys.
//!
//! Shapes that their issuers chose so that they can be recognised, and assignments of a value that only a machine would write to a
//! name that says what it is. What is merely called a password, or merely looks random, is ordinary data.

use std::sync::LazyLock;

use regex::Regex;

/// The shapes, and what they are.
const SHAPES: [(&str, &str); 16] = [
    ("a private key", r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY( BLOCK)?-----"),
    ("a private key", r"PuTTY-User-Key-File-[0-9]|AGE-SECRET-KEY-1[0-9A-Z]{10}"),
    ("an API key", r"\bsk-(?:[A-Za-z0-9]+[-_]){0,4}[A-Za-z0-9]*[A-Za-z0-9]{16}"),
    ("an API key", r"\b[sr]k_(?:live|test)_[0-9A-Za-z]{16}"),
    ("a GitHub token", r"\bgh[pousr]_[A-Za-z0-9]{20}"),
    ("a GitHub token", r"\bgithub_pat_[A-Za-z0-9_]{22}"),
    ("a GitLab token", r"\bgl(?:pat|dt|rt|cbt|ptt|ft|soat)-[A-Za-z0-9_-]{20}"),
    ("an AWS key", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("a Slack token", r"\bxox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{10}|\bxapp-[0-9]-[A-Za-z0-9-]{10}"),
    ("a Slack token", r"hooks\.slack\.com/services/T[A-Za-z0-9]+/B[A-Za-z0-9]+/[A-Za-z0-9]{16}"),
    ("a Google key", r"\bAIza[0-9A-Za-z_-]{35}"),
    ("a package registry's token", r"\bnpm_[A-Za-z0-9]{36}|\bpypi-AgEIcHlwaS5vcmc"),
    ("a Hugging Face token", r"\bhf_[A-Za-z0-9]{30}"),
    ("a signed token", r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8}"),
    (
        "a password in an address",
        r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@<>{}$]{1,64}:[^\s/:@<>{}$*]{6,128}@[A-Za-z0-9]",
    ),
    ("a bearer token", r"(?i)\bauthorization\b.{0,8}\bbearer\s+[A-Za-z0-9._~+/-]{24}"),
];
/// A name that says what it is, and its value: in quotes, or all of a line.
const ASSIGNMENT: &str = r#"(?im)\b(?:[a-z0-9]+[_-])*(?:password|passwd|secret|api[_-]?key|access[_-]?key|secret[_-]?key|auth[_-]?token|access[_-]?token)["']?[ \t]*[:=][ \t]*(?:"([^"\s]{20,200})"|'([^'\s]{20,200})'|([A-Za-z0-9+/=_-]{20,200})[ \t]*\r?$)"#;
/// Bits for each character that a text of a machine has, and a text of a person seldom.
const BITS: f64 = 3.5;

static SHAPED: LazyLock<Vec<(&'static str, Option<Regex>)>> =
    LazyLock::new(|| SHAPES.iter().map(|(what, shape)| (*what, Regex::new(shape).ok())).collect());
static ASSIGNED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(ASSIGNMENT).ok());

/// What the content of a file looks like, if it looks like a secret.
pub(crate) fn in_content(text: &str) -> Option<&'static str> {
    // A shape that could not be compiled screens nothing, so everything is a secret then; a test says that all can be.
    let shaped = SHAPED.iter().find(|(_, shape)| shape.as_ref().is_none_or(|shape| shape.is_match(text)));
    if let Some((what, _)) = shaped {
        return Some(what);
    }
    let Some(assigned) = ASSIGNED.as_ref() else { return Some("unscreened") };
    assigned
        .captures_iter(text)
        .filter_map(|found| found.iter().skip(1).flatten().next())
        .any(|value| is_random(value.as_str()))
        .then_some("a password or key that is given a value")
}

/// Whether only a machine would write this: digits, small and large letters in no order.
fn is_random(value: &str) -> bool {
    let count = |is: fn(&u8) -> bool| value.bytes().filter(is).count();
    count(u8::is_ascii_digit) >= 3
        && count(u8::is_ascii_uppercase) >= 2
        && count(u8::is_ascii_lowercase) >= 2
        && bits(value) >= BITS
}

/// The entropy of a text, in bits for each byte.
fn bits(value: &str) -> f64 {
    let mut counts = std::collections::BTreeMap::new();
    for byte in value.bytes() {
        *counts.entry(byte).or_insert(0_u32) += 1;
    }
    let all = f64::from(u32::try_from(value.len()).unwrap_or(u32::MAX));
    counts.values().map(|count| f64::from(*count) / all).map(|share| -share * share.log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_can_be_compiled() {
        assert!(SHAPED.iter().all(|(_, shape)| shape.is_some()) && ASSIGNED.is_some());
    }

    #[test]
    fn keys_are_known_by_their_shape() {
        // Put together here, so that this file can be registered itself.
        for parts in [
            ["-----BEGIN ", "PRIVATE KEY-----\nMIIEvg"],
            ["-----BEGIN RSA ", "PRIVATE KEY-----\nMIIEvg"],
            ["-----BEGIN OPENSSH ", "PRIVATE KEY-----"],
            ["-----BEGIN PGP ", "PRIVATE KEY BLOCK-----"],
            ["{\"private_key\": \"-----BEGIN ", "PRIVATE KEY-----\\nMIIE\"}"],
            ["sk-", "abcdefghijklmnopqrstuvwx"],
            ["sk-proj-", "AbCd1234EfGh5678IjKl"],
            ["key: sk-ant-api03-", "AbCd1234EfGh5678IjKl-_x"],
            ["sk_live_", "4eC39HqLyjWDarjtT1zdp7dc"],
            ["ghp_", "16C7e42F292c6912E7710c838347Ae178B4a"],
            ["github_pat_", "11ABCDEFG0abcdefghijkl_mnop"],
            ["glpat-", "abcdefghij0123456789"],
            ["aws = AKIA", "IOSFODNN7EXAMPLE"],
            ["xoxb-", "123456789012-abcdefghij"],
            ["AIza", "SyA1234567890abcdefghijklmnopqrstuvwxyz"],
            ["hf_", "abcdefghijklmnopqrstuvwxyzABCDEFGH"],
            ["eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N"],
            ["postgres://app:", "hunter2hunter@db.example.org/x"],
            ["Authorization: Bearer ", "abcdefghijklmnopqrstuvwxyz"],
            ["DB_PASSWORD=", "x9Kq2LmZp8Rt4Vw7Yb3N"],
            ["api_key: \"", "x9Kq2LmZp8Rt4Vw7Yb3N\""],
            ["\"secret\": \"", "x9Kq2LmZp8Rt4Vw7Yb3N\""],
        ] {
            assert!(in_content(&format!("one line\n{}\nanother\n", parts.concat())).is_some(), "{parts:?}");
        }
    }

    #[test]
    fn ordinary_data_is_no_secret() {
        for text in [
            "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0B\n",
            "-----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG9w0B\n",
            "a risk-management-framework-for-everybody",
            "task-0123456789abcdef0123",
            ".sk-folding-cube .sk-cube { width: 1px }",
            "sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "password = hash_password(user_input_from_form)",
            "password: correct-horse-battery-staple",
            "api_key = os.environ[\"OPENAI_API_KEY_FOR_STAGING\"]",
            "secret: SomeLongIdentifierThatAPersonWrote",
            "API_KEY=${OPENAI_API_KEY_FROM_THE_ENVIRONMENT}",
            "id,token\n1,550e8400-e29b-41d4-a716-446655440000\n",
            "https://example.org:8443/a@b",
            "ssh://git@example.org/repo",
            "postgres://user:${PASSWORD}@localhost/x",
            "AKIA is how AWS keys begin",
            "the xoxo-scale, from 1 to 10",
        ] {
            assert_eq!(in_content(text), None, "{text}");
        }
    }
}
