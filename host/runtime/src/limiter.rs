//! Memory, tables and instances of one store.
//!
//! wasmtime's own `StoreLimits` count each memory by itself; a component may have several, so this limiter adds up everything that
//! the store holds. It remembers what it refused: a guest whose allocation failed usually aborts, and without the memory of the
//! refusal that would look like any other trap.

use wasmtime::ResourceLimiter;

use crate::Limits;

#[derive(Debug)]
pub(crate) struct Limiter {
    limits: Limits,
    memory_bytes: usize,
    peak_memory_bytes: usize,
    table_elements: usize,
    refused: Option<String>,
}

impl Limiter {
    pub(crate) fn new(limits: Limits) -> Self {
        Limiter { limits, memory_bytes: 0, peak_memory_bytes: 0, table_elements: 0, refused: None }
    }

    /// The most that all memories together held.
    pub(crate) fn peak_memory_bytes(&self) -> u64 {
        self.peak_memory_bytes as u64
    }

    /// What was refused last, in words.
    pub(crate) fn refused(&self) -> Option<&str> {
        self.refused.as_deref()
    }
}

impl ResourceLimiter for Limiter {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        // Over the memory's own declared maximum wasmtime refuses by itself, and no limit of ours was hit.
        if maximum.is_some_and(|maximum| desired > maximum) {
            return Ok(false);
        }
        let total = self.memory_bytes.saturating_sub(current).saturating_add(desired);
        if total > self.limits.memory_bytes {
            self.refused = Some(format!(
                "memory: it asked for {} MiB, a call has {} MiB",
                total.div_ceil(1 << 20),
                self.limits.memory_bytes >> 20
            ));
            return Ok(false);
        }
        self.memory_bytes = total;
        self.peak_memory_bytes = self.peak_memory_bytes.max(total);
        Ok(true)
    }

    fn table_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        if maximum.is_some_and(|maximum| desired > maximum) {
            return Ok(false);
        }
        let total = self.table_elements.saturating_sub(current).saturating_add(desired);
        if total > self.limits.table_elements {
            self.refused = Some(format!(
                "tables: it asked for {total} elements, a call has {}",
                self.limits.table_elements
            ));
            return Ok(false);
        }
        self.table_elements = total;
        Ok(true)
    }

    fn instances(&self) -> usize {
        self.limits.instances
    }

    fn tables(&self) -> usize {
        self.limits.memories_and_tables
    }

    fn memories(&self) -> usize {
        self.limits.memories_and_tables
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: usize = 1 << 20;

    #[test]
    fn all_memories_of_a_store_count_together() {
        let mut limiter = Limiter::new(Limits { memory_bytes: 10 * MIB, ..Limits::default() });
        assert!(limiter.memory_growing(0, 6 * MIB, None).unwrap());
        assert!(limiter.memory_growing(0, 3 * MIB, None).unwrap());
        assert!(!limiter.memory_growing(3 * MIB, 5 * MIB, None).unwrap(), "6 + 5 is over 10");
        assert_eq!(limiter.refused(), Some("memory: it asked for 11 MiB, a call has 10 MiB"));
        assert!(limiter.memory_growing(3 * MIB, 4 * MIB, None).unwrap(), "a refusal takes nothing");
        assert_eq!(limiter.peak_memory_bytes(), 10 * MIB as u64);
    }

    #[test]
    fn all_tables_of_a_store_count_together() {
        let mut limiter = Limiter::new(Limits { table_elements: 100, ..Limits::default() });
        assert!(limiter.table_growing(0, 60, None).unwrap());
        assert!(!limiter.table_growing(0, 60, None).unwrap());
        assert!(limiter.refused().unwrap().starts_with("tables"));
    }

    #[test]
    fn a_memorys_own_maximum_is_not_our_limit() {
        let mut limiter = Limiter::new(Limits::default());
        assert!(!limiter.memory_growing(0, 2 * MIB, Some(MIB)).unwrap());
        assert_eq!(limiter.refused(), None);
    }
}
