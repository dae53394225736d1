//! Addresses of mail and of machines.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::LeakKind;
use super::scan::{Found, Here, run};

/// What hosts that only resolve inside end with.
const INSIDE: [&str; 9] =
    [".internal", ".local", ".localdomain", ".corp", ".lan", ".intranet", ".consul", ".svc", ".home.arpa"];

/// What looks like the end of a host and is that of a file: `logo@2x.png` is no address.
const FILES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "pdf", "js"];

pub(super) fn find(here: Here<'_>) -> Option<Found> {
    email(here).or_else(|| ipv4(here)).or_else(|| ipv6(here)).or_else(|| host(here))
}

fn email(here: Here<'_>) -> Option<Found> {
    let local_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    if here.before.is_some_and(local_part) {
        return None;
    }
    let local = run(here.rest, local_part);
    let domain = here.rest.get(local.len()..)?.strip_prefix('@').map(name)?;
    let (_, end) = domain.rsplit_once('.')?;
    let is_end = end.chars().count() >= 2 && end.chars().all(char::is_alphabetic);
    let length = local.len() + 1 + domain.len();
    // `git@host:path` is how a repository is named.
    let repository = local == "git" && here.rest.get(length..)?.starts_with(':');
    let file = FILES.iter().any(|file| end.eq_ignore_ascii_case(file));
    (!local.is_empty() && is_end && !file && !repository)
        .then(|| Found::new(LeakKind::Email, length, "…@…", "looks like an address of mail"))
}

/// Labels with points between them, without a point at the end.
fn name(text: &str) -> &str {
    run(text, |c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_')).trim_end_matches(['.', '-', '_'])
}

fn ipv4(here: Here<'_>) -> Option<Found> {
    if !here.begins_word() || matches!(here.before, Some('.' | '-')) {
        return None;
    }
    let address = run(here.rest, |c| c.is_ascii_digit() || c == '.').trim_end_matches('.');
    let parsed: Ipv4Addr = address.parse().ok()?;
    let more = here.rest.get(address.len()..)?.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let (first, _) = address.split_once('.')?;
    (!more && !parsed.is_loopback() && !parsed.is_unspecified())
        .then(|| Found::new(LeakKind::IpAddress, address.len(), format!("{first}.…"), "looks like an IPv4 address"))
}

fn ipv6(here: Here<'_>) -> Option<Found> {
    if !here.begins_word() || matches!(here.before, Some(':' | '.')) {
        return None;
    }
    let address = run(here.rest, |c| c.is_ascii_hexdigit() || matches!(c, ':' | '.')).trim_end_matches('.');
    let more = here.rest.get(address.len()..)?.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let address = address.strip_suffix(':').filter(|rest| !rest.ends_with(':')).unwrap_or(address);
    // `a::b` is a path of code and `10:15:30` a time; an address has a digit, and a group of three or more.
    let like_one = address.contains(|c: char| c.is_ascii_digit()) && address.split(':').any(|group| group.len() >= 3);
    let parsed: Ipv6Addr = if more || !like_one { None } else { address.parse().ok() }?;
    let (first, _) = address.split_once(':')?;
    (!parsed.is_loopback())
        .then(|| Found::new(LeakKind::IpAddress, address.len(), format!("{first}:…"), "looks like an IPv6 address"))
}

fn host(here: Here<'_>) -> Option<Found> {
    if !here.begins_word() || matches!(here.before, Some('.' | '-')) {
        return None;
    }
    let name = name(here.rest);
    let lower = name.to_ascii_lowercase();
    let end = INSIDE.iter().find(|end| lower.len() > end.len() && lower.ends_with(**end))?;
    // A service of a cluster is `name.space.svc`; one name before `.svc` is a file's.
    let short = *end == ".svc" && lower.matches('.').count() < 2;
    let starts = !lower.starts_with('.');
    (starts && !short)
        .then(|| Found::new(LeakKind::InternalHost, name.len(), format!("…{end}"), "looks like a host inside"))
}
