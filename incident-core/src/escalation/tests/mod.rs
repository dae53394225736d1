//! Escalation: policies as people write them, and what the engine does with them.

mod clauses;
mod play;
mod policies;
mod presets;
mod records;
mod states;
