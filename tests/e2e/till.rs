//! Buying on behalf of members.

use amatelier_engine::{Counter, Treasury};
use amatelier_test_support::Amatelier;
use amatelier_workspace::{Realm, Workspace};

/// Buy with what a member earned in rehearsals; why not, in words.
pub(crate) fn buy(house: &Amatelier, item: &str, member: &str) -> Result<(), String> {
    let workspace = Workspace::locate(Some(house.workspace())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let treasury = Treasury::of(&workspace, Realm::Play).unwrap().unwrap();
        let counter = Counter::open(&workspace, treasury).await.unwrap();
        let bought = counter.buy(&member.parse().unwrap(), item, "please").await;
        bought.map(drop).map_err(|error| error.to_string())
    })
}
