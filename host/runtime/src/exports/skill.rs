//! `amatelier:skill`: what can be learnt, lessons and reminders.

use amatelier_types::{Learner, Phase, Skill};

use super::{Returned, not_exported, offered};
use crate::{
    Call, Component, Ended, Limits, LoadError, Runtime, Stop,
    bindings::exports::amatelier::skill::skills::{self, GuestIndices},
    component::Shape,
};

const INTERFACE: &str = "amatelier:skill/skills";

pub(crate) fn find(shape: &Shape<'_>) -> Result<Option<GuestIndices>, LoadError> {
    let Some(exported) = shape.exported(INTERFACE) else { return Ok(None) };
    shape.check::<(), (Vec<skills::Skill>,)>(&exported, "list-skills")?;
    shape.check::<(&str, &skills::Learner), (Result<String, String>,)>(&exported, "teach")?;
    shape.check::<(&str, &str, u32), (Option<String>,)>(&exported, "advise")?;
    shape.indices(&exported, GuestIndices::new).map(Some)
}

impl Runtime {
    /// Ask what can be learnt: ids that are ids, each once, texts and prices within the limits of the call.
    pub async fn list_skills(&self, component: &Component, call: Call) -> Ended<Vec<Skill>> {
        let Some(indices) = component.0.skill.clone() else { return not_exported("skills") };
        self.run(component, call, "list-skills", |store, instance| {
            Box::pin(async move {
                let guest = indices.load(&mut *store, instance)?;
                Ok(Ok(Skills(guest.call_list_skills(store).await?)))
            })
        })
        .await
    }

    /// Ask for a lesson: Markdown without control characters, within the limits of the call.
    pub async fn teach(&self, component: &Component, call: Call, id: &str, who: &Learner) -> Ended<String> {
        let Some(indices) = component.0.skill.clone() else { return not_exported("skills") };
        let id = id.to_owned();
        let who = skills::Learner {
            name: who.name.to_string(),
            tier: who.tier,
            weakest_axis: who.weakest_axis.clone(),
            uses: who.uses,
        };
        self.run(component, call, "teach", |store, instance| {
            Box::pin(async move {
                let guest = indices.load(&mut *store, instance)?;
                Ok(guest.call_teach(store, &id, &who).await?.map(Lesson))
            })
        })
        .await
    }

    /// Ask for a reminder for a phase of a round: one plain line, or none.
    pub async fn advise(
        &self,
        component: &Component,
        call: Call,
        id: &str,
        phase: Phase,
        round: u32,
    ) -> Ended<Option<String>> {
        let Some(indices) = component.0.skill.clone() else { return not_exported("skills") };
        let (id, phase) = (id.to_owned(), phase.name().to_owned());
        self.run(component, call, "advise", |store, instance| {
            Box::pin(async move {
                let guest = indices.load(&mut *store, instance)?;
                Ok(Ok(Reminder(guest.call_advise(store, &id, &phase, round).await?)))
            })
        })
        .await
    }
}

/// All skills of a component.
struct Skills(Vec<skills::Skill>);

impl Returned for Skills {
    type Plain = Vec<Skill>;

    fn bytes(&self) -> usize {
        let words =
            |words: &[String]| words.iter().map(|word| size_of::<String>() + word.len()).sum::<usize>();
        let skill = |skill: &skills::Skill| {
            skill.id.len() + skill.title.len() + skill.summary.len() + words(&skill.tags) + words(&skill.axes)
        };
        self.0.iter().map(|it| size_of::<skills::Skill>() + skill(it)).sum()
    }

    fn check(&self, limits: &Limits) -> Result<(), Stop> {
        offered::count("skills", self.0.len(), limits.offered_entries)?;
        offered::ids("the id of a skill", self.0.iter().map(|skill| skill.id.as_str()), limits)?;
        for skill in &self.0 {
            let of = |part: &str| format!("{part} of the skill `{}`", skill.id);
            offered::line(of("the title"), &skill.title, limits.offered_name_chars)?;
            offered::text(of("the summary"), &skill.summary, limits.offered_text_chars)?;
            for (part, words) in [("tags", &skill.tags), ("axes", &skill.axes)] {
                offered::count(of(part), words.len(), limits.offered_parts)?;
                offered::ids(&of(part), words.iter().map(String::as_str), limits)?;
            }
            offered::price(format!("the skill `{}`", skill.id), skill.suggested_price, limits)?;
        }
        Ok(())
    }

    fn into_plain(self) -> Vec<Skill> {
        let plain = |skill: skills::Skill| Skill {
            id: skill.id,
            title: skill.title,
            summary: offered::unix(skill.summary),
            tags: skill.tags,
            axes: skill.axes,
            suggested_price: skill.suggested_price,
        };
        self.0.into_iter().map(plain).collect()
    }
}

/// A taught text.
struct Lesson(String);

impl Returned for Lesson {
    type Plain = String;

    fn bytes(&self) -> usize {
        self.0.len()
    }

    fn check(&self, limits: &Limits) -> Result<(), Stop> {
        offered::text("the lesson", &self.0, limits.lesson_chars)
    }

    fn into_plain(self) -> String {
        offered::unix(self.0)
    }
}

/// A reminder, or none.
struct Reminder(Option<String>);

impl Returned for Reminder {
    type Plain = Option<String>;

    fn bytes(&self) -> usize {
        self.0.as_ref().map_or(0, String::len)
    }

    fn check(&self, limits: &Limits) -> Result<(), Stop> {
        match &self.0 {
            Some(text) => offered::line("the reminder", text, limits.reminder_chars),
            None => Ok(()),
        }
    }

    fn into_plain(self) -> Option<String> {
        self.0
    }
}
