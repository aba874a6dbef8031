//! A provider's counts.

/// Tokens as the provider counted them; servers leave out any of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Prompt tokens, cached and newly cached ones included.
    pub(crate) input: Option<u64>,
    /// Answer tokens, thinking included.
    pub(crate) output: Option<u64>,
    /// The part of the prompt that was in the provider's cache.
    pub(crate) cached: Option<u64>,
    /// The part of the prompt that was put into it.
    pub(crate) cache_write: Option<u64>,
}

impl Counts {
    /// Add a later report: services that report more than once report running totals.
    pub(crate) fn update(&mut self, later: Counts) {
        self.input = later.input.or(self.input);
        self.output = later.output.or(self.output);
        self.cached = later.cached.or(self.cached);
        self.cache_write = later.cache_write.or(self.cache_write);
    }
}
