//! The signature of a call, carried in its id.
//!
//! Newer models sign their calls with what they thought before them, and refuse a conversation in which the signature is missing. It is
//! opaque, belongs to one call, and must come back with it: also after a resume, in another process, where only what the journal holds
//! is left. The journal holds a call's id, which means nothing to anybody but us, so the signature travels behind it. One that is longer
//! than [`LONGEST`] is dropped, and [`PLACEHOLDER`] sent instead where the service insists: the documented word for a call that the
//! model has not signed.

/// Between a call's own id and its signature; base64 does not hold it.
const MARK: char = '~';

/// The longest signature kept, in bytes. Those seen are a tenth of it.
pub(crate) const LONGEST: usize = 16 << 10;

/// What stands for a signature that is not there.
pub(crate) const PLACEHOLDER: &str = "skip_thought_signature_validator";

/// The id that carries both; just the id where there is no signature, or none that can be carried.
pub(crate) fn put(id: &str, signature: &str) -> String {
    let id = id.replace(MARK, "-");
    let base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '-' | '_');
    if signature.is_empty() || signature.len() > LONGEST || !signature.chars().all(base64) {
        return id;
    }
    format!("{id}{MARK}{signature}")
}

/// The call's own id, which may be empty, and its signature.
pub(crate) fn split(id: &str) -> (&str, Option<&str>) {
    match id.rsplit_once(MARK) {
        Some((own, signature)) => (own, Some(signature)),
        None => (id, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_together_comes_apart() {
        for (id, signature, expected) in [
            ("call-0", "c2ln+/==", ("call-0", Some("c2ln+/=="))),
            ("", "c2ln", ("", Some("c2ln"))),
            ("a~b", "c2ln", ("a-b", Some("c2ln"))),
            ("a~b", "", ("a-b", None)),
            ("call-0", "", ("call-0", None)),
            ("call-0", "not base64!", ("call-0", None)),
        ] {
            assert_eq!(split(&put(id, signature)), expected, "{id} {signature}");
        }
        assert_eq!(split(&put("call-0", &"x".repeat(LONGEST + 1))), ("call-0", None));
    }
}
