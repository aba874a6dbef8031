//! What a teacher is told of a member: its tier, how often it had a skill at a debate, and on which axis its marks are lowest.

use amatelier_economy::Ledger;
use amatelier_journal::{Journal, rusqlite::OptionalExtension as _};
use amatelier_types::{Learner, MemberName};

use super::Pupil;
use crate::Error;

/// The members of these names that have skills in their slots.
pub(crate) fn pupils<'a>(
    ledger: &Ledger,
    journal: &Journal,
    names: impl Iterator<Item = &'a MemberName>,
) -> Result<Vec<Pupil>, Error> {
    let mut pupils = Vec::new();
    for name in names {
        let Some(account) = ledger.account(name).filter(|account| !account.equipped().is_empty()) else {
            continue;
        };
        let equipped = account.equipped().iter().map(|skill| (skill.clone(), account.uses(skill))).collect();
        let weakest_axis = weakest_axis(journal, name)?;
        pupils.push(Pupil { name: name.clone(), tier: account.tier(), weakest_axis, equipped });
    }
    Ok(pupils)
}

/// Somebody who learns a skill now. A member without an account is a beginner.
pub(crate) fn learner(
    ledger: &Ledger,
    journal: &Journal,
    name: &MemberName,
    skill: &str,
) -> Result<Learner, Error> {
    let account = ledger.account(name);
    Ok(Learner {
        name: name.clone(),
        tier: account.map_or(0, |account| account.tier()),
        weakest_axis: weakest_axis(journal, name)?,
        uses: account.map_or(0, |account| account.uses(skill)),
    })
}

/// Where marks are lowest on average; of several, the first by name.
fn weakest_axis(journal: &Journal, name: &MemberName) -> Result<Option<String>, Error> {
    let query = "SELECT axis FROM marks WHERE member = ?1 AND official = 1 GROUP BY axis ORDER BY avg(value), axis LIMIT 1";
    Ok(journal.read(|db| db.query_row(query, [name.as_str()], |row| row.get(0)).optional())?)
}
