//! Who marks a debate, the first time and again.

use amatelier_bundle::World;
use amatelier_debate::{Pinned, Seat, Setup};
use amatelier_types::{ComponentName, MemberName, Role, RoundtableId};
use amatelier_workspace::{RubricLine, documents};

use super::{Grounds, RUBRIC, host};
use crate::{Error, Rescoring, RescoringError, given::Given};

impl Grounds<'_> {
    /// The rubric that a debate is to be scored with once more. One that is named is first what the team file says of it, then what the
    /// debate was opened with, then a component with nothing but its built-in grants.
    pub(crate) fn rubric_again(&self, setup: &Setup, wanted: &Rescoring) -> Result<Option<Seat>, Error> {
        let line = self.team.rubric.as_ref();
        let named = wanted.rubric.as_deref().map(str::parse::<ComponentName>).transpose();
        let named = named.map_err(RescoringError::BadName)?;
        let is_named = |component: &str| named.as_ref().is_none_or(|name| name.to_string() == component);
        let own = setup.rubric.as_ref().filter(|own| is_named(&own.component));
        let listed = line.filter(|line| is_named(&line.component.to_string()));
        let seat = match (&named, own, listed) {
            (None, Some(own), _) => own.clone(),
            (_, _, Some(line)) => self.rubric(line, &mut Vec::new())?,
            (Some(_), Some(own), None) => own.clone(),
            (Some(component), None, None) => {
                let model = line.map(|line| line.model.as_str());
                let model = model.or(setup.rubric.as_ref().map(|own| own.label.as_str()));
                self.rubric(&RubricLine::of(component.clone(), model), &mut Vec::new())?
            }
            (None, None, None) => return Ok(None),
        };
        self.rubric_with(seat, wanted).map(Some)
    }

    /// A rubric with the model and the grants that were asked for in the place of its own.
    fn rubric_with(&self, mut seat: Seat, wanted: &Rescoring) -> Result<Seat, Error> {
        if let Some(label) = &wanted.model {
            let assigned = self.providers.assign(host(RUBRIC, label))?;
            (seat.provider, seat.label, seat.model) = (assigned.provider, label.clone(), assigned.model);
        }
        if let (Some(allow), Ok(component)) = (&wanted.allow, seat.component.parse()) {
            let given = Given::of(self.components, World::Rubric, &component, Some(allow))?;
            (seat.pinned.granted, seat.pinned.allow) = (given.granted, given.allow);
        }
        Ok(seat)
    }

    pub(super) fn rubric(&self, line: &RubricLine, notices: &mut Vec<String>) -> Result<Seat, Error> {
        let assigned = self.providers.assign(host(RUBRIC, &line.model))?;
        let name = MemberName::try_from(RUBRIC.to_owned());
        let given = Given::of(self.components, World::Rubric, &line.component, line.allow.as_ref())?;
        notices.extend(given.notices(RUBRIC, &line.component, &line.settings, &line.model));
        Ok(Seat {
            name: name.map_err(|bad| Error::Stuck {
                id: RoundtableId::from_random([0; 6]),
                reason: bad.to_string(),
            })?,
            role: Role::Rubric,
            tagline: "marks the debate once it is over".into(),
            component: line.component.to_string(),
            provider: assigned.provider,
            label: line.model.clone(),
            model: assigned.model,
            pinned: Pinned {
                documents: documents(&self.workspace.persona(RUBRIC))?,
                settings: line.settings.clone(),
                granted: given.granted,
                allow: given.allow,
                ..Pinned::default()
            },
        })
    }
}
