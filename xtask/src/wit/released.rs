//! What was released, and the hashes that it had then.

use std::{
    collections::BTreeMap,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use amatelier_types::Sha256;

use super::contract::Contract;

/// The hashes, in the form that `sha256sum --check` reads.
const SUMS: &str = "SHA256SUMS";

/// The folder of released texts.
pub(super) struct Released {
    folder: PathBuf,
    /// By file.
    contracts: BTreeMap<String, Contract>,
    /// By file.
    sums: BTreeMap<String, String>,
}

impl Released {
    pub(super) fn read(folder: &Path) -> Result<Released, Box<dyn Error>> {
        let mut contracts = BTreeMap::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if let Some(file) = path.file_name().and_then(|name| name.to_str())
                && file.ends_with(".wit")
            {
                contracts.insert(file.to_owned(), Contract::read(&path)?);
            }
        }
        let sums = match fs::read_to_string(folder.join(SUMS)) {
            Ok(text) => text
                .lines()
                .filter_map(|line| line.split_once("  "))
                .map(|(sum, file)| (file.to_owned(), sum.to_owned()))
                .collect(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(error.into()),
        };
        Ok(Released { folder: folder.to_owned(), contracts, sums })
    }

    /// The released text of a version.
    pub(super) fn get(&self, contract: &Contract) -> Option<&Contract> {
        self.contracts.get(&contract.file())
    }

    /// What is not as it was released.
    pub(super) fn changed(&self) -> Vec<String> {
        let own = self.contracts.iter().filter_map(|(file, contract)| match self.sums.get(file) {
            None => {
                Some(format!("wit/released/{file} was not frozen by `cargo xtask wit freeze`: take it away"))
            }
            Some(sum) if *sum != sum_of(&contract.text) => {
                Some(format!("wit/released/{file} is not what was released: take the change back"))
            }
            Some(_) => None,
        });
        let gone = self.sums.keys().filter(|file| !self.contracts.contains_key(*file));
        own.chain(gone.map(|file| format!("wit/released/{file} is gone: bring it back"))).collect()
    }

    /// Keep a version that has no copy yet.
    pub(super) fn keep(&mut self, contract: &Contract) -> Result<String, Box<dyn Error>> {
        let file = contract.file();
        fs::write(self.folder.join(&file), &contract.text)?;
        self.sums.insert(file.clone(), sum_of(&contract.text));
        self.contracts.insert(file.clone(), contract.clone());
        let sums: String = self.sums.iter().map(|(file, sum)| format!("{sum}  {file}\n")).collect();
        fs::write(self.folder.join(SUMS), sums)?;
        Ok(file)
    }
}

fn sum_of(text: &str) -> String {
    Sha256::of(text.as_bytes()).to_string()
}
