//! Shifts as a table for people: in Markdown, and as a page of their own.

use super::answer::{Coverage, Shift};
use super::schedule::Schedule;
use crate::error::Result;
use crate::id::PersonId;
use crate::text::escape::{html, markdown};
use crate::time::{TZ_VERSION, Timestamp, Zone};

/// A line of the table.
struct Line {
    /// Local times, universal ones where another zone is meant.
    from: String,
    until: String,
    who: String,
    why: String,
    coverage: Coverage,
}

impl Schedule {
    /// The shifts of a span as a table in Markdown, local time first; those of one person where one is named.
    ///
    /// Names and reasons stay text.
    ///
    /// ```
    /// use incident_core::{Format, Schedule, Source};
    ///
    /// let text = "[[rotation]]\nzone = 'UTC'\nturn = '1 week'\nstart = 2026-12-07\nmembers = ['ana', 'bo']";
    /// let schedule = Schedule::read(Source::parse(text, Format::Toml)?)?;
    /// let table = schedule.to_markdown("on call", "2026-12-07T00:00:00Z".parse()?, "2026-12-21T00:00:00Z".parse()?, None)?;
    /// assert!(table.contains("| Mon 2026-12-07 00:00 UTC | Mon 2026-12-14 00:00 UTC | ana | "));
    /// # Ok::<(), incident_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Schedule::shifts`]
    pub fn to_markdown(
        &self,
        title: &str,
        start: Timestamp,
        end: Timestamp,
        person: Option<&PersonId>,
    ) -> Result<String> {
        let mut text = format!("## {}\n\n", one_line(&markdown(title)));
        text.push_str("| from | until | on call | why |\n|---|---|---|---|\n");
        for line in self.lines(start, end, person)? {
            let who = match line.coverage {
                Coverage::Covered => markdown(&line.who),
                Coverage::Empty | Coverage::Gap => format!("**{}**", markdown(&line.who)),
            };
            let cells = [markdown(&line.from), markdown(&line.until), who, markdown(&line.why)];
            text.push_str(&format!("| {} |\n", cells.map(|cell| one_line(&cell)).join(" | ")));
        }
        text.push_str(&format!("\n{}\n", markdown(&self.clock())));
        Ok(text)
    }

    /// The same as a page of its own that needs nothing else.
    ///
    /// # Errors
    /// Those of [`Schedule::shifts`]
    pub fn to_html(&self, title: &str, start: Timestamp, end: Timestamp, person: Option<&PersonId>) -> Result<String> {
        let title = html(title);
        let mut text = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<table>\n\
             <thead><tr><th scope=\"col\">From</th><th scope=\"col\">Until</th><th scope=\"col\">On call</th>\
             <th scope=\"col\">Why</th></tr></thead>\n<tbody>\n"
        );
        for line in self.lines(start, end, person)? {
            let class = match line.coverage {
                Coverage::Covered => "",
                Coverage::Empty | Coverage::Gap => " class=\"nobody\"",
            };
            text.push_str(&format!(
                "<tr{class}><td>{}</td><td>{}</td><th scope=\"row\">{}</th><td>{}</td></tr>\n",
                html(&line.from),
                html(&line.until),
                html(&line.who),
                html(&line.why),
            ));
        }
        text.push_str(&format!("</tbody>\n</table>\n<p>{}</p>\n</body>\n</html>\n", html(&self.clock())));
        Ok(text)
    }

    fn lines(&self, start: Timestamp, end: Timestamp, person: Option<&PersonId>) -> Result<Vec<Line>> {
        let zone = self.first_zone();
        let said = |at: Option<Timestamp>| at.map_or_else(|| "always".to_owned(), |at| zone.say(at));
        let wanted = |shift: &Shift| person.is_none_or(|person| shift.people.contains(person));
        let line = |shift: Shift| {
            let people: Vec<&str> = shift.people.iter().map(|person| self.name_of(person)).collect();
            let who = match shift.coverage {
                Coverage::Covered => people.join(", "),
                Coverage::Empty => "nobody (an empty shift)".to_owned(),
                Coverage::Gap => "nobody".to_owned(),
            };
            // Who it is stands in the column before.
            let why = shift.why.strip_prefix(&format!("{who}: ")).unwrap_or(&shift.why).to_owned();
            Line { from: said(shift.start), until: said(shift.end), who, why, coverage: shift.coverage }
        };
        Ok(self.shifts(start, end)?.shifts.into_iter().filter(wanted).map(line).collect())
    }

    fn first_zone(&self) -> Zone {
        self.document.rotation.first().map_or(Zone::UTC, |rotation| rotation.zone)
    }

    /// In whose time it is told.
    fn clock(&self) -> String {
        format!("Times in {} (tz data {TZ_VERSION}).", self.first_zone().city())
    }
}

const STYLE: &str = ":root{color-scheme:light dark;font:16px/1.4 system-ui,sans-serif}body{margin:2rem auto;max-width:72rem;\
                     padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #8884;\
                     padding:.4rem .6rem;text-align:left;vertical-align:top}td:first-child,td:nth-child(2){white-space:nowrap;\
                     font-variant-numeric:tabular-nums}.nobody th{color:#c00;color:light-dark(#b00020,#ff8a80)}";

/// Nothing in a cell ends its row.
fn one_line(cell: &str) -> String {
    cell.replace(['\n', '\r'], " ")
}
