//! Old events read as what they mean today.
//!
//! An event's `type` never changes its meaning. Where a meaning has to change, the new one gets a new type, the old type
//! goes from `event/` to the table here, and logs of every age stay readable. The entry keeps its old text.

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::codes;
use crate::decode;
use crate::error::{Error, Result};

use super::Event;

/// What turns one old type into a type of today: the members of the event, `type` included.
type Upcaster = fn(Map<String, Value>) -> Map<String, Value>;

/// Every type that was retired, oldest first; none has been so far.
const RETIRED: &[(&str, Upcaster)] = &[];

/// The event of a stored text.
pub(super) fn read(raw: &RawValue) -> Result<Event> {
    read_with(RETIRED, raw)
}

fn read_with(retired: &[(&str, Upcaster)], raw: &RawValue) -> Result<Event> {
    let event: Event = decode::one(raw.get())?;
    let Event::Unknown(unknown) = &event else { return Ok(event) };
    let Some((_, upcaster)) = retired.iter().find(|(name, _)| *name == unknown.name) else { return Ok(event) };
    let members: Map<String, Value> = decode::one(unknown.body.get())?;
    let text = decode::to_text(&upcaster(members))?;
    decode::one(&text)
        .map_err(|no| Error::invalid(codes::BAD_FIELD, format!("`{}` of old: {}", unknown.name, no.message)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let retired: &[(&str, Upcaster)] = &[("renamed", |mut members| {
            let title = members.remove("name").unwrap_or_default();
            [("type".to_owned(), "retitled".into()), ("title".to_owned(), title)].into_iter().collect()
        })];
        let raw = RawValue::from_string(text.to_owned()).unwrap();
        let told =
            read_with(retired, &raw).map_or_else(|no| no.code.to_string(), |event| decode::to_text(&event).unwrap());
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn old_types_are_read_as_what_they_mean_today() {
        check(r#"{"type":"renamed","name":"checkout is down"}"#, r#"{"type":"retitled","title":"checkout is down"}"#);
        check(r#"{"type":"retitled","title":"x"}"#, r#"{"type":"retitled","title":"x"}"#);
        check(r#"{"type":"renamed","name":7}"#, "contract.bad_field");
        check(r#"{"type":"beamed"}"#, r#"{"type":"unknown","name":"beamed","body":{"type":"beamed"}}"#);
    }
}
