//! A skill that people wrote as a folder: the same lesson for everybody, and no reminders.

use amatelier_runtime::Limits;
use amatelier_types::Skill;
use amatelier_workspace::SkillDocument;

/// What stands where a lesson was cut.
const CUT: &str = " […]";

/// What is listed of it.
pub(crate) fn listed(document: &SkillDocument) -> Skill {
    let heading = document.body.lines().find_map(|line| line.strip_prefix("# "));
    let title = heading.map(str::trim).filter(|title| !title.is_empty()).unwrap_or(&document.name);
    Skill {
        id: document.name.clone(),
        title: title.chars().take(Limits::default().offered_name_chars).collect(),
        summary: document.description.trim().to_owned(),
        tags: Vec::new(),
        axes: Vec::new(),
        suggested_price: 0,
    }
}

/// Its lesson, no longer than one that a component teaches.
pub(crate) fn lesson(document: &SkillDocument) -> String {
    let most = Limits::default().lesson_chars;
    if document.body.chars().nth(most).is_none() {
        return document.body.clone();
    }
    let kept: String = document.body.chars().take(most.saturating_sub(CUT.chars().count())).collect();
    kept + CUT
}

#[cfg(test)]
mod tests {
    use amatelier_workspace::skill_document;

    use super::*;

    fn document(body: &str) -> SkillDocument {
        let text = format!("---\nname: slow-reading\ndescription: Read twice.\n---\n{body}");
        skill_document("slow-reading", &text).unwrap()
    }

    #[test]
    fn a_skill_is_called_by_its_heading_or_else_by_its_name() {
        assert_eq!(listed(&document("# Slow reading\n\nTwice.")).title, "Slow reading");
        assert_eq!(listed(&document("Twice.")).title, "slow-reading");
        assert_eq!(listed(&document("Twice.")).summary, "Read twice.");
        assert_eq!(listed(&document(&format!("# {}", "x".repeat(500)))).title.chars().count(), 80);
    }

    #[test]
    fn a_long_lesson_is_cut_where_a_taught_one_would_be_refused() {
        assert_eq!(lesson(&document("Twice.")), "Twice.");
        let cut = lesson(&document(&"ä".repeat(6_001)));
        assert_eq!(cut.chars().count(), 6_000);
        assert!(cut.ends_with("ä […]"));
        assert_eq!(lesson(&document(&"ä".repeat(6_000))).chars().count(), 6_000);
    }
}
