//! How much one file may take, whatever is in it.

use crate::limits::Limits;

/// What is left of the limits while a file is read.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    limits: Limits,
    steps: usize,
    occurrences: usize,
    text: usize,
}

/// Which limit ended the work on an event.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Spent {
    /// There are too many occurrences.
    Occurrences,
    /// There is too much text in the occurrences.
    Text,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            limits: *limits,
            steps: limits.calendar_steps,
            occurrences: limits.calendar_occurrences,
            text: limits.calendar_text_bytes,
        }
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// How many steps the next event may take.
    pub(super) fn steps_of_event(&self) -> usize {
        self.limits.recurrence_steps.min(self.steps)
    }

    /// Takes what an event used.
    pub(super) fn spend(&mut self, steps: usize) {
        self.steps = self.steps.saturating_sub(steps);
    }

    /// Takes one occurrence with its text.
    pub(super) fn occurrence(&mut self, text: usize) -> Result<(), Spent> {
        self.occurrences = self.occurrences.checked_sub(1).ok_or(Spent::Occurrences)?;
        self.text = self.text.checked_sub(text).ok_or(Spent::Text)?;
        Ok(())
    }
}
