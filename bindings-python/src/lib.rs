//! Python bindings: one door, and the lane for numbers beside it. No rules here.

use incident_core::Error;
use incident_core::call::{self as door, Answer, Given, lane};
use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString};

/// A stateful noun; the classes of the facade hold one.
#[pyclass(frozen, module = "incident_core._native")]
struct Handle(door::Handle);

#[pymethods]
impl Handle {
    #[staticmethod]
    fn from_json(py: Python<'_>, noun: &str, text: &str) -> PyResult<Self> {
        py.detach(|| door::Handle::from_json(noun, text)).map(Self).map_err(|e| raise(py, &e))
    }

    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| self.0.to_json()).map_err(|e| raise(py, &e))
    }

    fn copy(&self, py: Python<'_>) -> Self {
        py.detach(|| Self(self.0.clone()))
    }

    /// Takes the parts of a time since 1970, as a `timedelta` keeps them. Too short to let go of the interpreter.
    fn people_at<'py>(
        &self,
        py: Python<'py>,
        days: i64,
        seconds: i64,
        microseconds: i64,
    ) -> PyResult<Bound<'py, PyList>> {
        let micros = (days * 86_400 + seconds).saturating_mul(1_000_000).saturating_add(microseconds);
        let tell = |people: &[&incident_core::PersonId]| PyList::new(py, people.iter().map(|person| person.as_str()));
        lane::people_at(&self.0, micros, tell).map_err(|e| raise(py, &e))?
    }

    /// Takes a buffer of microseconds since 1970. Answers text without its index, and the index in 32 bits each.
    #[expect(clippy::needless_pass_by_value, reason = "arguments are owned")]
    fn on_call_many<'py>(
        &self,
        py: Python<'py>,
        micros: PyBuffer<i64>,
    ) -> PyResult<(Bound<'py, PyString>, Bound<'py, PyBytes>)> {
        let micros = micros.to_vec(py)?;
        let answer = py.detach(|| lane::on_call_many(&self.0, micros));
        let (text, index) = answer.map_err(|e| raise(py, &e))?;
        let index: Vec<u8> = index.into_iter().flat_map(u32::to_ne_bytes).collect();
        Ok((PyString::new(py, &text), PyBytes::new(py, &index)))
    }

    #[getter]
    fn noun(&self) -> &'static str {
        self.0.noun()
    }
}

/// Runs one operation of the table. The interpreter is free for others meanwhile.
#[pyfunction]
#[pyo3(signature = (name, this, args, with_ = Vec::new(), data = Vec::new()))]
#[expect(clippy::needless_pass_by_value, reason = "arguments are owned")]
fn call<'py>(
    py: Python<'py>,
    name: &str,
    this: Option<&Handle>,
    args: &str,
    with_: Vec<Bound<'py, Handle>>,
    data: Vec<Bound<'py, pyo3::types::PyBytes>>,
) -> PyResult<Bound<'py, PyAny>> {
    let with: Vec<&door::Handle> = with_.iter().map(|handle| &handle.get().0).collect();
    let bytes: Vec<&[u8]> = data.iter().map(|bytes| bytes.as_bytes()).collect();
    let given = Given { this: this.map(|handle| &handle.0), with: &with, bytes: &bytes, args };
    match py.detach(|| door::call(name, &given)) {
        Ok(Answer::Text(text)) => Ok(PyString::new(py, &text).into_any()),
        Ok(Answer::Handle(handle)) => Ok(Bound::new(py, Handle(handle))?.into_any()),
        Err(error) => Err(raise(py, &error)),
    }
}

/// Runs the command `incident-core` on the streams of this process; answers its exit code.
#[pyfunction]
fn command(py: Python<'_>, args: Vec<std::ffi::OsString>) -> u8 {
    py.detach(|| incident_cli::on_terminal(args))
}

/// The exception of the facade that stands for an error.
fn raise(py: Python<'_>, error: &Error) -> PyErr {
    let from_text = py.import("incident_core._errors").and_then(|errors| errors.getattr("from_text"));
    match from_text.and_then(|from_text| from_text.call1((door::error_text(error),))) {
        Ok(exception) => PyErr::from_value(exception),
        Err(other) => other,
    }
}

/// The native half.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::{Handle, call, command};
}
