//! The project that a command is typed in, if it has an `amatelier.toml` of its own.
//!
//! Looked for from the current folder upwards, up to and with the root of a repository or the home folder. A folder that is shared
//! with strangers (`/tmp`: sticky) ends the search: what lies there may be anybody's.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The name of a configuration file, the operator's and a project's.
pub(crate) const NAME: &str = "amatelier.toml";

/// The project's file as seen from a folder; `user` is the operator's own file, which is nobody's project.
pub(crate) fn find(from: &Path, home: Option<&Path>, user: &Path) -> Option<PathBuf> {
    let same = |one: &Path, other: &Path| match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    };
    for folder in from.ancestors() {
        if is_shared(folder) {
            return None;
        }
        let file = folder.join(NAME);
        if file.is_file() && !same(&file, user) {
            return Some(file);
        }
        if folder.join(".git").exists() || home.is_some_and(|home| same(folder, home)) {
            return None;
        }
    }
    None
}

fn is_shared(folder: &Path) -> bool {
    fs::metadata(folder).is_ok_and(|data| is_sticky(&data).unwrap_or(false))
}

#[cfg(unix)]
fn is_sticky(data: &fs::Metadata) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(data.permissions().mode() & 0o1000 != 0)
}

#[cfg(not(unix))]
fn is_sticky(_: &fs::Metadata) -> io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_goes_up_to_the_root_of_a_repository_or_the_home_folder() {
        let home = tempfile::tempdir().unwrap();
        let home = home.path();
        let (repository, deep) = (home.join("repository"), home.join("repository/a/b"));
        fs::create_dir_all(&deep).unwrap();
        let user = home.join("workspace").join(NAME);
        let found = |from: &Path| find(from, Some(home), &user);
        assert_eq!(found(&deep), None);

        let of_home = home.join(NAME);
        fs::write(&of_home, "").unwrap();
        assert_eq!(found(&deep), Some(of_home.clone()));
        assert_eq!(find(&deep, Some(home), &of_home), None, "the operator's own file");

        fs::create_dir(repository.join(".git")).unwrap();
        assert_eq!(found(&deep), None, "above the repository");
        let of_project = repository.join(NAME);
        fs::write(&of_project, "").unwrap();
        assert_eq!(found(&deep), Some(of_project.clone()));
        assert_eq!(found(&repository), Some(of_project));
        assert_eq!(find(&deep, Some(&deep), &user), None, "above the home folder");
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_shared_with_strangers_is_not_looked_into() {
        use std::os::unix::fs::PermissionsExt as _;
        let shared = tempfile::tempdir().unwrap();
        let own = shared.path().join("own");
        fs::create_dir(&own).unwrap();
        fs::write(shared.path().join(NAME), "").unwrap();
        fs::set_permissions(shared.path(), fs::Permissions::from_mode(0o1777)).unwrap();
        assert_eq!(find(&own, None, Path::new("nowhere")), None);
    }
}
