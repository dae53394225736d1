//! Published incident histories, read whole; says so and passes where they are absent.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use incident_core::{ColumnMap, Format, History, Metric, Summary};

fn bytes(name: &str) -> Option<Vec<u8>> {
    let path = format!("{}/../../shared/data/{name}.csv.gz", env!("CARGO_MANIFEST_DIR"));
    let found = std::fs::read(&path).ok();
    if found.is_none() {
        println!("skipped: no data at {path}");
    }
    found
}

fn map(name: &str) -> ColumnMap {
    let path = format!("{}/../examples/columns/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let map = ColumnMap::parse(&std::fs::read_to_string(path).unwrap(), Format::Toml).unwrap();
    assert_eq!(map.check(), []);
    map
}

fn read(bytes: &[u8], map: &ColumnMap, as_of: &str) -> History {
    History::from_csv(bytes, map, as_of.parse().unwrap()).unwrap()
}

fn codes(history: &History) -> Vec<&str> {
    history.findings().iter().map(|finding| finding.code.as_str()).collect()
}

/// Every row is counted once.
fn accounted(summary: &Summary) -> u64 {
    let Summary { n, open, missing, invalid, excluded, .. } = summary;
    n + open + missing + invalid.count + excluded.values().sum::<u64>()
}

#[test]
fn github_status() {
    let Some(bytes) = bytes("github_status_incidents") else { return };
    let history = read(&bytes, &map("github-status"), "2026-11-01T00:00:00Z");
    let summary = history.summarize(&Metric::time_to_resolve());
    assert_eq!((summary.rows, summary.n, summary.open, summary.zero), (819, 801, 0, 29));
    assert_eq!((summary.missing, summary.invalid.count, accounted(&summary)), (0, 0, 819));
    assert_eq!(summary.excluded.get("impact is maintenance"), Some(&18));
    assert_eq!(summary.median.value, Some(65.0));
    let interval = summary.median.interval.unwrap();
    // scipy.stats.quantile_test(minutes, p=.5).confidence_interval(.95)
    assert_eq!((interval.lo, interval.hi), (Some(58.0), Some(71.0)));
    assert_eq!(codes(&history), [""; 0]);
}

#[test]
fn google_cloud() {
    let Some(bytes) = bytes("gcp_status_incidents") else { return };
    let history = read(&bytes, &map("gcp-status"), "2023-01-01T00:00:00Z");
    let summary = history.summarize(&Metric::time_to_resolve());
    assert_eq!((summary.rows, summary.n, summary.open, accounted(&summary)), (1036, 1010, 25, 1036));
    // It ends ten hours before it starts, and has no id of its own.
    assert_eq!((summary.invalid.count, &*summary.invalid.ids), (1, &["line 198".to_owned()][..]));
    assert!(summary.findings.iter().any(|finding| finding.code.as_str() == "history.stale_open"));
    assert_eq!(codes(&history), [""; 0]);
}

#[test]
fn servicenow() {
    let Some(bytes) = bytes("uci_servicenow_incidents") else { return };
    let history = read(&bytes, &map("servicenow"), "2017-03-01T00:00:00Z");
    let summary = history.summarize(&Metric::time_to_resolve());
    assert_eq!((summary.rows, summary.n, summary.zero, accounted(&summary)), (20_769, 19_351, 34, 20_769));
    // 1,418 were closed and never resolved: neither open nor a length of time.
    assert_eq!((summary.open, summary.missing), (0, 1_418));
    let summary = history.summarize(&Metric::time_to_acknowledge());
    assert_eq!((summary.missing, summary.invalid.count, accounted(&summary)), (1, 2, 20_769));
    let no_zone = ColumnMap { zone: None, ..map("servicenow") };
    let refused = History::from_csv(&bytes, &no_zone, "2017-03-01T00:00:00Z".parse().unwrap()).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.path.as_str()), ("history.no_zone", "/zone"));
}
