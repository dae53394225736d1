//! Operations on text.

use super::register::operations;
use crate::{CodeMeaning, Leak, TextOutput};

operations! { Free:
    /// Escapes text from outside for one output, so that nothing in it becomes markup there.
    new escape_text(text: String, output: TextOutput) -> Result<String> {
        Ok(output.escape(&text))
    }

    /// Finds what must not be published: secrets, addresses, inner hosts, tickets, and the caller's `words`.
    ///
    /// Places count characters (in JavaScript `[...text]`, not UTF-16 units), and what is shown of each is masked.
    new find_leaks(text: String, words: Option<Vec<String>>) -> Result<Vec<Leak>> {
        let words = words.unwrap_or_default();
        Ok(crate::leaks(&text, &words.iter().map(String::as_str).collect::<Vec<_>>()))
    }

    /// The codes that a name stands for, each with what it means: with the room, or without it.
    ///
    /// Refused: `contract.unknown_code`.
    new explain_code(code: String) -> Result<Vec<CodeMeaning>> {
        crate::codes::named(&code).map_err(|error| error.at("/code"))
    }
}
