//! What can be typed to steer a debate that runs in another terminal.

use amatelier_types::RoundtableId;
use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct Interject {
    /// What to say to all, at most 4000 characters; `-` reads it from stdin
    pub text: String,
    #[command(flatten)]
    pub steered: Steered,
}

#[derive(Args, Debug)]
pub(crate) struct Whisper {
    /// To whom: a worker, or the judge, who hears it anyway
    pub member: String,
    /// What to say, at most 4000 characters; `-` reads it from stdin
    pub text: String,
    #[command(flatten)]
    pub steered: Steered,
}

#[derive(Args, Debug)]
pub(crate) struct Next {
    /// The worker; it has to be waiting to speak in the phase that runs
    pub member: String,
    #[command(flatten)]
    pub steered: Steered,
}

#[derive(Args, Debug)]
pub(crate) struct Mute {
    /// The worker
    pub member: String,
    #[command(flatten)]
    pub steered: Steered,
    /// Give the word back, from the next phase on
    #[arg(long)]
    pub off: bool,
}

/// Which debate, and how to say what was done.
#[derive(Args, Debug)]
pub(crate) struct Steered {
    /// The debate; the newest that runs, without one
    pub id: Option<RoundtableId>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
