//! The provider against a server of our own on this machine.

mod behaviour;
mod recorded;
