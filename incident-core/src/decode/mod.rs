//! Text to values: a JSON Pointer for every bad field, "did you mean" for unknown ones, and two-stage unions.

mod tagged;

use serde::de::{self, DeserializeOwned};

pub use tagged::Unknown;
pub(crate) use tagged::tagged;

use crate::codes::{self, Code};
use crate::error::{Error, Result};
use crate::limits::LIMITS;
use crate::text::{Source, nearest, pointer_step, short};

/// Reads `text` as `T`; where that fails, the error is the first problem, and `findings` has all of several.
pub(crate) fn from_text<T: DeserializeOwned>(text: &str) -> Result<T> {
    LIMITS.document(text.len())?;
    one(text).or_else(|first| {
        if first.code == codes::NOT_JSON || first.code == codes::TOO_DEEP {
            Err(first)
        } else {
            Source::diagnose(text, first)
        }
    })
}

/// Reads `text` as `T`; the error says where the first problem is and how to mend it.
pub(crate) fn one<T: DeserializeOwned>(text: &str) -> Result<T> {
    // Unions are read again part by part, each with a stack of its own: what is too deep must not get that far.
    LIMITS.nesting(text)?;
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|e| {
        let path = pointer(e.path());
        let error = explain(&path, e.inner());
        // A number where the name of a choice is expected is a syntax error to serde, though the text is JSON.
        let is_json = error.code == codes::NOT_JSON && serde_json::from_str::<de::IgnoredAny>(text).is_ok();
        if is_json { Error::invalid(codes::BAD_FIELD, "expected the name of a choice").at(path) } else { error }
    })?;
    json.end().map_err(|e| explain("", &e))?;
    Ok(value)
}

/// Writes a value of ours as text.
pub(crate) fn to_text<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| Error::invalid(codes::NOT_A_VALUE, e.to_string()))
}

/// Writes a value of ours as text that goes into another text as it is.
pub(crate) fn to_raw<T: serde::Serialize>(value: &T) -> Result<Box<serde_json::value::RawValue>> {
    serde_json::value::to_raw_value(value).map_err(|e| Error::invalid(codes::NOT_A_VALUE, e.to_string()))
}

/// Whether two JSON texts say the same, whatever the spaces and the order of members; a null says nothing.
pub(crate) fn same(one: &str, other: &str) -> bool {
    fn without_nulls(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Array(all) => all.iter_mut().for_each(without_nulls),
            serde_json::Value::Object(members) => {
                members.retain(|_, value| !value.is_null());
                members.values_mut().for_each(without_nulls);
            }
            _ => {}
        }
    }
    let read = |text: &str| {
        let mut value: serde_json::Value = serde_json::from_str(text).ok()?;
        without_nulls(&mut value);
        Some(value)
    };
    one == other || read(one).is_some_and(|value| Some(value) == read(other))
}

/// Puts one of our errors through serde, whole: `explain` takes it out again and joins the pointers.
pub(crate) fn carry<E: de::Error>(error: Error) -> E {
    E::custom(format!("{CARRIED}{}", serde_json::to_string(&error).unwrap_or_default()))
}

const CARRIED: char = '\u{1f}';

fn explain(path: &str, cause: &serde_json::Error) -> Error {
    let text = cause.to_string();
    if let Some(carried) = text.strip_prefix(CARRIED)
        && let Some(Ok(mut error)) = serde_json::Deserializer::from_str(carried).into_iter::<Error>().next()
    {
        error.path = format!("{path}{}", error.path);
        return error;
    }
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    if text.starts_with("recursion limit exceeded") {
        return LIMITS.too_deep().at(path);
    }
    if !cause.is_data() {
        return Error::invalid(codes::NOT_JSON, text);
    }
    let mut names = message.split('`').skip(1).step_by(2);
    let name = names.next().unwrap_or_default();
    let parent = |code: Code, what: &str| Error::invalid(code, format!("{what} `{name}`")).at(join(path, name));
    if message.starts_with("unknown field") {
        let error = parent(codes::UNKNOWN_FIELD, "unknown field");
        let all: Vec<&str> = names.collect();
        match nearest(name, all.iter().copied()) {
            Some(known) => error.hint(format!("did you mean `{known}`?")),
            None if all.is_empty() => error,
            None => error.hint(format!("known are `{}`", all.join("`, `"))),
        }
    } else if message.starts_with("unknown variant") {
        let all: Vec<&str> = names.collect();
        let error = Error::invalid(codes::BAD_FIELD, format!("unknown variant `{}`", short(name))).at(path);
        match nearest(name, all.iter().copied()) {
            Some(known) => error.hint(format!("did you mean `{known}`?")),
            None => error.hint(format!("known are `{}`", all.join("`, `"))),
        }
    } else if message.starts_with("missing field") {
        parent(codes::MISSING_FIELD, "missing field")
    } else {
        Error::invalid(codes::BAD_FIELD, message.chars().take(300).collect::<String>()).at(path)
    }
}

fn join(path: &str, name: &str) -> String {
    let step = pointer_step(name);
    if path.ends_with(&step) { path.to_owned() } else { format!("{path}{step}") }
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |at, segment| match segment {
        Segment::Seq { index } => format!("{at}/{index}"),
        Segment::Map { key } => at + &pointer_step(key),
        Segment::Enum { .. } | Segment::Unknown => at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_that_is_no_name_or_absent_is_one_problem() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Row {
            #[serde(rename = "level")]
            _level: crate::Level,
        }
        for (text, expected) in [
            (r#"{"level":5}"#, "expected the name of a choice (at /level)"),
            (r#"{}"#, "missing field `level` (at /level)"),
            (r#"{"level":"warnign"}"#, "unknown variant `warnign` (at /level); did you mean `warning`?"),
        ] {
            assert_eq!(from_text::<Row>(text).unwrap_err().to_string(), expected);
        }
    }
}
