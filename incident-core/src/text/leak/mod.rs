//! What must not leave with a text that is about to be published.
//!
//! An independent check after everything else: it knows nothing of where the text came from. It errs on the side of
//! finding for secrets with a known form, and on the side of silence for what only looks random: a commit hash, a
//! UUID or a long name in camel case is no secret, `v1.2.3.4` no address and `UTF-8` no ticket. The choices are
//! listed in the table of the tests.

mod network;
mod scan;
mod secret;
mod ticket;

use serde::{Deserialize, Serialize};

/// What kind of thing leaks.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum LeakKind {
    /// A key, token or password, or an address with one in it.
    Secret,
    /// An address of mail.
    Email,
    /// An IPv4 or IPv6 address, other than of the machine itself.
    IpAddress,
    /// A host that only resolves inside.
    InternalHost,
    /// The id of a ticket, such as `ABC-123`.
    Ticket,
    /// A word that the caller named.
    Word,
}

/// A thing in a text that must not be published.
///
/// ```
/// use incident_core::{LeakKind, leaks};
///
/// let found = leaks("see OPS-12, ask ana@shop.example on db-1.prod.internal", &[]);
/// let kinds: Vec<LeakKind> = found.iter().map(|leak| leak.kind).collect();
/// assert_eq!(kinds, [LeakKind::Ticket, LeakKind::Email, LeakKind::InternalHost]);
/// assert_eq!((found[0].start, found[0].length, found[0].shown.as_str()), (4, 6, "OPS-…"));
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Leak {
    /// What kind of thing it is.
    pub kind: LeakKind,
    /// How many characters come before it.
    pub start: u64,
    /// How many characters it has.
    pub length: u64,
    /// It, masked, so that a report about it may be published.
    pub shown: String,
    /// One sentence, lower case, that says what it looks like.
    pub why: String,
}

/// Everything in a text that must not be published, in order of its start.
///
/// `words` are names, hosts or projects that only the caller knows; they are found whole and whatever their case. What
/// lies within something found is not told again. The time taken grows in proportion to the text.
#[must_use]
pub fn leaks(text: &str, words: &[&str]) -> Vec<Leak> {
    scan::scan(text, words)
}

#[cfg(test)]
mod tests;
