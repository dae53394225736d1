//! `cargo xtask data --seed N`: the fictional data of the examples, the same for the same seed on every machine.

use std::path::PathBuf;

/// Every generated file of `examples/data` and what it holds.
pub(crate) fn files(seed: u64) -> Vec<(PathBuf, String)> {
    let folder = PathBuf::from("examples/data");
    vec![(folder.join("history.csv"), history(&mut Random(seed))), (folder.join("alertmanager.json"), alert())]
}

/// Writes them.
pub(crate) fn write(root: &std::path::Path, seed: u64) -> Result<(), String> {
    for (path, text) in files(seed) {
        std::fs::write(root.join(&path), text).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(())
}

/// SplitMix64: small, well mixed, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn pick<'a>(&mut self, weighted: &[(&'a str, u64)]) -> &'a str {
        let mut left = self.below(weighted.iter().map(|(_, weight)| weight).sum());
        for (word, weight) in weighted {
            if left < *weight {
                return word;
            }
            left -= weight;
        }
        ""
    }

    /// Minutes with a long tail: most are short, a few are very long.
    fn minutes(&mut self, typical: u64) -> u64 {
        let mut minutes = 1 + self.below(2 * typical);
        while self.below(4) == 0 && minutes < 5_000 {
            minutes = minutes * 2 + self.below(typical);
        }
        minutes
    }
}

const AREAS: [(&str, u64); 5] = [("checkout", 5), ("ledger", 3), ("payouts", 2), ("search", 4), ("sign-in", 2)];
const SEVERITIES: [(&str, u64); 3] = [("sev1", 1), ("sev2", 4), ("sev3", 7)];
const TROUBLE: [(&str, u64); 6] = [
    ("fails after a deploy", 5),
    ("is slow", 4),
    ("refuses some requests", 3),
    ("lost a replica", 1),
    ("queues grow", 2),
    ("certificate ran out", 1),
];

/// Two years of incidents: some open, some maintenance, and two rows that no reader can use.
fn history(random: &mut Random) -> String {
    // 2024-03-18 00:00 in Paris, in minutes since 1970.
    let mut at: u64 = 28_511_940;
    let mut out = String::from("number,opened,acknowledged_after_s,resolved,severity,kind,areas,title\n");
    let mut number = 0;
    while at < 29_556_000 {
        number += 1;
        let area = random.pick(&AREAS);
        let kind = if random.below(12) == 0 { "maintenance" } else { "" };
        let acknowledged = (random.minutes(4) * 60 + random.below(60)).to_string();
        let resolved = at + random.minutes(38);
        let resolved = if at > 29_550_000 && random.below(3) == 0 { String::new() } else { local(resolved) };
        let also = random.below(9) == 0 && area != "ledger";
        let areas = if also { format!("{area};ledger") } else { area.to_owned() };
        let severity = random.pick(&SEVERITIES);
        let title = random.pick(&TROUBLE);
        let (opened, resolved) = match number {
            117 => ("last Tuesday".to_owned(), resolved),
            204 => (local(at), local(at - 30)),
            _ => (local(at), resolved),
        };
        out +=
            &format!("INC-{number:04},{opened},{acknowledged},{resolved},{severity},{kind},{areas},{area} {title}\n");
        at += 60 + random.minutes(1_300);
    }
    out
}

/// A local time of Paris as a tool would export it: without a zone. (Winter time all year is close enough for fiction.)
fn local(minutes: u64) -> String {
    let minutes = minutes + 60;
    let (days, minute) = (minutes / 1_440, minutes % 1_440);
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", minute / 60, minute % 60)
}

/// Days since 1970 as year, month and day, one year and one month after the other.
fn civil(mut days: u64) -> (u64, u64, u64) {
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 1970;
    while days >= 365 + u64::from(leap(year)) {
        days -= 365 + u64::from(leap(year));
        year += 1;
    }
    let lengths = [31, 28 + u64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 1;
    for length in lengths {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    (year, month, days + 1)
}

/// What Alertmanager sends when the card client breaks.
fn alert() -> String {
    let alert = serde_json::json!({
        "version": "4",
        "groupKey": "{}:{alertname=\"CheckoutErrors\"}",
        "truncatedAlerts": 0,
        "status": "firing",
        "receiver": "incidents",
        "groupLabels": { "alertname": "CheckoutErrors" },
        "commonLabels": { "alertname": "CheckoutErrors", "service": "checkout" },
        "commonAnnotations": { "runbook_url": "https://runbooks.example/checkout-errors" },
        "externalURL": "https://alerts.example",
        "alerts": [{
            "status": "firing",
            "labels": { "alertname": "CheckoutErrors", "service": "checkout", "severity": "critical", "region": "eu" },
            "annotations": {
                "summary": "Card payments fail in checkout",
                "runbook_url": "https://runbooks.example/checkout-errors",
            },
            "startsAt": "2026-03-14T01:06:30.500Z",
            "endsAt": "0001-01-01T00:00:00Z",
            "generatorURL": "https://prometheus.example/graph?g0.expr=checkout_errors",
            "fingerprint": "c6b1d1f0a2e4d3b5",
        }],
    });
    serde_json::to_string_pretty(&alert).unwrap_or_default() + "\n"
}
