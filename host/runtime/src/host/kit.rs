//! `amatelier:kit`: settings, rights, dice, clock, log.

use amatelier_types::Capability;

use crate::{
    LogLevel,
    bindings::amatelier::kit::{clock, dice, log, rights, settings},
    state::State,
};

impl settings::Host for State {
    fn get(&mut self, key: String) -> wasmtime::Result<Option<String>> {
        self.accept("settings.get", [key.as_str()])?;
        Ok(self.call.settings.get(&key).cloned())
    }
}

impl rights::Host for State {
    fn has(&mut self, capability: String) -> wasmtime::Result<bool> {
        self.accept("rights.has", [capability.as_str()])?;
        let granted = |capability: Capability| self.call.granted.contains(&capability);
        Ok(capability.parse().is_ok_and(granted))
    }
}

impl dice::Host for State {
    fn roll(&mut self, sides: u32) -> wasmtime::Result<u32> {
        Ok(self.dice.roll(sides))
    }
}

impl clock::Host for State {
    fn now(&mut self) -> wasmtime::Result<u32> {
        Ok(self.call.now)
    }
}

impl log::Host for State {
    fn write(&mut self, level: log::Level, text: String) -> wasmtime::Result<()> {
        self.accept("log.write", [text.as_str()])?;
        let level = match level {
            log::Level::Debug => LogLevel::Debug,
            log::Level::Info => LogLevel::Info,
            log::Level::Warn => LogLevel::Warn,
            log::Level::Error => LogLevel::Error,
        };
        self.log.line(level, &text);
        Ok(())
    }
}
