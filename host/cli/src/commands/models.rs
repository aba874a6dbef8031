//! `models`: what there is to choose from, and what it costs.

use std::{collections::BTreeMap, fs, path::Path};

use amatelier_engine::{Prices, Survey};
use amatelier_workspace::Mode;
use serde::Serialize;

use crate::{args::Models, context::Context, exit::Exit, failure::Failure, output, render};

/// The largest file of prices, in bytes; the public list of 2026 has two million.
const PRICES_BYTES: u64 = 16 << 20;

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    mode: &'a str,
    because: &'a str,
    #[serde(flatten)]
    survey: &'a Survey,
}

/// What became of a file of prices.
#[derive(Serialize)]
pub(crate) struct Imported {
    schema: &'static str,
    pub file: String,
    pub taken: usize,
    /// How many were left out, by reason.
    pub skipped: BTreeMap<String, usize>,
}

pub(crate) async fn run(context: &Context, arguments: Models) -> Result<Exit, Failure> {
    if let Some(file) = &arguments.import_prices {
        return import(context, file, arguments.json);
    }
    let only = arguments.provider.as_deref().and_then(|name| Mode::provider(name).ok());
    let choice = context.choose().await;
    let providers = context.providers(&choice, None).await?;
    eprintln!("asking which models there are");
    let survey = providers.survey(only).await;
    if arguments.json {
        let (mode, because) = (choice.mode.name(), choice.because.as_str());
        output::print_json(&Report { schema: "amatelier/models/v1", mode, because, survey: &survey })?;
    } else {
        output::print(&render::models(&survey, only.is_some()))?;
    }
    Ok(Exit::Ok)
}

fn import(context: &Context, path: &Path, json: bool) -> Result<Exit, Failure> {
    let unreadable = |why: String| {
        let help = "name the public JSON of model prices, as it was downloaded".to_owned();
        Failure::new(Exit::Usage, format!("{}: {why}", path.display()), help)
    };
    let bytes = fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
    if bytes > PRICES_BYTES {
        return Err(unreadable(format!("it has {bytes} bytes; the limit is {PRICES_BYTES}")));
    }
    let text = fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let (prices, report) = Prices::import(&text, today, &format!("{name}, imported"))
        .map_err(|error| unreadable(error.to_string()))?;
    context.workspace.import_prices(&prices.to_text())?;
    let skipped = report.reasons().into_iter().map(|(why, count)| (why.to_string(), count)).collect();
    let file = context.workspace.prices_file().display().to_string();
    let imported = Imported { schema: "amatelier/prices/v1", file, taken: report.taken, skipped };
    if json {
        output::print_json(&imported)?;
    } else {
        output::print(&render::imported(&imported))?;
    }
    Ok(Exit::Ok)
}
