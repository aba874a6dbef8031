//! The operator's grants, `grants.toml`.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use amatelier_types::{Capability, Sha256};

use super::{GrantError, Right, Rights};
use crate::{
    Ask, PluginId,
    document::{Fields, Node, Problems, Value, read_toml},
    host_file,
    plain_text::Quoted,
};

/// Who may do what, by the plugin's id and the digest of its bytes. An entry with no capability is a decision, too: it may do nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrantBook(BTreeMap<(PluginId, Sha256), Rights>);

const HEAD: &str = "# What plugins may do. Written by `amatelier plugin grant` and `revoke`; each grant is for these bytes of a plugin alone.\n";

impl GrantBook {
    /// Read the file; without one nothing is granted.
    ///
    /// # Errors
    /// [`GrantError`]; a file that is damaged anywhere grants nothing.
    pub fn read(path: &Path) -> Result<Self, GrantError> {
        host_file::read(path)?.map_or_else(|| Ok(GrantBook::default()), |text| Self::parse(&text))
    }

    /// What a plugin with these bytes is granted; nothing where nobody has decided yet.
    pub fn of(&self, id: &PluginId, digest: &Sha256) -> Option<&Rights> {
        self.0.get(&(id.clone(), *digest))
    }

    /// Grant something beside what is granted already.
    pub fn grant(&mut self, id: &PluginId, digest: &Sha256, rights: &Rights) {
        let granted = self.0.entry((id.clone(), *digest)).or_default();
        *granted = granted.or(rights);
    }

    /// Take one capability from a plugin, or all of them, whatever its bytes: nobody remembers which version they granted it to. Whether there
    /// was anything to take.
    pub fn revoke(&mut self, id: &PluginId, capability: Option<Capability>) -> bool {
        let mut found = false;
        for (_, rights) in self.0.iter_mut().filter(|((own, _), _)| own == id) {
            let left = capability.map_or_else(Rights::none, |capability| rights.without(capability));
            found |= left != *rights;
            *rights = left;
        }
        found
    }

    /// Grant exactly this, whatever was granted before.
    pub(crate) fn set(&mut self, id: &PluginId, digest: &Sha256, rights: &Rights) {
        self.0.insert((id.clone(), *digest), rights.clone());
    }

    /// Forget what was decided about some bytes: they are asked about again.
    pub(crate) fn unset(&mut self, id: &PluginId, digest: &Sha256) {
        self.0.remove(&(id.clone(), *digest));
    }

    /// Forget what was decided about all bytes but these.
    pub(crate) fn retain(&mut self, keep: impl Fn(&PluginId, &Sha256) -> bool) {
        self.0.retain(|(id, digest), _| keep(id, digest));
    }

    /// All grants, by id and digest.
    pub fn iter(&self) -> impl Iterator<Item = (&PluginId, &Sha256, &Rights)> {
        self.0.iter().map(|((id, digest), rights)| (id, digest, rights))
    }

    /// The file's text: sorted, so that the same grants always read the same.
    pub fn to_toml(&self) -> String {
        let mut text = format!("{HEAD}schema = 1\n");
        for ((id, digest), rights) in &self.0 {
            // Writing into a text cannot fail.
            let _ = write!(text, "\n[[grant]]\nid = \"{id}\"\nsha256 = \"{digest}\"\n[grant.capabilities]\n");
            for (capability, right) in rights.iter() {
                let labels = right.labels.iter().map(|labels| {
                    let labels = labels.iter().map(|label| toml::Value::from(label.as_str()).to_string());
                    format!(" labels = [{}] ", labels.collect::<Vec<_>>().join(", "))
                });
                let _ = writeln!(text, "\"{capability}\" = {{{}}}", labels.collect::<String>());
            }
        }
        text
    }

    /// The grants in a file's text.
    ///
    /// # Errors
    /// [`GrantError::Problems`]: all of them, by line.
    pub fn parse(text: &str) -> Result<Self, GrantError> {
        let node = read_toml(text).map_err(GrantError::Problems)?;
        let problems = Problems::default();
        let book = book(&node, &problems);
        problems.found().map_or(Ok(book), |found| Err(GrantError::Problems(found)))
    }
}

fn book(node: &Node, problems: &Problems) -> GrantBook {
    let mut book = GrantBook::default();
    let Some(top) = Fields::of(node, "", &["schema", "grant"], problems) else { return book };
    if let Some(schema) = top.needed("schema", "schema = 1")
        && schema.value != Value::Whole(1)
    {
        problems.add(&schema.place, "`schema` is not one that this host reads", "use the host that wrote it");
    }
    for node in top.perhaps_list("grant", usize::MAX).unwrap_or_default() {
        let Some(fields) = Fields::of(node, "grant.", &["id", "sha256", "capabilities"], problems) else {
            continue;
        };
        let id = fields.needed_parsed::<PluginId>("id", "id = \"socratic\"");
        let digest = fields.needed_parsed::<Sha256>("sha256", "sha256 = \"…\"");
        let capabilities = fields.needed("capabilities", "[grant.capabilities]");
        let rights = capabilities.map(|node| rights(node, problems));
        let (Some(id), Some(digest), Some(rights)) = (id, digest, rights) else { continue };
        if book.0.insert((id.clone(), digest), rights).is_some() {
            let what = format!("there are two grants for `{id}` with these bytes");
            problems.add(&node.place, what, "leave the one that you meant");
        }
    }
    book
}

fn rights(node: &Node, problems: &Problems) -> Rights {
    let known = Capability::ALL.map(Capability::name);
    let Some(_) = Fields::of(node, "grant.capabilities.", &known, problems) else { return Rights::none() };
    node.entries()
        .unwrap_or_default()
        .iter()
        .filter_map(|entry| {
            let capability: Capability = entry.key.parse().ok()?;
            let talks = matches!(capability, Capability::LlmComplete | Capability::LlmEmbed);
            let options: &[&str] = if talks { &["labels"] } else { &[] };
            let fields = Fields::of(&entry.node, "grant.capabilities.", options, problems)?;
            let labels = fields.perhaps_lines("labels", usize::MAX, Ask::LABEL);
            if labels.as_ref().is_some_and(Vec::is_empty) {
                let what = format!("{} is granted for no model at all", Quoted(&entry.key));
                problems.add(&entry.place, what, "name labels, or take the line out");
            }
            Some((capability, Right { labels: labels.map(|labels| labels.into_iter().collect()) }))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use amatelier_types::Capability::{LlmComplete, MarketBuy, StewardRead};

    use super::*;
    use crate::rights::rights::tests::rights;

    fn id(text: &str) -> PluginId {
        text.parse().unwrap()
    }

    fn sample() -> GrantBook {
        let mut book = GrantBook::default();
        book.grant(&id("zeno"), &Sha256::of(b"z"), &Rights::none());
        book.grant(
            &id("ada"),
            &Sha256::of(b"a"),
            &rights(&[(LlmComplete, &["haiku", "a \"b\""]), (StewardRead, &[])]),
        );
        book.grant(&id("ada"), &Sha256::of(b"b"), &rights(&[(MarketBuy, &[])]));
        book
    }

    #[test]
    fn a_grant_is_for_an_id_and_its_bytes_alone() {
        let book = sample();
        assert_eq!(book.of(&id("ada"), &Sha256::of(b"b")), Some(&rights(&[(MarketBuy, &[])])));
        assert_eq!(book.of(&id("ada"), &Sha256::of(b"z")), None);
        assert_eq!(book.of(&id("zeno"), &Sha256::of(b"b")), None);
        assert_eq!(book.of(&id("zeno"), &Sha256::of(b"z")), Some(&Rights::none()));
    }

    #[test]
    fn what_is_revoked_is_revoked_from_every_version() {
        let mut book = sample();
        assert!(book.revoke(&id("ada"), Some(MarketBuy)));
        assert!(!book.revoke(&id("ada"), Some(MarketBuy)));
        assert_eq!(book.of(&id("ada"), &Sha256::of(b"b")), Some(&Rights::none()));
        assert!(book.of(&id("ada"), &Sha256::of(b"a")).unwrap().get(StewardRead).is_some());
        assert!(book.revoke(&id("ada"), None));
        assert!(book.iter().all(|(_, _, rights)| rights.is_empty()));
        book.retain(|own, _| *own != id("ada"));
        assert_eq!(book.iter().count(), 1);
    }

    #[test]
    fn the_text_is_sorted_and_reads_back() {
        let text = sample().to_toml();
        assert_eq!(GrantBook::parse(&text).unwrap(), sample());
        let expected = format!(
            "{HEAD}schema = 1\n\n[[grant]]\nid = \"ada\"\nsha256 = \"{}\"\n[grant.capabilities]\n\"market.buy\" = {{}}\n",
            Sha256::of(b"b")
        );
        assert!(text.starts_with(&expected), "{text}");
        assert_eq!(GrantBook::parse(&GrantBook::default().to_toml()).unwrap(), GrantBook::default());
    }

    #[test]
    fn a_file_that_is_damaged_anywhere_grants_nothing() {
        let good = sample().to_toml();
        for (from, to, said) in [
            ("schema = 1", "schema = 2", "`schema` is not one that this host reads"),
            ("\"ada\"", "\"Ada\"", "`grant.id` is `Ada`"),
            ("market.buy", "market.bye", "`market.bye` is no key here; did you mean `market.buy`?"),
            ("\"market.buy\" = {}", "\"market.buy\" = { labels = [\"x\"] }", "`labels` is no key here"),
            ("\"market.buy\" = {}", "\"market.buy\" = true", "must be a table, not a yes or no"),
            (
                "\"steward.read\" = {}",
                "\"llm.embed\" = { labels = [] }",
                "`llm.embed` is granted for no model at all",
            ),
            ("[grant.capabilities]", "[grant.rights]", "`rights` is no key here"),
            ("id = \"zeno\"", "id = ", "this is no TOML"),
            (&Sha256::of(b"b").to_string(), &Sha256::of(b"a").to_string(), "there are two grants for `ada`"),
            (&Sha256::of(b"b").to_string(), "*", "`grant.sha256` is `*`"),
        ] {
            let text = good.replace(from, to);
            assert_ne!(text, good, "{from}");
            let error = GrantBook::parse(&text).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
        assert!(GrantBook::parse("").is_err());
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_granted_is_read_back(
            label in "[!-~é]([ -~é'\"]{0,20}[!-~é'\"])?",
            id in "[a-z][a-z0-9]{0,9}",
            bytes in proptest::collection::vec(0_u8.., 0..4),
        ) {
            let mut book = GrantBook::default();
            let id: PluginId = id.parse().unwrap();
            book.grant(&id, &Sha256::of(&bytes), &rights(&[(LlmComplete, &[&label]), (MarketBuy, &[])]));
            proptest::prop_assert_eq!(GrantBook::parse(&book.to_toml()).unwrap(), book);
        }
    }
}
