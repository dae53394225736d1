//! The history part: a file read through a column map, and what it says.

use std::path::Path;

use incident_core::{ColumnMap, Format, History, Timestamp};
use indicatif::{ProgressBar, ProgressStyle};

use crate::{text, told};

/// A file that takes longer than a glance has a progress bar.
const LONG: usize = 8 << 20;

/// The history of the fictional data.
pub(crate) fn tour(data: &Path) -> Result<(), String> {
    println!("\n9  TWO YEARS OF INCIDENTS, SUMMED UP\n");
    let map = columns(&data.join("columns.toml"))?;
    let bytes = std::fs::read(data.join("history.csv")).map_err(|no| no.to_string())?;
    let as_of: Timestamp = "2026-03-14T01:12:00Z".parse().map_err(|no| told(&no))?;
    let history = History::from_csv(&bytes, &map, as_of).map_err(|no| told(&no))?;
    print!("{}", indented(&history.report()));
    println!("\n   Try it on a file of yours: cargo tour -- FILE --columns MAP.toml");
    Ok(())
}

/// The history of a file of the user's.
pub(crate) fn yours(file: &Path, map: &Path, as_of: Option<&str>) -> Result<(), String> {
    let map = columns(map)?;
    let as_of = match as_of {
        Some(at) => at.parse().map_err(|no| told(&no))?,
        None => now()?,
    };
    let bytes = std::fs::read(file).map_err(|no| format!("{}: {no}", file.display()))?;
    let bar = if bytes.len() > LONG { ProgressBar::new(bytes.len() as u64) } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {bytes} of {total_bytes}, {eta} left") {
        bar.set_style(style);
    }
    let name = file.to_string_lossy();
    let is_json = name.trim_end_matches(".gz").ends_with("l") || name.trim_end_matches(".gz").ends_with("json");
    let progress = |done: usize, total: usize| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    };
    let history = if is_json {
        History::from_jsonl_with(&bytes, &map, as_of, progress)
    } else {
        History::from_csv_with(&bytes, &map, as_of, progress)
    };
    bar.finish_and_clear();
    let history = history.map_err(|no| told(&no))?;
    // Every finding goes to the one stream, so that the page on the other stays short.
    for finding in history.findings() {
        eprintln!("{name}:{finding}");
    }
    print!("{}", history.report());
    Ok(())
}

fn columns(path: &Path) -> Result<ColumnMap, String> {
    let text = text(path)?;
    let name = path.to_string_lossy();
    ColumnMap::parse(&text, Format::of(Some(&name), &text)).map_err(|no| format!("{name}: {}", told(&no)))
}

/// The core has no clock; this program has.
fn now() -> Result<Timestamp, String> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_err(|no| no.to_string())?;
    let seconds = i64::try_from(since.as_secs()).ok().and_then(|seconds| seconds.checked_mul(1_000_000));
    seconds.and_then(Timestamp::from_micros).ok_or_else(|| "the clock of this machine shows no usable time".to_owned())
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("   {line}\n") }).collect()
}
