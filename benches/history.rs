//! Reading and summing up the fictional history, a hundred times over.
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench stops at the first surprise")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use incident_core::{ColumnMap, Format, History, Metric, Timestamp};

fn history(c: &mut Criterion) {
    let mut map = ColumnMap::parse(include_str!("../examples/data/columns.toml"), Format::Toml).unwrap();
    // The rows are repeated, so their ids say nothing.
    map.id = None;
    let (header, rows) = include_str!("../examples/data/history.csv").split_once('\n').unwrap();
    let file = format!("{header}\n{}", rows.repeat(100));
    let as_of: Timestamp = "2026-03-14T01:12:00Z".parse().unwrap();
    let read = || History::from_csv(file.as_bytes(), &map, as_of).unwrap();
    let history = read();
    let mut group = c.benchmark_group("history");
    group.throughput(Throughput::Bytes(file.len() as u64));
    group.bench_function("read CSV with local times, 52,600 rows", |b| b.iter(read));
    group.bench_function("median with interval", |b| b.iter(|| history.summarize(&Metric::time_to_resolve())));
    group.finish();
}

criterion_group!(benches, history);
criterion_main!(benches);
