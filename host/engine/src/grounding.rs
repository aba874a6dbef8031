//! The Steward of a debate: its files, its seat, and what it may do.

use std::{path::Path, sync::Arc};

use amatelier_debate::{Pinned, Seat, Setup, StewardSeat};
use amatelier_steward::{Caps, Files, LocalDesk};
use amatelier_types::{MemberName, RegisteredFile, Role};

use crate::Error;

/// See the module's documentation; cloning shares it. There is nothing in it when the briefing registers no files.
#[derive(Clone, Default)]
pub(crate) struct Grounding {
    inner: Option<Arc<Inner>>,
}

struct Inner {
    files: Arc<[RegisteredFile]>,
    /// None for a replay, which reads nothing.
    local: Option<LocalDesk>,
    seat: Seat,
}

impl Grounding {
    /// What a debate was opened with, for a replay.
    pub(crate) fn recorded(setup: &Setup) -> Self {
        Grounding::with(setup, None)
    }

    /// The files of a debate, as they were registered: one that is another file by now is refused when it is looked at.
    ///
    /// # Errors
    /// The project root cannot be opened.
    pub(crate) fn open(setup: &Setup) -> Result<Self, Error> {
        let Some(steward) = &setup.steward else { return Ok(Grounding::default()) };
        let files = Files::reopen(Path::new(&steward.root), steward.files.clone(), Caps::default());
        let files = files.map_err(|source| Error::Root { id: setup.id.clone(), source })?;
        Ok(Grounding::with(setup, Some(LocalDesk::new(files))))
    }

    fn with(setup: &Setup, local: Option<LocalDesk>) -> Self {
        let inner = setup.steward.as_ref().map(|steward| {
            let (files, seat) = (steward.files.clone().into(), seat(steward));
            Arc::new(Inner { files, local, seat })
        });
        Grounding { inner }
    }

    /// The registered files.
    pub(crate) fn files(&self) -> Arc<[RegisteredFile]> {
        self.inner.as_ref().map(|inner| inner.files.clone()).unwrap_or_default()
    }

    /// Who reads them.
    pub(crate) fn local(&self) -> Option<LocalDesk> {
        self.inner.as_ref()?.local.clone()
    }

    /// Whose models help, where any may.
    pub(crate) fn helper(&self) -> Option<&Seat> {
        self.inner.as_ref().map(|inner| &inner.seat)
    }
}

/// The Steward sits at the table like a member, but no component speaks for it.
fn seat(steward: &StewardSeat) -> Seat {
    Seat {
        name: MemberName::steward(),
        role: Role::Steward,
        tagline: "looks things up in registered files".into(),
        component: String::new(),
        provider: steward.provider.clone(),
        label: steward.label.clone(),
        model: steward.model.clone(),
        pinned: Pinned::default(),
    }
}
