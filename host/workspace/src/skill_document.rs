//! Skills that people write as folders: `SKILL.md` with front matter, as other agents read it, too (formats and doors, 2.3).
//!
//! Only the text counts. In this order: the file is found and is a text of a size that somebody writes; it begins with front matter; the
//! front matter is YAML, where a colon in the middle of a value is forgiven and reported; the keys say something; the body is a lesson.
//! Everything that is wrong is said at once. Scripts, references and assets beside the text are neither read nor run, whatever it asks
//! for; a skill has no powers, so `allowed-tools` grants none.

use std::{collections::BTreeMap, fs, path::Path};

use serde::Deserialize;

use crate::{BadFile, Complaint, Problem, Severity, file};

/// The file of a folder that is read.
pub(crate) const FILE: &str = "SKILL.md";

/// Characters of a name, a description, a compatibility note (formats and doors, 2.3).
const NAME: usize = 64;
const DESCRIPTION: usize = 1_024;
const COMPATIBILITY: usize = 500;

/// Characters of a body: about 5,000 tokens, beyond which the format wants files of its own.
const BODY: usize = 20_000;

/// Characters of a lesson that personas put into their prompts.
const PROMPT: usize = 6_000;

/// Keys of the front matter that mean something here.
const KEYS: [&str; 6] = ["name", "description", "license", "compatibility", "metadata", "allowed-tools"];

/// A skill as its folder tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkillDocument {
    /// Lower-case letters, digits and single dashes, at most 64 characters.
    pub name: String,
    /// What it is for and when to use it, at most 1,024 characters.
    pub description: String,
    /// Under which terms it may be used.
    pub license: Option<String>,
    /// What its author says it needs, at most 500 characters.
    pub compatibility: Option<String>,
    /// Whatever else its author wrote down.
    pub metadata: BTreeMap<String, String>,
    /// The lesson, in Markdown: at most 20,000 characters.
    pub body: String,
    /// What was forgiven or left aside.
    pub warnings: Vec<Complaint>,
}

/// Read the skill in a folder: its `SKILL.md`, and nothing else in it.
///
/// # Errors
/// There is no such file, it is a link, is no text or too large, or it makes no sense; then with every complaint and its line.
pub fn read_skill(folder: &Path) -> Result<SkillDocument, BadFile> {
    with_text(folder).map(|(skill, _)| skill)
}

/// The same, with the text that it was read from.
pub(crate) fn with_text(folder: &Path) -> Result<(SkillDocument, String), BadFile> {
    let path = folder.join(FILE);
    let found = fs::symlink_metadata(&path).map_err(|error| BadFile::io(&path, error))?;
    if !found.is_file() {
        let why = "it is no regular file; put the text itself there, not a link to it";
        return Err(BadFile::new(path, Problem::Meaning(why.into())));
    }
    let text = file::read(&path, file::LIMIT)?;
    let named = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let mut skill = skill_document(named, &text)
        .map_err(|complaints| BadFile::new(path, Problem::Complaints(complaints)))?;
    if fs::symlink_metadata(folder.join("scripts")).is_ok() {
        let what = "its `scripts/` are left aside: nothing of a skill is run here".to_owned();
        skill.warnings.push(warning(None, what));
    }
    Ok((skill, text))
}

/// A skill from the text of its `SKILL.md`; `folder` is the name of the folder that it lies in, which should be the skill's.
///
/// # Errors
/// Everything that is wrong with it, by line, with what would be right.
pub fn skill_document(folder: &str, text: &str) -> Result<SkillDocument, Vec<Complaint>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    if let Some(line) = text.lines().position(has_control) {
        return Err(vec![error(line + 1, "there is a control character; take it out".into())]);
    }
    let (front, body) = parts(&text)?;
    let mut complaints = Vec::new();
    let front = read_front(front, &mut complaints).map_err(|complaint| vec![complaint])?;
    check_front(folder, &front, &mut complaints);
    let body = check_body(body, &mut complaints);
    complaints.sort_by_key(|complaint| complaint.line);
    if complaints.iter().any(|complaint| complaint.severity == Severity::Error) {
        return Err(complaints);
    }
    Ok(SkillDocument {
        name: front.name.unwrap_or_default(),
        description: front.description.unwrap_or_default(),
        license: front.license,
        compatibility: front.compatibility,
        metadata: front.metadata.unwrap_or_default(),
        body: body.to_owned(),
        warnings: complaints,
    })
}

/// The front matter as it is written; `lines` is where each key stands.
#[derive(Default, Deserialize)]
struct Front {
    name: Option<String>,
    description: Option<String>,
    license: Option<String>,
    compatibility: Option<String>,
    metadata: Option<BTreeMap<String, String>>,
    #[serde(skip)]
    lines: BTreeMap<String, usize>,
}

impl Front {
    /// Where a key stands; the first line where it does not.
    fn line(&self, key: &str) -> usize {
        self.lines.get(key).copied().unwrap_or(1)
    }
}

/// What stands between the two lines of dashes, and what follows them. The front matter begins on line 2.
fn parts(text: &str) -> Result<(&str, &str), Vec<Complaint>> {
    let missing = || {
        let what = "there is no front matter: begin with a line `---`, then `name: …` and `description: …`, then a line `---`";
        vec![error(1, what.into())]
    };
    let rest = text.strip_prefix("---\n").ok_or_else(missing)?;
    let mut from = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            let (front, after) = rest.split_at(from);
            return Ok((front, after.split_at(line.len()).1));
        }
        from += line.len();
    }
    Err(vec![error(1, "the front matter does not end: close it with a line `---`".into())])
}

fn read_front(text: &str, complaints: &mut Vec<Complaint>) -> Result<Front, Complaint> {
    let mut lines = BTreeMap::new();
    for (number, line) in (2..).zip(text.lines()) {
        let Some((key, _)) = key_and_value(line) else { continue };
        lines.entry(key.to_owned()).or_insert(number);
        if key == "allowed-tools" {
            let what = "`allowed-tools` grants nothing here: a skill is a text, and what a member may do is in its team line";
            complaints.push(warning(Some(number), what.into()));
        } else if !KEYS.contains(&key) {
            complaints.push(warning(
                Some(number),
                format!("nobody here knows the key `{key}`; put it under `metadata`"),
            ));
        }
    }
    let front = match parse(text) {
        Ok(front) => front,
        Err(first) => {
            let (repaired, repairs) = repaired(text);
            // What cannot be read either way is told as it was written.
            let front = parse(&repaired).map_err(|_| first)?;
            complaints.extend(repairs);
            front
        }
    };
    Ok(Front { lines, ..front })
}

fn parse(text: &str) -> Result<Front, Complaint> {
    if text.trim().is_empty() {
        return Ok(Front::default());
    }
    let options = serde_saphyr::options! { with_snippet: false };
    serde_saphyr::from_str_with_options(text, options).map_err(|trouble| {
        let line = trouble.location().and_then(|place| usize::try_from(place.line()).ok());
        let why = trouble.to_string();
        let why = why.lines().next().unwrap_or_default();
        error(line.map_or(1, |line| line + 1), format!("the front matter is no YAML: {why}"))
    })
}

/// Plain values with a colon in them, put into quotes: what people write who do not know YAML.
fn repaired(text: &str) -> (String, Vec<Complaint>) {
    let mut complaints = Vec::new();
    let repair = |(number, line): (usize, &str)| -> String {
        let Some((key, value)) = key_and_value(line) else { return line.to_owned() };
        let plain = !value.starts_with(['"', '\'', '|', '>', '[', '{', '&', '*', '!']);
        if !plain || !(value.contains(": ") || value.ends_with(':')) {
            return line.to_owned();
        }
        let what =
            format!("the value of `{key}` has a colon in it and was taken as a text; put it into quotes");
        complaints.push(warning(Some(number), what));
        format!("{key}: \"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
    };
    let lines: Vec<String> = (2..).zip(text.lines()).map(repair).collect();
    (lines.join("\n"), complaints)
}

/// A line of the outermost level: its key, and what follows it.
fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    is_key.then(|| (key, value.trim()))
}

fn check_front(folder: &str, front: &Front, complaints: &mut Vec<Complaint>) {
    match front.name.as_deref().map(str::trim) {
        None | Some("") => {
            complaints.push(error(front.line("name"), "there is no `name`; write `name: my-skill`".into()))
        }
        Some(name) if !is_name(name) => {
            let what = "`name` is 1 to 64 lower-case letters, digits and single dashes, none of them at an end, such as `my-skill`";
            complaints.push(error(front.line("name"), what.into()));
        }
        Some(name) if name != folder => {
            let what = format!("the folder should be called `{name}`, as the skill is");
            complaints.push(warning(Some(front.line("name")), what));
        }
        Some(_) => {}
    }
    match front.description.as_deref().map(str::trim) {
        None | Some("") => {
            let what = "there is no `description`; say what the skill is for and when to use it";
            complaints.push(error(front.line("description"), what.into()));
        }
        Some(text) => bounded(front, "description", text, DESCRIPTION, complaints),
    }
    if let Some(text) = &front.compatibility {
        bounded(front, "compatibility", text, COMPATIBILITY, complaints);
    }
    let metadata =
        front.metadata.iter().flatten().flat_map(|(key, value)| [("metadata", key), ("metadata", value)]);
    let texts = [
        ("description", &front.description),
        ("license", &front.license),
        ("compatibility", &front.compatibility),
    ];
    let texts = texts.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?)));
    for (key, _) in texts.chain(metadata).filter(|(_, text)| has_control(text)) {
        // YAML can write them as `\e`, where nobody sees them.
        complaints
            .push(error(front.line(key), format!("there is a control character in `{key}`; take it out")));
    }
}

fn bounded(front: &Front, key: &str, text: &str, most: usize, complaints: &mut Vec<Complaint>) {
    let found = text.chars().count();
    if found > most {
        let what =
            format!("`{key}` has {found} characters; {most} are the most, the rest belongs into the body");
        complaints.push(error(front.line(key), what));
    }
}

fn check_body<'a>(body: &'a str, complaints: &mut Vec<Complaint>) -> &'a str {
    let body = body.trim();
    let found = body.chars().count();
    if body.is_empty() {
        complaints.push(Complaint {
            line: None,
            ..error(1, "there is nothing below the front matter; write the lesson there".into())
        });
    } else if found > BODY {
        let what = format!(
            "the lesson has {found} characters; {BODY} are the most: leave out what is not needed in every debate"
        );
        complaints.push(Complaint { line: None, ..error(1, what) });
    } else if found > PROMPT {
        let what = format!("the lesson has {found} characters, and personas read the first {PROMPT}");
        complaints.push(warning(None, what));
    }
    body
}

fn has_control(text: impl AsRef<str>) -> bool {
    text.as_ref().contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t'))
}

fn is_name(name: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    name.len() <= NAME && name.split('-').all(is_part)
}

fn error(line: usize, what: String) -> Complaint {
    Complaint { severity: Severity::Error, line: Some(line), what }
}

fn warning(line: Option<usize>, what: String) -> Complaint {
    Complaint { severity: Severity::Warning, line, what }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "---\nname: slow-reading\ndescription: Read twice. Use it before you dispute.\nlicense: MIT\n\
                        metadata:\n  author: ada\n  version: 1.0\n---\n\n# Slow reading\n\nRead it twice.\n";

    fn told(text: &str) -> Vec<String> {
        skill_document("slow-reading", text).unwrap_err().iter().map(ToString::to_string).collect()
    }

    fn warned(text: &str) -> Vec<String> {
        let skill = skill_document("slow-reading", text).unwrap();
        skill.warnings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_skill_is_its_front_matter_and_its_body() {
        for text in [GOOD.to_owned(), GOOD.replace('\n', "\r\n"), format!("\u{feff}{GOOD}")] {
            let skill = skill_document("slow-reading", &text).unwrap();
            assert_eq!(skill.name, "slow-reading");
            assert_eq!(skill.description, "Read twice. Use it before you dispute.");
            assert_eq!(skill.license.as_deref(), Some("MIT"));
            assert_eq!(skill.metadata["author"], "ada");
            assert_eq!(skill.metadata["version"], "1.0");
            assert_eq!(skill.body, "# Slow reading\n\nRead it twice.");
            assert_eq!(skill.warnings, []);
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_what_would_be_right() {
        let long = "x".repeat(1_025);
        for (text, expected) in [
            ("# No front matter", vec!["line 1: there is no front matter: begin"]),
            ("---\nname: a\n", vec!["line 1: the front matter does not end"]),
            ("---\n---\nBody", vec!["line 1: there is no `name`", "line 1: there is no `description`"]),
            ("---\nname: A b\ndescription: d\n---\nB", vec!["line 2: `name` is 1 to 64 lower-case letters"]),
            ("---\nname: a--b\ndescription: d\n---\nB", vec!["line 2: `name` is"]),
            ("---\ndescription: d\nname: -a\n---\nB", vec!["line 3: `name` is"]),
            (
                "---\nname: slow-reading\ndescription: d\n---\n \n",
                vec!["there is nothing below the front matter"],
            ),
            ("---\nname: [1\ndescription: d\n---\nB", vec!["the front matter is no YAML"]),
            (
                "---\nname: slow-reading\ndescription: d\n---\nB\u{1b}[2J",
                vec!["line 5: there is a control character"],
            ),
            (
                "---\nname: slow-reading\ndescription: \"\\e[2J\"\nmetadata:\n  a: \"\\x07\"\n---\nB",
                vec![
                    "line 3: there is a control character in `description`",
                    "line 4: there is a control character in `metadata`",
                ],
            ),
            (
                &format!("---\nname: slow-reading\ndescription: {long}\n---\nB"),
                vec!["line 3: `description` has 1025 characters; 1024 are the most"],
            ),
            (
                &format!("---\nname: slow-reading\ndescription: d\n---\n{}", "x".repeat(BODY + 1)),
                vec!["the lesson has 20001 characters; 20000 are the most"],
            ),
        ] {
            let told = told(text);
            assert_eq!(told.len(), expected.len(), "{told:?}");
            for (told, expected) in told.iter().zip(expected) {
                assert!(told.contains(expected), "{told} {expected}");
            }
        }
    }

    #[test]
    fn what_can_be_forgiven_is_and_is_reported() {
        let front = |line: &str| format!("---\nname: slow-reading\n{line}\n---\nBody");
        let text = front("description: Use it when: you \"disagree\" \\ doubt");
        let skill = skill_document("slow-reading", &text).unwrap();
        assert_eq!(skill.description, "Use it when: you \"disagree\" \\ doubt");
        assert!(warned(&text)[0].starts_with("line 3: the value of `description` has a colon in it"));
        let described = |line: &str| front(&format!("description: d\n{line}"));
        assert!(warned(&described("allowed-tools: Bash(rm:*)"))[0].contains("grants nothing here"));
        assert!(
            warned(&described("model: opus"))[0].starts_with("line 4: nobody here knows the key `model`")
        );
        let other = skill_document("reading", GOOD).unwrap();
        assert_eq!(
            other.warnings[0].to_string(),
            "line 2: the folder should be called `slow-reading`, as the skill is"
        );
        assert!(warned(&described("").replace("Body", &"x".repeat(PROMPT + 1)))[0].contains("first 6000"));
    }

    #[test]
    fn aliases_and_depth_do_not_blow_up() {
        let bomb = "---\na: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n\
                    c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c, *c]\n---\nBody";
        assert!(!told(bomb).is_empty());
        let deep = format!("---\nmetadata: {}\n---\nBody", "[".repeat(100_000));
        assert!(!told(&deep).is_empty());
    }

    #[test]
    fn a_folder_gives_its_text_and_nothing_is_run() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("slow-reading");
        fs::create_dir_all(folder.join("scripts")).unwrap();
        assert!(read_skill(&folder).unwrap_err().to_string().ends_with("SKILL.md: there is no such file"));
        fs::write(folder.join("scripts/run.sh"), "touch ../ran").unwrap();
        fs::write(folder.join(FILE), GOOD).unwrap();
        let skill = read_skill(&folder).unwrap();
        assert_eq!(skill.body, "# Slow reading\n\nRead it twice.");
        assert_eq!(skill.warnings.len(), 1);
        assert!(skill.warnings[0].what.contains("`scripts/` are left aside"));
        assert!(!folder.join("ran").exists());
        fs::write(folder.join(FILE), "---\nname: x\n---\nB").unwrap();
        let error = read_skill(&folder).unwrap_err().to_string();
        assert!(error.contains("SKILL.md:\n") && error.contains("there is no `description`"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_the_text_is_not_followed() {
        let home = tempfile::tempdir().unwrap();
        let (secret, folder) = (home.path().join("secret"), home.path().join("slow-reading"));
        fs::create_dir(&folder).unwrap();
        fs::write(&secret, GOOD).unwrap();
        std::os::unix::fs::symlink(&secret, folder.join(FILE)).unwrap();
        assert!(read_skill(&folder).unwrap_err().to_string().contains("no regular file"));
    }
}
