//! Who joins the team and who leaves it.
//!
//! The team file changes by the lines in question and nothing else; documents that exist are never overwritten; a folder goes only
//! when somebody says so. Everything is checked before anything is written.

use std::{
    fs,
    path::{Path, PathBuf},
};

use amatelier_types::{MemberName, Role};

use crate::{
    BadFile, MemberLine, SeedFile, Team, Template, Workspace, backup, file, nearest, refresh,
    seed_record::SeedRecord, skeleton, team::RESERVED, team_text,
};

/// A persona to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FromTemplate {
    /// Its name.
    pub name: MemberName,
    /// Its documents, by file name.
    documents: Vec<(String, String)>,
    /// What its line says in the roster it comes from, if it stands in one.
    pub line: Option<MemberLine>,
}

/// What became of a new member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    /// Documents that were written.
    pub written: Vec<PathBuf>,
    /// Documents that were there and were left alone.
    pub kept: Vec<PathBuf>,
}

/// What became of a member that left.
#[derive(Clone, Debug, PartialEq)]
pub struct Removed {
    /// Its folder, if there is or was one.
    pub folder: Option<PathBuf>,
    /// What is left of the team.
    pub team: Team,
}

/// What becomes of the folder of a member that leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithFolder {
    /// It stays.
    Keep,
    /// It is deleted.
    Delete,
}

/// What became of a template that was taken over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Who joined.
    pub joined: Vec<MemberLine>,
    /// Who was there already and stayed as it was.
    pub stayed: Vec<MemberName>,
    /// A judge of the template that had no place beside the team's own.
    pub second_judge: Option<MemberName>,
    /// Documents that were written, below `agents/`.
    pub written: Vec<String>,
    /// The copy of the team file that was kept, where members had to go.
    pub backup: Option<PathBuf>,
}

/// Why the team stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum TeamError {
    /// Somebody of that name is there.
    #[error("{0} is in the team already")]
    AlreadyThere(MemberName),
    /// Nobody of that name is there.
    #[error("there is no {name} in the team; its members are {}", .known.join(", "))]
    NotThere {
        /// The name.
        name: String,
        /// The team.
        known: Vec<String>,
        /// Who may have been meant.
        meant: Option<String>,
    },
    /// The name is one of the host's own.
    #[error("the name `{0}` belongs to the host")]
    Reserved(MemberName),
    /// A team has one judge.
    #[error("the team has a judge, {0}")]
    SecondJudge(MemberName),
    /// There is no persona of that name to copy.
    #[error("there is no persona `{name}` to copy; there are {}", .known.join(", "))]
    NoPersona {
        /// The name.
        name: String,
        /// What there is.
        known: Vec<String>,
        /// What may have been meant.
        meant: Option<String>,
    },
    /// A file is wrong, or cannot be written.
    #[error(transparent)]
    File(#[from] BadFile),
}

impl Workspace {
    /// The persona of that name: a bundled one, or one of this workspace.
    ///
    /// # Errors
    /// There is none, or its documents cannot be read.
    pub fn persona_to_copy(&self, seeds: &[SeedFile<'_>], name: &str) -> Result<FromTemplate, TeamError> {
        let known = personas(seeds);
        let unknown = || TeamError::NoPersona {
            name: name.into(),
            known: known.clone(),
            meant: nearest(name, known.iter().map(String::as_str)).map(str::to_owned),
        };
        let parsed: MemberName = name.parse().map_err(|_| unknown())?;
        let mut documents: Vec<(String, String)> = refresh::of(seeds, name)
            .filter_map(|seed| {
                let file = seed.path.rsplit('/').next()?;
                Some((file.to_owned(), String::from_utf8(seed.contents.to_vec()).ok()?))
            })
            .collect();
        if documents.is_empty() {
            let own = crate::documents(&self.persona(name))?;
            documents.extend(own.into_iter().map(|(name, text)| (format!("{name}.md"), text)));
        }
        if documents.is_empty() {
            return Err(unknown());
        }
        let rosters = Template::all(seeds)?;
        let line = rosters.into_iter().flat_map(|roster| roster.members).find(|line| line.name == parsed);
        Ok(FromTemplate { name: parsed, documents, line })
    }

    /// Add a member: a line at the end of the team, and its documents, copied or as a skeleton.
    ///
    /// # Errors
    /// Why the team stays as it is.
    pub fn enrol(&self, line: &MemberLine, copied: Option<&FromTemplate>) -> Result<Enrolled, TeamError> {
        let path = self.team_file();
        let text = file::read(&path, file::LIMIT)?;
        let team = Team::parse(&text, &path)?;
        if team.members.iter().any(|member| member.name == line.name) {
            return Err(TeamError::AlreadyThere(line.name.clone()));
        }
        if RESERVED.contains(&line.name.as_str()) {
            return Err(TeamError::Reserved(line.name.clone()));
        }
        if let Some(judge) = team.judge().filter(|_| line.role == Role::Judge) {
            return Err(TeamError::SecondJudge(judge.name.clone()));
        }
        let changed = team_text::enrol(&text, &path, std::slice::from_ref(line))?;
        let enrolled = self.lay_out(&line.name, documents_of(line, copied))?;
        file::write(&path, changed.as_bytes())?;
        Ok(enrolled)
    }

    /// Write the documents of a member that are not there yet.
    fn lay_out(&self, name: &MemberName, documents: Vec<(String, String)>) -> Result<Enrolled, BadFile> {
        let folder = self.persona(name.as_str());
        let mut enrolled = Enrolled { written: Vec::new(), kept: Vec::new() };
        for (name, text) in documents {
            let path = folder.join(name);
            if path.exists() {
                enrolled.kept.push(path);
            } else {
                file::write(&path, text.as_bytes())?;
                enrolled.written.push(path);
            }
        }
        Ok(enrolled)
    }

    /// Put somebody new in the place of a member: its line stays where and as it is, under the new name; who it is and how it works is
    /// written anew, or copied; what its predecessor had besides, such as what it remembers, is kept.
    ///
    /// # Errors
    /// Why the team stays as it is.
    pub fn succeed(
        &self,
        member: &MemberName,
        successor: &MemberName,
        copied: Option<&FromTemplate>,
    ) -> Result<Enrolled, TeamError> {
        let path = self.team_file();
        let text = file::read(&path, file::LIMIT)?;
        let team = Team::parse(&text, &path)?;
        let Some(before) = team.members.iter().find(|one| one.name == *member) else {
            let known: Vec<String> = team.members.iter().map(|member| member.name.to_string()).collect();
            let meant = nearest(member.as_str(), known.iter().map(String::as_str)).map(str::to_owned);
            return Err(TeamError::NotThere { name: member.to_string(), known, meant });
        };
        if team.members.iter().any(|one| one.name == *successor) {
            return Err(TeamError::AlreadyThere(successor.clone()));
        }
        if RESERVED.contains(&successor.as_str()) {
            return Err(TeamError::Reserved(successor.clone()));
        }
        let changed = team_text::succeed(&text, &path, member, successor)?;
        let line = MemberLine {
            name: successor.clone(),
            role: before.role,
            model: before.model.clone(),
            provider: None,
            tagline: String::new(),
            component: None,
        };
        let own = crate::documents(&self.persona(member.as_str()))?;
        let own = own.into_iter().map(|(name, text)| (format!("{name}.md"), text));
        let kept: Vec<_> = own.filter(|(name, _)| !skeleton::NAMES.contains(&name.as_str())).collect();
        let mut documents = documents_of(&line, copied);
        documents.retain(|(name, _)| !kept.iter().any(|(own, _)| own == name));
        documents.extend(kept);
        let enrolled = self.lay_out(successor, documents)?;
        file::write(&path, changed.as_bytes())?;
        Ok(enrolled)
    }

    /// Take a member's line out of the team, and its folder with it only if that is wished.
    ///
    /// # Errors
    /// Why the team stays as it is.
    pub fn dismiss(&self, name: &str, with_folder: WithFolder) -> Result<Removed, TeamError> {
        let path = self.team_file();
        let text = file::read(&path, file::LIMIT)?;
        let team = Team::parse(&text, &path)?;
        let Some(member) = team.members.iter().find(|member| member.name.as_str() == name) else {
            let known: Vec<String> = team.members.iter().map(|member| member.name.to_string()).collect();
            let meant = nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
            return Err(TeamError::NotThere { name: name.into(), known, meant });
        };
        let changed = team_text::dismiss(&text, &path, &member.name)?;
        let team = Team::parse(&changed, &path)?;
        let folder = Some(self.persona(name)).filter(|folder| folder.exists());
        // The line goes last: whoever is cut off before finds the member there, and can say the same again.
        if with_folder == WithFolder::Delete {
            if let Some(folder) = &folder {
                delete(folder)?;
            }
            let mut record = SeedRecord::read(&self.agents())?;
            record.forget(name);
            record.write(&self.agents())?;
        }
        file::write(&path, changed.as_bytes())?;
        Ok(Removed { folder, team })
    }

    /// Add the members of a template that are not there yet; or, with `Replace`, put them in the place of all there are.
    ///
    /// # Errors
    /// Why the team stays as it is.
    pub fn import(
        &self,
        seeds: &[SeedFile<'_>],
        template: &Template,
        members: crate::Edited,
    ) -> Result<Imported, TeamError> {
        let path = self.team_file();
        let text = file::read(&path, file::LIMIT)?;
        let mut imported = Imported::default();
        let changed = if members == crate::Edited::Replace {
            imported.joined = template.members.clone();
            team_text::replace(&text, &path, &imported.joined)?
        } else {
            let team = Team::parse(&text, &path)?;
            for line in &template.members {
                if team.members.iter().any(|member| member.name == line.name) {
                    imported.stayed.push(line.name.clone());
                } else if line.role == Role::Judge && team.judge().is_some() {
                    imported.second_judge = Some(line.name.clone());
                } else {
                    imported.joined.push(line.clone());
                }
            }
            team_text::enrol(&text, &path, &imported.joined)?
        };
        for line in &imported.joined {
            imported.written.extend(self.lay_down(seeds, line.name.as_str())?);
        }
        if members == crate::Edited::Replace {
            imported.backup = Some(backup::keep(&path)?);
        }
        if changed != text {
            file::write(&path, changed.as_bytes())?;
        }
        Ok(imported)
    }
}

/// What a new member starts with, by file name.
fn documents_of(line: &MemberLine, copied: Option<&FromTemplate>) -> Vec<(String, String)> {
    let Some(copied) = copied else { return skeleton::documents(line).to_vec() };
    let documents = copied.documents.iter();
    documents.map(|(file, text)| (file.clone(), skeleton::renamed(text, &copied.name, &line.name))).collect()
}

/// The bundled personas, by name.
fn personas(seeds: &[SeedFile<'_>]) -> Vec<String> {
    let folders = seeds.iter().filter_map(|seed| seed.path.split_once('/')).map(|(name, _)| name.to_owned());
    let mut names: Vec<String> = folders.collect();
    names.sort();
    names.dedup();
    names
}

/// Delete a folder; of a link to one, the link.
fn delete(folder: &Path) -> Result<(), BadFile> {
    let is_link = fs::symlink_metadata(folder).is_ok_and(|data| data.is_symlink());
    let deleted = if is_link { fs::remove_file(folder) } else { fs::remove_dir_all(folder) };
    deleted.map_err(|error| BadFile::io(folder, error))
}

#[cfg(test)]
mod tests;
