//! `operations!`: one row of the table for each signature.

/// Registers the operations of a noun. `new` has no receiver, `view` reads its first argument, `verb` changes it.
/// `stamp: Stamp` stands for `by`, `at`, `occurred_at` and `expect`; `x: &Noun` is another handle.
macro_rules! operations {
    ($Noun:ident: $($(#[doc = $doc:literal])+ $kind:ident $name:ident($($args:tt)*) -> Result<$Out:ty> $body:block)*) => {
        pub(super) static OPERATIONS: &[$crate::call::Operation] = &[$(
            $crate::call::register::operation!([$Noun $kind $name ($($doc)+) $Out $body] [] [] [] [] $($args)*)
        ),*];
    };
}

// operation!([head] [receiver] [handles] [plain arguments] [stamp] what is left to read)
macro_rules! operation {
    ($head:tt [] [] [] [] $this:ident: &mut $N:ident $(, $($rest:tt)*)?) => {
        $crate::call::register::operation!($head [change $this $N] [] [] [] $($($rest)*)?)
    };
    ([$Noun:ident view $($head:tt)*] [] [] [] [] $this:ident: &$N:ident $(, $($rest:tt)*)?) => {
        $crate::call::register::operation!([$Noun view $($head)*] [read $this $N] [] [] [] $($($rest)*)?)
    };
    ($head:tt $this:tt [$($with:tt)*] $plain:tt $stamp:tt $name:ident: &$N:ident $(, $($rest:tt)*)?) => {
        $crate::call::register::operation!($head $this [$($with)* ($name $N)] $plain $stamp $($($rest)*)?)
    };
    ($head:tt $this:tt $with:tt $plain:tt [] $name:ident: Stamp $(, $($rest:tt)*)?) => {
        $crate::call::register::operation!($head $this $with $plain
            [$name by(crate::PersonId) at(crate::Timestamp) occurred_at(Option<crate::Timestamp>) expect(Option<u64>)] $($($rest)*)?)
    };
    ($head:tt $this:tt $with:tt [$($plain:tt)*] $stamp:tt $name:ident: $ty:ty $(, $($rest:tt)*)?) => {
        $crate::call::register::operation!($head $this $with [$($plain)* ($name $ty)] $stamp $($($rest)*)?)
    };
    ([$Noun:ident $kind:ident $name:ident ($($doc:literal)+) $Out:ty $body:block]
     [$($how:ident $this:ident $N:ident)?] [$(($with:ident $With:ident))*] [$(($arg:ident $ty:ty))*] [$($stamp:ident $($part:ident($Part:ty))+)?]) => {{
        #[derive(serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        struct Args { $($arg: $ty,)* $($($part: $Part,)+)? }

        #[allow(unused_mut, unused_variables, reason = "an operation may take nothing")]
        fn run(this: Option<&$crate::call::Handle>, with: &[&$crate::call::Handle], text: &str) -> $crate::Result<$crate::call::Answer> {
            let args: Args = $crate::decode::from_text(text)?;
            $(let $arg = args.$arg;)*
            $(let $stamp = $crate::Stamp { $($part: args.$part),+ };)?
            let mut with = with.iter();
            $(
                let $with = with.next().ok_or_else($crate::call::handle::wrong::<$With>)?.snapshot::<$With>()?;
                let $with: &$With = &$with;
            )*
            let answer: $crate::Result<$Out> = $crate::call::register::body!([$($how $this $N)?] this $body);
            $crate::call::handle::Answers::answer(answer?)
        }

        $crate::call::Operation {
            name: concat!(stringify!($Noun), ".", stringify!($name)),
            kind: stringify!($kind),
            doc: concat!($($doc, "\n"),+),
            with: &[$((stringify!($with), stringify!($With))),*],
            #[cfg(feature = "schema")]
            shape: |types| [<Args as schemars::JsonSchema>::json_schema(types), <$Out as $crate::call::handle::Answers>::shape(types)],
            run,
        }
    }};
}

macro_rules! body {
    ([] $handle:ident $body:block) => {
        $body
    };
    ([read $this:ident $N:ident] $handle:ident $body:block) => {{
        let it = $handle.ok_or_else($crate::call::handle::wrong::<$N>)?.snapshot::<$N>()?;
        let $this: &$N = &it;
        $body
    }};
    ([change $this:ident $N:ident] $handle:ident $body:block) => {
        $handle.ok_or_else($crate::call::handle::wrong::<$N>)?.change::<$N, _>(|$this| $body)
    };
}

pub(super) use {body, operation, operations};
