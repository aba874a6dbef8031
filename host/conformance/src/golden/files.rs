//! Cases on disk: `tests/*.toml` in a plugin's folder, each with its `.golden` file beside it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{Case, CaseError};

/// The folder of the cases.
const FOLDER: &str = "tests";

/// The largest golden file that is read, in bytes: prompts of many calls.
const GOLDEN_BYTES: u64 = 16 << 20;

/// Why a case cannot be run.
#[derive(Debug, thiserror::Error)]
pub enum GoldenError {
    /// A file cannot be read or written.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is no case.
    #[error("{}:\n{source}", .path.display())]
    Case {
        /// The file.
        path: PathBuf,
        /// Everything that is wrong.
        source: CaseError,
    },
    /// The debate that it describes cannot be set up.
    #[error("{}: {why}", .path.display())]
    Setup {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
}

/// The cases of a plugin's folder, by name; none where it has no folder `tests`.
///
/// # Errors
/// When the folder cannot be read.
pub fn cases_in(folder: &Path) -> Result<Vec<PathBuf>, GoldenError> {
    let folder = folder.join(FOLDER);
    let failed = |source| GoldenError::Io { path: folder.clone(), source };
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let mut cases = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") && path.is_file() {
            cases.push(path);
        }
    }
    cases.sort();
    Ok(cases)
}

/// The case of a file.
pub(super) fn read_case(path: &Path, id: &str) -> Result<Case, GoldenError> {
    let text = read(path, Case::BYTES as u64)?.ok_or_else(|| GoldenError::Io {
        path: path.to_owned(),
        source: io::Error::new(io::ErrorKind::NotFound, "there is no such file"),
    })?;
    Case::read(&text, id).map_err(|source| GoldenError::Case { path: path.to_owned(), source })
}

/// The golden file of a case, where there is one.
pub(super) fn read_golden(case: &Path) -> Result<Option<String>, GoldenError> {
    read(&golden(case), GOLDEN_BYTES)
}

/// Write the golden file of a case: whole, or not at all.
pub(super) fn write_golden(case: &Path, text: &str) -> Result<(), GoldenError> {
    let path = golden(case);
    let failed = |source| GoldenError::Io { path: path.clone(), source };
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    fs::write(file.path(), text).map_err(failed)?;
    #[cfg(unix)]
    {
        // A file of the author's like any other, which the next checkout and the next reader can open.
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(file.path(), fs::Permissions::from_mode(0o644)).map_err(failed)?;
    }
    file.persist(&path).map_err(|error| failed(error.error))?;
    Ok(())
}

fn golden(case: &Path) -> PathBuf {
    case.with_extension("golden")
}

fn read(path: &Path, most: u64) -> Result<Option<String>, GoldenError> {
    let failed = |source| GoldenError::Io { path: path.to_owned(), source };
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
        Ok(data) if !data.is_file() => return Err(failed(io::Error::other("this is no file"))),
        Ok(data) if data.len() > most => {
            return Err(failed(io::Error::other(format!("it has {} bytes, the most is {most}", data.len()))));
        }
        Ok(_) => {}
    }
    fs::read_to_string(path).map(Some).map_err(failed)
}
