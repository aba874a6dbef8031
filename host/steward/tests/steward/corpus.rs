//! What people try in order to read what was not registered.
//!
//! Data only, so that it can be put to any desk: names that are asked for, entries that a briefing has, things that happen to a file
//! after it was registered. Whatever is outside of the registered files has [`CANARY`] in it.

use std::{fs, path::Path};

use crate::project::Project;

/// What must never be seen.
pub(crate) const CANARY: &str = "CANARY-4f1d";
/// What the registered file says.
pub(crate) const GENUINE: &str = "a: genuine\n";
/// The registered file.
pub(crate) const REGISTERED: &str = "dir/notes.yaml";

/// A project with one file that is registered, one that is not, and things beside the project.
pub(crate) fn project() -> Project {
    let project = Project::with(&[
        (REGISTERED, GENUINE),
        ("dir/other.yaml", "a: CANARY-4f1d\n"),
        (".env", "a=CANARY-4f1d"),
    ]);
    project.write("../outside.yaml", "a: CANARY-4f1d\n");
    project.write("../outside/notes.yaml", "a: CANARY-4f1d\n");
    project
}

/// Names of things that are not registered, and other spellings of the one that is.
pub(crate) fn names(root: &Path) -> Vec<String> {
    let absolute = root.join(REGISTERED).display().to_string();
    let mut names: Vec<String> = [
        "",
        ".",
        "..",
        "/",
        "//",
        "*",
        "**",
        "dir",
        "dir/",
        "dir/.",
        "dir/..",
        // Up and out.
        "../outside.yaml",
        "./../outside.yaml",
        "dir/../../outside.yaml",
        "dir/../../project/dir/notes.yaml",
        "x/../../outside.yaml",
        "..//outside.yaml",
        ".../outside.yaml",
        "..;/outside.yaml",
        "....//outside.yaml",
        "../../../../../../../../etc/passwd",
        "dir/../dir/notes.yaml",
        "dir/./notes.yaml",
        "./dir/notes.yaml",
        "dir//notes.yaml",
        "/dir/notes.yaml",
        "//dir/notes.yaml",
        "dir/notes.yaml/",
        "dir/notes.yaml/.",
        "dir/notes.yaml/..",
        "dir/notes.yaml//",
        "dir/notes.yaml/../notes.yaml",
        // Endings that some systems drop.
        "dir/notes.yaml.",
        "dir/notes.yaml..",
        "dir/notes.yaml ",
        " dir/notes.yaml",
        "dir/notes.yaml\t",
        "dir/notes.yaml\n",
        "dir/notes.yaml\r",
        "dir /notes.yaml",
        "dir./notes.yaml",
        "dir/ notes.yaml",
        // Nothing, where some systems stop reading.
        "dir/notes.yaml\0",
        "dir/notes.yaml\0.yaml",
        "\0dir/notes.yaml",
        "dir/other.yaml\0dir/notes.yaml",
        // Encoded, once and twice.
        "dir%2fnotes.yaml",
        "dir/%6eotes.yaml",
        "%2e%2e/outside.yaml",
        "..%2foutside.yaml",
        "%2e%2e%2foutside.yaml",
        "..%252foutside.yaml",
        "..%c0%afoutside.yaml",
        "..%u2215outside.yaml",
        "&#46;&#46;/outside.yaml",
        "\\u002e\\u002e/outside.yaml",
        "\\x2e\\x2e/outside.yaml",
        // Dots, slashes and letters that look alike or fold together.
        "\u{2024}\u{2024}/outside.yaml",
        "\u{ff0e}\u{ff0e}/outside.yaml",
        "\u{2025}/outside.yaml",
        "..\u{2215}outside.yaml",
        "..\u{2044}outside.yaml",
        "..\u{ff0f}outside.yaml",
        "dir\u{2215}notes.yaml",
        "dir/n\u{43e}tes.yaml",
        "dir/not\u{435}s.yaml",
        "dir/notes\u{2024}yaml",
        "dir/notes.yaml\u{200b}",
        "\u{feff}dir/notes.yaml",
        "dir/\u{202e}notes.yaml",
        "dir/no\u{ad}tes.yaml",
        "dir/notes.yam\u{ff4c}",
        "DIR/NOTES.YAML",
        "Dir/notes.yaml",
        "dir/note\u{17f}.yaml",
        "dir/notes.yaml\u{301}",
        // Other systems' spellings.
        "dir\\notes.yaml",
        "..\\outside.yaml",
        "\\..\\outside.yaml",
        "C:\\outside.yaml",
        "C:outside.yaml",
        "\\\\?\\C:\\outside.yaml",
        "\\\\host\\share\\x",
        "dir/notes.yaml:1",
        "dir/notes.yaml::$DATA",
        "CON",
        "NUL",
        "dir/NOTES~1.YAM",
        // What a shell or a library would make a path of.
        "~",
        "~/outside.yaml",
        "~root/.bashrc",
        "$HOME/outside.yaml",
        "${PWD}/dir/notes.yaml",
        "`pwd`/dir/notes.yaml",
        "$(pwd)/dir/notes.yaml",
        "file:dir/notes.yaml",
        "file:///etc/passwd",
        "http://localhost/",
        "data:,x",
        "|cat /etc/passwd",
        "dir/notes.yaml;cat /etc/passwd",
        "-",
        "--help",
        "\"dir/notes.yaml\"",
        "'dir/notes.yaml'",
        "`dir/notes.yaml`",
        "dir/notes.yaml#a",
        "dir/notes.yaml?",
        "{dir,x}/notes.yaml",
        "dir/notes.*",
        "dir/[n]otes.yaml",
        "dir/?otes.yaml",
        // What the kernel offers.
        "/proc/self/fd/0",
        "/proc/self/fd/3",
        "/proc/self/environ",
        "/proc/self/cwd/dir/notes.yaml",
        "/proc/self/root/etc/passwd",
        "/proc/1/environ",
        "proc/self/fd/3",
        "/dev/fd/3",
        "/dev/stdin",
        "/dev/zero",
        "/dev/tty",
        "/etc/passwd",
        "/etc/shadow",
        // Things that are there.
        "dir/other.yaml",
        ".env",
        "outside.yaml",
        "notes.yaml",
    ]
    .map(str::to_owned)
    .to_vec();
    names.extend([
        absolute.clone(),
        format!("/{absolute}"),
        format!("..{absolute}"),
        format!("/proc/self/cwd/{absolute}"),
        format!("file://{absolute}"),
        "../".repeat(500) + "etc/passwd",
        "a/".repeat(3_000) + "x",
        "x".repeat(100_000),
    ]);
    names
}

/// Something that happens to a registered file.
pub(crate) struct Disturbance {
    pub(crate) what: &'static str,
    pub(crate) happens: fn(&Project),
    /// A word of the refusal.
    pub(crate) refused: &'static str,
}

fn replaced(project: &Project, put: impl FnOnce(&Path)) {
    let path = project.path(REGISTERED);
    fs::remove_file(&path).unwrap();
    put(&path);
}

/// What can happen to a registered file on any system.
pub(crate) fn disturbances() -> Vec<Disturbance> {
    let mut all = vec![
        Disturbance { what: "deleted", happens: |it| replaced(it, |_| {}), refused: "not there any more" },
        Disturbance {
            what: "its folder is deleted",
            happens: |it| fs::remove_dir_all(it.path("dir")).unwrap(),
            refused: "not there any more",
        },
        Disturbance {
            what: "a folder in its place",
            happens: |it| replaced(it, |path| fs::create_dir(path).unwrap()),
            refused: "no regular file",
        },
        Disturbance {
            what: "another file of the project is renamed over it",
            happens: |it| fs::rename(it.path("dir/other.yaml"), it.path(REGISTERED)).unwrap(),
            refused: "another file",
        },
        Disturbance {
            what: "a file with the same content is renamed over it",
            happens: |it| {
                it.write("copy", GENUINE);
                fs::rename(it.path("copy"), it.path(REGISTERED)).unwrap();
            },
            refused: "another file",
        },
        Disturbance {
            what: "it is written to with more",
            happens: |it| it.write(REGISTERED, format!("{GENUINE}b: {CANARY}\n")),
            refused: "another size",
        },
        Disturbance {
            what: "it is written to with less",
            happens: |it| it.write(REGISTERED, "a: CANARY\n"),
            refused: "another size",
        },
        Disturbance {
            what: "it is emptied",
            happens: |it| it.write(REGISTERED, ""),
            refused: "another size",
        },
        Disturbance {
            what: "it is written to with as much",
            happens: |it| it.write(REGISTERED, "a: CANARY-\n"),
            refused: "another content",
        },
        Disturbance {
            what: "it becomes sparse and huge",
            happens: |it| {
                fs::OpenOptions::new()
                    .write(true)
                    .open(it.path(REGISTERED))
                    .unwrap()
                    .set_len(10 << 30)
                    .unwrap();
            },
            refused: "another size",
        },
    ];
    all.extend(on_unix());
    all
}

#[cfg(not(unix))]
fn on_unix() -> Vec<Disturbance> {
    Vec::new()
}

#[cfg(unix)]
fn on_unix() -> Vec<Disturbance> {
    use std::os::unix::fs::symlink;
    fn linked(project: &Project, target: &Path) {
        replaced(project, |path| symlink(target, path).unwrap());
    }
    vec![
        Disturbance {
            what: "a link to a file outside in its place",
            happens: |it| linked(it, &it.path("../outside.yaml").canonicalize().unwrap()),
            refused: "leads out of the project",
        },
        Disturbance {
            what: "a relative link to a file outside in its place",
            happens: |it| linked(it, Path::new("../../outside.yaml")),
            refused: "leads out of the project",
        },
        Disturbance {
            what: "a link to another file of the project in its place",
            happens: |it| linked(it, Path::new("other.yaml")),
            refused: "another file",
        },
        Disturbance {
            what: "a link to itself in its place",
            happens: |it| linked(it, Path::new("notes.yaml")),
            refused: "cannot be read",
        },
        Disturbance {
            what: "a link to an open file of the process in its place",
            happens: |it| linked(it, Path::new("/proc/self/fd/0")),
            refused: "leads out of the project",
        },
        Disturbance {
            what: "a link to an endless device in its place",
            happens: |it| linked(it, Path::new("/dev/zero")),
            refused: "leads out of the project",
        },
        Disturbance {
            what: "a link to a folder outside in the place of its folder",
            happens: |it| {
                fs::remove_dir_all(it.path("dir")).unwrap();
                symlink("../outside", it.path("dir")).unwrap();
            },
            refused: "leads out of the project",
        },
        Disturbance {
            what: "a hard link to a file outside in its place",
            happens: |it| replaced(it, |path| fs::hard_link(it.path("../outside.yaml"), path).unwrap()),
            refused: "another file",
        },
        Disturbance {
            what: "a pipe in its place",
            happens: |it| {
                replaced(it, |path| nix::unistd::mkfifo(path, nix::sys::stat::Mode::S_IRWXU).unwrap());
            },
            refused: "no regular file",
        },
        Disturbance {
            what: "a socket in its place",
            happens: |it| replaced(it, |path| drop(std::os::unix::net::UnixListener::bind(path).unwrap())),
            refused: "no regular file",
        },
    ]
}

/// An entry of a briefing, and what is done before.
pub(crate) struct Planted {
    pub(crate) entry: &'static str,
    pub(crate) plant: fn(&Project),
    /// A word of the warning.
    pub(crate) warned: &'static str,
}

/// Entries that must register nothing.
pub(crate) fn planted() -> Vec<Planted> {
    let mut all = vec![
        Planted {
            entry: "big.bin",
            plant: |it| {
                let file = fs::File::create(it.path("big.bin")).unwrap();
                file.set_len(10 << 30).unwrap();
            },
            warned: "10737418240 bytes",
        },
        Planted { entry: "latin.txt", plant: |it| it.write("latin.txt", b"caf\xe9"), warned: "not UTF-8" },
        Planted {
            entry: "utf16le.txt",
            plant: |it| it.write("utf16le.txt", b"\xff\xfea\0b\0"),
            warned: "not UTF-8",
        },
        Planted { entry: "utf16.txt", plant: |it| it.write("utf16.txt", b"a\0b\0"), warned: "not UTF-8" },
        Planted { entry: "dir", plant: |_| {}, warned: "a folder" },
        Planted { entry: ".*", plant: |_| {}, warned: "looks like a secret" },
        Planted { entry: "*", plant: |_| {}, warned: "looks like a secret" },
        Planted {
            entry: "keys/*",
            plant: |it| {
                it.write("keys/plain.txt", ["-----BEGIN EC ", "PRIVATE KEY-----\nCANARY-4f1d\n"].concat())
            },
            warned: "looks like a secret (a private key)",
        },
        Planted {
            entry: "**/id_rsa",
            plant: |it| it.write("home/id_rsa", CANARY),
            warned: "looks like a secret",
        },
    ];
    all.extend(planted_on_unix());
    all
}

#[cfg(not(unix))]
fn planted_on_unix() -> Vec<Planted> {
    Vec::new()
}

#[cfg(unix)]
fn planted_on_unix() -> Vec<Planted> {
    use std::os::unix::fs::symlink;
    vec![
        Planted {
            entry: "link",
            plant: |it| symlink("../outside.yaml", it.path("link")).unwrap(),
            warned: "leads out of the project",
        },
        Planted {
            entry: "l*k",
            plant: |it| symlink("../outside.yaml", it.path("link")).unwrap(),
            warned: "leads out of the project",
        },
        Planted {
            entry: "link",
            plant: |it| symlink(it.path("dir/other.yaml"), it.path("link")).unwrap(),
            warned: "leads out of the project",
        },
        Planted {
            entry: "link",
            plant: |it| symlink("../project/dir/other.yaml", it.path("link")).unwrap(),
            warned: "leads out of the project",
        },
        Planted {
            entry: "out/notes.yaml",
            plant: |it| symlink("../outside", it.path("out")).unwrap(),
            warned: "leads out of the project",
        },
        Planted {
            entry: "out/*",
            plant: |it| symlink("../outside", it.path("out")).unwrap(),
            warned: "leads out of the project",
        },
        Planted {
            entry: "harmless.txt",
            plant: |it| symlink(".env", it.path("harmless.txt")).unwrap(),
            warned: "looks like a secret",
        },
        Planted {
            entry: "link",
            plant: |it| symlink("nowhere", it.path("link")).unwrap(),
            warned: "no such file",
        },
        Planted {
            entry: "link",
            plant: |it| symlink("link", it.path("link")).unwrap(),
            warned: "cannot be read",
        },
        Planted {
            entry: "link",
            plant: |it| symlink("/proc/self/environ", it.path("link")).unwrap(),
            warned: "leads out of the project",
        },
        Planted {
            entry: "hard.txt",
            plant: |it| fs::hard_link(it.path("../outside.yaml"), it.path("hard.txt")).unwrap(),
            warned: "2 names (hard links)",
        },
        Planted {
            entry: "pipe",
            plant: |it| nix::unistd::mkfifo(&it.path("pipe"), nix::sys::stat::Mode::S_IRWXU).unwrap(),
            warned: "no regular file",
        },
        Planted {
            entry: "p*",
            plant: |it| nix::unistd::mkfifo(&it.path("pipe"), nix::sys::stat::Mode::S_IRWXU).unwrap(),
            warned: "no regular file",
        },
        Planted {
            entry: "socket",
            plant: |it| drop(std::os::unix::net::UnixListener::bind(it.path("socket")).unwrap()),
            warned: "no regular file",
        },
    ]
}
