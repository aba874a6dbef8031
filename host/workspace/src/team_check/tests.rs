//! Teams with everything wrong.

use std::fs;

use super::*;

/// What the house has.
fn known() -> Vec<KnownComponent> {
    let tone: &[&str] = &["tone"];
    [
        (Serves::Seat(Role::Worker), "classic", true, Some(tone)),
        (Serves::Seat(Role::Worker), "scripted", false, None),
        (Serves::Seat(Role::Judge), "classic", true, None),
        (Serves::Seat(Role::Rubric), "classic", false, None),
        (Serves::Store, "classic", false, Some(&[] as &[&str])),
        (Serves::Skill, "foundations", false, Some(&[] as &[&str])),
    ]
    .map(|(serves, id, reads_documents, settings)| KnownComponent {
        serves,
        id: id.into(),
        reads_documents,
        settings: settings.map(|keys| keys.iter().map(|key| (*key).to_owned().into()).collect()),
    })
    .into()
}

/// What is said of a team, with `ROOT` for the workspace.
fn said(team: &str, files: &[(&str, &[u8])]) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in [("team.toml", team.as_bytes())].iter().chain(files) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let house = Workspace::locate(Some(folder.path().into())).unwrap();
    let lines = house.check_team(&known()).unwrap().into_iter().map(|complaint| {
        let severity = if complaint.severity == Severity::Error { "error" } else { "warning" };
        format!("{severity}: {complaint}\n")
    });
    lines.collect::<String>().replace(&folder.path().display().to_string(), "ROOT")
}

#[test]
fn every_key_and_value_that_makes_no_sense_is_named_with_its_line() {
    insta::assert_snapshot!(said(
        "title = 1\n[members]\nada = { roll = \"worker\", model = 3 }\nbo = { role = \"boss\", allow = [\"llm.compleet\", 3] }\n\
         cy = 3\n[members.dee]\nrole = \"jugde\"\ncomponent = \"A B\"\nsettings = \"dry\"\nallow = \"all\"\n[rubrik]\n",
        &[]
    ));
    assert_eq!(said("members = 3", &[]), "error: line 1: `members` must be a table, not a whole number\n");
    assert!(said("[members\n", &[]).starts_with("error: line 1: "));
    assert!(said("[members]\nAda = { role = \"worker\" }", &[]).contains("`Ada` is not a member name"));
    assert!(said("[members]\na = { role = \"judge\" }\nb = { role = \"judge\" }", &[]).contains("one judge"));
}

#[test]
fn what_a_team_promises_is_looked_for() {
    let team = "[members]\nada = { role = \"worker\", provider = \"openai-compt\", settings = { tune = \"dry\", tone = \"dry\" } }\n\
        bo = { role = \"worker\", component = \"gone.wasm\" }\ncy = { role = \"worker\", component = \"text.wasm\" }\n\
        dee = { role = \"worker\", component = \"clasic\" }\neve = { role = \"worker\", component = \"scripted\", settings = { any = 1 } }\n\
        fay = { role = \"worker\" }\ngus = { role = \"worker\" }\njudge = { role = \"judge\", component = \"scripted\" }\n";
    insta::assert_snapshot!(said(
        team,
        &[
            ("text.wasm", b"(component)"),
            ("agents/ada/identity.md", b"You are Ada."),
            ("agents/fay/identity.md", b"You are Fay. [Make this yours: how?]"),
            ("agents/fay/instructions.md", b"Speak."),
            ("agents/gus/identity.md", b"\xff"),
        ]
    ));
}

#[test]
fn a_team_without_anybody_is_told_what_it_lacks() {
    assert_eq!(
        said("", &[]),
        "error: nobody debates: the team has no worker\nerror: nobody judges: the team has no judge\n\
         warning: debates are not scored: there is no [rubric]\n"
    );
}

#[test]
fn a_whole_team_is_whole() {
    let documents: Vec<(String, &[u8])> = ["ada", "judge"]
        .iter()
        .flat_map(|name| {
            ["identity", "instructions"].map(|file| (format!("agents/{name}/{file}.md"), &b"Be."[..]))
        })
        .collect();
    let mut files: Vec<(&str, &[u8])> =
        documents.iter().map(|(path, bytes)| (path.as_str(), *bytes)).collect();
    files.push(("own.wasm", COMPONENT));
    let team = "[members]\nada = { role = \"worker\" }\nbo = { role = \"worker\", component = \"own.wasm\" }\n\
        judge = { role = \"judge\" }\n[rubric]\n";
    assert_eq!(said(team, &files), "");
}

#[test]
fn stores_and_teachers_that_are_not_there_are_named_with_their_lines() {
    let team = "[members]\nada = { role = \"worker\", component = \"scripted\" }\njudge = { role = \"judge\", component = \"classic\" }\n\
        [rubric]\ncomponent = \"classic\"\n[[skill]]\ncomponent = \"foundation\"\n[[skill]]\ncomponent = \"gone.wasm\"\n\
        [[store]]\ncomponent = \"classic\"\nsettings = { luck = 3 }\n";
    let said = said(team, &[("agents/judge/identity.md", b"I"), ("agents/judge/instructions.md", b"I")]);
    assert_eq!(
        said,
        "error: line 6: [[skill]] 1: there is no component `foundation` for a skill; did you mean `foundations`?\n\
         error: line 8: [[skill]] 2: the component ROOT/gone.wasm is not there\n\
         warning: line 10: [[store]] 1: the component `classic` has no setting `luck`\n"
    );
}
