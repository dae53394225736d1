//! The handbook's operations.

use super::register::operations;
use crate::{
    ColumnMap, EscalationPolicy, Facts, Finding, Format, Handbook, HandbookReport, Moment, OrgDocument, PolicyId,
    RouteTaken, RuleFile, Schedule, ScheduleId, SeverityScheme, Source, TeamDocument, TeamId, Timestamp, World,
};

operations! { Handbook:
    /// Reads the rules of one team from text in TOML, YAML or JSON; the format is taken from the file's name or the text
    /// where absent.
    ///
    /// Refused with every problem and its place: `contract.*`, `id.*`, `time.*`, `directory.*`, `oncall.*`, `severity.*`,
    /// `escalation.*`, `handbook.*`.
    new read(text: String, format: Option<Format>, file: Option<String>) -> Result<Handbook> {
        Handbook::read(Source::open(&text, format, file.as_deref())?)
    }

    /// The rules of one team from a table.
    ///
    /// Refused as `read` does.
    new of(team: TeamDocument) -> Result<Handbook> {
        Handbook::of(&team).map_err(|error| error.within("/team"))
    }

    /// The rules of many teams from all files of a folder: `org.toml`, one file a team, calendars (`.ics`).
    ///
    /// Nothing is refused: what cannot be read or used is left out, and `check` says why.
    slow new gather(files: Vec<RuleFile>) -> Result<Handbook> {
        Ok(Handbook::gather(files))
    }

    /// Everything that is wrong with it, with places; with a moment from which to look, every minute of each horizon is
    /// played, and what `[prove]` requires is proved.
    slow view check(handbook: &Handbook, start: Option<Moment>) -> Result<Vec<Finding>> {
        Ok(handbook.check(start))
    }

    /// A check of each team, with what was proved, and a verdict in one sentence.
    slow view report(handbook: &Handbook, start: Option<Moment>) -> Result<HandbookReport> {
        Ok(handbook.report(start, None))
    }

    /// The same against the handbook as it was: only what the change introduced is told, and who moves.
    slow view report_against(handbook: &Handbook, base: &Handbook, start: Option<Moment>) -> Result<HandbookReport> {
        Ok(handbook.report(start, Some(base)))
    }

    /// A check as text: findings on a line each, and a paragraph for each team.
    slow view report_text(handbook: &Handbook, start: Option<Moment>) -> Result<String> {
        Ok(handbook.report(start, None).to_string())
    }

    /// The teams, in the order of their names.
    view teams(handbook: &Handbook) -> Result<Vec<TeamId>> {
        Ok(handbook.teams().cloned().collect())
    }

    /// What a team wrote.
    ///
    /// Refused: `handbook.unknown_team`.
    view team(handbook: &Handbook, team: TeamId) -> Result<TeamDocument> {
        handbook.team(team.as_str()).cloned().map_err(|error| error.at("/team"))
    }

    /// What the organisation wrote, where it has a file.
    view org(handbook: &Handbook) -> Result<Option<OrgDocument>> {
        Ok(handbook.org_document().cloned())
    }

    /// The names of the schedules: as their team has them, or `team/schedule` where several teams have the name.
    view schedules(handbook: &Handbook) -> Result<Vec<ScheduleId>> {
        Ok(handbook.schedules().into_keys().collect())
    }

    /// A schedule by its name, or as `team/schedule`.
    ///
    /// Refused: `handbook.unknown_schedule`.
    view schedule(handbook: &Handbook, schedule: ScheduleId) -> Result<Schedule> {
        handbook.schedule(schedule.as_str()).cloned().map_err(|error| error.at("/schedule"))
    }

    /// The names of the policies: a team's own by the name of the team, further ones by theirs, or `team/policy` where
    /// several teams have the name.
    view policies(handbook: &Handbook) -> Result<Vec<PolicyId>> {
        Ok(handbook.policies().into_keys().collect())
    }

    /// A policy by its name, or as `team/policy`.
    ///
    /// Refused: `handbook.unknown_policy`.
    view policy(handbook: &Handbook, policy: PolicyId) -> Result<EscalationPolicy> {
        handbook.policy(policy.as_str()).cloned().map_err(|error| error.at("/policy"))
    }

    /// The severities of a team; where none is named of the only one, else of the organisation.
    ///
    /// Refused: `handbook.unknown_team`, `handbook.no_scheme`.
    view scheme(handbook: &Handbook, team: Option<TeamId>) -> Result<SeverityScheme> {
        handbook.scheme(team.as_ref().map(TeamId::as_str)).cloned().map_err(|error| error.at("/team"))
    }

    /// Everything that an escalation asks, as a team sees it; where none is named as the only one does, or of all teams.
    ///
    /// Refused: `handbook.unknown_team`.
    view world(handbook: &Handbook, team: Option<TeamId>) -> Result<World> {
        handbook.world(team.as_ref().map(TeamId::as_str)).map_err(|error| error.at("/team"))
    }

    /// How an export is read, by name.
    ///
    /// Refused: `handbook.unknown_columns`.
    view columns(handbook: &Handbook, columns: String) -> Result<ColumnMap> {
        handbook.columns(&columns).cloned().map_err(|error| error.at("/columns"))
    }

    /// Which policy of a team an incident with these facts gets at an instant, and why.
    ///
    /// Refused: `handbook.unknown_team`, `condition.*`.
    view route(handbook: &Handbook, team: TeamId, facts: Facts, at: Timestamp) -> Result<RouteTaken> {
        handbook.route(team.as_str(), &facts, at)
    }
}
