//! Text from outside, made safe for one output: whatever it says, it stays text and never becomes markup.
//!
//! Titles, chat messages and alert labels come from anybody who can trigger an alert. Every renderer passes them
//! through one of these functions and no renderer has its own. All of them begin with [`plain`], so no output carries
//! terminal sequences, control characters or characters that turn the direction of what follows.

mod csv;
mod html;
mod icalendar;
mod markdown;
mod plain;
mod slack;

pub use csv::{csv, formula_safe};
pub use html::html;
pub use icalendar::icalendar;
pub use markdown::markdown;
pub use plain::{plain, terminal};
pub use slack::slack;

/// Keeps two characters apart that mean something only together; it has no width and no line breaks at it.
const WORD_JOINER: char = '\u{2060}';

/// Where a text is going.
///
/// ```
/// use incident_core::TextOutput;
///
/// assert_eq!(TextOutput::Html.escape("<b>db-1</b>"), "&lt;b&gt;db-1&lt;/b&gt;");
/// assert_eq!(TextOutput::Markdown.escape("*db_1* [x](y)"), r"\*db_1\* \[x\](y)");
/// assert_eq!(TextOutput::Csv.escape("=1+1"), "'=1+1");
/// ```
#[derive(Clone, Copy, Debug, serde::Deserialize, Eq, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TextOutput {
    /// Text without control characters; lines and tabs stay.
    Plain,
    /// The content of an HTML element, or a quoted attribute.
    Html,
    /// Text within a paragraph, a heading, a list item or a table cell of Markdown.
    Markdown,
    /// Slack's mrkdwn.
    Slack,
    /// One cell of a CSV file, quoted where it must be.
    Csv,
    /// Part of a line in a terminal.
    Terminal,
}

impl TextOutput {
    /// The text as this output takes it.
    #[must_use]
    pub fn escape(self, text: &str) -> String {
        match self {
            Self::Plain => plain(text),
            Self::Html => html(text),
            Self::Markdown => markdown(text),
            Self::Slack => slack(text),
            Self::Csv => csv(text),
            Self::Terminal => terminal(text),
        }
    }
}

/// The characters of a text, each with those before and after it.
fn with_neighbours(text: &str) -> impl Iterator<Item = (Option<char>, char, Option<char>)> {
    let mut before = None;
    let mut rest = text.chars().peekable();
    std::iter::from_fn(move || {
        let c = rest.next()?;
        Some((before.replace(c), c, rest.peek().copied()))
    })
}

/// Whether a neighbour is a letter or a digit.
fn alphanumeric(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests;
