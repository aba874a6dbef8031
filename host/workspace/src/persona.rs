//! A persona's folder: the documents people write.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{BadFile, file};

/// The Markdown documents of a folder, by name without `.md`; a folder that is not there has none. Anything else in it is left alone.
///
/// # Errors
/// A document that cannot be read, is not text, or is larger than 1 MiB.
pub fn documents(folder: &Path) -> Result<BTreeMap<String, String>, BadFile> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(BadFile::io(folder, error)),
    };
    let mut documents = BTreeMap::new();
    for entry in entries {
        let path = entry.map_err(|error| BadFile::io(folder, error))?.path();
        let is_document = path.extension().is_some_and(|ending| ending == "md") && path.is_file();
        if let (true, Some(name)) = (is_document, path.file_stem().and_then(|name| name.to_str())) {
            documents.insert(name.to_owned(), file::read(&path, file::LIMIT)?);
        }
    }
    Ok(documents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_the_markdown_files_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        assert!(documents(&folder.path().join("nobody")).unwrap().is_empty());
        fs::write(folder.path().join("identity.md"), "I am").unwrap();
        fs::write(folder.path().join("notes.txt"), "not mine").unwrap();
        fs::create_dir(folder.path().join("folder.md")).unwrap();
        let found = documents(folder.path()).unwrap();
        assert_eq!(found, [("identity".to_owned(), "I am".to_owned())].into());
        fs::write(folder.path().join("bad.md"), b"\xff").unwrap();
        assert!(documents(folder.path()).unwrap_err().to_string().contains("not UTF-8"));
    }
}
