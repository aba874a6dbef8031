//! The embedded stand-in model.
