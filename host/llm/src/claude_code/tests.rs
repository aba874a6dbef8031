//! The provider against a stand-in: a shell script in the test's own folder.

use std::{fs, path::PathBuf, sync::Arc, time::Duration};

use tempfile::TempDir;

use super::*;
use crate::{
    Finish, Gate, Pace, PromptTurn, Speaker, Timers,
    testing::{Ear, request},
};

const BEGAN: &str = r#"{"type":"system","subtype":"init","session_id":"s-1","model":"m"}"#;
const START: &str = r#"{"type":"stream_event","event":{"type":"message_start","message":{"model":"claude-x-1"}},"session_id":"s-1"}"#;
const STOP: &str =
    r#"{"type":"stream_event","event":{"type":"message_delta","delta":{"stop_reason":"end_turn"}}}"#;
const DONE: &str = r#"{"type":"result","subtype":"success","is_error":false,"result":"Because.","session_id":"s-1","total_cost_usd":0.0021,"usage":{"input_tokens":4,"cache_read_input_tokens":6,"cache_creation_input_tokens":0,"output_tokens":3}}"#;

fn piece(text: &str) -> String {
    format!(
        r#"{{"type":"stream_event","event":{{"type":"content_block_delta","delta":{{"type":"text_delta","text":"{text}"}}}}}}"#
    )
}

/// A script, and where it leaves notes.
struct StandIn(TempDir);

impl StandIn {
    /// One that does this; `$NOTES` is its folder, and `say '…'` a line of output.
    fn that(script: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let notes = folder.path().display();
        let script = format!("NOTES='{notes}'\nsay() {{ printf '%s\\n' \"$1\"; }}\n{script}\n");
        fs::write(folder.path().join("claude.sh"), script).unwrap();
        StandIn(folder)
    }

    /// One that says these lines, whatever it is asked.
    fn saying(lines: &[&str]) -> Self {
        let said: String = lines.iter().map(|line| format!("say '{line}'\n")).collect();
        Self::that(&format!("cat > /dev/null\n{said}"))
    }

    fn note(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    fn config(&self) -> ClaudeCodeConfig {
        let script: PathBuf = self.0.path().join("claude.sh");
        ClaudeCodeConfig { leading: vec![script.into()], ..ClaudeCodeConfig::new("/bin/sh") }
    }

    async fn ask(&self, asked: &Request, ear: &Ear) -> Result<Reply, Error> {
        ClaudeCode::new(self.config()).complete(asked, ear).await
    }
}

#[tokio::test]
async fn it_asks_in_a_folder_of_its_own_and_hears_the_answer() {
    let said = [BEGAN, START, &piece("Beca"), &piece("use."), STOP, DONE]
        .map(|line| format!("say '{line}'"))
        .join("\n");
    let stand_in = StandIn::that(&format!(
        r#"cat > "$NOTES/stdin"; printf '%s\n' "$@" > "$NOTES/arguments"; env > "$NOTES/environment"
           ls -A > "$NOTES/folder"; pwd > "$NOTES/pwd"
           while [ $# -gt 0 ]; do [ "$1" = --system-prompt-file ] && cat "$2" > "$NOTES/system"; shift; done
           {said}"#
    ));
    let asked = Request {
        model: "sonnet".into(),
        system: "You are Elena.".into(),
        effort: Some("high".into()),
        max_tokens: 77,
        ..request("Why?\n'quoted' $HOME")
    };
    let ear = Ear::default();
    let mut config = stand_in.config();
    config.environment =
        vec![("PATH".into(), std::env::var_os("PATH").unwrap()), ("HOME".into(), "/home/x".into())];
    let claude = ClaudeCode::new(config);
    let reply = claude.complete(&asked, &ear).await.unwrap();

    assert_eq!(
        (reply.text.as_str(), reply.finish, reply.model.as_str()),
        ("Because.", Finish::Done, "claude-x-1")
    );
    assert_eq!(
        (reply.response_id.as_deref(), reply.billed),
        (Some("s-1"), Some(amatelier_types::MicroUsd(2_100)))
    );
    assert_eq!((reply.usage.input_tokens, reply.usage.cached_tokens, reply.usage.output_tokens), (10, 6, 3));
    assert_eq!(ear.heard(), ["before 1", "id 1", "text 1 Beca", "text 1 use."]);
    assert_eq!(
        (claude.name(), claude.billing(), claude.has_tools()),
        ("claude-code", Billing::Subscription, false)
    );

    assert_eq!(stand_in.note("stdin"), "Why?\n'quoted' $HOME");
    assert_eq!(stand_in.note("system"), "You are Elena.");
    assert_eq!(stand_in.note("folder"), "");
    let folder = stand_in.note("pwd");
    assert!(!PathBuf::from(folder.trim()).exists(), "the folder is gone: {folder}");
    let arguments = stand_in.note("arguments");
    for expected in [
        "--print\n--output-format\nstream-json\n--verbose\n",
        "--tools\n\n--max-turns\n1\n",
        "--setting-sources\n\n--strict-mcp-config\n",
        "--no-session-persistence\n",
        "--model\nsonnet\n--effort\nhigh\n",
    ] {
        assert!(arguments.contains(expected), "{expected:?} in {arguments}");
    }
    assert!(!arguments.contains("Elena") && !arguments.contains("Why"), "arguments can be read by everybody");
    let environment = stand_in.note("environment");
    let names: Vec<&str> = environment.lines().filter_map(|line| Some(line.split_once('=')?.0)).collect();
    assert!(names.contains(&"CLAUDE_CODE_MAX_OUTPUT_TOKENS") && names.contains(&"HOME"), "{names:?}");
    let given = ["PATH", "HOME", "CLAUDE_CODE_MAX_OUTPUT_TOKENS"];
    // The shell's own.
    let own = ["PWD", "OLDPWD", "SHLVL", "_"];
    assert!(names.iter().all(|name| given.contains(name) || own.contains(name)), "{names:?}");
    assert!(environment.contains("CLAUDE_CODE_MAX_OUTPUT_TOKENS=77"));
}

#[tokio::test]
async fn answers_of_every_form_are_understood() {
    let whole =
        r#"{"type":"assistant","message":{"model":"m-2","content":[{"type":"text","text":"At once."}]}}"#;
    let result = |rest: &str| format!(r#"{{"type":"result","subtype":"success",{rest}}}"#);
    let cut = r#"{"type":"result","subtype":"error_max_turns","is_error":true,"total_cost_usd":0.5}"#;
    let stopped = |reason: &str| STOP.replace("end_turn", reason);
    for (lines, text, finish) in [
        (vec![whole.to_owned(), result(r#""result":"At once.""#)], "At once.", Finish::Done),
        (vec![result(r#""result":"Only here.""#)], "Only here.", Finish::Done),
        (
            vec!["chatter".into(), "{\"type\":\"new\"}".into(), piece("a"), result(r#""result":"a""#)],
            "a",
            Finish::Done,
        ),
        (vec![piece("a"), stopped("max_tokens"), result(r#""result":"a""#)], "a", Finish::Length),
        (vec![piece("a"), result(r#""result":"a","stop_reason":"refusal""#)], "a", Finish::Refused),
        (vec![piece("let me look"), stopped("tool_use"), cut.into()], "let me look", Finish::Broken),
        (vec![piece("half an ans")], "half an ans", Finish::Broken),
        (vec![piece("one END two"), result(r#""result":"x""#)], "one ", Finish::Done),
    ] {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let asked = Request { stop: vec!["END".into()], ..request("Why?") };
        let reply = StandIn::saying(&lines).ask(&asked, &Ear::default()).await.unwrap();
        assert_eq!((reply.text.as_str(), reply.finish), (text, finish), "{lines:?}");
        assert!(reply.usage.input_tokens > 0 && reply.usage.calls == 1);
    }
}

#[tokio::test]
async fn what_is_no_answer_is_an_error_that_says_why() {
    let synthetic = |text: &str| {
        format!(
            r#"{{"type":"assistant","message":{{"model":"<synthetic>","content":[{{"type":"text","text":"{text}"}}]}}}}"#
        )
    };
    let failed =
        |text: &str| format!(r#"{{"type":"result","subtype":"success","is_error":true,"result":"{text}"}}"#);
    let limit = "Claude AI usage limit reached|1753560000";
    for (script, expected) in [
        (format!("say '{}'; say '{}'; exit 1", synthetic(limit), failed(limit)), "used up"),
        (format!("say '{}'", synthetic("You have hit your limit")), "used up"),
        (
            "say '{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"rejected\"}}'; exit 1"
                .into(),
            "used up",
        ),
        (format!("say '{}'", failed("Not logged in · Please run /login")), "log in"),
        ("echo 'unknown option --tools' >&2; exit 2".into(), "it ended: unknown option --tools"),
        ("exit 0".into(), "it ended without an answer"),
        (
            format!("say '{}'", r#"{"type":"result","subtype":"error_during_execution","is_error":true}"#),
            "error_during_execution",
        ),
        (
            "say '{\"type\":\"result\",\"is_error\":false,\"result\":\"\"}'; echo why >&2".into(),
            "claude-code is unavailable: why",
        ),
    ] {
        let ear = Ear::default();
        let error = StandIn::that(&script).ask(&request("Why?"), &ear).await.unwrap_err();
        assert!(
            matches!(error, Error::Unavailable { .. }) && error.to_string().contains(expected),
            "{script}: {error}"
        );
        assert_eq!(ear.heard().last().unwrap(), "failed 1", "{script}");
    }
    let error =
        StandIn::saying(&[&failed("Prompt is too long")]).ask(&request("Why?"), &Ear::default()).await;
    assert_eq!(error, Err(Error::TooLong { limit: 200_000 }));
}

#[tokio::test]
async fn what_it_says_on_the_side_is_bounded() {
    let script = "i=0; while [ $i -lt 20000 ]; do echo 'noise noise noise'; i=$((i+1)); done >&2; echo 'the reason' >&2; exit 3";
    let error = StandIn::that(script).ask(&request("Why?"), &Ear::default()).await.unwrap_err().to_string();
    assert!(
        error.starts_with("claude-code is unavailable: it ended: ") && error.chars().count() < 400,
        "{error}"
    );
}

#[tokio::test]
async fn a_command_that_is_not_there_comes_with_a_remedy() {
    let nowhere = tempfile::tempdir().unwrap();
    let config = ClaudeCodeConfig::new(nowhere.path().join("claude"));
    let ear = Ear::default();
    let error = ClaudeCode::new(config).complete(&request("Why?"), &ear).await.unwrap_err().to_string();
    assert!(error.contains("was not found: install Claude Code and log in"), "{error}");
    assert_eq!(ear.heard(), ["before 1", "failed 1"]);
}

#[tokio::test]
async fn a_prompt_too_long_or_a_stop_runs_nothing() {
    let stand_in = StandIn::that("echo ran > \"$NOTES/ran\"");
    let small = ClaudeCodeConfig { context_tokens: Some(3), ..stand_in.config() };
    let error = ClaudeCode::new(small).complete(&request(&"word ".repeat(99)), &Ear::default()).await;
    assert_eq!(error, Err(Error::TooLong { limit: 3 }));
    let error = stand_in.ask(&request("Why?"), &Ear::stopping(1)).await;
    assert!(matches!(error, Err(Error::Stopped(_))));
    assert!(!stand_in.0.path().join("ran").exists());
}

/// Waits, without a timer, until a process is gone: a pipe that it holds open ends.
async fn gone(fifo: &std::path::Path) {
    let fifo = fifo.to_owned();
    tokio::task::spawn_blocking(move || fs::read(fifo).unwrap()).await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn when_nobody_listens_it_ends_with_everything_that_it_started() {
    // The stand-in and a child of it hold a pipe open for ever; reading it ends when both are gone.
    let script = format!(
        "exec 9> \"$NOTES/alive\"; (while :; do read x < \"$NOTES/never\"; done) & say '{}'; wait",
        piece("I beg")
    );
    let stand_in = StandIn::that(&script);
    for name in ["alive", "never"] {
        let made = std::process::Command::new("mkfifo").arg(stand_in.0.path().join(name)).status().unwrap();
        assert!(made.success());
    }
    let alive = tokio::spawn({
        let alive = stand_in.0.path().join("alive");
        async move { gone(&alive).await }
    });
    let claude = ClaudeCode::new(stand_in.config());
    let (said, heard) = tokio::sync::oneshot::channel();
    let asked = tokio::spawn(async move {
        let ear = Telling(std::sync::Mutex::new(Some(said)));
        claude.complete(&request("Why?"), &ear).await
    });
    heard.await.unwrap();
    asked.abort();
    alive.await.unwrap();
}

/// Tells when the first piece is there.
struct Telling(std::sync::Mutex<Option<tokio::sync::oneshot::Sender<()>>>);

#[async_trait::async_trait]
impl Wire for Telling {
    async fn before_request(&self, _n: u32) -> Result<(), crate::Stopped> {
        Ok(())
    }

    fn response_id(&self, _n: u32, _id: &str) {}

    fn text(&self, _n: u32, _piece: &str) {
        if let Some(tell) = self.0.lock().unwrap().take() {
            tell.send(()).unwrap();
        }
    }

    fn request_failed(&self, _n: u32, _why: &str) {}
}

#[cfg(unix)]
#[tokio::test]
async fn silence_ends_it_and_what_was_said_counts() {
    let hangs = |said: &str| {
        let stand_in = StandIn::that(&format!("{said}\nread x < \"$NOTES/never\""));
        let made =
            std::process::Command::new("mkfifo").arg(stand_in.0.path().join("never")).status().unwrap();
        assert!(made.success());
        stand_in
    };
    // The timer that must not run out is an hour: what runs out is the other one.
    let (hour, moment) = (Duration::from_secs(3600), Duration::from_millis(50));
    let timers = |first_byte, idle| Timers { first_byte, idle, ..Timers::default() };

    let silent = hangs(&format!("say '{BEGAN}'"));
    let config = ClaudeCodeConfig { timers: timers(moment, hour), ..silent.config() };
    let error = ClaudeCode::new(config).complete(&request("Why?"), &Ear::default()).await.unwrap_err();
    assert_eq!(error.to_string(), "claude-code stopped talking: no first word within 50ms");

    let half = hangs(&format!("say '{}'", piece("Half")));
    let config = ClaudeCodeConfig { timers: timers(hour, moment), ..half.config() };
    let reply = ClaudeCode::new(config).complete(&request("Why?"), &Ear::default()).await.unwrap();
    assert_eq!((reply.text.as_str(), reply.finish), ("Half", Finish::Broken));
}

#[tokio::test]
async fn an_endless_answer_is_not_listened_to() {
    let script = "line=$(printf '%01000d' 0); while :; do printf '%s%s%s%s%s%s%s%s' $line $line $line $line $line $line $line $line; done";
    let error = StandIn::that(script).ask(&request("Why?"), &Ear::default()).await.unwrap_err().to_string();
    assert!(error.contains("does not end"), "{error}");
}

#[tokio::test]
async fn its_gate_hears_how_it_went() {
    let gate = Arc::new(crate::EndpointGate::new("claude-code", Pace::default()));
    let broken = StandIn::that("exit 1");
    let config = ClaudeCodeConfig { gate: Some(gate.clone() as Arc<dyn Gate>), ..broken.config() };
    let claude = ClaudeCode::new(config);
    for _ in 0..5 {
        claude.complete(&request("Why?"), &Ear::default()).await.unwrap_err();
    }
    let ear = Ear::default();
    let error = claude.complete(&request("Why?"), &ear).await.unwrap_err().to_string();
    assert!(error.contains("left alone since"), "{error}");
    assert!(ear.heard().is_empty());
}

#[tokio::test]
async fn a_conversation_and_a_schema_are_told_in_the_prompt() {
    let stand_in = StandIn::that(&format!("cat > \"$NOTES/stdin\"; say '{DONE}'"));
    let asked = Request {
        messages: vec![PromptTurn::said(Speaker::User, "Why?"), PromptTurn::said(Speaker::Assistant, "Hm.")],
        schema: Some(serde_json::json!({"type": "object"})),
        ..request("")
    };
    stand_in.ask(&asked, &Ear::default()).await.unwrap();
    let prompt = stand_in.note("stdin");
    assert!(prompt.contains("user\nWhy?\n") && prompt.contains("{\"type\":\"object\"}"), "{prompt}");
}
