//! Compiled code on disk: found again, and never believed.

#![cfg(unix)]

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use amatelier_runtime::{Runtime, Stats};
use tempfile::TempDir;

use crate::stage::{TURN, attack};

/// A folder with the code of one component in it.
struct Kept {
    home: TempDir,
}

impl Kept {
    fn new() -> Self {
        let kept = Kept { home: tempfile::tempdir().unwrap() };
        assert_eq!(kept.start(), Stats { compiled: 1, kept: 1, ..Stats::default() });
        kept
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("cache/aot")
    }

    /// A runtime as a new process starts it.
    fn start(&self) -> Stats {
        let runtime = Runtime::with_cache(self.folder()).unwrap();
        runtime.compile(amatelier_test_support::guest("ada")).unwrap();
        runtime.stats()
    }

    fn file(&self, extension: &str) -> PathBuf {
        let mut files = fs::read_dir(self.folder()).unwrap().map(|entry| entry.unwrap().path());
        files.find(|path| path.extension().unwrap() == extension).unwrap()
    }

    fn artefact(&self) -> PathBuf {
        self.file("cwasm")
    }

    fn seal(&self) -> PathBuf {
        self.file("seal")
    }

    /// What is there is not loaded; the component is compiled, and what it left is good again.
    fn is_refused_and_made_again(&self) {
        let expected = Stats { compiled: 1, refused: 1, kept: 1, ..Stats::default() };
        assert_eq!(self.start(), expected);
        assert_eq!(self.start(), Stats { loaded: 1, ..Stats::default() });
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Change a file without changing whose it is.
fn change(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

/// A copy in the place of the original: the same bytes, another file.
fn copy_in_place(path: &Path) {
    let aside = path.with_extension("copy");
    fs::copy(path, &aside).unwrap();
    fs::rename(aside, path).unwrap();
}

#[test]
fn whether_there_is_code_is_told_without_loading_it() {
    let kept = Kept::new();
    let hash = amatelier_types::Sha256::of(amatelier_test_support::guest("ada"));
    let runtime = Runtime::with_cache(kept.folder()).unwrap();
    assert!(runtime.has_code(&hash));
    assert!(!runtime.has_code(&amatelier_types::Sha256::of(b"other")));
    copy_in_place(&kept.artefact());
    assert!(!runtime.has_code(&hash), "it is another file than the seal names");
    assert_eq!(runtime.stats(), Stats::default());
}

#[tokio::test]
async fn a_second_start_compiles_nothing_and_the_component_is_the_same() {
    let kept = Kept::new();
    let runtime = Runtime::with_cache(kept.folder()).unwrap();
    let hostile = amatelier_test_support::guest("hostile");
    runtime.compile(hostile).unwrap();
    let runtime = Runtime::with_cache(kept.folder()).unwrap();
    let component = runtime.compile(hostile).unwrap();
    assert_eq!(runtime.stats(), Stats { loaded: 1, ..Stats::default() });
    assert_eq!(component.exports(), crate::stage::HOSTILE.exports());
    let ended = runtime.take_turn(&component, attack("turn").call, TURN).await;
    assert_eq!(ended.result, attack("turn").run().await.result);
    // Failures name the guest's functions as they do without a cache.
    let ended = runtime.take_turn(&component, attack("divide").call, TURN).await;
    assert_eq!(ended.result, attack("divide").run().await.result);
}

#[test]
fn only_this_user_can_see_what_is_kept() {
    let kept = Kept::new();
    assert_eq!(mode(&kept.folder()), 0o700);
    assert_eq!((mode(&kept.artefact()), mode(&kept.seal())), (0o600, 0o600));
    assert_eq!(fs::read_dir(kept.folder()).unwrap().count(), 2, "nothing else is left there");
}

#[test]
fn code_that_was_tampered_with_is_compiled_again() {
    let kept = Kept::new();
    change(&kept.artefact(), |bytes| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
    });
    kept.is_refused_and_made_again();
}

#[test]
fn code_that_was_cut_short_is_compiled_again() {
    for left in [0, 1, 4096] {
        let kept = Kept::new();
        change(&kept.artefact(), |bytes| bytes.truncate(left));
        kept.is_refused_and_made_again();
    }
}

#[test]
fn a_copy_is_foreign_even_with_its_seal() {
    let kept = Kept::new();
    copy_in_place(&kept.artefact());
    kept.is_refused_and_made_again();
    // A whole folder that came from somewhere else.
    let other = Kept::new();
    for name in [kept.artefact(), kept.seal()].map(|path| path.file_name().unwrap().to_owned()) {
        fs::copy(kept.folder().join(&name), other.folder().join(&name)).unwrap();
    }
    other.is_refused_and_made_again();
}

#[test]
fn code_of_another_component_under_this_ones_name_is_compiled_again() {
    let kept = Kept::new();
    let runtime = Runtime::with_cache(kept.folder()).unwrap();
    let (artefact, seal) = (kept.artefact(), kept.seal());
    let grace = runtime.compile(amatelier_test_support::guest("grace")).unwrap().hash().to_string();
    let named = |extension: &str| {
        let mut files = fs::read_dir(kept.folder()).unwrap().map(|entry| entry.unwrap().path());
        files.find(|path| path.to_str().unwrap().ends_with(&format!("{grace}.{extension}"))).unwrap()
    };
    // Moved, so that even the file is the one that its seal names.
    fs::rename(named("cwasm"), artefact).unwrap();
    fs::rename(named("seal"), seal).unwrap();
    kept.is_refused_and_made_again();
}

#[test]
fn a_seal_that_does_not_fit_is_worth_nothing() {
    let kept = Kept::new();
    change(&kept.seal(), |bytes| {
        *bytes = String::from_utf8(bytes.clone()).unwrap().replace("engine ", "engine 0").into()
    });
    kept.is_refused_and_made_again();
    change(&kept.seal(), |bytes| bytes.extend_from_slice(b"and more\n"));
    kept.is_refused_and_made_again();
    fs::remove_file(kept.seal()).unwrap();
    assert_eq!(kept.start(), Stats { compiled: 1, kept: 1, ..Stats::default() });
}

#[test]
fn code_that_others_may_change_is_compiled_again() {
    let kept = Kept::new();
    // Changing the mode changes the file's time, too: what is refused here is refused twice over.
    fs::set_permissions(kept.artefact(), Permissions::from_mode(0o666)).unwrap();
    kept.is_refused_and_made_again();
    assert_eq!(mode(&kept.artefact()), 0o600);
}

#[test]
fn a_folder_that_others_may_enter_is_not_believed_and_then_closed() {
    let kept = Kept::new();
    fs::set_permissions(kept.folder(), Permissions::from_mode(0o755)).unwrap();
    kept.is_refused_and_made_again();
    assert_eq!(mode(&kept.folder()), 0o700);
}

#[test]
fn a_link_in_the_place_of_the_folder_is_not_followed() {
    let (kept, elsewhere) = (Kept::new(), Kept::new());
    fs::remove_dir_all(kept.folder()).unwrap();
    std::os::unix::fs::symlink(elsewhere.folder(), kept.folder()).unwrap();
    assert_eq!(kept.start(), Stats { compiled: 1, refused: 1, ..Stats::default() });
}

#[test]
fn a_folder_that_cannot_be_written_only_costs_the_time() {
    // A file where the folder should be: nobody can write there, whoever runs the tests.
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("cache"), "in the way").unwrap();
    let kept = Kept { home };
    assert_eq!(kept.start().compiled, 1);
    assert_eq!(kept.start().kept, 0);
}

#[test]
fn what_does_not_load_is_not_kept() {
    let home = tempfile::tempdir().unwrap();
    let runtime = Runtime::with_cache(home.path().join("aot")).unwrap();
    let persona = r#"(component (instance $i) (export "amatelier:persona/persona@0.1.0" (instance $i)))"#;
    runtime.compile(&wat::parse_str(persona).unwrap()).unwrap_err();
    assert_eq!(runtime.stats(), Stats { compiled: 1, ..Stats::default() });
    assert!(!home.path().join("aot").exists());
}
