//! The pages in `docs/` are embedded by a macro, which cannot tell cargo about files that appear or change.

use std::io::{self, Write as _};

fn main() -> io::Result<()> {
    writeln!(io::stdout(), "cargo::rerun-if-changed=../../docs")
}
