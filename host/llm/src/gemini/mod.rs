//! Gemini.
mod body;
mod chunk;
mod dialect;
mod quota;
mod schema;
mod signature;
#[cfg(test)]
mod tests;
mod thinking;
