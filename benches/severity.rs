//! Classifying and checking with a scheme that comes with the library.
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench stops at the first surprise")]

use criterion::{Criterion, criterion_group, criterion_main};
use incident_core::{Facts, SeverityPreset, SeverityScheme, vocabulary};

fn severity(c: &mut Criterion) {
    let scheme = SeverityScheme::preset(SeverityPreset::Sev, &vocabulary()).unwrap();
    let facts = Facts::new().with("loss", "partial");
    c.bench_function("severity: classify, four facts unknown", |b| b.iter(|| scheme.classify(&facts).unwrap()));
    c.bench_function("severity: check", |b| b.iter(|| scheme.check()));
}

criterion_group!(benches, severity);
criterion_main!(benches);
