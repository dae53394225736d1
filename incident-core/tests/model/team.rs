//! A team's policy as a person writes it, of which it is known what holds.

use serde_json::{Value, json};

/// Its people and schedules; `broken` has three slips.
pub fn world(broken: bool) -> Value {
    let berlin = "Europe/Berlin";
    let pacific = "America/Los_Angeles";
    let mut nights = json!({
        "name": "pacific", "zone": pacific, "turn": "1 week", "start": "2026-12-07", "handoff": "Mon 11:00",
        "members": ["dee", "eli", "fay"],
    });
    if broken {
        nights["hours"] = json!("daily 11:00-23:00");
    }
    let primary = json!({
        "rotation": [
            {
                "name": "berlin", "zone": berlin, "hours": "daily 08:00-20:00", "turn": "1 week",
                "start": "2026-12-07", "handoff": "Mon 08:00",
                "members": ["ana", "ben", "chen", {"join": "gus", "on": "2027-01-18"}],
            },
            nights,
        ],
        "override": [{
            "replace": if broken { "ben" } else { "chen" }, "with": "ana", "days": "2026-12-24..2026-12-26",
            "because": "family",
        }],
    });
    json!({
        "schedules": {"primary": primary},
        "directory": {
            "people": {
                "ana": {"zone": berlin, "lead": "hana", "buddies": ["ben"]},
                "ben": {"zone": berlin, "lead": "hana", "buddies": ["chen"]},
                "chen": {"zone": berlin, "lead": "hana", "buddies": ["ana"]},
                "gus": {"zone": berlin, "lead": "hana", "buddies": ["ana"]},
                "dee": {"zone": pacific, "lead": "iris", "buddies": ["eli"]},
                "eli": {"zone": pacific, "lead": "iris", "buddies": ["fay"]},
                "fay": {"zone": pacific, "lead": "iris", "buddies": ["dee"]},
                "hana": {"zone": berlin, "lead": "vera"},
                "iris": {"zone": pacific, "lead": "vera"},
                "vera": {"zone": "Europe/London"},
            },
            "areas": {
                "checkout": {"experts": ["ben", "eli"]},
                "ledger": {"experts": ["chen", "dee"]},
                "payouts": {"experts": if broken { json!(["fay"]) } else { json!(["fay", "ana"]) }},
            },
        },
    })
}

pub fn policy() -> Value {
    json!({
        "windows": {
            "office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"},
            "asleep": {"zone": "recipient", "hours": "daily 22:00-07:00"},
        },
        "escalation": {
            "otherwise": {"after": "15m", "page": ["person:hana", "person:iris"]},
            "sev1": {
                "first": [
                    {"at": "0m", "page": ["on-call:primary"]},
                    {"at": "5m", "page": ["next:primary", "buddy"]},
                    {"at": "10m", "page": ["lead:1"], "again": {"every": "5m", "times": 6}},
                ],
                "reinforce": [
                    {"when": {"help": "asked"}, "page": ["experts", "buddy"]},
                    {"when": {"no_progress": "20m"}, "page": ["experts"]},
                ],
                "authority": [{"at": "30m", "page": ["lead:2"]}],
            },
            "sev2": {
                "first": [
                    {"at": "0m", "page": ["on-call:primary"]},
                    {"at": "15m", "page": ["next:primary", "lead:1"]},
                ],
                "reinforce": [{"when": {"help": "asked"}, "page": ["experts"]}],
            },
            "sev3": {
                "first": [{"within": "office", "page": ["on-call:primary"], "urgency": "low"}],
                "end": "quietly",
            },
        },
        "prove": {
            "horizon": "26 weeks",
            "sev1": {"first_page": "1m", "second_person": "5m"},
            "sev2": {"first_page": "1m", "second_person": "15m"},
            "load": {"asleep_hours_a_week": "<= 14"},
        },
    })
}
