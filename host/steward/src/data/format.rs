//! Which formats there are.

/// A format that has rows or keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    /// One JSON value a line.
    Jsonl,
    /// Divided by commas, semicolons or tabs, whichever the first line has most of.
    Csv,
    Toml,
    Yaml,
}

impl Format {
    /// By the ending of a name.
    pub(crate) fn of(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "json" | "geojson" => Some(Format::Json),
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            "csv" | "tsv" => Some(Format::Csv),
            "toml" => Some(Format::Toml),
            "yaml" | "yml" => Some(Format::Yaml),
            _ => None,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Format::Json => "JSON",
            Format::Jsonl => "JSONL",
            Format::Csv => "CSV",
            Format::Toml => "TOML",
            Format::Yaml => "YAML",
        }
    }
}
