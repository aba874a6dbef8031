//! A plugin's bytes and where they came from: read once, and used as they were read, whatever becomes of the file meanwhile.

use std::{io, path::Path};

use amatelier_plugins::{BadSource, Fetch, Progress, Source, read_plugin};
use amatelier_types::Sha256;

use crate::{
    exit::Exit,
    failure::Failure,
    output::{self, program},
};

/// What was taken.
pub(super) struct Taken {
    pub bytes: Vec<u8>,
    pub source: Source,
}

/// Take a plugin from a file or an address. With a digest only these bytes, and from an address never without one.
pub(super) async fn take(from: &str, wanted: Option<&Sha256>) -> Result<Taken, Failure> {
    let bad = |error: BadSource| Failure::new(Exit::Usage, format!("`{from}`: {error}"), None);
    match from.parse::<Source>().map_err(bad)? {
        Source::Path(path) => {
            let path = std::path::absolute(&path).unwrap_or_else(|_| path.into());
            // Absolute, so that an update finds it from any folder.
            let source = path.display().to_string().parse().map_err(bad)?;
            Ok(Taken { bytes: read(&path, wanted)?, source })
        }
        Source::Url(url) => {
            let Some(wanted) = wanted else {
                return Err(Failure::new(
                    Exit::Usage,
                    "an address needs the digest of what is behind it",
                    format!(
                        "`{} plugin install URL --sha256 HEX`, with the digest that its author told you",
                        program()
                    ),
                ));
            };
            let bytes = fetch(&url, wanted).await?;
            Ok(Taken { bytes, source: Source::Url(url) })
        }
    }
}

fn read(path: &Path, wanted: Option<&Sha256>) -> Result<Vec<u8>, Failure> {
    let bytes = read_plugin(path)?;
    let found = Sha256::of(&bytes);
    match wanted.filter(|wanted| **wanted != found) {
        None => Ok(bytes),
        Some(wanted) => Err(Failure::new(
            Exit::Integrity,
            format!("{} has sha256 {found}, and {wanted} was wanted", path.display()),
            "nothing was changed; get the file again from whom you trust".to_owned(),
        )),
    }
}

async fn fetch(url: &str, wanted: &Sha256) -> Result<Vec<u8>, Failure> {
    let on_screen = output::is_screen(&io::stderr());
    eprint!("fetching {url}{}", if on_screen { "" } else { "\n" });
    let mut said = 0;
    let mut progress = |now: Progress| {
        let mib = now.bytes >> 20;
        if on_screen && mib > said {
            said = mib;
            let total = now.total.map(|total| format!(" of {}", total >> 20)).unwrap_or_default();
            eprint!("\rfetching {url}: {mib}{total} MiB");
        }
    };
    let bytes = Fetch::default().get(url, wanted, &mut progress).await;
    if on_screen {
        eprintln!();
    }
    Ok(bytes?)
}
