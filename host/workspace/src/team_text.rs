//! Changing the team file the way a careful hand would: one line comes or goes, everything else stays byte for byte.

use std::{ops::Range, path::Path};

use amatelier_types::MemberName;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};
use toml_edit::{DocumentMut, Item, Table};

use crate::{BadFile, MemberLine, Problem, Team, toml_text::TomlText};

/// The text with these members added after those there are; nobody of `lines` may be in it.
pub(crate) fn enrol(text: &str, path: &Path, lines: &[MemberLine]) -> Result<String, BadFile> {
    edit(text, path, |members| {
        for line in lines {
            members.insert(line.name.as_str(), toml_edit::value(line.to_toml()));
        }
    })
}

/// The text with these members in the place of all there are; what is not a member stays.
pub(crate) fn replace(text: &str, path: &Path, lines: &[MemberLine]) -> Result<String, BadFile> {
    edit(text, path, |members| {
        members.clear();
        for line in lines {
            members.insert(line.name.as_str(), toml_edit::value(line.to_toml()));
        }
    })
}

fn edit(
    text: &str,
    path: &Path,
    change: impl FnOnce(&mut dyn toml_edit::TableLike),
) -> Result<String, BadFile> {
    edit_as_it_is(text, path, |members| {
        if let Some(table) = members.as_table_mut() {
            // `[members.ada]` alone makes no line of its own for [members].
            table.set_implicit(false);
        }
        members.as_table_like_mut().map(change)
    })
}

/// The same without a line for the table of members where there is none.
fn edit_as_it_is(
    text: &str,
    path: &Path,
    change: impl FnOnce(&mut Item) -> Option<()>,
) -> Result<String, BadFile> {
    let wrong = |why: String| BadFile::new(path, Problem::Toml(why));
    let mut document: DocumentMut =
        text.parse().map_err(|error: toml_edit::TomlError| wrong(error.to_string()))?;
    let members = document.entry("members").or_insert_with(|| Item::Table(Table::new()));
    change(members).ok_or_else(|| wrong("`members` must be a table of members".into()))?;
    let changed = document.to_string();
    Team::parse(&changed, path)?;
    Ok(changed)
}

/// The text without a member's line (or table); comments stay, wherever they are.
pub(crate) fn dismiss(text: &str, path: &Path, name: &MemberName) -> Result<String, BadFile> {
    let before = Team::parse(text, path)?;
    let by_hand = || {
        let why = format!("the line of {name} cannot be told from others; take it out by hand");
        BadFile::new(path, Problem::Meaning(why))
    };
    let table = TomlText(text).parse().map_err(|_| by_hand())?;
    let extent = table
        .get_ref()
        .get("members")
        .and_then(|members| members.get_ref().as_table())
        .and_then(|members| members.iter().find(|(key, _)| key.get_ref() == name.as_str()))
        .map(|(key, value)| key.span().start.min(value.span().start)..end(value))
        .ok_or_else(by_hand)?;
    let lines = whole_lines(text, extent);
    let changed = [text.get(..lines.start), text.get(lines.end..)].map(Option::unwrap_or_default).concat();
    // Layouts there are many of; whether this one was understood is seen by reading what is left.
    let mut expected = before;
    expected.members.retain(|member| member.name != *name);
    match Team::parse(&changed, path) {
        Ok(after) if after == expected => Ok(changed),
        _ => Err(by_hand()),
    }
}

/// The text with a member's line under another's name, at the same place; what it stands for is the new one's to say.
pub(crate) fn succeed(
    text: &str,
    path: &Path,
    name: &MemberName,
    successor: &MemberName,
) -> Result<String, BadFile> {
    let mut expected = Team::parse(text, path)?;
    let by_hand = || {
        let why =
            format!("the line of {name} cannot be told from others; write {successor} in its place by hand");
        BadFile::new(path, Problem::Meaning(why))
    };
    let table = TomlText(text).parse().map_err(|_| by_hand())?;
    let key = table
        .get_ref()
        .get("members")
        .and_then(|members| members.get_ref().as_table())
        .and_then(|members| members.iter().find(|(key, _)| key.get_ref() == name.as_str()))
        .map(|(key, _)| key.span())
        .ok_or_else(by_hand)?;
    let renamed = [text.get(..key.start), Some(successor.as_str()), text.get(key.end..)];
    let renamed = renamed.map(Option::unwrap_or_default).concat();
    let changed = edit_as_it_is(&renamed, path, |members| {
        let line = members.as_table_like_mut()?.get_mut(successor.as_str()).and_then(Item::as_table_like_mut);
        line.map(|line| line.remove("tagline"));
        Some(())
    });
    for member in expected.members.iter_mut().filter(|member| member.name == *name) {
        member.name = successor.clone();
        member.tagline = String::new();
    }
    match changed.and_then(|changed| Ok((Team::parse(&changed, path)?, changed))) {
        Ok((after, changed)) if after == expected => Ok(changed),
        _ => Err(by_hand()),
    }
}

/// Where a value ends; a table that has lines of its own ends with the last of them.
fn end(value: &Spanned<DeValue<'_>>) -> usize {
    fn of_table(table: &DeTable<'_>) -> usize {
        table.iter().map(|(key, value)| key.span().end.max(end(value))).max().unwrap_or_default()
    }
    let inside = value.get_ref().as_table().map(of_table).unwrap_or_default();
    inside.max(value.span().end)
}

fn whole_lines(text: &str, range: Range<usize>) -> Range<usize> {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = after.find('\n').map_or(text.len(), |at| range.end + at + 1);
    start..end
}

#[cfg(test)]
mod tests {
    use amatelier_types::Role;

    use super::*;

    const TEXT: &str = "# Ours.\n\n[members] # all of us\n# the loud one\nzoe  = { role = \"worker\" }   # since May\n\
        ada  = { role = \"worker\", settings = { a = 1 } }\n# rules\njudge = { role = \"judge\" }\n\n# marks\n[rubric]\ncomponent = \"classic\"\n";

    fn line(name: &str) -> MemberLine {
        MemberLine {
            name: name.parse().unwrap(),
            role: Role::Worker,
            model: "haiku".into(),
            provider: None,
            tagline: "says \"no\"".into(),
            component: None,
        }
    }

    #[test]
    fn a_new_member_is_one_line_more_and_nothing_else() {
        let path = Path::new("team.toml");
        let changed = enrol(TEXT, path, &[line("bo")]).unwrap();
        let added: Vec<_> = changed.lines().filter(|line| !TEXT.lines().any(|old| old == *line)).collect();
        assert_eq!(added, ["bo = { role = \"worker\", model = \"haiku\", tagline = 'says \"no\"' }"]);
        assert_eq!(changed.replace(&format!("{}\n", added[0]), ""), TEXT);
        for bare in [
            "",
            "[rubric]\ncomponent = \"classic\"\n",
            "[members.zoe]\nrole = \"worker\"\n",
            "members = {}\n",
        ] {
            let changed = enrol(bare, path, &[line("bo")]).unwrap();
            let team = Team::parse(&changed, path).unwrap();
            assert!(team.workers().any(|worker| worker.name.as_str() == "bo"), "{changed}");
            let again = dismiss(&changed, path, &"bo".parse().unwrap());
            assert!(bare.starts_with("members") || again.is_ok(), "{changed}");
        }
    }

    #[test]
    fn a_member_that_goes_takes_its_line_and_no_other() {
        let path = Path::new("team.toml");
        let without = |name: &str| dismiss(TEXT, path, &name.parse().unwrap()).unwrap();
        assert_eq!(without("zoe"), TEXT.replace("zoe  = { role = \"worker\" }   # since May\n", ""));
        assert_eq!(without("judge"), TEXT.replace("judge = { role = \"judge\" }\n", ""));
        let tables = "[members.zoe]\nrole = \"worker\"\n[members.zoe.settings]\na = 1\n\n[members.ada]\nrole = \"worker\"\n";
        let left = dismiss(tables, path, &"zoe".parse().unwrap()).unwrap();
        assert_eq!(left, "\n[members.ada]\nrole = \"worker\"\n");
        let inline = "members = { zoe = { role = \"worker\" }, ada = { role = \"worker\" } }\n";
        let error = dismiss(inline, path, &"zoe".parse().unwrap()).unwrap_err();
        assert!(error.to_string().contains("by hand"), "{error}");
    }

    #[test]
    fn a_successor_takes_the_place_and_the_settings_but_not_the_words() {
        let path = Path::new("team.toml");
        let (zoe, bo) = ("zoe".parse().unwrap(), "bo".parse().unwrap());
        let changed = succeed(TEXT, path, &zoe, &bo).unwrap();
        assert_eq!(changed, TEXT.replace("zoe  = ", "bo  = "));
        let said = TEXT.replace(
            "zoe  = { role = \"worker\" }",
            "zoe = { role = \"worker\", tagline = \"shouts\", model = \"opus\" }",
        );
        let changed = succeed(&said, path, &zoe, &bo).unwrap();
        assert!(changed.contains("bo = { role = \"worker\", model = \"opus\" }   # since May"), "{changed}");
        let tables =
            "[members.zoe]\nrole = \"worker\"\ntagline = \"shouts\"\n\n[members.ada]\nrole = \"worker\"\n";
        let changed = succeed(tables, path, &zoe, &bo).unwrap();
        assert_eq!(
            changed,
            tables.replace("members.zoe", "members.bo").replace("tagline = \"shouts\"\n", "")
        );
        let several = "[members.zoe]\nrole = \"worker\"\n[members.zoe.settings]\na = 1\n";
        assert!(succeed(several, path, &zoe, &bo).unwrap_err().to_string().contains("by hand"));
        assert!(succeed(TEXT, path, &bo, &zoe).is_err());
    }

    #[test]
    fn others_in_the_place_of_all_leave_the_rest_alone() {
        let changed = replace(TEXT, Path::new("team.toml"), &[line("bo")]).unwrap();
        assert!(changed.starts_with("# Ours.\n\n[members] # all of us\nbo = {"), "{changed}");
        assert!(changed.ends_with("\n# marks\n[rubric]\ncomponent = \"classic\"\n"), "{changed}");
    }
}
