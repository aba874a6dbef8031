//! How places in files are written.

/// `file:line`, or `file:line-line`.
pub(crate) fn place(file: &str, first: u32, last: u32) -> String {
    match first == last {
        true => format!("{file}:{first}"),
        false => format!("{file}:{first}-{last}"),
    }
}
