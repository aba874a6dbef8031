//! Keys on a real disk.

use std::fs;

use super::*;

fn file() -> (tempfile::TempDir, KeysFile) {
    let folder = tempfile::tempdir().unwrap();
    let file = KeysFile::at(folder.path().join("keys.toml"));
    (folder, file)
}

fn found(keys: &Keys, name: &str) -> Option<(String, String)> {
    let key = keys.find(&[name])?;
    Some((key.secret.expose_secret().to_owned(), key.to_string()))
}

#[test]
fn what_is_stored_is_found_behind_the_environment_and_forgotten_when_told() {
    let (_folder, file) = file();
    assert_eq!(Keys::default().and_of(&file).unwrap().stored().count(), 0, "no file is no error");
    file.set("A_KEY", " sk-1\n").unwrap();
    file.set("B_KEY", "sk-2").unwrap();
    file.set("A_KEY", "sk-3").unwrap();
    let variable = |name: &str| {
        ["B_KEY", "C_KEY"].contains(&name).then(|| if name == "C_KEY" { " " } else { "sk-env" }.into())
    };
    let keys = Keys::of_environment(variable).and_of(&file).unwrap();
    let path = file.path().display();
    assert_eq!(found(&keys, "A_KEY"), Some(("sk-3".into(), format!("A_KEY is in {path}"))));
    assert_eq!(found(&keys, "B_KEY"), Some(("sk-env".into(), "B_KEY is set".into())));
    assert_eq!(found(&keys, "C_KEY"), None);
    assert_eq!(keys.find(&["C_KEY", "A_KEY"]).unwrap().name, "A_KEY");
    assert!(file.remove("A_KEY").unwrap() && !file.remove("A_KEY").unwrap());
    assert_eq!(Keys::default().and_of(&file).unwrap().stored().collect::<Vec<_>>(), ["B_KEY"]);
}

#[test]
fn nothing_prints_a_key() {
    let (_folder, file) = file();
    file.set("A_KEY", "sk-hush").unwrap();
    let keys = Keys::of_environment(|_| Some("sk-hush".into())).and_of(&file).unwrap();
    let shown = format!("{keys:?} {:?} {}", keys.find(&["A_KEY"]).unwrap(), keys.find(&["B"]).unwrap());
    assert!(!shown.contains("hush"), "{shown}");
    for (name, key) in [("sk-hush", "x"), ("A", "sk hush"), ("A", ""), ("A", "a\"hush")] {
        let error = file.set(name, key).unwrap_err().to_string();
        assert!(!error.contains("hush"), "{error}");
    }
    assert_eq!(file.read().unwrap().len(), 1, "and nothing was stored");
}

#[cfg(unix)]
#[test]
fn a_file_that_others_could_read_is_refused() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let (folder, file) = file();
    file.set("A_KEY", "sk-1").unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(file.path()), 0o600);
    for bad in [0o604, 0o640, 0o602, 0o610, 0o777] {
        fs::set_permissions(file.path(), fs::Permissions::from_mode(bad)).unwrap();
        assert!(matches!(file.read(), Err(BadKeys::Open { mode, .. }) if mode == bad), "{bad:o}");
        assert!(file.set("B_KEY", "sk-2").is_err(), "nothing is mended behind the user's back");
    }
    for good in [0o600, 0o400] {
        fs::set_permissions(file.path(), fs::Permissions::from_mode(good)).unwrap();
        assert_eq!(file.read().unwrap().len(), 1);
    }
    let link = KeysFile::at(folder.path().join("link.toml"));
    symlink(file.path(), link.path()).unwrap();
    assert!(matches!(link.read(), Err(BadKeys::NotAFile(_))));
    let inner = KeysFile::at(folder.path().join("folder"));
    fs::create_dir(inner.path()).unwrap();
    assert!(matches!(inner.read(), Err(BadKeys::NotAFile(_) | BadKeys::Open { .. })));
}
