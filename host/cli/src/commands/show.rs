//! `show`: the digest of a debate, finished or not.

use amatelier_engine::Error;

use super::archives;
use crate::{args::Show, context::Context, exit::Exit, failure::Failure, output};

pub(crate) fn run(context: &Context, arguments: &Show) -> Result<Exit, Failure> {
    for archive in archives(context)? {
        if let Some(digest) = archive.digest(&arguments.id)? {
            archive.publish_missing(&context.workspace, &digest)?;
            output::print_digest(&digest, &arguments.printed)?;
            return Ok(Exit::Ok);
        }
    }
    Err(Error::NoSuchRoundtable(arguments.id.clone()).into())
}
