//! Lines for the plugin's author: `log::info!("{} messages read", n)`. Bounded by the host, never part of the debate.

#[doc(hidden)]
pub use crate::bindings::imports::kit::log::{Level, write};

#[doc(hidden)]
#[macro_export]
macro_rules! __log {
    ($level:ident, $($text:tt)+) => {
        $crate::log::write($crate::log::Level::$level, &::std::format!($($text)+))
    };
}

/// For the author at work.
#[doc(inline)]
pub use crate::__debug as debug;
/// Something failed.
#[doc(inline)]
pub use crate::__error as error;
/// Worth knowing.
#[doc(inline)]
pub use crate::__info as info;
/// Something was worked around.
#[doc(inline)]
pub use crate::__warn as warn;

#[doc(hidden)]
#[macro_export]
macro_rules! __debug { ($($text:tt)+) => { $crate::__log!(Debug, $($text)+) }; }

#[doc(hidden)]
#[macro_export]
macro_rules! __info { ($($text:tt)+) => { $crate::__log!(Info, $($text)+) }; }

#[doc(hidden)]
#[macro_export]
macro_rules! __warn { ($($text:tt)+) => { $crate::__log!(Warn, $($text)+) }; }

#[doc(hidden)]
#[macro_export]
macro_rules! __error { ($($text:tt)+) => { $crate::__log!(Error, $($text)+) }; }
