//! Joining and leaving, on a real disk.

use super::*;
use crate::Edited;

const SEEDS: &[SeedFile<'_>] = &[
    SeedFile {
        path: "templates.toml",
        contents: b"[two.members.zoe]\nrole = \"worker\"\nmodel = \"haiku\"\ntagline = \"doubts\"\n\
            [two.members.judge]\nrole = \"judge\"\nmodel = \"sonnet\"\ntagline = \"\"\n\
            [other.members.bo]\nrole = \"worker\"\nmodel = \"opus\"\nprovider = \"gemini\"\ntagline = \"counts\"\n\
            [other.members.jane]\nrole = \"judge\"\nmodel = \"sonnet\"\ntagline = \"\"\n",
    },
    SeedFile { path: "zoe/identity.md", contents: b"You are Zoe." },
    SeedFile { path: "bo/identity.md", contents: b"You are Bo." },
];

fn house() -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let house = Workspace::locate(Some(folder.path().into())).unwrap();
    house.ensure(SEEDS, &Template::find(SEEDS, "two").unwrap()).unwrap();
    (folder, house)
}

fn line(name: &str, role: Role) -> MemberLine {
    MemberLine {
        name: name.parse().unwrap(),
        role,
        model: "haiku".into(),
        provider: None,
        tagline: String::new(),
        component: None,
    }
}

fn names(house: &Workspace) -> Vec<String> {
    house.team().unwrap().members.iter().map(|member| member.name.to_string()).collect()
}

#[test]
fn whoever_joins_gets_documents_and_whoever_returns_finds_its_own() {
    let (_folder, house) = house();
    let joined = house.enrol(&line("vera", Role::Worker), None).unwrap();
    assert_eq!((joined.written.len(), joined.kept.len()), (2, 0));
    assert_eq!(names(&house), ["zoe", "judge", "vera"]);
    let identity = house.persona("vera").join("identity.md");
    fs::write(&identity, "mine").unwrap();

    let removed = house.dismiss("vera", WithFolder::Keep).unwrap();
    assert_eq!(
        (removed.folder, names(&house)),
        (Some(house.persona("vera")), vec!["zoe".into(), "judge".into()])
    );
    let again = house.enrol(&line("vera", Role::Worker), None).unwrap();
    assert_eq!((again.written.len(), again.kept.len()), (0, 2));
    assert_eq!(fs::read_to_string(identity).unwrap(), "mine");
    house.dismiss("vera", WithFolder::Delete).unwrap();
    assert!(!house.persona("vera").exists());
}

#[test]
fn a_copy_of_a_persona_speaks_of_the_new_name() {
    let (_folder, house) = house();
    let copied = house.persona_to_copy(SEEDS, "bo").unwrap();
    assert_eq!(copied.line.as_ref().unwrap().model, "opus");
    house.enrol(&line("vera", Role::Worker), Some(&copied)).unwrap();
    assert_eq!(fs::read_to_string(house.persona("vera").join("identity.md")).unwrap(), "You are Vera.");
    let own = house.persona_to_copy(SEEDS, "vera").unwrap();
    assert_eq!((own.documents.len(), own.line), (1, None));
}

#[test]
fn what_cannot_be_leaves_everything_as_it_was() {
    let (_folder, house) = house();
    let before = fs::read_to_string(house.team_file()).unwrap();
    for (attempt, expected) in [
        (house.enrol(&line("zoe", Role::Worker), None).err(), "zoe is in the team already"),
        (house.enrol(&line("steward", Role::Worker), None).err(), "the name `steward` belongs to the host"),
        (house.enrol(&line("jane", Role::Judge), None).err(), "the team has a judge, judge"),
        (
            house.dismiss("zo", WithFolder::Delete).err(),
            "there is no zo in the team; its members are zoe, judge",
        ),
        (house.persona_to_copy(SEEDS, "zo").err(), "there is no persona `zo` to copy; there are bo, zoe"),
        (house.persona_to_copy(SEEDS, "../x").err(), "there is no persona `../x` to copy; there are bo, zoe"),
    ] {
        assert_eq!(attempt.unwrap().to_string(), expected);
    }
    assert_eq!(fs::read_to_string(house.team_file()).unwrap(), before);
    assert!(!house.persona("steward").exists() && !house.persona("jane").exists());
}

#[test]
fn a_template_brings_its_people_with_their_models() {
    let (_folder, house) = house();
    let other = Template::find(SEEDS, "other").unwrap();
    let imported = house.import(SEEDS, &other, Edited::Keep).unwrap();
    assert_eq!(names(&house), ["zoe", "judge", "bo"]);
    assert_eq!(imported.second_judge.unwrap().as_str(), "jane");
    assert_eq!(imported.written, ["bo/identity.md"]);
    let bo = house.team().unwrap().members.pop().unwrap();
    assert_eq!((bo.model.as_str(), bo.provider.as_deref()), ("opus", Some("gemini")));
    let again = house.import(SEEDS, &other, Edited::Keep).unwrap();
    assert_eq!((again.joined.len(), again.stayed.len(), again.backup), (0, 1, None));

    let replaced = house.import(SEEDS, &other, Edited::Replace).unwrap();
    assert_eq!(names(&house), ["bo", "jane"]);
    assert!(fs::read_to_string(replaced.backup.unwrap()).unwrap().contains("zoe"));
    assert!(house.persona("zoe").exists() && house.team().unwrap().rubric.is_some());
}

#[test]
fn a_successor_is_somebody_new_with_an_old_memory() {
    let (_folder, house) = house();
    let (zoe, vera) = ("zoe".parse().unwrap(), "vera".parse().unwrap());
    fs::write(house.persona("zoe").join("memory.md"), "The bridge held.").unwrap();
    let joined = house.succeed(&zoe, &vera, None).unwrap();
    assert_eq!(names(&house), ["vera", "judge"]);
    assert_eq!(house.team().unwrap().members[0].tagline, "");
    assert_eq!((joined.written.len(), joined.kept.len()), (3, 0));
    let read = |name: &str, file: &str| fs::read_to_string(house.persona(name).join(file)).unwrap();
    assert_eq!(read("vera", "memory.md"), "The bridge held.");
    assert!(read("vera", "identity.md").contains("You are Vera."));
    assert_eq!(read("zoe", "identity.md"), "You are Zoe.");

    let bo = house.persona_to_copy(SEEDS, "bo").unwrap();
    house.succeed(&vera, &"ada".parse().unwrap(), Some(&bo)).unwrap();
    assert_eq!(read("ada", "identity.md"), "You are Ada.");
    assert_eq!(read("ada", "memory.md"), "The bridge held.");
    for (member, successor) in [("ada", "judge"), ("ada", "runner"), ("zoe", "bo")] {
        assert!(house.succeed(&member.parse().unwrap(), &successor.parse().unwrap(), None).is_err());
    }
    assert_eq!(names(&house), ["ada", "judge"]);
}
