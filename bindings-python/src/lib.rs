//! Python bindings: one door, and a native lane for numbers. No rules here.

use incident_core::call::{self as door, Answer};
use incident_core::{Error, Schedule};
use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

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

    /// Indices into `people` for a buffer of microseconds since 1970; -1 for nobody.
    fn on_call_many<'py>(&self, py: Python<'py>, micros: PyBuffer<i64>) -> PyResult<Bound<'py, PyBytes>> {
        let schedule = self.0.snapshot::<Schedule>().map_err(|e| raise(py, &e))?;
        let micros = micros.to_vec(py)?;
        let indices = py.detach(|| schedule.on_call_many(micros.into_iter()));
        let bytes: Vec<u8> = indices.into_iter().flat_map(i32::to_ne_bytes).collect();
        Ok(PyBytes::new(py, &bytes))
    }

    /// The same for one instant.
    fn on_call_index(&self, py: Python<'_>, micros: i64) -> PyResult<i32> {
        let schedule = self.0.snapshot::<Schedule>().map_err(|e| raise(py, &e))?;
        Ok(schedule.on_call_many(std::iter::once(micros)).first().copied().unwrap_or(-1))
    }
}

/// Runs one operation of the table. The interpreter is free for others meanwhile.
#[pyfunction]
#[pyo3(signature = (name, this, args, *with))]
fn call<'py>(
    py: Python<'py>,
    name: &str,
    this: Option<&Handle>,
    args: &str,
    with: Vec<Bound<'py, Handle>>,
) -> PyResult<Bound<'py, PyAny>> {
    let with: Vec<&door::Handle> = with.iter().map(|handle| &handle.get().0).collect();
    let this = this.map(|handle| &handle.0);
    match py.detach(|| door::call(name, this, &with, args)) {
        Ok(Answer::Text(text)) => Ok(PyString::new(py, &text).into_any()),
        Ok(Answer::Handle(handle)) => Ok(Bound::new(py, Handle(handle))?.into_any()),
        Err(error) => Err(raise(py, &error)),
    }
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
    use super::{Handle, call};
}
