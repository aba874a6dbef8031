//! The gates of the process.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use super::{EndpointGate, Pace};

/// One gate for each endpoint. Debates that run side by side share what an endpoint allows only if they ask the same `Gates`.
#[derive(Debug, Default)]
pub struct Gates {
    by_endpoint: Mutex<BTreeMap<String, Arc<EndpointGate>>>,
}

impl Gates {
    /// Those of this process.
    pub fn of_process() -> &'static Gates {
        static GATES: LazyLock<Gates> = LazyLock::new(Gates::default);
        &GATES
    }

    /// The gate of an endpoint, such as a base URL with the name of the account that pays. Everybody who asks for it is held to the
    /// slowest pace that was asked for. `name` stands in errors.
    pub fn gate(&self, endpoint: &str, name: &str, pace: Pace) -> Arc<EndpointGate> {
        let mut gates = self.by_endpoint.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(gate) = gates.get(endpoint) {
            gate.slow_down(pace);
            return Arc::clone(gate);
        }
        let gate = Arc::new(EndpointGate::new(name, pace));
        gates.insert(endpoint.to_owned(), Arc::clone(&gate));
        gate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_has_one_gate() {
        let gates = Gates::default();
        let gate = |endpoint: &str| gates.gate(endpoint, "server", Pace::default());
        assert!(Arc::ptr_eq(&gate("a"), &gate("a")));
        assert!(!Arc::ptr_eq(&gate("a"), &gate("b")));
        assert!(std::ptr::eq(Gates::of_process(), Gates::of_process()));
    }
}
