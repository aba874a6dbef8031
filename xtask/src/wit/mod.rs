//! `cargo xtask wit freeze` and `check`: a contract that was released stays as it was.
//!
//! `wit/NAME/NAME.wit` is the newest version of a contract; `wit/released` has every released version under its name and version, and
//! `SHA256SUMS` has their hashes, so that a released text is not changed in passing. What is compared is what counts for a component:
//! comments and blanks may change, words, their order and their punctuation may not. A version that is still being worked on is a draft
//! and says so (`0.3.0-draft`); such a one is compared with nothing, and no host serves it.

mod contract;
mod released;

use std::{
    error::Error,
    path::{Path, PathBuf},
};

use self::{contract::Contract, released::Released};

/// What to do with the contracts.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Keep a copy of every version that has none yet
    Freeze,
    /// Whether every released version is as it was
    Check,
}

pub(crate) fn run(command: &Command) -> Result<(), Box<dyn Error>> {
    let folder = folder();
    match command {
        Command::Freeze => {
            let frozen = freeze(&folder)?;
            if frozen.is_empty() {
                println!("nothing to freeze: every version in wit/ has its copy in wit/released");
            }
            for name in frozen {
                println!("froze wit/released/{name}");
            }
            Ok(())
        }
        Command::Check => check(&folder),
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../wit")
}

/// Everything that is not as it was released, or not released.
fn check(folder: &Path) -> Result<(), Box<dyn Error>> {
    let released = Released::read(&folder.join("released"))?;
    let mut wrong = released.changed();
    for contract in Contract::all(folder)? {
        match released.get(&contract) {
            _ if contract.is_draft() => {}
            None => wrong.push(format!(
                "{contract} has no copy in wit/released: run `cargo xtask wit freeze` when it is final, or call it {}-draft until then",
                contract.version
            )),
            Some(kept) => wrong.extend(drift(&contract, kept)),
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// Keep what has no copy yet; refuse when anything is not as it was released.
fn freeze(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut released = Released::read(&folder.join("released"))?;
    let contracts = Contract::all(folder)?;
    let mut wrong = released.changed();
    wrong.extend(contracts.iter().filter_map(|contract| drift(contract, released.get(contract)?)));
    if !wrong.is_empty() {
        return Err(wrong.join("\n").into());
    }
    let new: Vec<&Contract> = contracts
        .iter()
        .filter(|contract| !contract.is_draft() && released.get(contract).is_none())
        .collect();
    new.into_iter().map(|contract| released.keep(contract)).collect()
}

/// What to do about a contract that is not what was released under its version.
fn drift(contract: &Contract, kept: &Contract) -> Option<String> {
    let (line, now, then) = contract.first_difference(kept)?;
    let (name, version) = (&contract.name, &contract.version);
    Some(format!(
        "wit/{name}/{name}.wit:{line}: amatelier:{name}@{version} was released and never changes: there is `{now}` where {} has `{then}`. \
         Take the change back, or give the package another version: {}, or {} where components of {version} would link all the same; then \
         `cargo xtask wit freeze`",
        kept.path(),
        contract.next(),
        contract.patched()
    ))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn every_contract_is_as_it_was_released() {
        if let Err(wrong) = check(&folder()) {
            panic!("{wrong}");
        }
    }

    const FIRST: &str =
        "/// A thing.\npackage amatelier:bell@0.1.0;\n\ninterface bell {\n    ring: func() -> u32;\n}\n";

    /// A folder of contracts with one that was released.
    fn house() -> tempfile::TempDir {
        let house = tempfile::tempdir().unwrap();
        fs::create_dir_all(house.path().join("bell")).unwrap();
        fs::create_dir_all(house.path().join("released")).unwrap();
        write(&house, FIRST);
        assert_eq!(freeze(house.path()).unwrap(), ["bell-0.1.0.wit"]);
        house
    }

    fn write(house: &tempfile::TempDir, text: &str) {
        fs::write(house.path().join("bell/bell.wit"), text).unwrap();
    }

    fn wrong(house: &tempfile::TempDir) -> String {
        check(house.path()).err().map(|wrong| wrong.to_string()).unwrap_or_default()
    }

    #[test]
    fn what_was_released_may_be_explained_better_and_nothing_else() {
        let house = house();
        write(
            &house,
            &FIRST
                .replace("/// A thing.", "// A /* */ bell.\n/* that\nrings */")
                .replace("    ring", "  ring"),
        );
        assert_eq!(wrong(&house), "");
        for (changed, told) in [
            (
                FIRST.replace("u32", "u64"),
                "bell.wit:5: amatelier:bell@0.1.0 was released and never changes: there is `u64` where wit/released/bell-0.1.0.wit has `u32`",
            ),
            (FIRST.replace("}\n", "}\ninterface gong { }\n"), "bell.wit:7: "),
            (
                FIRST.replace("    ring: func() -> u32;\n", ""),
                "there is `}` where wit/released/bell-0.1.0.wit has `ring`",
            ),
            (FIRST.replace("}\n", ""), "there is `the end` where"),
        ] {
            write(&house, &changed);
            assert!(wrong(&house).contains(told), "{}", wrong(&house));
            assert!(wrong(&house).contains("another version: 0.2.0, or 0.1.1 where"), "{}", wrong(&house));
            assert_eq!(freeze(house.path()).unwrap_err().to_string(), wrong(&house), "it is not kept either");
        }
    }

    #[test]
    fn a_new_version_is_kept_once_and_a_draft_is_not() {
        let house = house();
        write(&house, &FIRST.replace("0.1.0", "0.2.0-draft").replace("u32", "u64"));
        assert_eq!((wrong(&house), freeze(house.path()).unwrap().len()), (String::new(), 0));
        write(&house, &FIRST.replace("0.1.0", "0.2.0").replace("u32", "u64"));
        assert!(
            wrong(&house).starts_with("amatelier:bell@0.2.0 has no copy in wit/released"),
            "{}",
            wrong(&house)
        );
        assert_eq!(freeze(house.path()).unwrap(), ["bell-0.2.0.wit"]);
        assert_eq!((wrong(&house), freeze(house.path()).unwrap().len()), (String::new(), 0));
    }

    #[test]
    fn a_released_text_that_was_touched_is_noticed() {
        let house = house();
        let kept = house.path().join("released/bell-0.1.0.wit");
        for (change, told) in [
            (Some(FIRST.replace("u32", "u64")), "wit/released/bell-0.1.0.wit is not what was released"),
            (None, "wit/released/bell-0.1.0.wit is gone"),
        ] {
            match change {
                Some(text) => fs::write(&kept, text).unwrap(),
                None => fs::remove_file(&kept).unwrap(),
            }
            assert!(wrong(&house).contains(told), "{}", wrong(&house));
            assert!(freeze(house.path()).is_err());
        }
        fs::write(&kept, FIRST).unwrap();
        fs::write(house.path().join("released/gong-0.1.0.wit"), FIRST).unwrap();
        assert!(wrong(&house).contains("wit/released/gong-0.1.0.wit was not frozen by"), "{}", wrong(&house));
    }
}
