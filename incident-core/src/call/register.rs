//! `operations!`: one row of the table for each signature.

/// Registers operations, by noun. `new` has no receiver, `view` reads its first argument, `verb` changes it; what stands
/// under `Free` is a function of the module. `slow` before the kind makes it a promise in Node.
///
/// `stamp: Stamp` stands for `by`, `at`, `occurred_at` and `expect`; `x: &Noun` is another handle; `x: &[u8]` is bytes
/// that go beside the JSON text, never through it.
macro_rules! operations {
    ($($Noun:ident: $($(#[doc = $doc:literal])+ $($word:ident)+ ($($args:tt)*) -> Result<$Out:ty> $body:block)*)+) => {
        pub(in crate::call) static OPERATIONS: &[$crate::call::Operation] = &[$($(
            $crate::call::register::kind!([$Noun ($($doc)+) $Out $body] [$($word)+] $($args)*)
        ),*),+];
    };
}

macro_rules! kind {
    ([$($head:tt)*] [slow $kind:ident $name:ident] $($args:tt)*) => {
        $crate::call::register::operation!([$kind $name true $($head)*] [] [] [] [] [] $($args)*)
    };
    ([$($head:tt)*] [$kind:ident $name:ident] $($args:tt)*) => {
        $crate::call::register::operation!([$kind $name false $($head)*] [] [] [] [] [] $($args)*)
    };
}

// operation!([head] [receiver] [handles] [bytes] [plain arguments] [stamp] what is left to read)
macro_rules! operation {
    ($head:tt [] [] [] [] [] $this:ident: &mut $N:ident $(, $($rest:tt)*)?) => {
        $crate::call::register::operation!($head [change $this $N] [] [] [] [] $($($rest)*)?)
    };
    ([view $($head:tt)*] [] [] [] [] [] $this:ident: &$N:ident $(, $($rest:tt)*)?) => {
        $crate::call::register::operation!([view $($head)*] [read $this $N] [] [] [] [] $($($rest)*)?)
    };
    ($head:tt $this:tt $with:tt [$($bytes:tt)*] $plain:tt $stamp:tt $name:ident: &[u8] $(, $($rest:tt)*)?) => {
        $crate::call::register::operation!($head $this $with [$($bytes)* $name] $plain $stamp $($($rest)*)?)
    };
    ($head:tt $this:tt [$($with:tt)*] $bytes:tt $plain:tt $stamp:tt $name:ident: &$N:ident $(, $($rest:tt)*)?) => {
        $crate::call::register::operation!($head $this [$($with)* ($name $N)] $bytes $plain $stamp $($($rest)*)?)
    };
    ($head:tt $this:tt $with:tt $bytes:tt $plain:tt [] $name:ident: Stamp $(, $($rest:tt)*)?) => {
        $crate::call::register::operation!($head $this $with $bytes $plain
            [$name
                /// Who says it.
                by(crate::PersonId)
                /// When it is said.
                at(crate::Timestamp)
                /// When it happened, if earlier.
                occurred_at(Option<crate::Timestamp>)
                /// The host's own name for this call: a second call with it changes nothing.
                key(Option<String>)
                /// The number of entries the caller has seen; a conflict if somebody was faster.
                expect(Option<u64>)
            ] $($($rest)*)?)
    };
    ($head:tt $this:tt $with:tt $bytes:tt [$($plain:tt)*] $stamp:tt $name:ident: $ty:ty $(, $($rest:tt)*)?) => {
        $crate::call::register::operation!($head $this $with $bytes [$($plain)* ($name $ty)] $stamp $($($rest)*)?)
    };
    ([$kind:ident $name:ident $slow:ident $Noun:ident ($($doc:literal)+) $Out:ty $body:block]
     [$($how:ident $this:ident $N:ident)?] [$(($with:ident $With:ident))*] [$($bytes:ident)*] [$(($arg:ident $ty:ty))*]
     [$($stamp:ident $($(#[$said:meta])+ $part:ident($Part:ty))+)?]) => {{
        #[derive(serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        struct Args { $($arg: $ty,)* $($($(#[$said])+ $part: $Part,)+)? }

        #[allow(unused_mut, unused_variables, reason = "an operation may take nothing")]
        fn run(given: &$crate::call::Given<'_>) -> $crate::Result<$crate::call::Answer> {
            let args: Args = $crate::decode::from_text(given.args)?;
            $(let $arg = args.$arg;)*
            $(let $stamp = $crate::Stamp { $($part: args.$part),+ };)?
            let (mut with, mut bytes) = (given.with.iter(), given.bytes.iter());
            $(
                let $with = with.next().ok_or_else($crate::call::handle::wrong::<$With>).and_then(|it| it.snapshot::<$With>());
                let $with = $with.map_err(|wrong| wrong.at(concat!("/", stringify!($with))))?;
                let $with: &$With = &$with;
            )*
            $(let $bytes: &[u8] = bytes.next().copied().ok_or_else(|| {
                $crate::Error::invalid($crate::codes::MISSING_FIELD, concat!("missing field `", stringify!($bytes), "`"))
                    .at(concat!("/", stringify!($bytes)))
            })?;)*
            let answer: $crate::Result<$Out> = $crate::call::register::body!([$($how $this $N)?] (given.this) $body);
            $crate::call::handle::Answers::answer(answer?)
        }

        $crate::call::Operation {
            name: $crate::call::register::name!($Noun $name),
            room: module_path!(),
            kind: stringify!($kind),
            slow: $slow,
            doc: concat!($($doc, "\n"),+),
            with: &[$((stringify!($with), stringify!($With))),*],
            bytes: &[$(stringify!($bytes)),*],
            stamp: &[$($(stringify!($part)),+)?],
            #[cfg(feature = "schema")]
            shape: |types| [<Args as schemars::JsonSchema>::json_schema(types), <$Out as $crate::call::handle::Answers>::shape(types)],
            run,
        }
    }};
}

macro_rules! name {
    (Free $name:ident) => {
        stringify!($name)
    };
    ($Noun:ident $name:ident) => {
        concat!(stringify!($Noun), ".", stringify!($name))
    };
}

macro_rules! body {
    ([] $handle:tt $body:block) => {
        $body
    };
    ([read $this:ident $N:ident] $handle:tt $body:block) => {{
        let it = $handle.ok_or_else($crate::call::handle::wrong::<$N>)?.snapshot::<$N>()?;
        let $this: &$N = &it;
        $body
    }};
    ([change $this:ident $N:ident] $handle:tt $body:block) => {
        $handle.ok_or_else($crate::call::handle::wrong::<$N>)?.change::<$N, _>(|$this| $body)
    };
}

pub(super) use {body, kind, name, operation, operations};

#[cfg(test)]
mod tests {
    use crate::call::{Answer, Given};

    super::operations! {
        Free:
            /// How often a byte occurs.
            slow new count(data: &[u8], byte: u8) -> Result<usize> {
                Ok(data.iter().filter(|each| **each == byte).count())
            }
        Incident:
            /// The title as bytes.
            view title(incident: &Incident) -> Result<String> {
                Ok(incident.title().to_owned())
            }
    }
    use crate::Incident;

    #[test]
    fn a_row_says_how_it_is_called() {
        let [count, title] = OPERATIONS else { panic!("two operations") };
        assert_eq!((count.name, count.kind, count.slow, count.bytes), ("count", "new", true, &["data"][..]));
        assert_eq!((title.name, title.kind, title.slow, title.bytes), ("Incident.title", "view", false, &[][..]));
    }

    #[test]
    fn bytes_stay_beside_the_text() {
        let [count, _] = OPERATIONS else { panic!("two operations") };
        let given = Given { this: None, with: &[], bytes: &[&[0, 255, 0]], args: r#"{"byte":0}"# };
        assert!(matches!((count.run)(&given), Ok(Answer::Text(text)) if text == "2"));
        let missing = (count.run)(&Given { bytes: &[], ..given }).unwrap_err();
        assert_eq!((missing.code.as_str(), missing.path.as_str()), ("contract.missing_field", "/data"));
    }
}
