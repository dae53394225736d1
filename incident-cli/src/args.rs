//! How it is called.

use clap::{Args, Parser, Subcommand, ValueEnum};
use incident_core::interop::ConfigurationTool;
use incident_core::{AcknowledgementAssumption, Moment, PersonId, TeamId, Timestamp};

/// On-call schedules and escalation policies as files: checked, proved, compared, moved.
///
/// Rules stand in TOML, YAML or JSON, one file a team. Nothing is sent anywhere: this program never touches the network.
#[derive(Debug, Parser)]
#[command(name = "incident-core", version, about, long_about, after_help = EXITS, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXITS: &str =
    "Exit codes: 0 nothing is wrong, 1 something was found, 2 it was called wrongly or a file cannot be used.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Finds what is wrong: names nobody has, holes, steps that page nobody, promises that do not hold.
    ///
    /// Every minute of the horizon of `[prove]` is looked at, for every severity and area. With --against, only what a
    /// change introduced fails, and the answer says who moves.
    Check(CheckArgs),
    /// Proves what `[prove]` requires, with the assumptions and a counterexample for whatever does not hold.
    Verify(VerifyArgs),
    /// Says what a change does: who moves when, and which page comes later.
    Diff(DiffArgs),
    /// Says who is on call, at an instant or over a range, and why.
    Oncall(OncallArgs),
    /// Runs a policy against past incidents: first page, pages and broken nights a person.
    Backtest(BacktestArgs),
    /// Lays files out the canonical way; comments stay.
    Fmt(FmtArgs),
    /// Finds what is wrong with an export of another tool as it came: holes, dead steps, what rests on one person.
    ///
    /// Nothing has to be written first. It says what there is, what is wrong with it, with the place in the export, and what
    /// would not survive a move into files.
    Audit(AuditArgs),
    /// Writes an export of another tool as files of teams.
    Convert(ConvertArgs),
    /// Writes files of teams in the form that a tool takes, and says what the tool cannot do of them.
    Compile(CompileArgs),
    /// Compares files of teams with an export of what is live in a tool.
    Drift(DriftArgs),
    /// Writes the schemas of files, with which editors complete and check them.
    Schemas(SchemasArgs),
    /// Explains the code of a finding.
    Explain(ExplainArgs),
    /// Says why somebody was paged, from the record of an incident.
    Why(WhyArgs),
}

/// Which files.
#[derive(Args, Debug)]
pub(crate) struct FilesArgs {
    /// Files, or folders with one file a team and perhaps `org.toml`.
    #[arg(value_name = "FILES", default_value = ".")]
    pub(crate) files: Vec<String>,
}

/// From when on.
#[derive(Args, Debug)]
pub(crate) struct FromArgs {
    /// Where the horizon begins: a day, a local time in the zone of the first rotation, or an instant. Today if absent.
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<Moment>,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// For people, with the lines in question.
    #[default]
    Text,
    /// Everything there is to know.
    Json,
    /// Annotations of a pull request, as the commands of a workflow.
    Github,
    /// A report of code quality.
    Gitlab,
    /// A comment for a pull request.
    Markdown,
}

/// The form of an answer that only people and programs read.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum ProofFormat {
    /// For people.
    #[default]
    Text,
    /// Everything there is to know.
    Json,
}

/// The form of an answer that a pull request shows too.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum ChangeFormat {
    /// For people.
    #[default]
    Text,
    /// Everything there is to know.
    Json,
    /// A comment for a pull request.
    Markdown,
}

#[derive(Args, Debug)]
pub(crate) struct FormatArgs {
    /// In which form the answer is.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
}

#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) files: FilesArgs,
    #[command(flatten)]
    pub(crate) from: FromArgs,
    /// The files as they were: a folder, or what git calls a version, such as `origin/main`. Only new findings fail.
    #[arg(long, value_name = "REF-OR-DIR")]
    pub(crate) against: Option<String>,
    /// Fail for warnings too.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Show notes as well.
    #[arg(long)]
    pub(crate) notes: bool,
    /// Show what is behind the findings of one code, minute by minute.
    #[arg(long, value_name = "CODE")]
    pub(crate) explain: Option<String>,
    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

#[derive(Args, Debug)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) files: FilesArgs,
    #[command(flatten)]
    pub(crate) from: FromArgs,
    /// In which form the answer is; `check` has more.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: ProofFormat,
}

#[derive(Args, Debug)]
pub(crate) struct DiffArgs {
    /// The files as they were: a folder, a file, or what git calls a version.
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    #[command(flatten)]
    pub(crate) files: FilesArgs,
    #[command(flatten)]
    pub(crate) from: FromArgs,
    /// In which form the answer is.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: ChangeFormat,
}

#[derive(Args, Debug)]
pub(crate) struct OncallArgs {
    #[command(flatten)]
    pub(crate) files: FilesArgs,
    /// Only this schedule: its name, or `team/schedule`.
    #[arg(long, value_name = "SCHEDULE")]
    pub(crate) schedule: Option<String>,
    /// When: a day, a local time in the zone of the schedule's first rotation, or an instant. Now if absent.
    #[arg(long, value_name = "TIME", conflicts_with = "range")]
    pub(crate) at: Option<Moment>,
    /// Every shift of a range, such as `2026-12-07..2026-12-21`; the last day is not in it.
    #[arg(long, value_name = "FROM..UNTIL")]
    pub(crate) range: Option<Range>,
    /// Only shifts of this person.
    #[arg(long, value_name = "PERSON", requires = "range")]
    pub(crate) person: Option<PersonId>,
    /// As a calendar that other programs subscribe to.
    #[arg(long, requires = "range", conflicts_with_all = ["html", "md", "json"])]
    pub(crate) ics: bool,
    /// As a page.
    #[arg(long, requires = "range", conflicts_with_all = ["md", "json"])]
    pub(crate) html: bool,
    /// As Markdown.
    #[arg(long, conflicts_with = "json")]
    pub(crate) md: bool,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// From one moment to another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Range {
    pub(crate) from: Moment,
    pub(crate) until: Moment,
}

impl std::str::FromStr for Range {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (from, until) = text.split_once("..").ok_or("write `2026-12-07..2026-12-21`")?;
        let one = |text: &str| text.trim().parse::<Moment>().map_err(|no| no.message);
        Ok(Self { from: one(from)?, until: one(until)? })
    }
}

#[derive(Args, Debug)]
pub(crate) struct BacktestArgs {
    #[command(flatten)]
    pub(crate) files: FilesArgs,
    /// Past incidents: CSV or JSON Lines with a column map, or records of incidents (JSON).
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) history: Vec<String>,
    /// The column map of the history: a file, or the name of one in `[columns]`.
    #[arg(long, value_name = "MAP")]
    pub(crate) columns: Option<String>,
    /// Up to when the history is complete. Now if absent.
    #[arg(long, value_name = "INSTANT")]
    pub(crate) as_of: Option<Timestamp>,
    /// Which policy, where there are several.
    #[arg(long, value_name = "POLICY")]
    pub(crate) policy: Option<String>,
    /// Who acknowledges: nobody, the first person paged at the recorded time, or after so long (`after 5m`).
    #[arg(long, value_name = "WHO", default_value = "recorded")]
    pub(crate) assume: AcknowledgementAssumption,
    /// The files as they were, to compare with: a folder, a file, or what git calls a version.
    #[arg(long, value_name = "REF-OR-DIR")]
    pub(crate) against: Option<String>,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct FmtArgs {
    #[command(flatten)]
    pub(crate) files: FilesArgs,
    /// Change nothing; fail where something would change.
    #[arg(long)]
    pub(crate) check: bool,
}

/// What an export does not say by itself.
#[derive(Args, Debug)]
pub(crate) struct ExportArgs {
    /// Of which tool it is; told by its shape if absent.
    #[arg(long, value_name = "TOOL", value_parser = tool)]
    pub(crate) tool: Option<ConfigurationTool>,
    /// Whose everything is that belongs to no team.
    #[arg(long, value_name = "TEAM")]
    pub(crate) team: Option<TeamId>,
    /// The side file of ids: what it names keeps its name.
    #[arg(long, value_name = "FILE")]
    pub(crate) ids: Option<String>,
    /// When the export was made: what had ended by then is left out. Now if absent.
    #[arg(long, value_name = "INSTANT")]
    pub(crate) exported_at: Option<Timestamp>,
}

fn tool(name: &str) -> Result<ConfigurationTool, String> {
    let all = ConfigurationTool::ALL;
    let named = all.into_iter().find(|tool| tool.as_str() == name || tool.as_str().replace('_', "-") == name);
    named.ok_or_else(|| format!("write one of {}", all.map(|tool| tool.to_string()).join(", ")))
}

#[derive(Args, Debug)]
pub(crate) struct AuditArgs {
    /// The export: files, or folders of them.
    #[arg(value_name = "EXPORT", required = true)]
    pub(crate) export: Vec<String>,
    #[command(flatten)]
    pub(crate) read: ExportArgs,
    #[command(flatten)]
    pub(crate) from: FromArgs,
    /// Fail for warnings too.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Show notes as well.
    #[arg(long)]
    pub(crate) notes: bool,
    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

#[derive(Args, Debug)]
pub(crate) struct ConvertArgs {
    /// The export: files, or folders of them.
    #[arg(value_name = "EXPORT", required = true)]
    pub(crate) export: Vec<String>,
    #[command(flatten)]
    pub(crate) read: ExportArgs,
    /// The folder that the files are written into; it need not be there. A side file in it is used and kept up.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) to: String,
    /// Write over files that say something else.
    #[arg(long)]
    pub(crate) overwrite: bool,
    /// Show notes as well.
    #[arg(long)]
    pub(crate) notes: bool,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum Form {
    /// Configuration of Terraform as JSON.
    #[default]
    Terraform,
    /// Bodies for the tool's API, one file an object.
    Rest,
}

#[derive(Args, Debug)]
pub(crate) struct CompileArgs {
    #[command(flatten)]
    pub(crate) files: FilesArgs,
    /// The tool.
    #[arg(long, value_name = "TOOL", value_parser = tool)]
    pub(crate) to: ConfigurationTool,
    /// In which form.
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    pub(crate) form: Form,
    /// The side file of ids; one among the files if absent.
    #[arg(long, value_name = "FILE")]
    pub(crate) ids: Option<String>,
    /// The folder that is written into. Nothing is written if absent: only what would be lost is told.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<String>,
    /// Fail for anything that is lost or has no id.
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

#[derive(Args, Debug)]
pub(crate) struct DriftArgs {
    /// The files of teams, or folders of them.
    #[arg(value_name = "FILES")]
    pub(crate) files: String,
    /// An export of what is live: files, or folders of them.
    #[arg(value_name = "LIVE", required = true)]
    pub(crate) live: Vec<String>,
    #[command(flatten)]
    pub(crate) read: ExportArgs,
    /// Show what the tool cannot do of the files, too.
    #[arg(long)]
    pub(crate) losses: bool,
    #[command(flatten)]
    pub(crate) format: FormatArgs,
}

#[derive(Args, Debug)]
pub(crate) struct SchemasArgs {
    /// The folder that they are written into, where the first line of a file looks for them.
    #[arg(value_name = "FOLDER", default_value = ".schemas")]
    pub(crate) folder: String,
}

#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    /// The code, such as `coverage_hole` or `escalation.coverage_hole`; all of them if absent.
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct WhyArgs {
    /// The id of the page, or the beginning of it; or the name of whoever was paged.
    #[arg(value_name = "PAGE")]
    pub(crate) page: String,
    /// The record of the incident, as JSON.
    #[arg(value_name = "RECORD")]
    pub(crate) record: String,
    /// The files of the rules, to name file and line.
    #[arg(long, value_name = "FILES")]
    pub(crate) rules: Vec<String>,
}
