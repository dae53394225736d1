//! Python bindings: one door. No rules here.

use incident_core::Error;
use incident_core::call::{self as door, Answer, Given};
use pyo3::prelude::*;
use pyo3::types::PyString;

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
