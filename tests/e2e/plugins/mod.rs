//! Plugins of others, from the file to the debate, through the binary.

mod authored;
mod hostile;
mod inspect;
mod installed;
mod life;
mod package;
mod shops;

use package::{SOCRATIC, packaged};
