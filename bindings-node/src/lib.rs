//! Node bindings: one door, and a native lane for numbers. No rules here.

use incident_core::call::{self, Answer};
use incident_core::{Error, Schedule};
use napi::Either;
use napi::bindgen_prelude::{ClassInstance, Float64Array, Int32Array};
use napi_derive::napi;

/// Our refusals carry their text as the message, and this as their `code`; the facade makes an `IncidentError` of it.
pub struct Refusal;

impl AsRef<str> for Refusal {
    fn as_ref(&self) -> &str {
        "INCIDENT_CORE"
    }
}

type Result<T> = napi::Result<T, Refusal>;

/// A stateful noun; the classes of the facade hold one.
#[napi]
pub struct Handle(call::Handle);

#[napi]
impl Handle {
    /// A handle from what `toJson` wrote.
    #[napi(factory)]
    pub fn from_json(noun: String, text: String) -> Result<Self> {
        call::Handle::from_json(&noun, &text).map(Self).map_err(|e| raise(&e))
    }

    /// The whole noun as text.
    #[napi]
    pub fn to_json(&self) -> Result<String> {
        self.0.to_json().map_err(|e| raise(&e))
    }

    /// Another handle on the same state.
    #[napi]
    pub fn copy(&self) -> Self {
        Self(self.0.clone())
    }

    /// Indices into `people` for milliseconds since 1970; -1 for nobody, also for NaN.
    #[napi]
    pub fn on_call_many(&self, millis: Float64Array) -> Result<Int32Array> {
        let schedule = self.0.snapshot::<Schedule>().map_err(|e| raise(&e))?;
        Ok(schedule.on_call_many(millis.iter().map(|ms| if ms.is_nan() { i64::MIN } else { (ms * 1e3) as i64 })).into())
    }
}

/// Runs one operation of the table.
#[napi]
pub fn call(
    name: String,
    this: Option<ClassInstance<'_, Handle>>,
    args: String,
    with: Vec<ClassInstance<'_, Handle>>,
) -> Result<Either<String, Handle>> {
    let with: Vec<&call::Handle> = with.iter().map(|handle| &handle.0).collect();
    match call::call(&name, this.as_deref().map(|handle| &handle.0), &with, &args) {
        Ok(Answer::Text(text)) => Ok(Either::A(text)),
        Ok(Answer::Handle(handle)) => Ok(Either::B(Handle(handle))),
        Err(error) => Err(raise(&error)),
    }
}

fn raise(error: &Error) -> napi::Error<Refusal> {
    napi::Error::new(Refusal, call::error_text(error))
}
