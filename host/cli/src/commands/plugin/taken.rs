//! A plugin's bytes and where they came from.

use amatelier_plugins::{BadSource, Source};
use amatelier_types::Sha256;

use super::file;
use crate::{exit::Exit, failure::Failure, output::program};

/// Read once, and used as they were read.
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
            let bytes = file::read(&path)?;
            let found = Sha256::of(&bytes);
            if let Some(wanted) = wanted.filter(|wanted| **wanted != found) {
                return Err(Failure::new(
                    Exit::Integrity,
                    format!("{} has sha256 {found}, and {wanted} was wanted", path.display()),
                    "nothing was changed; get the file again from whom you trust".to_owned(),
                ));
            }
            // Absolute, so that an update finds it from any folder.
            let source = path.display().to_string().parse().map_err(bad)?;
            Ok(Taken { bytes, source })
        }
        Source::Url(_) => Err(Failure::new(
            Exit::Usage,
            format!("{from} is an address, and plugins are taken from files"),
            format!(
                "download it, and name the file, with the digest that you were told: `{} plugin install FILE --sha256 HEX`",
                program()
            ),
        )),
    }
}
