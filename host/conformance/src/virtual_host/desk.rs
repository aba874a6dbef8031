//! Registered files: the real Steward over files that a test made up.
//!
//! Only questions in its grammar are answered; no model helps it here.

use std::{
    fs, io,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
};

use amatelier_runtime::{Desk, LineHit, Lines, LookupError, Suspended};
use amatelier_steward::{
    Caps, Desk as _, Files, Halted, Hit, LocalDesk, Observation, Operation, Refusal, RefusalKind,
};
use amatelier_types::{Citation, Finding, LookupOutcome};
use tempfile::TempDir;

/// Files in a folder that is gone with the last copy.
#[derive(Clone, Debug)]
pub(super) struct Shelf {
    desk: LocalDesk,
    left: Arc<AtomicU32>,
    _folder: Arc<TempDir>,
}

impl Shelf {
    pub(super) fn of(files: &[(String, String)], requests: u32) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut briefing = String::from("## Steward-Registered Files\n");
        for (name, text) in files {
            let path = folder.path().join(name);
            // The reader of cases has checked that it stays beneath the folder; the Steward looks once more.
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, text)?;
            briefing.push_str(&format!("- {name}\n"));
        }
        let registered = Files::register(folder.path(), &briefing, Caps::default());
        let (registered, warnings) = registered.map_err(|error| io::Error::other(error.to_string()))?;
        if let Some(warning) = warnings.first() {
            return Err(io::Error::other(warning.to_string()));
        }
        let left = Arc::new(AtomicU32::new(requests));
        Ok(Shelf { desk: LocalDesk::new(registered), left, _folder: Arc::new(folder) })
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.desk.files().iter().map(|file| file.name.clone()).collect()
    }

    /// A copy whose requests are counted apart, for one call.
    pub(super) fn for_a_call(&self) -> Self {
        Shelf { left: Arc::new(AtomicU32::new(self.left.load(SeqCst))), ..self.clone() }
    }

    /// Take over what a call that ended well used up.
    pub(super) fn spend(&mut self, used: &Shelf) {
        self.left = Arc::new(AtomicU32::new(used.left.load(SeqCst)));
    }

    async fn perform(&self, operation: Operation) -> Result<Result<Observation, LookupError>, Suspended> {
        let answer = self.desk.perform(operation).await.map_err(|Halted(why)| Suspended(why))?;
        Ok(answer.map_err(|refusal| told(&refusal)))
    }
}

#[async_trait::async_trait]
impl Desk for Shelf {
    fn files(&self) -> Vec<(String, u64)> {
        self.desk.files().iter().map(|file| (file.name.clone(), file.bytes)).collect()
    }

    async fn read(
        &self,
        file: &str,
        first_line: u32,
        lines: u32,
    ) -> Result<Result<Lines, LookupError>, Suspended> {
        let seen = self.perform(Operation::Read { file: file.to_owned(), first_line, lines }).await?;
        Ok(seen.and_then(|seen| match seen {
            Observation::Excerpt(excerpt) => Ok(Lines {
                place: Citation {
                    file: excerpt.file.name,
                    first_line: excerpt.first_line,
                    last_line: excerpt.last_line,
                    text: excerpt.text,
                    sha256: excerpt.file.sha256,
                },
                truncated: excerpt.truncated,
            }),
            _ => Err(LookupError::Other("the Steward read something else".into())),
        }))
    }

    async fn grep(
        &self,
        pattern: &str,
        files: Option<&str>,
        ignore_case: bool,
        limit: u32,
    ) -> Result<Result<Vec<LineHit>, LookupError>, Suspended> {
        let (pattern, files) = (pattern.to_owned(), files.map(str::to_owned));
        let seen = self.perform(Operation::Grep { pattern, files, ignore_case, limit }).await?;
        let hit = |hit: Hit| LineHit { file: hit.file, line: hit.line, text: hit.text };
        Ok(seen.and_then(|seen| match seen {
            Observation::Hits(hits) => Ok(hits.hits.into_iter().map(hit).collect()),
            _ => Err(LookupError::Other("the Steward found something else".into())),
        }))
    }

    async fn ask(&self, question: &str) -> Result<Result<Finding, LookupError>, Suspended> {
        if self.requests_left() == 0 {
            return Ok(Err(LookupError::NoRequestsLeft));
        }
        let found = amatelier_steward::answer(&self.desk, None, question).await;
        let finding = found.map_err(|Halted(why)| Suspended(why))?;
        // One that gave nothing costs nothing.
        if !matches!(finding.outcome, LookupOutcome::Failed { .. }) {
            self.left.fetch_sub(1, SeqCst);
        }
        Ok(Ok(finding))
    }

    fn requests_left(&self) -> u32 {
        self.left.load(SeqCst)
    }
}

fn told(refusal: &Refusal) -> LookupError {
    let text = refusal.to_string();
    match refusal.kind() {
        RefusalKind::NotRegistered => LookupError::NotRegistered(text),
        RefusalKind::NotFound => LookupError::NotFound(text),
        RefusalKind::LooksSecret => LookupError::LooksSecret(text),
        RefusalKind::TooLarge(limit) => LookupError::TooLarge(u32::try_from(limit).unwrap_or(u32::MAX)),
        RefusalKind::BadPattern => LookupError::BadPattern(text),
        RefusalKind::Other => LookupError::Other(text),
    }
}
