//! The store as it stands: the catalog, and the components that export what is in it.

use std::collections::BTreeMap;

use amatelier_bundle::CATALOG;
use amatelier_debate::Ware;
use amatelier_economy::{Bounds, Catalog, Offer, Shelf, ShelfProblem};
use amatelier_types::{Failure, FailureKind, StoreItem};
use amatelier_workspace::{BadFile, Problem, Team, Workspace};

use super::{BuyError, ShopWarning, absent::Absent, vendor};
use crate::{Error, components::Components, treasury};

/// What is on sale, and who sells it.
pub struct Shop {
    offers: Vec<Offer>,
    sellers: BTreeMap<String, Absent>,
    warnings: Vec<ShopWarning>,
}

impl Shop {
    /// Open the store of a workspace.
    ///
    /// # Errors
    /// A file of the workspace makes no sense; the plugin runtime does not start.
    pub async fn open(workspace: &Workspace) -> Result<Self, Error> {
        let bounds = treasury::rules(workspace)?.bounds;
        Shop::of(workspace, &Components::of(workspace)?, &workspace.team()?, &bounds).await
    }

    /// What the catalog asks for each of its items; nobody is asked whether they are on sale.
    ///
    /// # Errors
    /// A file of the workspace makes no sense.
    pub fn prices(workspace: &Workspace) -> Result<BTreeMap<String, u32>, Error> {
        let catalog = catalog(workspace, &treasury::rules(workspace)?.bounds)?;
        Ok(catalog.entries.into_iter().map(|entry| (entry.id, entry.price)).collect())
    }

    /// The same with components that are loaded already.
    pub(crate) async fn of(
        workspace: &Workspace,
        components: &Components,
        team: &Team,
        bounds: &Bounds,
    ) -> Result<Self, Error> {
        let catalog = catalog(workspace, bounds)?;
        let mut shop = Shop { offers: Vec::new(), sellers: BTreeMap::new(), warnings: Vec::new() };
        let mut exports = BTreeMap::new();
        for name in catalog.components() {
            match opened(components, team, name).await {
                Ok((seller, items)) => {
                    shop.sellers.insert(name.to_owned(), seller);
                    exports.insert(name.to_owned(), items);
                }
                Err(why) => {
                    let lost = catalog.entries.iter().filter(|entry| entry.component == name).count();
                    let lost = if lost == 1 { "1 item is".into() } else { format!("{lost} items are") };
                    let what = format!("{lost} not on sale: the store component {name} is left out: {why}");
                    shop.warnings.push(ShopWarning(what));
                }
            }
        }
        let Shelf { offers, problems } = Shelf::of(&catalog, &exports, bounds);
        // Why a component that is left out exports nothing has been said.
        let is_new = |problem: &ShelfProblem| match problem {
            ShelfProblem::NotExported { component, .. } => exports.contains_key(component),
            ShelfProblem::Refused { .. } => true,
        };
        let problems = problems.iter().filter(|problem| is_new(problem));
        shop.warnings.extend(problems.map(|problem| ShopWarning(problem.to_string())));
        shop.offers = offers;
        Ok(shop)
    }

    /// What is on sale, in the order in which it is shown.
    pub fn offers(&self) -> &[Offer] {
        &self.offers
    }

    /// What is on sale under this id.
    pub fn find(&self, id: &str) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.id == id)
    }

    /// The same, or what there is.
    ///
    /// # Errors
    /// There is no such item.
    pub fn offer(&self, id: &str) -> Result<&Offer, BuyError> {
        let known = || self.offers.iter().map(|offer| offer.id.clone()).collect();
        self.find(id).ok_or_else(|| BuyError::UnknownItem { id: id.to_owned(), known: known() })
    }

    /// What was left out, and why.
    pub fn warnings(&self) -> &[ShopWarning] {
        &self.warnings
    }

    /// What is on sale, as a debate keeps it.
    pub(crate) fn wares(&self) -> Vec<Ware> {
        let ware = |offer: &Offer| Ware {
            id: offer.id.clone(),
            name: offer.name.clone(),
            category: offer.category.clone(),
            lifetime: offer.lifetime.name().to_owned(),
            price: u32::try_from(offer.price.0).unwrap_or(u32::MAX),
            description: offer.description.clone(),
            component: offer.component.clone(),
            item: offer.item.clone(),
        };
        self.offers.iter().map(ware).collect()
    }

    /// Who sells an item.
    pub(super) fn seller(&self, offer: &Offer) -> Result<&Absent, Failure> {
        let gone = || {
            let what = format!("the store component {} is not there any more", offer.component);
            Failure::new(FailureKind::HostFault, what)
        };
        self.sellers.get(&offer.component).ok_or_else(gone)
    }
}

/// The workspace's catalog, or the one that comes with the program.
fn catalog(workspace: &Workspace, bounds: &Bounds) -> Result<Catalog, Error> {
    let own = workspace.catalog()?;
    Catalog::parse(own.as_deref().unwrap_or(CATALOG), bounds).map_err(|bad| {
        let problem = Problem::Meaning(bad.to_string());
        Error::File(BadFile { path: workspace.catalog_file(), problem })
    })
}

/// A component of the catalog, and what it exports.
async fn opened(
    components: &Components,
    team: &Team,
    name: &str,
) -> Result<(Absent, Vec<StoreItem>), String> {
    let seller = vendor::seller(components, team, name).await?;
    let listed = seller.runtime.list_items(&seller.component, seller.call()).await;
    let items = seller.answered(listed).map_err(|failure| failure.to_string())?;
    Ok((seller, items))
}
