//! Secrets: by their beginning, by the name they are given to, within addresses, and what looks random.

use super::LeakKind;
use super::scan::{Found, Here, is_word, run, short_run};

pub(super) fn find(here: Here<'_>) -> Option<Found> {
    private_key(here)
        .or_else(|| known_beginning(here))
        .or_else(|| web_token(here))
        .or_else(|| address_with_password(here))
        .or_else(|| assignment(here))
        .or_else(|| random(here))
}

fn secret(length: usize, shown: &str, why: impl Into<String>) -> Found {
    Found::new(LeakKind::Secret, length, format!("{shown}…"), why)
}

/// From `BEGIN` to its `END`, or to the end of the text.
fn private_key(here: Here<'_>) -> Option<Found> {
    let label = here.rest.strip_prefix("-----BEGIN ").map(|rest| run(rest, |c| c.is_ascii_uppercase() || c == ' '))?;
    if !label.ends_with("PRIVATE KEY") && !label.ends_with("PRIVATE KEY BLOCK") {
        return None;
    }
    let end = format!("-----END {label}-----");
    let length = here.rest.find(&end).map_or(here.rest.len(), |at| at + end.len());
    Some(secret(length, "-----BEGIN ", "looks like a private key"))
}

/// Beginning, how many characters follow at least, whether `-` and `_` are among them, what it is.
const BEGINNINGS: [(&str, usize, bool, &str); 32] = [
    ("AKIA", 16, false, "an AWS access key id"),
    ("ASIA", 16, false, "an AWS access key id"),
    ("ABIA", 16, false, "an AWS access key id"),
    ("ACCA", 16, false, "an AWS access key id"),
    ("AGE-SECRET-KEY-1", 40, false, "an age key"),
    ("AIza", 35, true, "a Google API key"),
    ("GOCSPX-", 20, true, "a Google client secret"),
    ("ya29.", 20, true, "a Google access token"),
    ("dop_v1_", 40, false, "a DigitalOcean token"),
    ("ghp_", 36, false, "a GitHub token"),
    ("gho_", 36, false, "a GitHub token"),
    ("ghu_", 36, false, "a GitHub token"),
    ("ghs_", 36, false, "a GitHub token"),
    ("ghr_", 36, false, "a GitHub token"),
    ("github_pat_", 22, true, "a GitHub token"),
    ("glpat-", 20, true, "a GitLab token"),
    ("hvs.", 24, true, "a Vault token"),
    ("npm_", 36, false, "an npm token"),
    ("pypi-", 40, true, "a PyPI token"),
    ("rk_live_", 16, false, "a Stripe key"),
    ("sk_live_", 16, false, "a Stripe key"),
    ("sk_test_", 16, false, "a Stripe key"),
    ("sk-", 32, true, "an API key"),
    ("SG.", 40, true, "a SendGrid key"),
    ("whsec_", 24, false, "the secret of a webhook"),
    ("xapp-", 20, true, "a Slack token"),
    ("xoxa-", 10, true, "a Slack token"),
    ("xoxb-", 10, true, "a Slack token"),
    ("xoxe-", 10, true, "a Slack token"),
    ("xoxp-", 10, true, "a Slack token"),
    ("xoxr-", 10, true, "a Slack token"),
    ("xoxs-", 10, true, "a Slack token"),
];

fn known_beginning(here: Here<'_>) -> Option<Found> {
    if let Some(hook) = here.rest.strip_prefix("https://hooks.slack.com/services/") {
        let length = here.rest.len() - hook.len() + run(hook, |c| c.is_ascii_alphanumeric() || c == '/').len();
        return Some(secret(length, "https://hooks.slack.com/", "looks like the address of a Slack webhook"));
    }
    if !here.begins_word() {
        return None;
    }
    BEGINNINGS.iter().find_map(|(beginning, least, wide, what)| {
        let rest = here.rest.strip_prefix(beginning)?;
        let class = |c: char| c.is_ascii_alphanumeric() || (*wide && matches!(c, '-' | '_' | '.'));
        let token = run(rest, class).trim_end_matches('.');
        let enough = token.len() >= *least && token.contains(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase());
        enough.then(|| secret(beginning.len() + token.len(), beginning, format!("looks like {what}")))
    })
}

/// A JSON web token: three parts in base64url, the first two JSON objects.
fn web_token(here: Here<'_>) -> Option<Found> {
    if !here.begins_word() || !here.rest.starts_with("eyJ") {
        return None;
    }
    let part = |text| run(text, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let head = part(here.rest);
    let body = here.rest.get(head.len()..)?.strip_prefix('.').map(part)?;
    let length = head.len() + 1 + body.len();
    let signature = here.rest.get(length..)?.strip_prefix('.').map_or(0, |rest| 1 + part(rest).len());
    let enough = head.len() >= 12 && body.len() >= 8 && body.starts_with("eyJ");
    enough.then(|| secret(length + signature, "eyJ", "looks like a JSON web token"))
}

/// How many bytes of a value are looked at to decide what it is.
const LONGEST: usize = 512;

/// `scheme://user:password@`; what follows is not a secret, but may be a host.
fn address_with_password(here: Here<'_>) -> Option<Found> {
    if here.before.is_some_and(|c| is_word(c) || matches!(c, '+' | '-' | '.')) {
        return None;
    }
    let scheme = run(here.rest, |c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let rest = here.rest.get(scheme.len()..)?.strip_prefix("://")?;
    let outside = |c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '<' | '>' | '`');
    let authority = short_run(rest, LONGEST, |c| !outside(c));
    let (user, _) = authority.rsplit_once('@')?;
    let password = user.split_once(':').map_or(user, |(_, password)| password);
    let is_secret = if user.contains(':') { !password.is_empty() } else { user.len() >= 20 };
    (is_secret && !scheme.is_empty() && !is_placeholder(password)).then(|| {
        let length = scheme.len() + "://".len() + user.len() + "@".len();
        secret(length, "…://", "an address with a password in it")
    })
}

/// Names whose value is a secret, in lower case without `_` and `-`, and how long that value is at least.
const NAMES: [(&str, usize); 16] = [
    ("password", 4),
    ("passwd", 4),
    ("passphrase", 4),
    ("passcode", 4),
    ("pwd", 4),
    ("secret", 8),
    ("secretkey", 8),
    ("clientsecret", 8),
    ("token", 8),
    ("apikey", 8),
    ("accesskey", 8),
    ("privatekey", 8),
    ("signingkey", 8),
    ("encryptionkey", 8),
    ("credentials", 8),
    ("authorization", 8),
];

/// `password=...`, `"api_key": "..."`, `Authorization: Bearer ...`.
fn assignment(here: Here<'_>) -> Option<Found> {
    if here.before.is_some_and(|c| is_word(c) || c == '-') {
        return None;
    }
    let name = run(here.rest, |c| is_word(c) || c == '-');
    let least = least_under(name)?;
    let rest = here.rest.get(name.len()..)?;
    let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest).trim_start_matches([' ', '\t']);
    let signed = ["=>", ":=", "==", "=", ":"].iter().find_map(|sign| Some((*sign, rest.strip_prefix(sign)?)));
    let (sign, rest) = signed.map(|(sign, rest)| (sign, rest.trim_start_matches([' ', '\t'])))?;
    let schemes = ["Bearer ", "bearer ", "Basic ", "basic ", "Token ", "token "];
    let rest = schemes.iter().find_map(|scheme| rest.strip_prefix(scheme)).unwrap_or(rest);
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
    let rest = quote.and_then(|quote| rest.strip_prefix(quote)).unwrap_or(rest);
    let inside = |c: char| match quote {
        Some(quote) => c != quote && c != '\n',
        None => !c.is_whitespace() && !"\"'`,;&<>(){}[]".contains(c),
    };
    let value = short_run(rest, LONGEST, inside).trim_end_matches('.');
    // "token: expired" is prose; a plain word after a colon is no secret unless it is quoted.
    let prose = sign == ":" && quote.is_none() && value.chars().all(char::is_alphabetic);
    if prose || value.chars().count() < least || is_placeholder(value) {
        return None;
    }
    let length = here.rest.len() - rest.len() + run(rest, inside).trim_end_matches('.').len();
    Some(secret(length, &format!("{}{sign}", crate::text::short(name)), "a value under the name of a secret"))
}

/// The least length of a secret under this name; none where the name is not that of a secret.
fn least_under(name: &str) -> Option<usize> {
    let last = name.rsplit(['_', '-']).next().unwrap_or_default();
    if ["pass", "pin"].iter().any(|word| last.eq_ignore_ascii_case(word)) {
        return Some(4);
    }
    let end: Vec<char> = name.chars().rev().filter(|c| !matches!(c, '_' | '-')).take(40).collect();
    let end: String = end.iter().rev().flat_map(|c| c.to_lowercase()).collect();
    NAMES.iter().filter(|(name, _)| end.ends_with(name)).map(|(_, least)| *least).min()
}

/// Whether a value only stands for a secret: `***`, `<password>`, `${DB_PASSWORD}`, `REDACTED`.
fn is_placeholder(value: &str) -> bool {
    let lower = value.to_lowercase();
    let same = |of: char| value.chars().all(|c| c == of);
    let stands =
        ["redacted", "hidden", "masked", "changeme", "placeholder", "example", "none", "null", "true", "false"];
    same('*')
        || same('x')
        || same('X')
        || same('.')
        || same('…')
        || same('•')
        || value.starts_with(['$', '<', '{', '%', '['])
        || stands.iter().any(|word| lower.trim_matches(|c: char| !c.is_alphanumeric()) == *word)
}

/// At least so many characters of base64, with so many of each kind, are taken for random.
const RANDOM: usize = 32;

/// What looks random: long, with capitals, small letters and digits well mixed. Hexadecimal is not enough, because
/// hashes and trace ids are written so; nor are words, which have long runs of small letters.
fn random(here: Here<'_>) -> Option<Found> {
    let class = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_');
    if here.before.is_some_and(|c| class(c) || c.is_alphanumeric()) {
        return None;
    }
    let token = run(here.rest, class);
    if token.len() < RANDOM {
        return None;
    }
    let count = |of: fn(&char) -> bool| token.chars().filter(of).count();
    let mixed = count(char::is_ascii_uppercase) >= 4 && count(char::is_ascii_lowercase) >= 4;
    let digits = count(char::is_ascii_digit);
    let words = token.split(|c: char| !c.is_ascii_lowercase()).map(str::len).max().unwrap_or_default();
    let parts = token.split(['/', '-', '_']).map(str::len).max().unwrap_or_default();
    (mixed && digits >= 3 && words <= 6 && parts >= 16 && entropy(token) >= 4.2)
        .then(|| secret(token.len(), "", "long and looks random"))
}

/// Shannon's entropy of the characters, in bits a character.
fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in text.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let total = counts.iter().map(|count| f64::from(*count)).sum::<f64>();
    let bits = |count: &u32| {
        let share = f64::from(*count) / total;
        -share * libm::log2(share)
    };
    counts.iter().filter(|count| **count > 0).map(bits).sum()
}
