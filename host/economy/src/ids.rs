//! Ids that the ledger gives: counted over the whole workspace, never given twice.

/// A newtype over the n-th thing of a kind, shown as its letter and at least three digits.
macro_rules! counted_id {
    ($name:ident, $bad:ident, $letter:literal, $thing:literal) => {
        #[doc = concat!("The id of ", $thing, ", such as `", $letter, "-001`.")]
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(u32);

        impl $name {
            /// The id of the n-th, from 1.
            pub(crate) fn nth(n: usize) -> Self {
                $name(u32::try_from(n).unwrap_or(u32::MAX))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&format!(concat!($letter, "-{:03}"), self.0))
            }
        }

        #[doc = concat!("A text that is no id of ", $thing, ".")]
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        #[error("`{0}` is no id of {thing}: such an id looks like `{letter}-001`", thing = $thing, letter = $letter)]
        pub struct $bad(pub String);

        impl std::str::FromStr for $name {
            type Err = $bad;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let digits = text.strip_prefix(concat!($letter, "-"));
                let digits = digits.filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
                let n = digits.and_then(|digits| digits.parse().ok()).filter(|n| *n > 0);
                n.map($name).ok_or_else(|| $bad(text.to_owned()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = $bad;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    };
}

counted_id!(PurchaseId, BadPurchaseId, "p", "a purchase");
counted_id!(RequestId, BadRequestId, "q", "a request");
counted_id!(VentureId, BadVentureId, "v", "a venture");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_as_they_are_shown() {
        for (n, shown) in [(1, "v-001"), (42, "v-042"), (1234, "v-1234")] {
            assert_eq!(VentureId::nth(n).to_string(), shown);
            assert_eq!(shown.parse(), Ok(VentureId::nth(n)));
        }
        for bad in ["", "v-", "v-000", "p-001", "v-1x", "v-+1", "v-99999999999"] {
            assert!(bad.parse::<VentureId>().is_err(), "{bad}");
        }
        assert_eq!(serde_json::to_string(&RequestId::nth(7)).unwrap(), "\"q-007\"");
    }
}
