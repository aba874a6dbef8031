//! What can be learnt: components and people's own folders.

use std::fs;

use amatelier_test_support::example;
use serde_json::Value;

use crate::{PAIR, all, empty, find};

const OWN: &str = "---\nname: 3d-reading\ndescription: Read in three passes. Use it before you dispute.\nallowed-tools: Bash\n---\n\
    # Reading in three passes\n\nOnce for the claim, once for the grounds, once for what is missing.\n";

#[test]
fn a_folder_is_taken_over_as_a_skill_and_nothing_in_it_is_run() {
    let house = empty().team(PAIR).file("theirs/SKILL.md", OWN).file("theirs/scripts/run.sh", "touch ran");
    let theirs = house.path("theirs");
    let import = |more: &[&str]| house.args(["skills", "import"]).arg(&theirs).args(more);
    let imported = import(&["--json"]).run().ok();
    let told = imported.digest();
    assert_eq!((&told["id"], &told["outcome"]), (&"3d-reading".into(), &"added".into()));
    let warnings = told["warnings"].to_string();
    assert!(
        warnings.contains("`allowed-tools` grants nothing") && warnings.contains("`scripts/` are left aside")
    );
    let own: Vec<_> = fs::read_dir(house.path("skills/3d-reading"))
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    assert_eq!(own, ["SKILL.md"]);

    let listed: Value = house.args(["skills", "list", "--json"]).run().ok().digest();
    assert_eq!(listed["skills"].as_array().unwrap().len(), 9);
    assert_eq!(find(&listed["skills"], "id", "3d-reading")["source"], "skills/3d-reading");
    let lesson = house.args(["skills", "teach", "3d-reading"]).run().ok();
    assert!(lesson.stdout.starts_with("# Reading in three passes\n\nOnce for the claim"), "{lesson}");
    let shown = house.args(["skills", "show", "3d-reading"]).run().ok();
    assert!(shown.stdout.contains("taught by: skills/3d-reading"), "{shown}");

    house.replace("theirs/SKILL.md", OWN.replace("Once for", "Twice for"));
    let other = import(&[]).run().exits(5);
    assert!(other.stderr.contains("`--replace` puts this one in its place"), "{other}");
    import(&["--replace"]).run().ok();
    assert!(house.args(["skills", "teach", "3d-reading"]).run().ok().stdout.contains("Twice for the claim"));
}

#[test]
fn a_folder_that_is_no_skill_is_refused_by_line_and_one_in_the_workspace_is_left_out() {
    let house = empty().team(PAIR).file("theirs/SKILL.md", "---\nname: Not A Name\n---\n");
    let refused = house.args(["skills", "import"]).arg(house.path("theirs")).run().exits(3);
    assert!(refused.stderr.contains("line 2: `name` is 1 to 64 lower-case letters"), "{refused}");
    assert!(refused.stderr.contains("there is no `description`"), "{refused}");
    let missing = house.args(["skills", "import"]).arg(house.path("nowhere")).run().exits(3);
    assert!(missing.stderr.contains("there is no such file"), "{missing}");

    let house = house.file("skills/bad/SKILL.md", "no front matter");
    let ran = house.args(["skills", "list"]).run().ok();
    assert!(
        ran.stderr.contains("a skill is left out") && ran.stderr.contains("there is no front matter"),
        "{ran}"
    );
    assert!(ran.stdout.contains("debate-tactics"));
}

#[test]
fn of_two_who_teach_the_same_the_first_in_the_team_file_does() {
    let lines = "[[skill]]\ncomponent = \"laconic.wasm\"\n[[skill]]\ncomponent = \"foundations\"\n";
    let house = empty()
        .team(&format!("{PAIR}{lines}"))
        .file("laconic.wasm", example("skill-laconic"))
        .file("skills/debate-tactics/SKILL.md", OWN.replace("3d-reading", "debate-tactics"));
    let ran = house.args(["skills", "list", "--json"]).run().ok();
    let listed = ran.digest();
    let ids = all(&listed["skills"], "id");
    assert!(ids.len() > 8, "{listed:#}");
    assert_eq!(find(&listed["skills"], "id", "debate-tactics")["source"], "foundations");
    let words = "the skill debate-tactics of skills/debate-tactics is left out: foundations teaches it";
    assert!(listed["warnings"].to_string().contains(words), "{listed:#}");
    assert!(ran.stderr.contains(words), "{ran}");
}

#[test]
fn whoever_asks_for_what_nobody_teaches_is_told_what_is_taught() {
    let house = empty().team(PAIR);
    for command in ["show", "teach"] {
        let ran = house.args(["skills", command, "debate-tactic"]).run().exits(4);
        assert!(ran.stderr.contains("did you mean `debate-tactics`?"), "{ran}");
    }
    let ran = house.args(["skills", "teach", "debate-tactics", "--member", "elen"]).run().exits(4);
    assert!(ran.stderr.contains("did you mean `elena`?"), "{ran}");
    let nobody = house.file("team.toml", format!("skill = []\n{PAIR}"));
    assert_eq!(nobody.args(["skills", "list"]).run().ok().stdout, "nobody teaches anything\n");
}
