//! Components at work: found by name, compiled once, kept by digest, swapped when their file changes.
//!
//! A component named by path follows its file: as soon as another one is there it is compiled, off the debate's path and with what
//! the debate leaves of the machine, and takes over at the next turn that is called; until then, and if the new one does not load, the
//! old one speaks. One that is named by its id is what is installed under it, as the lock says at that moment, or else what is bundled.

mod error;
mod installed;
mod pinned;
mod plugin;
mod stamp;

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use amatelier_bundle::World;
use amatelier_plugins::{ComponentStore, FileError, Manifest, Rights, Shelf, read_plugin};
use amatelier_runtime::{Component, LoadError, Runtime, StartError};
use amatelier_types::{Capabilities, Capability, ComponentName, Sha256};
use amatelier_workspace::Workspace;
use tokio::sync::OnceCell;

pub use self::error::ComponentError;
use self::stamp::Stamp;
pub(crate) use self::{
    installed::serves,
    plugin::{Plugin, all_of, both, limits, settings, unlimited},
};
use crate::plugins::Tallies;

/// Where compiled code is kept, under the workspace's root: derived data, which may be removed at any time.
const COMPILED: &str = "cache/aot";

/// Who is told of what happens in the background.
type Told = Arc<dyn Fn(String) + Send + Sync>;

/// The components of a process; cloning shares them.
#[derive(Clone)]
pub(crate) struct Components {
    inner: Arc<Inner>,
}

/// A component that takes a turn, and what it is where it is an installed plugin.
#[derive(Clone, Debug)]
pub(crate) struct Taking {
    pub(crate) component: Component,
    pub(crate) plugin: Option<Plugin>,
}

struct Inner {
    runtime: Runtime,
    store: ComponentStore,
    shelf: Shelf,
    /// What an installed plugin may have at most.
    ceiling: Rights,
    tallies: Tallies,
    root: PathBuf,
    compiled: Mutex<HashMap<Sha256, Arc<OnceCell<Component>>>>,
    /// What pinned bytes say about themselves; none where they say nothing.
    manifests: Mutex<HashMap<Sha256, Option<Arc<Manifest>>>>,
    /// By their ids, so that no turn hashes the bytes of its component once more: they cannot change.
    bundled: Mutex<HashMap<(World, String), Component>>,
    files: Mutex<HashMap<(World, PathBuf), Tracked>>,
}

/// A file and the component that it last gave.
struct Tracked {
    component: Component,
    seen: Stamp,
}

/// Whether somebody is waiting for a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// A debate cannot go on without it.
    Now,
    /// A debate goes on with the one it has.
    Soon,
}

impl Components {
    /// The components of a workspace.
    pub(crate) fn of(workspace: &Workspace) -> Result<Self, StartError> {
        Self::under(workspace, &Capability::ALL.into())
    }

    /// The same where installed plugins may have this at most.
    pub(crate) fn under(workspace: &Workspace, ceiling: &Capabilities) -> Result<Self, StartError> {
        let (root, store) = (workspace.root().to_owned(), ComponentStore::new(workspace.components()));
        let runtime = Runtime::with_cache(root.join(COMPILED))?;
        let inner = Inner {
            runtime,
            store,
            shelf: Shelf::of(&root),
            ceiling: all_of(ceiling),
            tallies: Tallies::default(),
            root,
            compiled: Mutex::default(),
            manifests: Mutex::default(),
            bundled: Mutex::default(),
            files: Mutex::default(),
        };
        Ok(Components { inner: Arc::new(inner) })
    }

    pub(crate) fn runtime(&self) -> &Runtime {
        &self.inner.runtime
    }

    /// What is measured of components in this process.
    pub(crate) fn tallies(&self) -> &Tallies {
        &self.inner.tallies
    }

    /// The component of this name, compiled and kept; waits for the compiler.
    pub(crate) async fn load(&self, world: World, name: &ComponentName) -> Result<Component, ComponentError> {
        match name {
            ComponentName::Id(id) => {
                if let Some(installed) = self.installed(world, name)? {
                    self.callable(&installed)?;
                    return self.load_installed(world, &installed).await;
                }
                if let Some(component) = self.bundled().get(&(world, id.clone())) {
                    return Ok(component.clone());
                }
                let bundled = amatelier_bundle::component(world, id).ok_or_else(|| {
                    let known = amatelier_bundle::all().iter().filter(|bundled| bundled.world == world);
                    let known = known.map(|bundled| bundled.id).collect::<Vec<_>>().join(", ");
                    let (bundled, installed) = (known, self.installed_for(world));
                    ComponentError::UnknownId { world, id: id.clone(), bundled, installed }
                })?;
                let bytes = bundled.bytes.to_vec();
                let component = self.compile(world, name.to_string(), bytes, Wanted::Now).await?;
                self.bundled().insert((world, id.clone()), component.clone());
                Ok(component)
            }
            ComponentName::Path(path) => {
                let path = self.inner.root.join(path);
                if let Some(component) = self.tracked(world, &path) {
                    return Ok(component);
                }
                let (component, seen) = self.read(world, &path, Wanted::Now).await?;
                self.files().insert((world, path), Tracked { component: component.clone(), seen });
                Ok(component)
            }
        }
    }

    /// The component that takes the next turn: what [`Components::load`] gave, or what its file has become since. Waits for nothing; a
    /// change that nobody announced is noticed here and compiled for the turn after.
    pub(crate) async fn current(
        &self,
        world: World,
        name: &ComponentName,
        told: &Told,
    ) -> Result<Taking, ComponentError> {
        if let Some(installed) = self.installed(world, name)? {
            let plugin = Some(self.callable(&installed)?);
            return Ok(Taking { component: self.load_installed(world, &installed).await?, plugin });
        }
        let component = self.load(world, name).await?;
        if let ComponentName::Path(path) = name {
            self.refresh(world, &self.inner.root.join(path), told);
        }
        Ok(Taking { component, plugin: None })
    }

    /// If a tracked file has changed, compile what it holds now, in the background.
    pub(crate) fn refresh(&self, world: World, path: &Path, told: &Told) {
        let Ok(stamp) = Stamp::of(path) else { return };
        let key = (world, path.to_owned());
        {
            let mut files = self.files();
            let Some(tracked) = files.get_mut(&key) else { return };
            if tracked.seen == stamp {
                return;
            }
            // Whoever looks next finds the change in hand.
            tracked.seen = stamp;
        }
        let (this, told) = (self.clone(), told.clone());
        tokio::spawn(async move {
            let (world, path) = key;
            match this.read(world, &path, Wanted::Soon).await {
                Ok((component, seen)) => {
                    let mut files = this.files();
                    let Some(tracked) = files.get_mut(&(world, path.clone())) else { return };
                    let changed = tracked.component.hash() != component.hash();
                    (tracked.component, tracked.seen) = (component, seen);
                    if changed {
                        let hash = tracked.component.hash().short();
                        told(format!(
                            "{}: the new component ({hash}) is ready and takes over at the next turn",
                            path.display()
                        ));
                    }
                }
                // A file that is still being written will change again, and be read again.
                Err(_) if Stamp::of(&path).is_ok_and(|now| now != stamp) => {}
                Err(error) => told(format!("{}: the old component stays: {error}", path.display())),
            }
        });
    }

    /// The files that are followed.
    pub(crate) fn paths(&self) -> Vec<(World, PathBuf)> {
        self.files().keys().cloned().collect()
    }

    async fn read(
        &self,
        world: World,
        path: &Path,
        wanted: Wanted,
    ) -> Result<(Component, Stamp), ComponentError> {
        let unreadable =
            |source| ComponentError::Unreadable { path: path.to_owned(), source: Arc::new(source) };
        // Stamped before it is read: a change in between shows as another stamp.
        let stamp = Stamp::of(path).map_err(unreadable)?;
        let name = path.display().to_string();
        let bytes = tokio::task::spawn_blocking({
            let path = path.to_owned();
            move || read_plugin(&path)
        });
        let bytes = bytes.await.map_err(|_| ComponentError::Compiler(name.clone()))?;
        let bytes = bytes.map_err(|error| match error {
            FileError::Io { source, .. } => unreadable(source),
            FileError::NotAFile { .. } => {
                unreadable(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"))
            }
            FileError::TooLarge { bytes, limit, .. } => {
                let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
                ComponentError::Unloadable {
                    name: name.clone(),
                    source: LoadError::TooLarge { bytes, limit },
                }
            }
        })?;
        Ok((self.compile(world, name, bytes, wanted).await?, stamp))
    }

    async fn compile(
        &self,
        world: World,
        name: String,
        bytes: Vec<u8>,
        wanted: Wanted,
    ) -> Result<Component, ComponentError> {
        let compiled = self.compiled(Sha256::of(&bytes));
        let compile = || self.compile_new(&name, Arc::new(bytes), wanted);
        let component = match (wanted, compiled.get()) {
            (_, Some(component)) => component.clone(),
            // Members of one debate often share a component: the first compiles it, the others wait.
            (Wanted::Now, None) => compiled.get_or_try_init(compile).await?.clone(),
            (Wanted::Soon, None) => {
                let component = compile().await?;
                // Somebody who could not wait may have been faster; it is the same component.
                let _ = compiled.set(component.clone());
                component
            }
        };
        fitting(component, world, &name)
    }

    async fn compile_new(
        &self,
        name: &str,
        bytes: Arc<Vec<u8>>,
        wanted: Wanted,
    ) -> Result<Component, ComponentError> {
        let died = |_| ComponentError::Compiler(name.to_owned());
        let inner = self.inner.clone();
        let compiled = match wanted {
            Wanted::Now => {
                let (inner, bytes) = (inner.clone(), bytes.clone());
                tokio::task::spawn_blocking(move || inner.runtime.compile(&bytes)).await.map_err(died)?
            }
            Wanted::Soon => inner.runtime.compile_aside(bytes.clone()).await,
        };
        let component =
            compiled.map_err(|source| ComponentError::Unloadable { name: name.to_owned(), source })?;
        tokio::task::spawn_blocking(move || inner.store.put(&bytes)).await.map_err(died)??;
        Ok(component)
    }

    fn tracked(&self, world: World, path: &Path) -> Option<Component> {
        self.files().get(&(world, path.to_owned())).map(|tracked| tracked.component.clone())
    }

    /// The place of the component with this hash, which may be empty.
    fn compiled(&self, hash: Sha256) -> Arc<OnceCell<Component>> {
        let mut compiled = self.inner.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        compiled.entry(hash).or_default().clone()
    }

    fn bundled(&self) -> MutexGuard<'_, HashMap<(World, String), Component>> {
        self.inner.bundled.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn files(&self) -> MutexGuard<'_, HashMap<(World, PathBuf), Tracked>> {
        self.inner.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The component, if it can be called for this.
fn fitting(component: Component, world: World, name: &str) -> Result<Component, ComponentError> {
    let exports = component.exports();
    let fits = match world {
        World::Persona => exports.persona,
        World::Judge => exports.judge,
        World::Rubric => exports.rubric,
        World::Store => exports.store,
        World::Skill => exports.skill,
    };
    if fits { Ok(component) } else { Err(ComponentError::NotA { name: name.to_owned(), world }) }
}

#[cfg(test)]
mod tests;
