//! What the operator set for this member in the team file.
//!
//! A setting that is missing is an ordinary thing and gives `None`. A setting that is there and makes no sense is the operator's mistake
//! and gives an error that names it: guessing would hide it.

use std::{any::type_name, fmt::Display, str::FromStr};

use crate::bindings::imports::kit::settings;

/// The value of a key as text; tables and lists arrive as JSON.
pub fn get(key: &str) -> Option<String> {
    settings::get(key)
}

/// The value of a key as a number, a `bool`, or whatever else parses.
pub fn parse<T: FromStr<Err: Display>>(key: &str) -> Result<Option<T>, String> {
    get(key).map(|text| read(key, &text)).transpose()
}

fn read<T: FromStr<Err: Display>>(key: &str, text: &str) -> Result<T, String> {
    text.trim().parse().map_err(|error| {
        format!("the setting `{key}` is `{text}`, which is no {}: {error}", type_name::<T>())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_makes_no_sense_is_an_error_that_names_the_setting() {
        assert_eq!(read::<u32>("words-speak", " 250\n"), Ok(250));
        let error = read::<u32>("words-speak", "many").unwrap_err();
        assert!(error.contains("`words-speak`") && error.contains("`many`"), "{error}");
    }
}
