//! Why a component cannot be used.

use std::{io, path::PathBuf, sync::Arc};

use amatelier_bundle::World;
use amatelier_plugins::{PluginId, ShelfError, Standing, StoreError};
use amatelier_runtime::LoadError;

/// Each names the component, and says what is the matter with it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ComponentError {
    /// No component has that id, bundled or installed.
    #[error("there is no {world} `{id}`; bundled are {bundled}; {installed}")]
    UnknownId {
        /// The extension point.
        world: World,
        /// The id.
        id: String,
        /// What is bundled for it.
        bundled: String,
        /// What is installed for it, in words.
        installed: String,
    },
    /// A plugin of that id is installed, and is something else.
    #[error("the plugin `{id}` is no {world}: it is installed as {worlds}")]
    OtherWorld {
        /// The extension point.
        world: World,
        /// The plugin.
        id: PluginId,
        /// What it can be called for.
        worlds: String,
    },
    /// Nobody has decided yet what an installed plugin may do.
    #[error("the plugin `{id}` waits for a grant: it asks for {asks}, and nobody has decided yet")]
    NeedsGrant {
        /// The plugin.
        id: PluginId,
        /// What it asks for.
        asks: String,
    },
    /// The operator has put an installed plugin aside.
    #[error("the plugin `{0}` is disabled")]
    Disabled(PluginId),
    /// An installed plugin is not what was installed, or not with what was granted.
    #[error("the plugin `{id}` is not loaded: {source}")]
    Changed {
        /// The plugin.
        id: String,
        /// What is not as it was.
        source: Box<ShelfError>,
    },
    /// What is granted to an installed plugin was changed past the program.
    #[error("the plugin `{0}` is not loaded: what is granted to it was changed past amatelier")]
    GrantChanged(PluginId),
    /// Its file cannot be read.
    #[error("the component {path} cannot be read: {source}", path = .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Arc<io::Error>,
    },
    /// It does not load.
    #[error("the component {name} does not load: {source}")]
    Unloadable {
        /// Its id or path.
        name: String,
        /// Why.
        source: LoadError,
    },
    /// It is something else.
    #[error("the component {name} is no {world}: it does not export `amatelier:{world}/{world}`")]
    NotA {
        /// Its id or path.
        name: String,
        /// What it was wanted as.
        world: World,
    },
    /// The store of components fails.
    #[error("{0}")]
    Store(Arc<StoreError>),
    /// The thread that compiled it died.
    #[error("the component {0} could not be compiled")]
    Compiler(String),
}

impl ComponentError {
    /// Whether it is about the state of an installed plugin: a debate that runs goes on without it.
    pub(crate) fn is_about_a_plugin(&self) -> bool {
        matches!(
            self,
            ComponentError::UnknownId { .. }
                | ComponentError::OtherWorld { .. }
                | ComponentError::NeedsGrant { .. }
                | ComponentError::Disabled(_)
                | ComponentError::Changed { .. }
                | ComponentError::GrantChanged(_)
        )
    }

    /// Why a plugin that stands so is not called; none where it is.
    pub(crate) fn of_standing(installed: &amatelier_plugins::Installed) -> Option<Self> {
        let id = installed.entry.id.clone();
        match installed.standing() {
            Standing::GrantChanged => Some(ComponentError::GrantChanged(id)),
            Standing::Disabled => Some(ComponentError::Disabled(id)),
            Standing::NeedsGrant => {
                let asks = installed.manifest.asks.keys().map(|asked| format!("`{asked}`"));
                Some(ComponentError::NeedsGrant { id, asks: asks.collect::<Vec<_>>().join(", ") })
            }
            Standing::Held | Standing::Ready => None,
        }
    }
}

impl From<StoreError> for ComponentError {
    fn from(error: StoreError) -> Self {
        ComponentError::Store(Arc::new(error))
    }
}
