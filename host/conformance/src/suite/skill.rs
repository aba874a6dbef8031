//! What is asked of a skill component.

use amatelier_types::{FailureKind, Learner, Phase, Seed, Skill};

use super::{
    Bench, Checked, Fault,
    checked::{Check, Outcome},
    common,
};
use crate::{Occasion, Returned};

const LISTS: Check = Check {
    name: "lists-the-same",
    reason: "skills are sold, owned and equipped by their ids: there is at least one, and the list never changes",
    remedy: "return a constant list with kebab-case ids, each once",
};
const TEACHES: Check = Check {
    name: "teaches-every-skill",
    reason: "beginners and veterans learn, with a weakest axis and without one; a lesson is in every prompt of who equipped it",
    remedy: "return Markdown of at most 6 000 characters for every skill in the list, whoever learns",
};
const ADVISES: Check = Check {
    name: "advises-briefly",
    reason: "a reminder stands in the prompt of a phase: one plain line, or nothing",
    remedy: "return at most 300 characters on one line, or none where the skill has nothing to say",
};
const STRANGERS: Check = Check {
    name: "knows-its-skills",
    reason: "a member may own a skill that this component teaches no more",
    remedy: "return an error in teach, and nothing in advise, for an id that is not in the list",
};

const PHASES: [Phase; 5] = [Phase::Research, Phase::Speak, Phase::Rebuttal, Phase::Floor, Phase::Gate];

pub(super) async fn run(bench: &Bench<'_>) -> Vec<Checked> {
    let world = bench.world;
    let skills = skills(bench).await;
    let listed = skills.as_deref().unwrap_or_default();
    let mut checked = vec![
        LISTS.ended(world, lists(bench, &skills).await),
        TEACHES.ended(world, teaches(bench, listed).await),
        ADVISES.ended(world, advises(bench, listed).await),
        STRANGERS.ended(world, strangers(bench).await),
    ];
    let mut occasions = vec![Occasion::ListSkills];
    for skill in listed.iter().take(2) {
        let skill = skill.id.clone();
        occasions
            .extend(learner(0, None, 0).map(|learner| Occasion::Teach { skill: skill.clone(), learner }));
        occasions.push(Occasion::Advise { skill, phase: Phase::Speak, round: 1 });
    }
    checked.extend(common::run(bench, &occasions, &occasions, &["ada", "grace", "linus"]).await);
    checked
}

async fn skills(bench: &Bench<'_>) -> Result<Vec<Skill>, Box<Fault>> {
    match bench.returns(&mut bench.host(), &Occasion::ListSkills).await? {
        (Returned::Skills(skills), _) => Ok(skills),
        (_, played) => Err(Fault::of("list-skills returned something else", played)),
    }
}

async fn lists(bench: &Bench<'_>, skills: &Result<Vec<Skill>, Box<Fault>>) -> Outcome {
    let skills = skills.as_ref().map_err(Clone::clone)?;
    if skills.is_empty() {
        return Err(Fault::new("there is nothing to learn"));
    }
    let mut host = bench.host();
    host.seed = Seed(2);
    let (again, played) = bench.returns(&mut host, &Occasion::ListSkills).await?;
    if again != Returned::Skills(skills.clone()) {
        return Err(Fault::of("list-skills returned something else the second time", played));
    }
    Ok(())
}

fn learner(tier: u32, weakest: Option<&str>, uses: u32) -> Option<Learner> {
    let name = "ada".parse().ok()?;
    Some(Learner { name, tier, weakest_axis: weakest.map(str::to_owned), uses })
}

async fn teaches(bench: &Bench<'_>, skills: &[Skill]) -> Outcome {
    for skill in skills {
        let learners = [
            learner(0, None, 0),
            learner(3, Some("novelty"), 50),
            learner(1, Some("an axis that nobody has\u{1b}[2J"), u32::MAX),
        ];
        for learner in learners.into_iter().flatten() {
            bench.returns(&mut bench.host(), &Occasion::Teach { skill: skill.id.clone(), learner }).await?;
        }
    }
    Ok(())
}

async fn advises(bench: &Bench<'_>, skills: &[Skill]) -> Outcome {
    for skill in skills {
        for phase in PHASES {
            for round in [0, 1, 2, 1_000] {
                let occasion = Occasion::Advise { skill: skill.id.clone(), phase, round };
                bench.returns(&mut bench.host(), &occasion).await?;
            }
        }
    }
    Ok(())
}

async fn strangers(bench: &Bench<'_>) -> Outcome {
    for id in ["no-such-skill", "3d-thinking"] {
        let Some(learner) = learner(0, None, 0) else { continue };
        let teach = Occasion::Teach { skill: id.into(), learner };
        let played = bench.play(&mut bench.host(), &teach).await;
        match &played.result {
            Err(failure) if failure.kind == FailureKind::GuestError => {}
            Err(failure) => return Err(Fault::of(format!("{} failed: {failure}", teach.label()), played)),
            Ok(_) => {
                return Err(Fault::of(format!("{} teaches what is not in the list", teach.label()), played));
            }
        }
        let advise = Occasion::Advise { skill: id.into(), phase: Phase::Speak, round: 1 };
        let (returned, played) = bench.returns(&mut bench.host(), &advise).await?;
        if !returned.is_pass() {
            return Err(Fault::of(format!("{} advises on what is not in the list", advise.label()), played));
        }
    }
    Ok(())
}
