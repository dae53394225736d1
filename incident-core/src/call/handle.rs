//! What a binding holds for a stateful noun.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::codes;
use crate::error::{Error, Result};

use super::Answer;

/// A noun that hosts live with: cheap to share, copied only when written while shared.
pub trait Noun: Clone + Sized {
    /// Its name in every language.
    const NAME: &'static str;
    #[doc(hidden)]
    fn wrap(noun: Arc<Self>) -> Handle;
    #[doc(hidden)]
    fn of(value: &mut Value) -> Option<&mut Arc<Self>>;
}

macro_rules! nouns {
    ($($Noun:ident),*) => {
        #[doc(hidden)]
        #[derive(Clone, Debug)]
        pub enum Value { $($Noun(Arc<crate::$Noun>)),* }

        $(impl Noun for crate::$Noun {
            const NAME: &'static str = stringify!($Noun);
            fn wrap(noun: Arc<Self>) -> Handle { Handle(Mutex::new(Value::$Noun(noun))) }
            #[allow(unreachable_patterns, reason = "there may be one noun")]
            fn of(value: &mut Value) -> Option<&mut Arc<Self>> {
                match value { Value::$Noun(noun) => Some(noun), _ => None }
            }
        }
        impl Answers for crate::$Noun {
            fn answer(self) -> Result<Answer> { Ok(Answer::Handle(Self::wrap(Arc::new(self)))) }
            #[cfg(feature = "schema")]
            fn shape(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "x-handle": stringify!($Noun) })
            }
        })*

        impl Handle {
            /// A handle from what `to_json` wrote.
            ///
            /// # Errors
            /// Those of the noun's reader; `contract.unknown_operation` for an unknown noun.
            pub fn from_json(noun: &str, text: &str) -> Result<Self> {
                match noun {
                    $(stringify!($Noun) => crate::$Noun::from_json(text).map(|it| Noun::wrap(Arc::new(it))),)*
                    _ => Err(Error::invalid(codes::UNKNOWN_OPERATION, format!("no noun `{noun}`"))),
                }
            }
            /// The noun it holds.
            #[must_use]
            pub fn noun(&self) -> &'static str {
                match &*self.lock() { $(Value::$Noun(_) => stringify!($Noun)),* }
            }
            /// The whole noun as text.
            ///
            /// # Errors
            /// None in practice.
            pub fn to_json(&self) -> Result<String> {
                let now = self.lock().clone(); // the lock is free again while it writes
                match now { $(Value::$Noun(it) => it.to_json()),* }
            }
        }
    };
}
nouns!(
    Directory,
    Escalation,
    EscalationPolicy,
    Fleet,
    Handbook,
    History,
    Incident,
    Retrospective,
    Schedule,
    SeverityScheme,
    World
);

/// A stateful noun behind the door.
///
/// A reader takes a snapshot and holds no lock while it works, so no order of calls can block another, also when a
/// handle is given to itself. A writer copies only if a snapshot is still alive.
#[derive(Debug)]
pub struct Handle(Mutex<Value>);

impl Handle {
    /// What it is now.
    ///
    /// # Errors
    /// `contract.unknown_operation` if it is another noun.
    pub fn snapshot<N: Noun>(&self) -> Result<Arc<N>> {
        N::of(&mut self.lock()).cloned().ok_or_else(wrong::<N>)
    }

    /// Changes it, alone.
    pub(super) fn change<N: Noun, T>(&self, verb: impl FnOnce(&mut N) -> Result<T>) -> Result<T> {
        verb(Arc::make_mut(N::of(&mut self.lock()).ok_or_else(wrong::<N>)?))
    }

    fn lock(&self) -> MutexGuard<'_, Value> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for Handle {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.lock().clone()))
    }
}

pub(super) fn wrong<N: Noun>() -> Error {
    Error::invalid(codes::UNKNOWN_OPERATION, format!("this operation needs the noun `{}`", N::NAME))
}

/// What an operation may return: a noun (as a handle) or anything that can be written.
pub(super) trait Answers {
    fn answer(self) -> Result<Answer>;
    #[cfg(feature = "schema")]
    fn shape(types: &mut schemars::SchemaGenerator) -> schemars::Schema;
}

impl<T: Told> Answers for T {
    fn answer(self) -> Result<Answer> {
        crate::decode::to_text(&self).map(Answer::Text)
    }
    #[cfg(feature = "schema")]
    fn shape(types: &mut schemars::SchemaGenerator) -> schemars::Schema {
        types.subschema_for::<T>()
    }
}

#[cfg(feature = "schema")]
pub(super) trait Told: serde::Serialize + schemars::JsonSchema {}
#[cfg(feature = "schema")]
impl<T: serde::Serialize + schemars::JsonSchema> Told for T {}
#[cfg(not(feature = "schema"))]
pub(super) trait Told: serde::Serialize {}
#[cfg(not(feature = "schema"))]
impl<T: serde::Serialize> Told for T {}
