//! Buying on behalf of members.

use amatelier_engine::Counter;
use amatelier_test_support::Amatelier;
use amatelier_workspace::{Realm, Workspace};

/// Buy with what a member earned in rehearsals; why not, in words.
pub(crate) fn buy(house: &Amatelier, item: &str, member: &str) -> Result<(), String> {
    let workspace = Workspace::locate(Some(house.workspace())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let counter = Counter::open(&workspace, Realm::Play).await.unwrap();
        let bought = counter.buy(&member.parse().unwrap(), item, "please").await;
        bought.map(drop).map_err(|error| error.to_string())
    })
}
