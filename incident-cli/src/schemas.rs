//! The schemas of the files that people write.

/// Each by the name under which the first line of a file looks for it.
pub(crate) const SCHEMAS: &[(&str, &str)] = &[
    ("column-map.v1.json", include_str!("../../schemas/column-map.v1.json")),
    ("directory.v1.json", include_str!("../../schemas/directory.v1.json")),
    ("ids.v1.json", include_str!("../../schemas/ids.v1.json")),
    ("lifecycle.v1.json", include_str!("../../schemas/lifecycle.v1.json")),
    ("org.v1.json", include_str!("../../schemas/org.v1.json")),
    ("policy.v1.json", include_str!("../../schemas/policy.v1.json")),
    ("schedule.v1.json", include_str!("../../schemas/schedule.v1.json")),
    ("severity-scheme.v1.json", include_str!("../../schemas/severity-scheme.v1.json")),
    ("team.v1.json", include_str!("../../schemas/team.v1.json")),
    ("world.v1.json", include_str!("../../schemas/world.v1.json")),
];
