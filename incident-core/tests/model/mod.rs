//! A second engine for schedules, escalation and proof: minute by minute, written from the specification for clarity,
//! so that the library can be compared with it. Numbers such as "SEMANTICS 3" are clauses of that specification.

#![allow(dead_code, unreachable_pub, reason = "each test uses a part of the model")]

pub mod calendar;
pub mod vectors;
