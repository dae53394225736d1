//! Node bindings: one door, the same door on another thread, and the lane for numbers beside it. No rules here.
#![allow(missing_debug_implementations, reason = "nobody prints what a binding holds")]

use std::sync::Arc;

use incident_core::Error;
use incident_core::call::{self, Answer, Given, lane};
use napi::bindgen_prelude::{AsyncTask, Buffer, ClassInstance, Either3, Float64Array, Uint32Array};
use napi::{Either, Env, Task};
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
pub struct Handle(Arc<call::Handle>);

#[napi]
impl Handle {
    /// A handle from what `toJson` wrote.
    #[napi(factory)]
    pub fn from_json(noun: String, text: String) -> Result<Self> {
        call::Handle::from_json(&noun, &text).map(Self::new).map_err(|e| raise(&e))
    }

    /// The whole noun as text.
    #[napi]
    pub fn to_json(&self) -> Result<String> {
        self.0.to_json().map_err(|e| raise(&e))
    }

    /// Another handle on the same state.
    #[napi]
    pub fn copy(&self) -> Self {
        Self::new(call::Handle::clone(&self.0))
    }

    /// The noun it holds.
    #[napi(getter)]
    pub fn noun(&self) -> &'static str {
        self.0.noun()
    }

    /// Takes milliseconds since 1970.
    #[napi]
    pub fn people_at(&self, millis: f64) -> Result<Vec<String>> {
        let tell = |people: &[&incident_core::PersonId]| people.iter().map(ToString::to_string).collect();
        lane::people_at(&self.0, micros(millis), tell).map_err(|e| raise(&e))
    }

    /// Takes milliseconds since 1970. Answers text without its index, and the index.
    #[napi]
    pub fn on_call_many(&self, millis: Float64Array) -> Result<Many> {
        let (text, index) = lane::on_call_many(&self.0, millis.iter().copied().map(micros)).map_err(|e| raise(&e))?;
        Ok(Many { text, index: index.into() })
    }

    fn new(handle: call::Handle) -> Self {
        Self(Arc::new(handle))
    }
}

/// An answer about many instants.
#[napi(object)]
pub struct Many {
    /// All but the index.
    pub text: String,
    /// For each instant, the place of its answer.
    pub index: Uint32Array,
}

/// Whole microseconds; what is no number is no instant.
fn micros(millis: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "what is too large for it is no instant either")]
    let micros = (millis * 1e3).round() as i64;
    if millis.is_nan() { i64::MIN } else { micros }
}

/// What an operation is given, for as long as it takes.
pub struct Question {
    name: String,
    this: Option<Arc<call::Handle>>,
    args: String,
    with: Vec<Arc<call::Handle>>,
    bytes: Vec<Buffer>,
}

impl Question {
    fn answer(&self) -> incident_core::Result<Answer> {
        let with: Vec<&call::Handle> = self.with.iter().map(AsRef::as_ref).collect();
        let bytes: Vec<&[u8]> = self.bytes.iter().map(AsRef::as_ref).collect();
        call::call(&self.name, &Given { this: self.this.as_deref(), with: &with, bytes: &bytes, args: &self.args })
    }
}

/// Runs one operation of the table.
#[napi]
pub fn call(
    name: String,
    this: Option<ClassInstance<'_, Handle>>,
    args: String,
    with: Vec<ClassInstance<'_, Handle>>,
    bytes: Vec<Buffer>,
) -> Result<Either<String, Handle>> {
    match question(name, this, args, with, bytes).answer() {
        Ok(Answer::Text(text)) => Ok(Either::A(text)),
        Ok(Answer::Handle(handle)) => Ok(Either::B(Handle::new(handle))),
        Err(error) => Err(raise(&error)),
    }
}

/// The same on a thread of the pool; a refusal resolves too, because a rejection would lose its `code`.
#[napi]
pub fn call_later(
    name: String,
    this: Option<ClassInstance<'_, Handle>>,
    args: String,
    with: Vec<ClassInstance<'_, Handle>>,
    bytes: Vec<Buffer>,
) -> AsyncTask<Question> {
    AsyncTask::new(question(name, this, args, with, bytes))
}

/// Runs the command `incident-core` on the streams of this process; answers its exit code.
#[napi]
pub fn command(args: Vec<String>) -> u8 {
    incident_cli::on_terminal(args.into_iter().map(Into::into))
}

/// The text of a refusal.
#[napi(object)]
pub struct Refused {
    /// As the facade reads it.
    pub refusal: String,
}

impl Task for Question {
    type Output = incident_core::Result<Answer>;
    type JsValue = Either3<String, Handle, Refused>;

    fn compute(&mut self) -> napi::Result<Self::Output> {
        Ok(self.answer())
    }

    fn resolve(&mut self, _: Env, answer: Self::Output) -> napi::Result<Self::JsValue> {
        Ok(match answer {
            Ok(Answer::Text(text)) => Either3::A(text),
            Ok(Answer::Handle(handle)) => Either3::B(Handle::new(handle)),
            Err(error) => Either3::C(Refused { refusal: call::error_text(&error) }),
        })
    }
}

fn question(
    name: String,
    this: Option<ClassInstance<'_, Handle>>,
    args: String,
    with: Vec<ClassInstance<'_, Handle>>,
    bytes: Vec<Buffer>,
) -> Question {
    let this = this.map(|handle| Arc::clone(&handle.0));
    Question { name, this, args, with: with.iter().map(|handle| Arc::clone(&handle.0)).collect(), bytes }
}

fn raise(error: &Error) -> napi::Error<Refusal> {
    napi::Error::new(Refusal, call::error_text(error))
}
