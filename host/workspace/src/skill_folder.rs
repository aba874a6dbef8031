//! Skills of the workspace that people wrote: one folder each below `skills/`, with nothing in it but the text.
//!
//! Whoever imports a skill gets its `SKILL.md` and no other file of its folder, so that there is nothing to run; the folder is called as
//! the skill is, whatever it was called before. A text that is there already is replaced only when somebody says so.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{BadFile, Edited, SkillDocument, Workspace, file, read_skill, skill_document};

/// What became of a skill that was imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkillImport {
    /// It is new.
    Added,
    /// It was there, word for word.
    Same,
    /// It took the place of another text.
    Replaced,
    /// Another text is there and was left alone.
    Kept,
}

/// A skill that was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkillImported {
    /// The skill as it was read.
    pub skill: SkillDocument,
    /// Where its text is.
    pub path: PathBuf,
    /// What became of it.
    pub outcome: SkillImport,
}

impl Workspace {
    /// Every skill below `skills/`, by the name of its folder, or why it is none. Files beside the folders are left alone.
    ///
    /// # Errors
    /// The folder of skills cannot be read.
    pub fn own_skills(&self) -> Result<Vec<Result<SkillDocument, BadFile>>, BadFile> {
        let folder = self.skills();
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(BadFile::io(folder, error)),
        };
        let mut folders = Vec::new();
        for entry in entries {
            let path = entry.map_err(|error| BadFile::io(&folder, error))?.path();
            if path.is_dir() {
                folders.push(path);
            }
        }
        folders.sort();
        Ok(folders.iter().map(|folder| read_skill(folder)).collect())
    }

    /// Take a skill's text over into the workspace.
    ///
    /// # Errors
    /// What is wrong with the skill; what cannot be written.
    pub fn import_skill(&self, folder: &Path, other: Edited) -> Result<SkillImported, BadFile> {
        let (skill, text) = skill_document::with_text(folder)?;
        // The name is checked: letters, digits and dashes lead out of no folder.
        let path = self.skills().join(&skill.name).join(skill_document::FILE);
        let outcome = match file::read(&path, file::LIMIT) {
            Ok(there) if there == text => SkillImport::Same,
            Ok(_) if other == Edited::Keep => SkillImport::Kept,
            Ok(_) => SkillImport::Replaced,
            Err(BadFile { problem: crate::Problem::Missing, .. }) => SkillImport::Added,
            Err(bad) => return Err(bad),
        };
        if matches!(outcome, SkillImport::Added | SkillImport::Replaced) {
            file::write(&path, text.as_bytes())?;
        }
        Ok(SkillImported { skill, path, outcome })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str, body: &str) -> String {
        format!("---\nname: {name}\ndescription: Read twice.\n---\n{body}\n")
    }

    #[test]
    fn the_text_is_taken_over_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let house = Workspace::locate(Some(root.path().join("house"))).unwrap();
        assert!(house.own_skills().unwrap().is_empty());
        let theirs = root.path().join("downloaded");
        fs::create_dir_all(theirs.join("scripts")).unwrap();
        fs::write(theirs.join("scripts/run.sh"), "rm -rf /").unwrap();
        fs::write(theirs.join("SKILL.md"), text("slow-reading", "Once.")).unwrap();

        let imported = house.import_skill(&theirs, Edited::Keep).unwrap();
        assert_eq!(imported.outcome, SkillImport::Added);
        let warnings: Vec<String> = imported.skill.warnings.iter().map(ToString::to_string).collect();
        assert!(warnings.iter().any(|warning| warning.contains("`scripts/` are left aside")), "{warnings:?}");
        let own = house.skills().join("slow-reading");
        let files: Vec<_> = fs::read_dir(&own).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(files, ["SKILL.md"]);
        assert_eq!(house.import_skill(&theirs, Edited::Keep).unwrap().outcome, SkillImport::Same);

        fs::write(theirs.join("SKILL.md"), text("slow-reading", "Twice.")).unwrap();
        assert_eq!(house.import_skill(&theirs, Edited::Keep).unwrap().outcome, SkillImport::Kept);
        assert_eq!(house.own_skills().unwrap()[0].as_ref().unwrap().body, "Once.");
        assert_eq!(house.import_skill(&theirs, Edited::Replace).unwrap().outcome, SkillImport::Replaced);
        assert_eq!(house.own_skills().unwrap()[0].as_ref().unwrap().body, "Twice.");
    }

    #[test]
    fn a_bad_skill_keeps_no_other_from_being_read() {
        let root = tempfile::tempdir().unwrap();
        let house = Workspace::locate(Some(root.path().to_owned())).unwrap();
        for (folder, text) in
            [("a", "no front matter".to_owned()), ("b", text("b", "Read.")), ("c", String::new())]
        {
            let folder = house.skills().join(folder);
            fs::create_dir_all(&folder).unwrap();
            if !text.is_empty() {
                fs::write(folder.join("SKILL.md"), text).unwrap();
            }
        }
        fs::write(house.skills().join("README.md"), "not a skill").unwrap();
        let found: Vec<bool> = house.own_skills().unwrap().iter().map(Result::is_ok).collect();
        assert_eq!(found, [false, true, false]);
    }
}
