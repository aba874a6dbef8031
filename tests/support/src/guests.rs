//! The components in `tests/guests` and `examples/plugins`, built for this test run.

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

/// The bytes of an example plugin, by the name of its crate.
pub fn example(name: &str) -> &'static [u8] {
    EXAMPLES
        .iter()
        .find(|example| example.0 == name)
        .unwrap_or_else(|| panic!("no `{name}` in examples/plugins"))
        .1
}

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
    fn every_example_is_a_component() {
        assert!(!EXAMPLES.is_empty());
        for (name, _, _) in EXAMPLES {
            assert_eq!(example(name).get(..8), guest("ada").get(..8), "{name}");
        }
    }

    #[test]
    fn two_guests_to_swap_are_not_the_same() {
        assert_ne!(guest("ada"), guest("grace"));
    }
}
