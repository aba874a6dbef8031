//! `docs/performance.md`: the part between two marks is written by the program, the rest by people.

use std::{error::Error, fs, path::Path};

use super::{machine::Machine, row::Row, table};

const BEGIN: &str = "<!-- written by `cargo xtask bench --update` -->";
const END: &str = "<!-- until here -->";

/// Put the table in the place of the last one.
pub(crate) fn update(rows: &[Row], machine: &Machine) -> Result<(), Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/performance.md");
    let text = fs::read_to_string(&path)?;
    let written = format!("\n\nMeasured on {}.\n\n{}\n", machine.line(), table::markdown(rows));
    fs::write(&path, replace(&text, &written)?)?;
    Ok(())
}

fn replace(text: &str, written: &str) -> Result<String, Box<dyn Error>> {
    let (before, rest) = text.split_once(BEGIN).ok_or_else(|| format!("no line {BEGIN}"))?;
    let (_, after) = rest.split_once(END).ok_or_else(|| format!("no line {END}"))?;
    Ok(format!("{before}{BEGIN}{written}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_stays() {
        let text = format!("# Title\n{BEGIN}\nold\n{END}\nwhy\n");
        let replaced = replace(&text, "\nnew\n").unwrap();
        assert_eq!(replaced, format!("# Title\n{BEGIN}\nnew\n{END}\nwhy\n"));
        assert!(replace("# Title", "").is_err());
    }
}
