//! Unions by their `type` field.

/// A union by its `type` field, read in two stages: first the tag, then that struct with its own pointer.
///
/// An unknown tag keeps the raw text. It is told as `{type: "unknown", name, body}` and logged as it came.
macro_rules! tagged {
    ($(#[doc = $doc:literal])+ pub enum $Union:ident { $($Variant:ident = $tag:literal,)* }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub enum $Union {
            $(#[doc = concat!("`", $tag, "`")] $Variant($Variant),)*
            /// A type from a later version, kept as it came.
            Unknown($crate::decode::Unknown),
        }
        const _: () = {
            use serde::{Deserialize, Deserializer, Serialize, Serializer};
            use $crate::decode::{Unknown, carry, one};

            impl<'de> Deserialize<'de> for $Union {
                fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
                    #[derive(Deserialize)]
                    struct Tag { r#type: String }
                    let raw = Box::<serde_json::value::RawValue>::deserialize(from)?;
                    let Tag { r#type: tag } = one(raw.get()).map_err(carry)?;
                    match tag.as_str() {
                        $($tag => one(raw.get()).map(Self::$Variant).map_err(carry),)*
                        "unknown" => {
                            let Unknown { name, body } = one(raw.get()).map_err(carry)?;
                            let Tag { r#type: tag } = one(body.get()).map_err(|no| carry(no.within("/body")))?;
                            if tag != name || tag == "unknown" {
                                let no = format!("the body is of type `{}`", $crate::text::short(&tag));
                                return Err(carry($crate::Error::invalid($crate::codes::BAD_FIELD, no).at("/name")));
                            }
                            one(body.get()).map_err(|no| carry(no.within("/body")))
                        }
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
            impl $Union {
                /// Its `type`.
                #[must_use]
                pub fn name(&self) -> &str {
                    match self {
                        $(Self::$Variant(_) => $tag,)*
                        Self::Unknown(it) => &it.name,
                    }
                }
            }
            $(impl From<$Variant> for $Union {
                fn from(it: $Variant) -> Self { Self::$Variant(it) }
            })*
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

impl PartialEq for Unknown {
    /// By what its text says, whatever the spaces and the order of members.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && super::same(self.body.get(), other.body.get())
    }
}

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
