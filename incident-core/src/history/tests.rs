use std::io::Write;

use proptest::prelude::*;

use super::*;
use crate::codes;
use crate::error::Error;
use crate::text::Format;
use crate::time::Timestamp;

const AS_OF: &str = "2026-04-01T00:00:00Z";

fn as_of() -> Timestamp {
    AS_OF.parse().unwrap()
}

fn map(text: &str) -> ColumnMap {
    ColumnMap::parse(text, Format::Toml).unwrap()
}

/// `started` and `resolved` as they are called, and an id.
fn plain() -> ColumnMap {
    map("id = \"id\"\nmilestones = { started = \"started\", resolved = \"resolved\" }")
}

fn csv(map: &ColumnMap, text: &str) -> History {
    History::from_csv(text.as_bytes(), map, as_of()).unwrap()
}

fn refused(map: &ColumnMap, bytes: &[u8]) -> Error {
    History::from_csv(bytes, map, as_of()).unwrap_err()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Everything that was read, a line a row, then the findings.
fn told(history: &History) -> String {
    let mut lines = Vec::new();
    for row in history.rows() {
        let milestones = row.milestones.iter().map(|(name, at)| format!("{name}={at}"));
        let named = [("severity", row.severity), ("kind", row.kind.map(|kind| kind.to_string()))]
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", value?)));
        let categories = row.categories.iter().map(|(name, value)| format!("{name}={value}"));
        let areas = row.areas.iter().map(|area| format!("+{area}"));
        let all: Vec<_> = [row.id, row.title]
            .into_iter()
            .filter(|text| !text.is_empty())
            .chain(milestones)
            .chain(named)
            .chain(categories)
            .chain(areas)
            .collect();
        lines.push(all.join(" "));
    }
    lines.extend(history.findings().iter().map(ToString::to_string));
    lines.join("\n")
}

#[track_caller]
fn check(map: &ColumnMap, text: &str, expected: &str) {
    assert_eq!(told(&csv(map, text)), expected.trim_end());
}

/// `n + open + missing + invalid + excluded`
fn accounted(summary: &Summary) -> u64 {
    summary.n + summary.open + summary.missing + summary.invalid.count + summary.excluded.values().sum::<u64>()
}

const A: &str = "2026-03-01T10:00:00Z";
const B: &str = "2026-03-01T10:31:00Z";

#[test]
fn a_file_is_read_however_it_is_written() {
    let expected = format!("INC-1 resolved={B} started={A}");
    for text in [
        format!("id,started,resolved\nINC-1,{A},{B}\n"),
        format!("\u{feff}id,started,resolved\r\nINC-1,{A},{B}"),
        format!("\n\nresolved;id;started;\"a;b\"\n{B};INC-1;{A};\n\n"),
        format!("id\tstarted\tresolved\n\"INC-1\"\t{A}\t{B}\n"),
        format!(" id | started | resolved \n INC-1 | {A} | {B} \n"),
        format!("id,note,started,resolved\nINC-1,\"two\nlines, \"\"quoted\"\"\",{A},{B}\n"),
    ] {
        check(&plain(), &text, &expected);
        assert_eq!(told(&History::from_csv(&gzip(text.as_bytes()), &plain(), as_of()).unwrap()), expected);
    }
}

#[test]
fn a_map_says_what_a_column_is() {
    let all = map(r#"
        id = "key"
        title = "Summary"
        zone = "Europe/Paris"
        severity = "prio"
        kind = "type"
        areas = "services"
        areas_separator = ";"
        exclude = { env = ["test", "dev"], team = "bots" }
        none = ["?"]
        [milestones]
        started = "created"
        acknowledged = "created + ack min"
        mitigated = "Comment#2"
        resolved = "created + took"
        [formats]
        "Comment#2" = "%d.%m.%Y %H:%M"
        [categories]
        team = "team"
        [values.severity]
        1 = "sev1"
        [values.kind]
        planned = "maintenance"
    "#);
    check(
        &all,
        "key,Summary,created,ack,took,Comment,Comment,prio,type,services,env,team\n\
         A-1,slow,2026-03-01 11:00,1.5,3600,x,01.03.2026 11:10,1,planned,web; api,prod,blue\n\
         A-2,,2026-03-01 11:00,?,NULL,,,2,urgent,,prod,-\n\
         A-3,,2026-03-01 11:00,,,,,1,,,dev,blue\n\
         A-4,,2026-03-01 11:00,,,,,1,,,prod,bots\n",
        "A-1 slow acknowledged=2026-03-01T10:01:30Z mitigated=2026-03-01T10:10:00Z resolved=2026-03-01T11:00:00Z \
         started=2026-03-01T10:00:00Z severity=sev1 kind=maintenance team=blue +web +api\n\
         A-2 started=2026-03-01T10:00:00Z severity=2\n\
         warning[history.unmapped_value]: `2` has no other name in the column map; kept 1 time",
    );
}

#[test]
fn a_bad_row_is_a_finding_with_its_place_and_is_counted() {
    let text = format!(
        "id,started,resolved\nA,{A},{B}\nB,soon,{B}\nC,{A},\nD,{A}\nE,{A},{B},x\nF,{B},{A}\nG,,{B}\nH,2026-03-01 10:00,{B}\n"
    );
    let history = csv(&plain(), &text);
    let findings: Vec<_> = history.findings().iter().map(ToString::to_string).collect();
    assert_eq!(
        findings,
        [
            "3:3: error[history.bad_cell]: `soon` in `started` is not an instant; where dates look different, give the \
             column a format in the map: `\"%d/%m/%Y %H:%M\"`",
            "5:1: warning[history.ragged_row]: the row has 2 cells, the header has 3",
            "6:1: warning[history.ragged_row]: the row has 4 cells, the header has 3",
            "9:3: error[history.no_zone]: `2026-03-01 10:00` in `started` says in no zone; name the `zone` in the column map",
        ]
    );
    let summary = history.summarize(&Metric::time_to_resolve());
    assert_eq!((summary.rows, summary.n, summary.open, summary.missing), (8, 2, 1, 1));
    assert_eq!((summary.invalid.count, summary.invalid.ids), (4, ["B", "D", "F", "H"].map(str::to_owned).to_vec()));
}

#[test]
fn a_stray_quote_costs_one_line() {
    let text = format!(
        "id,note,started,resolved\nA,x,{A},{B}\nB,\"x,{A},{B}\nC,x,{A},{B}\nD,\"y\nz\",{A},{B}\nE,\"x,{A},{B}\n"
    );
    let history = csv(&plain(), &text);
    let ids: Vec<_> = history.rows().map(|row| row.id).collect();
    assert_eq!(ids, ["A", "", "C", "D", ""]);
    let lines: Vec<_> =
        history.findings().iter().map(|found| (found.code.as_str(), found.at.as_ref().unwrap().line)).collect();
    assert_eq!(lines, [("history.unclosed_quote", 3), ("history.unclosed_quote", 7)]);
}

#[test]
fn what_is_no_such_file_is_refused_with_a_reason() {
    let check = |map: &ColumnMap, bytes: &[u8], expected: &str| {
        let error = refused(map, bytes);
        assert_eq!(format!("{}: {error}", error.code), expected);
    };
    check(&plain(), b"", "history.empty_file: the file is empty; the first line names the columns");
    check(&plain(), b"\n\n", "history.empty_file: the file is empty; the first line names the columns");
    check(
        &plain(),
        b"id,startd,resolved\n",
        "history.no_column: there is no column `started` (at /milestones/started); did you mean `startd`?",
    );
    let no_columns = refused(&plain(), b"a,b,c\n1,2,3\n");
    assert_eq!(no_columns.findings.len(), 3);
    check(
        &plain(),
        b"id,started,resolved\nA,2026-03-01 10:00,2026-03-01 11:00\n",
        "history.no_zone: no time in the file says in which zone it is, and the column map names none (at /zone); \
         write `zone = \"Europe/Berlin\"`, or `zone = \"UTC\"` if the times are",
    );
    check(&plain(), b"\xff\xfei\0d\0", "history.binary_file: the file is UTF-16; save it as UTF-8");
    check(
        &plain(),
        b"PK\x03\x04....",
        "history.binary_file: the file is a zip archive or a spreadsheet; save it as CSV, or zip it with gzip",
    );
    check(
        &ColumnMap { delimiter: Some("ab".into()), ..plain() },
        b"id",
        "history.column_map: `ab` is not one character of ASCII (at /delimiter); write one such as `;`, or `\\t` for a tab",
    );
    let header_only = csv(&plain(), "id,started,resolved\n");
    assert!(header_only.is_empty() && header_only.findings().is_empty());
    let list = History::from_jsonl(b" [{}]", &plain(), as_of()).unwrap_err();
    assert_eq!(list.code, codes::NOT_JSON_LINES);
}

#[test]
fn a_cut_file_is_read_as_far_as_it_goes() {
    let rows: String = (0..20_000).map(|row| format!("INC-{row},{A},{B}\n")).collect();
    let whole = gzip(format!("id,started,resolved\n{rows}").as_bytes());
    let history = History::from_csv(&whole[..whole.len() / 2], &plain(), as_of()).unwrap();
    assert!(history.len() > 1_000);
    assert_eq!(history.findings().iter().map(|found| found.code).collect::<Vec<_>>(), [codes::CUT_FILE]);
}

#[test]
fn json_lines_say_the_same_as_csv() {
    let nested = map(
        "id = \"incident.id\"\nareas = \"areas\"\nmilestones = { started = \"incident.at\", acknowledged = \"incident.at + ack\" }",
    );
    let text = "{\"incident\":{\"id\":7,\"at\":1772359200000000123},\"ack\":90,\"areas\":[\"web\",\"api\"]}\n\
                {\"incident\":{\"id\":\"8\",\"at\":null}}\n\nnonsense\n7\n";
    let history = History::from_jsonl(text.as_bytes(), &nested, as_of()).unwrap();
    assert_eq!(
        told(&history),
        "7 acknowledged=2026-03-01T10:01:30Z started=2026-03-01T10:00:00Z +web +api\n8\n\n\n\
         4:1: error[history.not_json_lines]: the line is not JSON; write one object a line\n\
         5:1: error[history.not_json_lines]: the line is not a JSON object; write one object a line"
    );
    let other = map("milestones = { started = \"begin\" }");
    let missing = History::from_jsonl(b"{\"start\":1}\n", &other, as_of()).unwrap();
    assert_eq!(told(&missing), "\nerror[history.no_column]: no line has `begin`");
}

#[test]
fn ids_that_come_again() {
    let text = format!("id,started,resolved\nA,{A},{B}\nA,{A},{B}\nB,{A},{B}\nB,{A},\n,{A},{B}\n,{A},{B}\n");
    let history = csv(&plain(), &text);
    assert_eq!(history.len(), 5);
    assert_eq!(history.findings()[0].message, "`B` names 2 different rows, on lines 4, 5; each counts");
    let summary = history.summarize(&Metric::time_to_resolve());
    assert_eq!((summary.n, summary.open, summary.excluded["the same row again"], accounted(&summary)), (4, 1, 1, 6));
}

#[test]
fn as_of_cuts() {
    let text = format!("id,started,resolved\nA,{A},2026-05-01T00:00:00Z\nB,2026-05-01T00:00:00Z,\nC,{A},{B}\n");
    let summary = csv(&plain(), &text).summarize(&Metric::time_to_resolve());
    assert_eq!((summary.n, summary.open, summary.excluded["began later"]), (1, 1, 1));
    assert_eq!(
        summary.findings[0].message,
        format!("1 incident became `resolved` only after {AS_OF}; counted as open")
    );
}

#[test]
fn a_summary_says_what_it_cannot_tell() {
    let check = |text: &str, expected: &str| {
        assert_eq!(
            csv(&plain(), text).summarize(&Metric::time_to_resolve()).why,
            format!("time to resolve: {expected}")
        );
    };
    check(
        "id,started,resolved\n",
        "median unknown: there is nothing to measure, from 0 of 0 rows; none open, none missing, none invalid",
    );
    check(
        &format!("id,started,resolved\nA,{A},{B}\nB,{A},\nC,{A},\n"),
        "median not reached: 2 of 3 are still open, from 1 of 3 rows; 2 open, none missing, none invalid",
    );
    check(
        &format!("id,started,resolved\nA,{A},{B}\nB,{A},\n,{A},{B}\n"),
        "median 31 min (too few for a 95 % interval), from 2 of 3 rows; 1 open, none missing, none invalid",
    );
    let summary = csv(&plain(), &format!("id,started,resolved\nA,{A},{B}\n")).summarize(&Metric::time_to_acknowledge());
    assert_eq!(summary.findings[0].message, "no incident has the milestone `acknowledged`");
}

#[test]
fn a_map_is_checked_before_any_file() {
    let found: Vec<_> = map(r#"
        schema = "incident-core/team/v1"
        quote = ","
        delimiter = ","
        areas_separator = ""
        [milestones]
        resovled = "x"
        [formats]
        y = "whenever"
        [values.severty]
        a = "b"
        [values.kind]
        a = "party"
    "#)
    .check()
    .into_iter()
    .map(|finding| format!("{} {}", finding.path, finding.message))
    .collect();
    assert_eq!(
        found,
        [
            "/schema `incident-core/team/v1` is another kind of document",
            "/milestones/resovled `resovled` is a milestone of your own",
            "/formats/y `whenever` is not a format of instants",
            "/formats/y no milestone reads the column `y`",
            "/values/kind `party` is not a kind",
            "/values/severty `severty` is no category here",
            "/quote the quote is also the delimiter",
            "/areas_separator the separator is empty",
        ]
    );
    assert_eq!(map("milestones = {}").check()[0].message, "no column is mapped to a milestone");
}

/// Rows of a file, some of their cells absent or not what they should be.
fn rows() -> impl Strategy<Value = Vec<[String; 3]>> {
    let instant = prop_oneof![
        6 => (0_i64..60_000).prop_map(|minute| as_of().plus(crate::time::Elapsed::minutes(minute - 50_000)).to_string()),
        1 => Just(String::new()),
        1 => Just("soon".to_owned()),
    ];
    let row = (0_u8..60, instant.clone(), instant).prop_map(|(id, start, end)| [format!("INC-{id}"), start, end]);
    proptest::collection::vec(row, 0..60)
}

fn written(rows: &[[String; 3]]) -> String {
    let lines: String = rows.iter().map(|row| row.join(",") + "\n").collect();
    format!("id,started,resolved\n{lines}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_row_is_accounted_for_and_their_order_does_not_matter(rows in rows(), seed in any::<u64>()) {
        let summary = csv(&plain(), &written(&rows)).summarize(&Metric::time_to_resolve());
        prop_assert_eq!(accounted(&summary), rows.len() as u64);
        prop_assert_eq!((summary.n, summary.open), (summary.median.n, summary.median.open));
        let mut shuffled = rows.clone();
        shuffled.sort_by_key(|row| row.join("").bytes().fold(seed, |hash, byte| hash.wrapping_mul(31) ^ u64::from(byte)));
        prop_assert_eq!(csv(&plain(), &written(&shuffled)).summarize(&Metric::time_to_resolve()), summary);
    }

    #[test]
    fn zipped_is_plain_and_json_lines_are_csv(rows in rows()) {
        prop_assume!(!rows.is_empty());
        let text = written(&rows);
        let history = csv(&plain(), &text);
        let zipped = History::from_csv(&gzip(text.as_bytes()), &plain(), as_of()).unwrap();
        prop_assert_eq!(told(&zipped), told(&history));
        let lines: String = rows.iter().map(|[id, start, end]| {
            serde_json::json!({ "id": id, "started": start, "resolved": end }).to_string() + "\n"
        }).collect();
        let lines = History::from_jsonl(lines.as_bytes(), &plain(), as_of()).unwrap();
        prop_assert_eq!(lines.rows().collect::<Vec<_>>(), history.rows().collect::<Vec<_>>());
        prop_assert_eq!(lines.summarize(&Metric::time_to_resolve()).median, history.summarize(&Metric::time_to_resolve()).median);
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(prop_oneof![
        any::<u8>(), Just(b'"'), Just(b','), Just(b'\n'), Just(b'\r'), Just(b'{'), Just(0), Just(b':'), Just(b'2'),
    ], 0..400), zipped in any::<bool>(), cut in any::<proptest::sample::Index>()) {
        let mut file = b"id,started,resolved\n".to_vec();
        file.extend(&bytes);
        for mut bytes in [bytes, file] {
            if zipped {
                bytes = gzip(&bytes);
                bytes.truncate(cut.index(bytes.len() + 1));
            }
            for history in [History::from_csv(&bytes, &plain(), as_of()), History::from_jsonl(&bytes, &plain(), as_of())].into_iter().flatten() {
                let summary = history.summarize(&Metric::time_to_resolve());
                prop_assert_eq!(accounted(&summary), summary.rows);
                prop_assert!(!history.report().is_empty());
            }
        }
    }
}

#[test]
fn large_and_strange_cells() {
    let long = "x".repeat(10 << 20);
    let titled = ColumnMap { title: Some("title".into()), ..plain() };
    let history = csv(&titled, &format!("id,title,started,resolved\nA,{long},{A},{B}\nB,\0\0,{A},\0\n"));
    assert_eq!(history.rows().map(|row| row.title.len()).collect::<Vec<_>>(), [200, 2]);
    assert_eq!(history.findings()[0].code, codes::CUT_TEXT);
    let quoted = csv(&plain(), &format!("id,started,resolved\nA,\"{long}"));
    assert_eq!(quoted.len(), 1);
    let wide = ",".repeat(20_000);
    assert_eq!(refused(&plain(), wide.as_bytes()).code, codes::TOO_LARGE);
    let many: String = std::iter::repeat_n("A,soon,soon\n", 3_000).collect();
    let history = csv(&plain(), &format!("id,started,resolved\n{many}"));
    assert_eq!(
        history.findings().last().map(|found| found.message.as_str()),
        Some("5000 more like this are not listed")
    );
}
