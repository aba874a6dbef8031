//! The components in `tests/guests`, built for this test run.

use std::path::Path;

include!(concat!(env!("OUT_DIR"), "/guests.rs"));

/// The bytes of a test component, by the name of its crate.
pub fn guest(name: &str) -> &'static [u8] {
    find(name).1
}

/// Where the bytes of [`guest`] lie on disk. Read, never write: copy the file to change it.
pub fn guest_path(name: &str) -> &'static Path {
    Path::new(find(name).2)
}

#[allow(clippy::panic, reason = "a test that names a guest that does not exist should fail there and then")]
fn find(name: &str) -> &'static (&'static str, &'static [u8], &'static str) {
    GUESTS.iter().find(|guest| guest.0 == name).unwrap_or_else(|| panic!("no guest `{name}` in tests/guests"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_guest_is_a_component_and_lies_where_it_says() {
        for name in ["ada", "grace", "hostile"] {
            // The component layer's magic and version, as the component model's binary format has them.
            assert_eq!(guest(name).get(..8), Some(&b"\0asm\x0d\0\x01\0"[..]), "{name}");
            assert_eq!(std::fs::read(guest_path(name)).unwrap(), guest(name), "{name}");
        }
    }

    #[test]
    fn two_guests_to_swap_are_not_the_same() {
        assert_ne!(guest("ada"), guest("grace"));
    }
}
