//! The second lane of the door, for questions that are asked so often that text in and out would be most of their cost:
//! numbers in, numbers out. What it answers is what the operations of the same names answer.

use std::sync::Arc;

use super::Handle;
use crate::codes;
use crate::decode;
use crate::error::{Error, Result};
use crate::{OnCallMany, PersonId, Schedule, Timestamp};

/// `Schedule.people_at`, for an instant in microseconds since 1970; each person is given to `tell`.
///
/// # Errors
/// `time.bad_instant`; `contract.unknown_operation` if the handle is not a schedule's.
pub fn people_at<T>(schedule: &Handle, micros: i64, tell: impl FnOnce(&[&PersonId]) -> T) -> Result<T> {
    let schedule: Arc<Schedule> = schedule.snapshot()?;
    Ok(tell(&schedule.people_at(instant(micros).map_err(|error| error.at("/at"))?)))
}

/// `Schedule.on_call_many`, for instants in microseconds since 1970: the answer as text with an empty `index`, and the
/// index.
///
/// # Errors
/// `time.bad_instant` at the place of the first one that is none; `contract.unknown_operation` if the handle is not a
/// schedule's.
pub fn on_call_many(schedule: &Handle, micros: impl IntoIterator<Item = i64>) -> Result<(String, Vec<u32>)> {
    let schedule: Arc<Schedule> = schedule.snapshot()?;
    let read = |(place, micros)| instant(micros).map_err(|error| error.at(format!("/instants/{place}")));
    let instants = micros.into_iter().enumerate().map(read).collect::<Result<Vec<Timestamp>>>()?;
    let OnCallMany { people, index, tz_version } = schedule.on_call_many(&instants);
    Ok((decode::to_text(&OnCallMany { people, index: Vec::new(), tz_version })?, index))
}

fn instant(micros: i64) -> Result<Timestamp> {
    Timestamp::from_micros(micros).ok_or_else(|| {
        Error::invalid(codes::BAD_INSTANT, format!("{micros} microseconds since 1970 are not an instant"))
            .hint("years go from 0001 to 9999")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{Answer, Given, Noun, call};

    #[test]
    fn both_lanes_say_the_same() {
        let text = r#"{"rotation":[{"zone":"UTC","turn":["1 day"],"start":"2026-12-07","members":["ana","bo"]}]}"#;
        let handle = Schedule::wrap(Arc::new(Schedule::from_json(text).unwrap()));
        let ask = |name: &str, args: &str| match call(name, &Given { this: Some(&handle), with: &[], bytes: &[], args })
            .unwrap()
        {
            Answer::Text(text) => text,
            Answer::Handle(_) => panic!("{name} tells"),
        };
        let day: Timestamp = "2026-12-08T12:00:00Z".parse().unwrap();
        let told = people_at(&handle, day.as_micros(), |people| serde_json::to_string(people).unwrap()).unwrap();
        assert_eq!(told, ask("Schedule.people_at", r#"{"at":"2026-12-08T12:00:00Z"}"#));
        let (text, index) = on_call_many(&handle, [day.as_micros(), 0, day.as_micros()]).unwrap();
        let whole = text.replace("\"index\":[]", &format!("\"index\":{}", serde_json::to_string(&index).unwrap()));
        let instants = r#"{"instants":["2026-12-08T12:00:00Z","1970-01-01T00:00:00Z","2026-12-08T12:00:00Z"]}"#;
        assert_eq!(whole, ask("Schedule.on_call_many", instants));
        let no = on_call_many(&handle, [0, i64::MAX]).unwrap_err();
        assert_eq!((no.code, no.path.as_str()), (codes::BAD_INSTANT, "/instants/1"));
    }
}
