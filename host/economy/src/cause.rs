//! Why a posting exists, so exactly that there cannot be a second one.

use std::fmt::{self, Write as _};

use amatelier_types::{MemberName, RoundtableId};
use serde::{Deserialize, Serialize};

use crate::{PurchaseId, RequestId, VentureId};

/// The unique cause of a posting, such as `roundtable/0123456789ab/award/elena/novelty/r1`. Nothing is posted twice for one cause.
///
/// The parts are host words, ids and names without a slash; the ids that rubrics choose are escaped. Two different facts therefore
/// never share a cause.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cause(String);

/// One figure of one debate's account, such as the award of a member on an axis. Each revision of a settlement posts the difference
/// between what the figure is and what was posted for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Figure(String);

impl Figure {
    pub(crate) fn award(id: &RoundtableId, member: &MemberName, axis: &str) -> Self {
        Figure(format!("roundtable/{id}/award/{member}/{}", escape(axis)))
    }

    pub(crate) fn gate(id: &RoundtableId, member: &MemberName, seq: u32) -> Self {
        Figure(format!("roundtable/{id}/gate/{member}/{seq}"))
    }

    pub(crate) fn sanction(id: &RoundtableId, member: &MemberName, seq: u32) -> Self {
        Figure(format!("roundtable/{id}/sanction/{member}/{seq}"))
    }

    pub(crate) fn fee(id: &RoundtableId, member: &MemberName) -> Self {
        Figure(format!("roundtable/{id}/fee/{member}"))
    }

    pub(crate) fn bench(id: &RoundtableId, member: &MemberName) -> Self {
        Figure(format!("roundtable/{id}/bench/{member}"))
    }

    pub(crate) fn in_revision(&self, revision: u32) -> Cause {
        Cause(format!("{}/r{revision}", self.0))
    }
}

impl Cause {
    /// The cause as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The figure that a cause with a revision belongs to.
    pub(crate) fn figure(&self) -> Option<Figure> {
        let (figure, revision) = self.0.rsplit_once("/r")?;
        let is_number = !revision.is_empty() && revision.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| Figure(figure.to_owned()))
    }

    pub(crate) fn opening(member: &MemberName, identity: u32) -> Self {
        Cause(format!("opening/{member}/{identity}"))
    }

    pub(crate) fn closing(member: &MemberName, identity: u32) -> Self {
        Cause(format!("closing/{member}/{identity}"))
    }

    pub(crate) fn promotion(member: &MemberName, identity: u32, tier: u32) -> Self {
        Cause(format!("promotion/{member}/{identity}/{tier}"))
    }

    pub(crate) fn adjustment(member: &MemberName, n: u32) -> Self {
        Cause(format!("adjustment/{member}/{n}"))
    }

    pub(crate) fn outcome(id: &RoundtableId, member: &MemberName) -> Self {
        Cause(format!("roundtable/{id}/outcome/{member}"))
    }

    pub(crate) fn purchase(id: PurchaseId) -> Self {
        Cause(format!("purchase/{id}"))
    }

    pub(crate) fn refund(id: RequestId) -> Self {
        Cause(format!("request/{id}/refund"))
    }

    pub(crate) fn stake(id: VentureId) -> Self {
        Cause(format!("venture/{id}/stake"))
    }

    pub(crate) fn stake_back(id: VentureId) -> Self {
        Cause(format!("venture/{id}/back"))
    }

    pub(crate) fn payout(id: VentureId) -> Self {
        Cause(format!("venture/{id}/payout"))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Letters, digits, `-`, `_` and `.` as they are, every other byte as `%` and two digits: no two texts become one.
fn escape(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut escaped, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => escaped.push(char::from(byte)),
            other => write!(escaped, "%{other:02x}").unwrap_or_default(),
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_readable_and_knows_its_figure() {
        let (id, ada) = ("0123456789ab".parse().unwrap(), "ada".parse().unwrap());
        let figure = Figure::award(&id, &ada, "novelty");
        let cause = figure.in_revision(2);
        assert_eq!(cause.as_str(), "roundtable/0123456789ab/award/ada/novelty/r2");
        assert_eq!(cause.figure(), Some(figure));
        assert_eq!(Cause::opening(&ada, 1).figure(), None);
        assert_eq!(Cause::opening(&"x-r".parse().unwrap(), 1).figure(), None);
    }

    #[test]
    fn axes_of_hostile_rubrics_share_no_cause() {
        let (id, ada) = ("0123456789ab".parse().unwrap(), "ada".parse().unwrap());
        let axes = ["x", "x/r1", "x%2fr1", "x r1", "", "é", "x\n"];
        let causes: std::collections::BTreeSet<Cause> =
            axes.iter().map(|axis| Figure::award(&id, &ada, axis).in_revision(1)).collect();
        assert_eq!(causes.len(), axes.len());
        assert!(causes.iter().all(|cause| cause.figure().unwrap().in_revision(1) == *cause));
    }
}
