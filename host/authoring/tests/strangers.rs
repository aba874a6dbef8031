//! Folders of strangers: nothing of theirs runs outside of the sandbox, and nothing is written outside of them.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a helper that fails fails its test")]

use std::{env, fs, os::unix::fs::symlink, path::Path, process::Command};

use amatelier_authoring::{BuildError, Language, NewPlugin, World, build, create};
use tempfile::TempDir;

fn made(language: Language, folder: &Path) {
    let id = "stranger".parse().unwrap();
    create(&NewPlugin { id, world: World::Skill, language, path: folder.into() }).unwrap();
}

/// A compiler that only says what it was given, and ends badly.
const COMPILER: &str = "import json, os, sys\n\
    def script():\n    \
        print('safe', os.environ.get('PYTHONSAFEPATH'), 'in', os.getcwd(), 'given', *sys.argv[1:], file=sys.stderr)\n    \
        return 3\n";

/// What a plugin ships beside its code; it would be imported in place of Python's own.
const POISON: &str = "import pathlib\npathlib.Path(__file__).with_name('poisoned').write_text('x')\n";

/// Where compilers are is told by a variable, which only a child may set: the test is run again as one.
fn with_toolchains(test: &str, run: impl FnOnce(&Path)) {
    const CHILD: &str = "AMATELIER_TOOLCHAINS";
    if let Some(root) = env::var_os(CHILD).filter(|_| env::var_os("AMATELIER_TEST_CHILD").is_some()) {
        return run(Path::new(&root));
    }
    let root = TempDir::new().unwrap();
    let write = |file: &str, text: &str| {
        let file = root.path().join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    write("componentize-py-0.25.1/componentize_py/__init__.py", COMPILER);
    write("ziglang-0.16.0/ziglang/__init__.py", "");
    write("ziglang-0.16.0/ziglang/__main__.py", &format!("{COMPILER}sys.exit(script())\n"));
    let child = Command::new(env::current_exe().unwrap())
        .args(["--exact", test])
        .env(CHILD, root.path().canonicalize().unwrap())
        .env("AMATELIER_TEST_CHILD", "1")
        .output()
        .unwrap();
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
}

#[test]
fn a_module_beside_the_code_is_never_imported_by_a_compiler() {
    with_toolchains("a_module_beside_the_code_is_never_imported_by_a_compiler", |root| {
        for (language, tools) in
            [(Language::Python, "componentize-py-0.25.1"), (Language::C, "ziglang-0.16.0")]
        {
            let folder = TempDir::new().unwrap();
            made(language, folder.path());
            fs::write(folder.path().join("json.py"), POISON).unwrap();
            let BuildError::Tool { said, .. } = build(folder.path(), &mut |_| ()).unwrap_err() else {
                panic!()
            };
            // Python before 3.11 knows nothing of the variable: for it the place counts.
            let place = format!("safe 1 in {} given ", root.join(tools).display());
            assert!(said.starts_with(&place), "{said}");
            assert!(!folder.path().join("poisoned").exists(), "{language}: the plugin's own module has run");
            let own = folder.path().canonicalize().unwrap();
            let given = match language {
                Language::C => format!(" {} ", own.join("plugin.c").display()),
                _ => format!(" -p {} ", own.display()),
            };
            assert!(said.contains(&given), "{said}");
        }
    });
}

#[test]
fn a_link_where_a_build_writes_is_refused_before_anything_is_written() {
    for link in [
        "target",
        "target/amatelier",
        "target/amatelier/wit",
        "target/amatelier/component.wasm",
        "target/amatelier/python/amatelier_entry.py",
        "dist",
    ] {
        let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        made(Language::Python, folder.path());
        let path = folder.path().canonicalize().unwrap().join(link);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        symlink(elsewhere.path(), &path).unwrap();
        let error = build(folder.path(), &mut |progress| panic!("{link}: {progress:?}")).unwrap_err();
        assert!(matches!(&error, BuildError::Link(named) if *named == path), "{link}: {error}");
        assert_eq!(error.help().as_deref(), Some("remove the link and build again"));
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0, "{link}");
    }
}
