//! A note of a member's notebook: bytes that only its component understands.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Some bytes; Base64 (RFC 4648) in events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note(pub Vec<u8>);

/// A notebook: notes by their keys.
pub type Notebook = BTreeMap<String, Note>;

impl Serialize for Note {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Note {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        STANDARD.decode(text.as_bytes()).map(Note).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_bytes_survive_the_journal() {
        for bytes in [&b""[..], b"a", b"\x00\xff\xfe", "ü\n".as_bytes()] {
            let note = Note(bytes.to_vec());
            let text = serde_json::to_string(&note).unwrap();
            assert_eq!(serde_json::from_str::<Note>(&text).unwrap(), note, "{text}");
        }
        assert!(serde_json::from_str::<Note>("\"no base 64!\"").is_err());
    }
}
