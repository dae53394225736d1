//! Slack's mrkdwn.

use super::{WORD_JOINER, alphanumeric, plain, with_neighbours};

/// Text for Slack's mrkdwn: no mention, link, style, code or quote comes out of it.
///
/// `&`, `<` and `>` become references, which takes `<!channel>` and `<@U1>` apart; an invisible word joiner after `@`
/// does it for `@here`. Addresses of mail keep their `@`. Mrkdwn has no way to write a style mark as text, so where
/// `*`, `_`, `~` or a backtick could be one, a character that looks like it stands instead, and so for `>` at the
/// start of a line; `db_primary` and `2 * 3` stay as they are. Emoji codes such as `:fire:` stay.
///
/// ```
/// use incident_core::text::escape::slack;
///
/// assert_eq!(slack("<!channel> a & b"), "&lt;!channel&gt; a &amp; b");
/// assert_eq!(slack("@here"), "@\u{2060}here");
/// assert_eq!(slack("*db_primary*"), "∗db_primary∗");
/// ```
#[must_use]
pub fn slack(text: &str) -> String {
    let text = plain(text);
    let mut out = String::with_capacity(text.len());
    let mut line_start = true;
    for (before, c, after) in with_neighbours(&text) {
        let inside = |of: fn(Option<char>) -> bool| of(before) && of(after);
        let between = inside(alphanumeric) || inside(|c| c.is_none_or(char::is_whitespace));
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' if line_start => out.push('›'),
            '>' => out.push_str("&gt;"),
            '`' => out.push('ˋ'),
            '*' if !between => out.push('∗'),
            '_' if !between => out.push('ˍ'),
            '~' if !between => out.push('∼'),
            _ => out.push(c),
        }
        let names = c == '@' && after.is_some_and(|c| !c.is_whitespace());
        if names && !alphanumeric(before) {
            out.push(WORD_JOINER);
        }
        line_start = c == '\n' || (line_start && c.is_whitespace());
    }
    everybody(out)
}

/// Takes apart what calls many people wherever it stands.
fn everybody(text: String) -> String {
    ["here", "channel", "everyone", "group"].iter().fold(text, |text, name| {
        let lower = text.to_ascii_lowercase();
        let mention = format!("@{name}");
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for (at, _) in lower.match_indices(&mention) {
            out.push_str(text.get(from..=at).unwrap_or_default());
            out.push(WORD_JOINER);
            from = at + 1;
        }
        out.push_str(text.get(from..).unwrap_or_default());
        out
    })
}
