//! A second engine for schedules, escalation and proof: minute by minute, written from the specification for clarity,
//! so that the library can be compared with it. Numbers such as "SEMANTICS 3" are clauses of that specification.

#![allow(dead_code, unreachable_pub, reason = "each test uses a part of the model")]

pub mod answers;
pub mod calendar;
pub mod document;
pub mod escalation;
pub mod hours;
pub mod policy;
pub mod proof;
pub mod random;
pub mod random_policy;
pub mod schedule;
pub mod team;
pub mod turns;
pub mod vectors;
