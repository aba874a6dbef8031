//! Everything that can be learnt, and from whom.
//!
//! Skill components come first, in the order of the team file, then the workspace's own folders by their names. Where two teach a skill of
//! the same id, the first one does and the other is named in a warning: what somebody bought is not taught by another because a file was
//! put somewhere.

use std::sync::Arc;

use amatelier_bundle::World;
use amatelier_debate::Lesson;
use amatelier_economy::Installed;
use amatelier_runtime::Chat;
use amatelier_types::{Failure, Learner, Phase, Skill};
use amatelier_workspace::{SkillDocument, Team, Workspace};
use serde::Serialize;

use super::{ShopWarning, absent::Absent, blackboard::Blackboard, own_skill};
use crate::{Error, components::Components};

/// See the module's documentation.
pub struct School {
    skills: Vec<Taught>,
    warnings: Vec<ShopWarning>,
}

/// A skill and its teacher.
struct Taught {
    listed: Teachable,
    by: Teacher,
}

enum Teacher {
    Component(Absent),
    Folder(Box<SkillDocument>),
}

/// A skill that can be learnt, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Teachable {
    /// What it is, with its author's price.
    #[serde(flatten)]
    pub skill: Skill,
    /// Who teaches it: a component, or a folder of the workspace.
    pub source: String,
}

/// Why there is no lesson.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SchoolError {
    /// Nobody teaches it.
    #[error("nobody teaches `{id}`")]
    Unknown {
        /// The skill.
        id: String,
        /// What is taught.
        known: Vec<String>,
    },
    /// Its teacher failed.
    #[error("the skill {id} cannot be taught: {source}, says {component}")]
    Failed {
        /// The skill.
        id: String,
        /// The component.
        component: String,
        /// How.
        source: Failure,
    },
}

impl School {
    /// Open the school of a workspace.
    ///
    /// # Errors
    /// The team file makes no sense; the plugin runtime does not start; the folder of skills cannot be read.
    pub async fn open(workspace: &Workspace) -> Result<Self, Error> {
        School::of(workspace, &Components::of(workspace)?, &workspace.team()?).await
    }

    /// The same with components that are loaded already.
    pub(crate) async fn of(
        workspace: &Workspace,
        components: &Components,
        team: &Team,
    ) -> Result<Self, Error> {
        let mut school = School { skills: Vec::new(), warnings: Vec::new() };
        for line in &team.skills {
            let name = line.component.to_string();
            let loaded =
                Absent::load(components, World::Skill, line).await.map_err(|error| error.to_string());
            let listed = match loaded {
                Ok(teacher) => {
                    let listed = teacher.runtime.list_skills(&teacher.component, teacher.call()).await;
                    let skills = teacher.answered(listed);
                    skills.map(|skills| (teacher, skills)).map_err(|failure| failure.to_string())
                }
                Err(why) => Err(why),
            };
            match listed {
                Ok((teacher, skills)) => {
                    for skill in skills {
                        school.add(skill, name.clone(), Teacher::Component(teacher.clone()));
                    }
                }
                Err(why) => {
                    let what = format!("the skill component {name} teaches nothing: {why}");
                    school.warnings.push(ShopWarning(what));
                }
            }
        }
        for read in workspace.own_skills()? {
            match read {
                Ok(document) => {
                    let source = format!("skills/{}", document.name);
                    school.add(own_skill::listed(&document), source, Teacher::Folder(Box::new(document)));
                }
                Err(bad) => school.warnings.push(ShopWarning(format!("a skill is left out: {bad}"))),
            }
        }
        Ok(school)
    }

    fn add(&mut self, skill: Skill, source: String, by: Teacher) {
        if let Some(first) = self.find(&skill.id) {
            let what = format!("the skill {} of {source} is left out: {} teaches it", skill.id, first.source);
            return self.warnings.push(ShopWarning(what));
        }
        self.skills.push(Taught { listed: Teachable { skill, source }, by });
    }

    /// Everything that can be learnt, teacher by teacher.
    pub fn skills(&self) -> impl Iterator<Item = &Teachable> {
        self.skills.iter().map(|taught| &taught.listed)
    }

    /// The skill with this id.
    pub fn find(&self, id: &str) -> Option<&Teachable> {
        self.skills().find(|listed| listed.skill.id == id)
    }

    /// What the rules need to know: who teaches what. Nobody coaches yet.
    pub fn installed(&self) -> Installed {
        Installed { coach: false, skills: self.skills().map(|listed| listed.skill.id.clone()).collect() }
    }

    /// What was left out, and why.
    pub fn warnings(&self) -> &[ShopWarning] {
        &self.warnings
    }

    /// The lesson of a skill for somebody who learns it now.
    ///
    /// # Errors
    /// Nobody teaches it, or its teacher fails.
    pub async fn teach(&self, id: &str, who: &Learner) -> Result<Lesson, SchoolError> {
        self.teach_for(id, who, Arc::new(Blackboard::default())).await
    }

    /// The same for a debate.
    pub(crate) async fn teach_for(
        &self,
        id: &str,
        who: &Learner,
        chat: Arc<dyn Chat>,
    ) -> Result<Lesson, SchoolError> {
        let taught = self.taught(id)?;
        let text = match &taught.by {
            Teacher::Folder(document) => own_skill::lesson(document),
            Teacher::Component(teacher) => {
                let call = teacher.call_about(chat);
                let lesson = teacher.runtime.teach(&teacher.component, call, id, who).await;
                teacher.answered(lesson).map_err(|failure| taught.failed(failure))?
            }
        };
        Ok(Lesson { id: id.to_owned(), title: taught.listed.skill.title.clone(), text })
    }

    /// What a skill reminds its owner of in a phase of a round, if anything. People's own folders have no reminders.
    ///
    /// # Errors
    /// Nobody teaches it, or its teacher fails.
    pub async fn advise(&self, id: &str, phase: Phase, round: u32) -> Result<Option<String>, SchoolError> {
        self.advise_for(id, phase, round, Arc::new(Blackboard::default())).await
    }

    /// The same for a debate.
    pub(crate) async fn advise_for(
        &self,
        id: &str,
        phase: Phase,
        round: u32,
        chat: Arc<dyn Chat>,
    ) -> Result<Option<String>, SchoolError> {
        let taught = self.taught(id)?;
        match &taught.by {
            Teacher::Folder(_) => Ok(None),
            Teacher::Component(teacher) => {
                let call = teacher.call_about(chat);
                let advice = teacher.runtime.advise(&teacher.component, call, id, phase, round).await;
                teacher.answered(advice).map_err(|failure| taught.failed(failure))
            }
        }
    }

    /// The component that teaches a skill, if it is one.
    pub(super) fn component_of(&self, id: &str) -> Option<&str> {
        match self.taught(id) {
            Ok(Taught { listed, by: Teacher::Component(_) }) => Some(&listed.source),
            _ => None,
        }
    }

    fn taught(&self, id: &str) -> Result<&Taught, SchoolError> {
        let unknown = || SchoolError::Unknown {
            id: id.to_owned(),
            known: self.skills().map(|listed| listed.skill.id.clone()).collect(),
        };
        self.skills.iter().find(|taught| taught.listed.skill.id == id).ok_or_else(unknown)
    }
}

impl Taught {
    fn failed(&self, source: Failure) -> SchoolError {
        SchoolError::Failed {
            id: self.listed.skill.id.clone(),
            component: self.listed.source.clone(),
            source,
        }
    }
}
