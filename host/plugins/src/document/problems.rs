//! Everything that is wrong, as it is found.

use std::cell::RefCell;

use super::{Place, Problem};

/// The most problems that are kept; who has more has written something else than was asked for.
const MOST: usize = 50;

/// A list that several readers add to.
#[derive(Debug, Default)]
pub struct Problems(RefCell<Vec<Problem>>);

impl Problems {
    /// Note one.
    pub fn add(&self, place: &Place, what: impl Into<String>, remedy: impl Into<String>) {
        let mut list = self.0.borrow_mut();
        if list.len() < MOST {
            list.push(Problem { place: place.clone(), what: what.into(), remedy: remedy.into() });
        }
    }

    /// All of them, by place; nothing when there are none.
    pub fn found(self) -> Option<Vec<Problem>> {
        let mut list = self.0.into_inner();
        list.sort();
        list.dedup();
        (!list.is_empty()).then_some(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_come_in_the_order_of_their_places_and_end_somewhere() {
        let problems = Problems::default();
        for line in (1..=60).rev() {
            problems.add(&Place::Line(line), "wrong", "mend it");
        }
        let found = problems.found().unwrap();
        assert_eq!(found.len(), MOST);
        assert!(found.is_sorted());
        assert_eq!(Problems::default().found(), None);
    }
}
