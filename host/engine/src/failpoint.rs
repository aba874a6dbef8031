//! Places in which a test may let the process die.
//!
//! Only binaries that are built for tests have them (the `failpoints` feature of the crate `fail`, switched on by the dev-dependencies of
//! the command line alone). `FAILPOINTS="mid-stream=2*off->return"` dies at the third piece of text.

/// Die here, as by a kill, if the environment says so: no destructor runs, nothing is flushed.
pub(crate) fn here(name: &str) {
    // Without the feature the line below is empty.
    let _ = name;
    fail::fail_point!(name, |_| std::process::abort());
}
