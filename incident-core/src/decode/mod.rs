//! Text to values: a JSON Pointer for every bad field, "did you mean" for unknown ones, and two-stage unions.

use serde::de::{self, DeserializeOwned};

use crate::codes::{self, Code};
use crate::error::{Error, Result};

/// Reads `text` as `T`; the error says where and how to mend it.
pub(crate) fn from_text<T: DeserializeOwned>(text: &str) -> Result<T> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|e| explain(&pointer(e.path()), e.inner()))?;
    json.end().map_err(|e| explain("", &e))?;
    Ok(value)
}

/// Writes a value of ours as text.
pub(crate) fn to_text<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| Error::invalid(codes::NOT_A_VALUE, e.to_string()))
}

/// Puts one of our errors through serde, whole: `explain` takes it out again and joins the pointers.
pub(crate) fn carry<E: de::Error>(error: Error) -> E {
    E::custom(format!("{CARRIED}{}", serde_json::to_string(&error).unwrap_or_default()))
}

const CARRIED: char = '\u{1f}';

fn explain(path: &str, cause: &serde_json::Error) -> Error {
    let text = cause.to_string();
    if let Some(carried) = text.strip_prefix(CARRIED)
        && let Some(Ok(mut error)) = serde_json::Deserializer::from_str(carried).into_iter::<Error>().next()
    {
        error.path = format!("{path}{}", error.path);
        return error;
    }
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    if !cause.is_data() {
        return Error::invalid(codes::NOT_JSON, text);
    }
    let mut names = message.split('`').skip(1).step_by(2);
    let name = names.next().unwrap_or_default();
    let parent = |code: Code, what: &str| Error::invalid(code, format!("{what} `{name}`")).at(join(path, name));
    if message.starts_with("unknown field") {
        let near = names.map(|known| (distance(name, known), known)).min();
        let error = parent(codes::UNKNOWN_FIELD, "unknown field");
        match near {
            Some((steps, known)) if steps <= 2.max(name.len() / 3) => error.hint(format!("did you mean `{known}`?")),
            _ => error,
        }
    } else if message.starts_with("missing field") {
        parent(codes::MISSING_FIELD, "missing field")
    } else {
        Error::invalid(codes::BAD_FIELD, message).at(path)
    }
}

fn join(path: &str, name: &str) -> String {
    let step = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
    if path.ends_with(&step) { path.to_owned() } else { format!("{path}{step}") }
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |at, segment| match segment {
        Segment::Seq { index } => format!("{at}/{index}"),
        Segment::Map { key } => format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { .. } | Segment::Unknown => at,
    })
}

/// Levenshtein's distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut left = i + 1;
        let mut diagonal = i;
        for (y, up) in b.iter().zip(1..) {
            let Some(cell) = row.get_mut(up) else { break };
            let best = (diagonal + usize::from(x != *y)).min(*cell + 1).min(left + 1);
            diagonal = std::mem::replace(cell, best);
            left = best;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// A union by its `type` field, read in two stages: first the tag, then that struct with its own pointer.
///
/// An unknown tag keeps the raw text. It is told as `{type: "unknown", name, body}` and logged as it came.
macro_rules! tagged {
    ($(#[doc = $doc:literal])+ pub enum $Union:ident { $($Variant:ident = $tag:literal,)* }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug)]
        pub enum $Union {
            $(#[doc = concat!("`", $tag, "`")] $Variant($Variant),)*
            /// A type from a later version, kept as it came.
            Unknown($crate::decode::Unknown),
        }
        const _: () = {
            use serde::{Deserialize, Deserializer, Serialize, Serializer};
            use $crate::decode::{Unknown, carry, from_text};

            impl<'de> Deserialize<'de> for $Union {
                fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
                    #[derive(Deserialize)]
                    struct Tag { r#type: String }
                    let raw = Box::<serde_json::value::RawValue>::deserialize(from)?;
                    let Tag { r#type: tag } = from_text(raw.get()).map_err(carry)?;
                    match tag.as_str() {
                        $($tag => from_text(raw.get()).map(Self::$Variant).map_err(carry),)*
                        "unknown" => from_text(raw.get()).map(Self::Unknown).map_err(carry),
                        _ => Ok(Self::Unknown(Unknown { name: tag, body: raw })),
                    }
                }
            }
            #[derive(Serialize)]
            #[serde(tag = "type")]
            enum Told<'a> {
                $(#[serde(rename = $tag)] $Variant(&'a $Variant),)*
                #[serde(rename = "unknown")] Unknown(&'a Unknown),
            }
            impl Serialize for $Union {
                fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
                    match self {
                        $(Self::$Variant(it) => Told::$Variant(it),)*
                        Self::Unknown(it) => Told::Unknown(it),
                    }.serialize(to)
                }
            }
            #[cfg(feature = "schema")]
            impl schemars::JsonSchema for $Union {
                fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($Union).into() }
                fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                    let mut variants = vec![$((($tag), generator.subschema_for::<$Variant>())),*];
                    variants.push(("unknown", generator.subschema_for::<Unknown>()));
                    let variants: Vec<_> = variants.into_iter().map(|(tag, schema)| serde_json::json!({ "x-tag": tag, "allOf": [schema] })).collect();
                    schemars::json_schema!({ "description": concat!($($doc),+).trim(), "x-union": variants })
                }
            }
        };
    };
}
pub(crate) use tagged;

/// A member of a union that this version does not know.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unknown {
    /// Its `type`.
    pub name: String,
    /// All of it, as it came.
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Value"))]
    pub body: Box<serde_json::value::RawValue>,
}
