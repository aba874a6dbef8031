//! A configuration that cannot work.

/// Why a provider cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadConfig {
    /// The key cannot be sent.
    #[error("the key of {0} holds characters that no HTTP header can carry")]
    Key(String),
    /// The machine cannot open encrypted connections, say because it has no certificates.
    #[error("{name} cannot be reached from here: {reason}")]
    Client {
        /// The provider.
        name: String,
        /// The reason.
        reason: String,
    },
}
