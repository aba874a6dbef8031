//! The axes, and what their values mean.

use amatelier_sdk::Axis;

/// Every value a mark may have. What counting can tell ends at 3: a contribution beyond that needs somebody who understands it.
const SCALE: [u32; 4] = [0, 1, 2, 3];

pub(crate) const GROUNDING: &str = "grounding";
pub(crate) const ENGAGEMENT: &str = "engagement";
pub(crate) const FRESHNESS: &str = "freshness";
pub(crate) const CHALLENGE: &str = "challenge";

/// The axes as the host knows them.
pub(crate) fn all() -> Vec<Axis> {
    let axis = |id: &str, name: &str, description: &str| Axis {
        id: id.into(),
        name: name.into(),
        description: description.into(),
        scale: SCALE.to_vec(),
    };
    vec![
        axis(
            GROUNDING,
            "Grounding",
            "Cited places in registered files that a finding had shown: 1 for one, 2 for two or three, 3 for more; one less where most of \
             its citations were not checked.",
        ),
        axis(
            ENGAGEMENT,
            "Engagement",
            "Took up colleagues' words by name: 1 for one time, 2 for two or three, 3 for more and with at least two colleagues, where there \
             are two.",
        ),
        axis(
            FRESHNESS,
            "Freshness",
            "Brought words that were not on the table: 1 from a tenth of its words, 2 from a quarter, 3 if others went on to use three of \
             them; 0 where most speeches repeat its own.",
        ),
        axis(
            CHALLENGE,
            "Challenge",
            "Objected to colleagues by name: 1 without a reason, 2 with one, 3 for three objections of which two have reasons.",
        ),
    ]
}
