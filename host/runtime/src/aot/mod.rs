//! Compiled code on disk, so that a second start compiles nothing.
//!
//! An artefact is machine code that runs in this process without any sandbox: whoever can choose its bytes owns the host. So the rule
//! is that nothing is loaded that this host did not compile itself, on this machine, into this very file, and it is kept in this
//! order:
//!
//! 1. The folder is ours, and nobody else may even look into it (0700); so is each file (0600).
//! 2. Beside each artefact lies a seal. It names the engine and its settings, the component, the SHA-256 of the code, and the file
//!    itself: device, inode, length and the time of its last change, which the system sets and no program can choose. An artefact that
//!    came with somebody's workspace (an archive, a clone, a backup) brings its seal along, but not the file that the seal names.
//! 3. The code has the SHA-256 that the seal names: what was cut short or damaged is noticed before wasmtime sees it.
//! 4. wasmtime's own check of engine version, target and settings.
//!
//! Whatever does not fit is a miss: it is compiled again and written over. Nothing here can make a component fail to load. What is
//! not defended against is a program that runs as the same user: it could replace this program as well. Where there are no owners and
//! modes of files, nothing is cached.

mod file;
mod native;
mod sweep;

use std::{
    fs,
    hash::{Hash as _, Hasher},
    io,
    path::{Path, PathBuf},
};

use amatelier_types::Sha256;
use wasmtime::{Engine, component::Component as Native};

/// The artefacts of one engine in one folder.
pub(crate) struct AotCache {
    folder: PathBuf,
    /// The hash of everything that decides whether an artefact fits: version, target, settings.
    engine: Sha256,
}

/// What the cache holds for a component.
pub(crate) enum Found {
    /// Its code, checked and mapped.
    Code(Box<Native>),
    /// Nothing.
    Nothing,
    /// Something that may not be loaded.
    Refused,
}

impl AotCache {
    /// A cache in a folder, which is made when something is first kept.
    pub(crate) fn new(folder: PathBuf, engine: &Engine) -> Self {
        let mut bytes = Bytes::default();
        engine.precompile_compatibility_hash().hash(&mut bytes);
        AotCache { folder, engine: Sha256::of(&bytes.0) }
    }

    /// The code of the component with these bytes.
    pub(crate) fn find(&self, engine: &Engine, wasm: &Sha256) -> Found {
        let path = self.artefact(wasm);
        match self.check(&path, wasm) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Found::Nothing,
            Err(error) => {
                tracing::info!(component = wasm.short(), %error, "compiled code in the cache is not used");
                return Found::Refused;
            }
        }
        match native::load(engine, &path) {
            Ok(native) => Found::Code(Box::new(native)),
            Err(error) => {
                tracing::info!(component = wasm.short(), %error, "compiled code in the cache does not load");
                Found::Refused
            }
        }
    }

    /// Whether there is code of a component that looks like ours; whether it is unharmed is found out when it is loaded.
    pub(crate) fn holds(&self, wasm: &Sha256) -> bool {
        let looks_like_ours = || {
            let path = self.artefact(wasm);
            file::check_private_folder(&self.folder)?;
            let seal = fs::read_to_string(seal_of(&path))?;
            let (_, metadata) = file::open_private(&path)?;
            io::Result::Ok(seal.starts_with(&self.head(wasm, &metadata)?))
        };
        looks_like_ours().unwrap_or(false)
    }

    /// Keep the code of a component, over whatever was there.
    pub(crate) fn keep(&self, wasm: &Sha256, native: &Native) -> io::Result<()> {
        let code = native.serialize().map_err(|error| io::Error::other(error.to_string()))?;
        file::make_private_folder(&self.folder)?;
        let path = self.artefact(wasm);
        let artefact = file::write(&path, &self.prefix(), &code)?;
        let seal = self.head(wasm, &artefact.metadata()?)? + &code_line(&code);
        file::write(&seal_of(&path), &self.prefix(), seal.as_bytes())?;
        sweep::sweep(&self.folder, &self.prefix())
    }

    fn check(&self, path: &Path, wasm: &Sha256) -> io::Result<()> {
        file::check_private_folder(&self.folder)?;
        let seal = fs::read_to_string(seal_of(path))?;
        let (artefact, metadata) = file::open_private(path)?;
        let foreign = || io::Error::other("it is not what this host put there");
        // Refused by its file before a byte of it is read.
        let code = seal.strip_prefix(&self.head(wasm, &metadata)?).ok_or_else(foreign)?;
        let bytes = file::read(artefact, metadata.len())?;
        if code == code_line(&bytes) { Ok(()) } else { Err(foreign()) }
    }

    /// All of a seal but the code.
    fn head(&self, wasm: &Sha256, artefact: &fs::Metadata) -> io::Result<String> {
        let identity = file::identity(artefact)?;
        Ok(format!("amatelier-aot 1\nengine {}\nwasm {wasm}\nfile {identity}\n", self.engine))
    }

    fn artefact(&self, wasm: &Sha256) -> PathBuf {
        self.folder.join(format!("{}{wasm}.cwasm", self.prefix()))
    }

    /// How the names of all files of this engine begin.
    fn prefix(&self) -> String {
        format!("{}-", self.engine.short())
    }
}

fn code_line(code: &[u8]) -> String {
    format!("code {}\n", Sha256::of(code))
}

fn seal_of(artefact: &Path) -> PathBuf {
    artefact.with_extension("seal")
}

/// Collects what is hashed, so that it is hashed with SHA-256: the standard hasher may give other values in the next release.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_wasmtime_refuses_is_refused_even_if_it_is_sealed() {
        let (home, engine) = (tempfile::tempdir().unwrap(), Engine::default());
        let cache = AotCache::new(home.path().join("aot"), &engine);
        let wasm = Sha256::of(b"a component");
        file::make_private_folder(&cache.folder).unwrap();
        let path = cache.artefact(&wasm);
        let artefact = file::write(&path, &cache.prefix(), b"no code").unwrap();
        let seal = cache.head(&wasm, &artefact.metadata().unwrap()).unwrap() + &code_line(b"no code");
        file::write(&seal_of(&path), &cache.prefix(), seal.as_bytes()).unwrap();
        cache.check(&path, &wasm).unwrap();
        assert!(matches!(cache.find(&engine, &wasm), Found::Refused));
    }

    #[test]
    fn engines_with_other_settings_do_not_meet() {
        let cache = |config: &wasmtime::Config| AotCache::new("aot".into(), &Engine::new(config).unwrap());
        let mut config = wasmtime::Config::new();
        let (one, same) = (cache(&config), cache(&config));
        let other = cache(config.epoch_interruption(true));
        assert_eq!(one.prefix(), same.prefix());
        assert_ne!(one.prefix(), other.prefix());
    }
}
