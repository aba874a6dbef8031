//! `show`: the digest of a debate, finished or not.

use super::found;
use crate::{args::Show, context::Context, exit::Exit, failure::Failure, output};

pub(crate) fn run(context: &Context, arguments: &Show) -> Result<Exit, Failure> {
    let digest = found(context, &arguments.id, |archive| {
        let digest = archive.digest(&arguments.id)?;
        if let Some(digest) = &digest {
            archive.publish_missing(&context.workspace, digest)?;
        }
        Ok(digest)
    })?;
    output::print_digest(&digest, &arguments.printed)?;
    Ok(Exit::Ok)
}
