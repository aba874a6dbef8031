//! What people read of their team.

use amatelier_engine::{STARTER, seed_files};
use amatelier_workspace::Template;

use super::*;
use crate::commands::{Roster, Row};

fn row(name: &str, role: &str, provider: Option<&str>, tagline: &str) -> Row {
    Row {
        name: name.into(),
        role: role.into(),
        model: "sonnet".into(),
        provider: provider.map(Into::into),
        component: "classic".into(),
        allow: None,
        settings: [].into(),
        tagline: tagline.into(),
    }
}

#[test]
fn a_team_is_a_table_with_its_counts() {
    let long = "what it costs, who pays, who was not asked, and what the second year looks like when nobody is watching any more";
    let listing = Listing {
        schema: "",
        team_file: String::new(),
        members: vec![
            row("vera", "worker", None, long),
            row("bram", "worker", Some("gemini"), "the \u{1b}[31mcase against"),
            row("judge", "judge", None, ""),
        ],
        rubric: None,
    };
    insta::assert_snapshot!(team(&listing, 100));
}

#[test]
fn every_template_says_who_is_in_it() {
    let all = Template::all(&seed_files()).unwrap();
    let rosters = all.into_iter().map(|template| Roster { name: template.name, members: template.members });
    let shown = Templates { schema: "", starter: STARTER, templates: rosters.collect() };
    insta::assert_snapshot!(templates(&shown, 100));
}

#[test]
fn complaints_end_with_a_verdict() {
    let complaint = |severity, line, what: &str| Complaint { severity, line, what: what.into() };
    let found = [
        complaint(Severity::Error, Some(3), "ada has no identity.md"),
        complaint(Severity::Warning, Some(4), "bo: an odd setting"),
        complaint(Severity::Warning, None, "debates are not scored"),
    ];
    insta::assert_snapshot!(complaints("team.toml", &found));
    assert_eq!(complaints("team.toml", &[]), "team.toml: all is well\n");
}

#[test]
fn init_says_where_who_how_and_what_next() {
    let mut report = Initialised {
        schema: "",
        version: "0.1.0",
        workspace: "/house".into(),
        team_file: "/house/team.toml".into(),
        team: Started::MadeAnew,
        template: Some("minimal".into()),
        backup: Some("/house/team.toml.bak".into()),
        members: vec!["alpha (worker)".into(), "judge (judge)".into()],
        mode: "rehearsal".into(),
        because: "no provider is configured and no key is set".into(),
    };
    insta::assert_snapshot!(initialised(&report, "amatelier"));
    (report.team, report.backup) = (Started::WasThere, None);
    assert!(initialised(&report, "amatelier").contains("was left as it is"));
}
