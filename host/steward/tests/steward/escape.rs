//! The corpus, put to the operations, to the grammar and to a model that does as it likes.
//!
//! Everything ends in a typed refusal or in registered bytes.

use std::{
    path::Path,
    sync::{
        Arc, Barrier,
        atomic::{AtomicBool, Ordering},
    },
};

use amatelier_steward::{Caps, Desk, Files, LocalDesk, Observation, Refusal, answer};
use amatelier_types::Sha256;
use serde_json::json;

use crate::{
    corpus::{CANARY, GENUINE, REGISTERED, disturbances, names, planted, project},
    project::{briefing, every_operation, read},
    scripted::{Scripted, calls, says},
};

/// Whether an answer is a refusal or is about registered files as they were registered.
fn is_contained(desk: &dyn Desk, answer: &Result<Observation, Refusal>) -> bool {
    let is_registered = |read: &amatelier_steward::FileRead| {
        desk.files().iter().any(|file| (&file.name, file.sha256) == (&read.name, read.sha256))
    };
    !serde_json::to_string(answer).unwrap().contains("CANARY")
        && answer.as_ref().map_or(true, |observation| observation.files().iter().all(is_registered))
}

/// Put a name to a desk in every way there is, and see that nothing but registered bytes comes back.
async fn must_contain(desk: &dyn Desk, name: &str) {
    for operation in every_operation(name) {
        let answer = desk.perform(operation.clone()).await.unwrap();
        assert!(is_contained(desk, &answer), "{operation:?}: {answer:?}");
    }
    for question in [
        format!("lines 1-9 of {name}"),
        format!("value of a in {name}"),
        format!("grep . in {name}"),
        format!("outline of {name}"),
    ] {
        let finding = answer(desk, None, &question).await.unwrap();
        assert!(!format!("{finding:?}").contains("CANARY"), "{question}: {finding:?}");
    }
    for has_tools in [true, false] {
        let tools = [
            calls(has_tools, "read", json!({"file": name})),
            calls(has_tools, "grep", json!({"pattern": ".", "files": name})),
            calls(has_tools, "glob", json!({"pattern": name})),
            calls(has_tools, "query", json!({"file": name})),
            calls(has_tools, "query", json!({"file": name, "key": "a"})),
            calls(has_tools, "outline", json!({"file": name})),
        ];
        let lie = json!({"answer": "x", "found": true, "citations": [
            {"file": name, "first_line": 1, "last_line": 1, "quote": "a:"}]});
        let mind = Scripted::new(has_tools, tools.into_iter().chain([says(lie)]));
        let finding = answer(desk, Some(&mind), "What is it?").await.unwrap();
        let all = format!("{finding:?} {:?}", mind.asked());
        assert!(!all.contains("CANARY"), "{name}: {all}");
        assert!(
            finding.files.iter().all(|read| read.sha256 == Sha256::of(GENUINE.as_bytes())),
            "{finding:?}"
        );
    }
}

#[tokio::test]
async fn a_name_that_is_not_registered_leads_nowhere() {
    let project = project();
    let desk = project.desk(&[REGISTERED]);
    for name in names(&project.root()) {
        for operation in every_operation(&name) {
            let answer = desk.perform(operation.clone()).await.unwrap();
            let is_glob = name.contains(['*', '?', '[', '{']);
            match answer {
                Err(Refusal::NotRegistered { .. }) => {}
                Err(Refusal::BadRequest { .. }) => assert!(name.len() > 1_000, "{name}"),
                Ok(Observation::Hits(hits)) if is_glob => assert_eq!(hits.files[0].name, REGISTERED),
                other => panic!("{operation:?}: {other:?}"),
            }
        }
        must_contain(&desk, &name).await;
    }
}

#[tokio::test]
async fn a_name_in_a_briefing_registers_itself_or_nothing() {
    let project = project();
    for name in names(&project.root()) {
        // What a line of Markdown cannot have in it is no entry.
        let text = name.replace(['\n', '\r'], "");
        let (files, warnings) =
            Files::register(&project.root(), &briefing(&[&text]), Caps::default()).unwrap();
        for file in files.registered() {
            let entry = text.trim().trim_matches('`').trim_start_matches("./");
            let is_own = file.name == entry || text.contains(['*', '?', '[', '{']);
            assert!(is_own && !file.name.starts_with('.'), "{text:?} registered {file:?}");
        }
        let is_entry = !amatelier_steward::entries(&briefing(&[&text])).is_empty();
        assert_eq!(
            is_entry,
            !(files.registered().is_empty() && warnings.is_empty()),
            "{text:?}: {warnings:?}"
        );
        assert!(!format!("{warnings:?}").contains(CANARY));
    }
}

#[tokio::test]
async fn what_is_planted_is_not_registered() {
    for case in planted() {
        let project = project();
        (case.plant)(&project);
        let (files, warnings) = project.register(&[REGISTERED, case.entry]);
        let names: Vec<&str> = files.registered().iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, [REGISTERED], "{}", case.entry);
        let shown: Vec<String> = warnings.iter().map(ToString::to_string).collect();
        assert!(shown.iter().any(|warning| warning.contains(case.warned)), "{}: {shown:?}", case.entry);
        assert!(!shown.concat().contains(CANARY));
        must_contain(&LocalDesk::new(files), case.entry).await;
    }
}

#[tokio::test]
async fn a_file_that_is_not_what_was_registered_is_refused() {
    for case in disturbances() {
        let project = project();
        let desk = project.desk(&[REGISTERED]);
        (case.happens)(&project);
        for operation in every_operation(REGISTERED) {
            let refusal = desk.perform(operation).await.unwrap().expect_err(case.what);
            assert!(refusal.to_string().contains(case.refused), "{}: {refusal}", case.what);
        }
        must_contain(&desk, REGISTERED).await;
    }
}

#[test]
fn what_the_kernel_offers_as_files_is_not_registered() {
    for (root, entries) in [
        (
            "/proc",
            vec![
                "self/environ",
                "self/status",
                "self/fd/0",
                "self/root/etc/passwd",
                "self/cwd/Cargo.toml",
                "self/mem",
            ],
        ),
        ("/dev", vec!["zero", "null", "stdin", "fd/0", "tty"]),
    ] {
        if !Path::new(root).is_dir() {
            continue;
        }
        let (files, warnings) =
            Files::register(Path::new(root), &briefing(&entries), Caps::default()).unwrap();
        assert_eq!(files.registered(), [], "{root}");
        assert_eq!(warnings.len(), entries.len(), "{root}: {warnings:?}");
    }
}

#[test]
fn a_record_that_was_made_up_opens_nothing_else() {
    let project = project();
    let genuine = project.register(&[REGISTERED]).0.registered()[0].clone();
    for name in names(&project.root()).into_iter().filter(|name| name != REGISTERED) {
        let made_up = amatelier_steward::RegisteredFile { name: name.clone(), ..genuine.clone() };
        let files = Files::reopen(&project.root(), vec![made_up], Caps::default()).unwrap();
        assert!(read(&files, &name).is_err(), "{name}");
    }
}

/// Something that goes on while a piece of work is done.
#[cfg(unix)]
fn meanwhile<T>(disturb: impl Fn() + Send + 'static, work: impl FnOnce() -> T) -> T {
    let is_done = Arc::new(AtomicBool::new(false));
    let start = Arc::new(Barrier::new(2));
    let other = std::thread::spawn({
        let (is_done, start) = (Arc::clone(&is_done), Arc::clone(&start));
        move || {
            disturb();
            start.wait();
            while !is_done.load(Ordering::Relaxed) {
                disturb();
            }
        }
    });
    start.wait();
    let result = work();
    is_done.store(true, Ordering::Relaxed);
    other.join().unwrap();
    result
}

/// Put a link to a file outside, and then the file itself, in the place of the registered file.
#[cfg(unix)]
fn swap(path: &Path, keep: &Path, outside: &Path) {
    let next = path.with_extension("next");
    std::os::unix::fs::symlink(outside, &next).unwrap();
    std::fs::rename(&next, path).unwrap();
    std::fs::hard_link(keep, &next).unwrap();
    std::fs::rename(&next, path).unwrap();
    // Renaming one name of a file over another one of it does nothing.
    let _ = std::fs::remove_file(&next);
}

#[cfg(unix)]
#[test]
fn a_link_swapped_in_ten_thousand_times_reads_registered_bytes_or_nothing() {
    let project = project();
    let (files, _) = project.register(&[REGISTERED]);
    let (path, keep) = (project.path(REGISTERED), project.path("keep"));
    let outside = project.path("../outside.yaml").canonicalize().unwrap();
    std::fs::hard_link(&path, &keep).unwrap();
    let answers = meanwhile(
        move || swap(&path, &keep, &outside),
        || (0..10_000).map(|_| read(&files, REGISTERED)).collect::<Vec<_>>(),
    );
    for answer in &answers {
        match answer {
            Ok(text) => assert_eq!(text, GENUINE.trim_end()),
            Err(Refusal::Changed { .. } | Refusal::NotFound { .. } | Refusal::Unreadable { .. }) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(answers.len(), 10_000);
}

#[cfg(unix)]
#[test]
fn a_link_swapped_in_during_registration_registers_the_file_or_nothing() {
    let project = project();
    let (path, keep) = (project.path(REGISTERED), project.path("../keep"));
    let outside = project.path("../outside.yaml").canonicalize().unwrap();
    std::fs::copy(&path, &keep).unwrap();
    let swapped = move || {
        let next = path.with_extension("next");
        std::os::unix::fs::symlink(&outside, &next).unwrap();
        std::fs::rename(&next, &path).unwrap();
        std::fs::copy(&keep, &next).unwrap();
        std::fs::rename(&next, &path).unwrap();
    };
    let registrations =
        meanwhile(swapped, || (0..2_000).map(|_| project.register(&[REGISTERED])).collect::<Vec<_>>());
    for (files, warnings) in registrations {
        assert_eq!(files.registered().len() + warnings.len(), 1);
        assert!(files.registered().iter().all(|file| file.sha256 == Sha256::of(GENUINE.as_bytes())));
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_grows_and_changes_while_it_is_read_is_as_registered_or_refused() {
    use std::{io::Write as _, os::unix::fs::FileExt as _};
    let project = project();
    let content = "a: genuine\n".repeat(4_000);
    project.write(REGISTERED, &content);
    let (files, _) = project.register(&[REGISTERED]);
    let path = project.path(REGISTERED);
    let length = content.len() as u64;
    let disturb = move || {
        let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(CANARY.as_bytes()).unwrap();
        file.set_len(length).unwrap();
        let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
        file.write_all_at(b"CANARY-", length / 2).unwrap();
        file.write_all_at(&content.as_bytes()[content.len() / 2..content.len() / 2 + 7], length / 2).unwrap();
    };
    meanwhile(disturb, || {
        for _ in 0..500 {
            let operation = amatelier_steward::Operation::Grep {
                pattern: "CANARY|genuine".into(),
                files: Some(REGISTERED.into()),
                ignore_case: false,
                limit: 0,
            };
            match files.perform(&operation) {
                Ok(Observation::Hits(hits)) => assert!(hits.hits.iter().all(|hit| hit.text == "a: genuine")),
                Ok(other) => panic!("{other:?}"),
                Err(refusal) => assert!(matches!(refusal, Refusal::Changed { .. }), "{refusal:?}"),
            }
        }
    });
}
