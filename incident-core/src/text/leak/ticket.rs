//! Ids of tickets.

use super::LeakKind;
use super::scan::{Found, Here, run};

/// What looks like a ticket and is a standard, a severity, a size or a place.
const NOT_TICKETS: [&str; 35] = [
    "AES", "ARM", "ASCII", "BASE", "COVID", "CP", "CVE", "CWE", "DO", "EC", "ED", "EN", "FIPS", "GMT", "GPT", "HTTP",
    "IEC", "IEEE", "IPV", "ISO", "KOI8", "LATIN", "MD", "PEP", "PKCS", "RFC", "RSA", "SEV", "SHA", "SP", "TLS", "UCS",
    "UTC", "UTF", "WINDOWS",
];

/// A project of 2 to 10 capitals and digits, a hyphen, and a number of at most 7 digits, standing alone.
pub(super) fn find(here: Here<'_>) -> Option<Found> {
    if !here.begins_word() || matches!(here.before, Some('-' | '.')) {
        return None;
    }
    let project = run(here.rest, |c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let number = here.rest.get(project.len()..)?.strip_prefix('-').map(|rest| run(rest, |c| c.is_ascii_digit()))?;
    let length = project.len() + 1 + number.len();
    let mut after = here.rest.get(length..)?.chars();
    let stands_alone = match after.next() {
        Some('.') => !after.next().is_some_and(|c| c.is_ascii_alphanumeric()),
        Some(c) => !(c.is_alphanumeric() || matches!(c, '-' | '_')),
        None => true,
    };
    let is_project = (2..=10).contains(&project.len()) && project.starts_with(|c: char| c.is_ascii_uppercase());
    let known = NOT_TICKETS.contains(&project);
    (is_project && (1..=7).contains(&number.len()) && stands_alone && !known)
        .then(|| Found::new(LeakKind::Ticket, length, format!("{project}-…"), "looks like the id of a ticket"))
}
