//! The ways through an escalation path: its tree of branches as a table in which the first line that fits decides.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::finding::Level;
use crate::id::{SeverityId, TeamId};
use crate::time::{Window, Zone};

use super::super::draft::Draft;
use super::super::losses::unsayable;
use super::super::priorities::severity;
use super::super::record::Record;
use super::super::weekly::{Stretch, hours, united, without};
use super::intervals;
use super::node::{Kind, body, first, kind, side};

/// A way through a path.
#[derive(Clone, Debug, Default)]
pub(super) struct Way<'a> {
    /// The priorities that take it, as severities; all where absent.
    pub(super) severities: Option<BTreeSet<SeverityId>>,
    /// The window in which it is taken; always where absent.
    pub(super) within: Option<String>,
    /// Its nodes, each with the path that it is of.
    pub(super) nodes: Vec<(Record<'a>, Record<'a>)>,
    /// The path with which it goes on at once, if it does nothing else.
    pub(super) other: Option<String>,
}

/// The ways through one path.
#[derive(Debug)]
pub(super) struct Ways<'a, 'b> {
    pub(super) all: Vec<Way<'a>>,
    /// The priorities that branches name, in the order in which they do.
    pub(super) priorities: Vec<SeverityId>,
    owner: &'b TeamId,
    name: &'b str,
    paths: &'b BTreeMap<String, &'b Record<'a>>,
}

/// Deeper than branches of people go, and more ways than they think of.
const DEEPEST: usize = 24;
const MOST: usize = 64;

/// The hours of a whole week.
const WEEK: Stretch = Stretch { day: 0, start: 0, minutes: 7 * 24 * 60 };

/// What a branch asks.
#[derive(Default)]
struct Condition {
    within: Option<String>,
    severities: Option<BTreeSet<SeverityId>>,
}

impl<'a, 'b> Ways<'a, 'b> {
    /// Every way through a path of a team. `paths` are all of the export, for those that go on with another one.
    pub(super) fn of(
        draft: &mut Draft<'_>,
        path: &Record<'a>,
        owner: &'b TeamId,
        name: &'b str,
        paths: &'b BTreeMap<String, &'b Record<'a>>,
    ) -> Self {
        let mut ways = Self { all: Vec::new(), priorities: Vec::new(), owner, name, paths };
        let nodes = first(draft, path);
        ways.walk(draft, path, &nodes, Way::default(), 0);
        ways
    }

    fn walk(&mut self, draft: &mut Draft<'_>, path: &Record<'a>, nodes: &[Record<'a>], mut way: Way<'a>, depth: usize) {
        if self.all.len() >= MOST || depth > DEEPEST {
            let message = "it has more branches than are read: what comes after them is left out";
            path.note(draft.notes, Level::Warning, codes::NOT_EXPRESSIBLE, "path", message);
            return;
        }
        for (at, node) in nodes.iter().enumerate() {
            let rest = nodes.get(at.saturating_add(1)..).unwrap_or_default();
            match kind(node) {
                Kind::Branch => return self.branch(draft, path, node, rest, way, depth),
                Kind::Path => return self.go_on(draft, node, way, depth),
                Kind::Unknown => {
                    let what = node.scalar("type").unwrap_or_else(|| "node".to_owned());
                    let message = format!("a node `{}` has no place in a file", crate::text::short(&what));
                    unsayable(draft.notes, node, Level::Warning, "type", "node", self.name, message);
                }
                Kind::Level | Kind::Channel | Kind::Delay | Kind::Repeat => {
                    way.nodes.push((node.clone(), path.clone()));
                }
            }
        }
        self.all.push(way);
    }

    fn branch(
        &mut self,
        draft: &mut Draft<'_>,
        path: &Record<'a>,
        node: &Record<'a>,
        rest: &[Record<'a>],
        mut way: Way<'a>,
        depth: usize,
    ) {
        let Some(branch) = body(node, ["if_else", "branch"]) else { return self.all.push(way) };
        let late = way.nodes.iter().any(|(node, _)| kind(node) != Kind::Branch);
        // Something may go back to it.
        way.nodes.push((node.clone(), path.clone()));
        let [mut then, mut otherwise] = [("then_path", "then"), ("else_path", "else")]
            .map(|(nested, named)| side(draft, path, &branch, nested, named));
        if !rest.is_empty() {
            let message = "what stands after a branch is read as what both of its sides go on with";
            unsayable(draft.notes, node, Level::Warning, "", "after a branch", self.name, message);
            then.extend_from_slice(rest);
            otherwise.extend_from_slice(rest);
        }
        let deeper = depth.saturating_add(1);
        match self.condition(draft, path, &branch).and_then(|condition| self.narrowed(draft, node, &way, condition)) {
            Some(narrower) => {
                if late && narrower.within != way.within {
                    let message = "whether hours are active is looked at when it gets there: here, when it begins";
                    unsayable(draft.notes, node, Level::Warning, "", "late branch", self.name, message);
                }
                if narrower.severities.as_ref().is_none_or(|severities| !severities.is_empty()) {
                    self.walk(draft, path, &then, narrower, deeper);
                }
                self.walk(draft, path, &otherwise, way, deeper);
            }
            None => {
                let side = if otherwise.is_empty() { then } else { otherwise };
                self.walk(draft, path, &side, way, deeper);
            }
        }
    }

    /// A way on which a condition holds too; none where that cannot be said.
    fn narrowed(
        &self,
        draft: &mut Draft<'_>,
        node: &Record<'a>,
        way: &Way<'a>,
        condition: Condition,
    ) -> Option<Way<'a>> {
        let mut narrower = way.clone();
        match (&way.within, condition.within) {
            (Some(one), Some(other)) if *one != other => {
                let message = "a branch on hours inside another one on other hours is read as its `else`";
                unsayable(draft.notes, node, Level::Warning, "", "hours within hours", self.name, message);
                return None;
            }
            (within, asked) => narrower.within = asked.or_else(|| within.clone()),
        }
        narrower.severities = match (&way.severities, condition.severities) {
            (Some(one), Some(other)) => Some(one.intersection(&other).cloned().collect()),
            (one, other) => other.or_else(|| one.clone()),
        };
        Some(narrower)
    }

    /// What a branch asks; none, with a finding, where no file can ask it.
    fn condition(&mut self, draft: &mut Draft<'_>, path: &Record<'a>, branch: &Record<'a>) -> Option<Condition> {
        let mut condition = Condition::default();
        let mut asks: Vec<(Record<'a>, String, Vec<String>)> = Vec::new();
        if let Some(asked) = branch.record("if") {
            if let Some(id) = asked.text(draft.notes, "working_hours_active") {
                asks.push((asked.clone(), format!("escalation.working_hours[\"{id}\"]"), Vec::new()));
            }
            if asked.has("priority_one_of") {
                let values = asked.texts(draft.notes, "priority_one_of");
                asks.push((asked.clone(), "escalation.priority".to_owned(), values));
            }
        }
        for asked in branch.records(draft.notes, "conditions") {
            let said = |member: &str, inner: &str| {
                asked.record(member).and_then(|it| it.scalar(inner)).or_else(|| asked.scalar(member))
            };
            let (subject, operation) = (said("subject", "reference"), said("operation", "value"));
            let known = matches!(operation.as_deref(), Some("one_of" | "is_active"));
            let values = if known { values(draft, &asked) } else { Vec::new() };
            asks.push((asked, subject.filter(|_| known).unwrap_or_default(), values));
        }
        let mut understood = !asks.is_empty();
        for (asked, subject, values) in asks {
            let hours = subject.strip_prefix("escalation.working_hours[\"").and_then(|it| it.strip_suffix("\"]"));
            let window = hours.and_then(|id| window(draft, self.owner, path, id, true));
            let severities: BTreeSet<_> = values.iter().filter_map(|value| severity(value)).collect();
            if let Some(window) = window.filter(|_| condition.within.is_none()) {
                condition.within = Some(window);
            } else if subject == "escalation.priority" && !severities.is_empty() {
                for severity in values.iter().filter_map(|value| severity(value)) {
                    if !self.priorities.contains(&severity) {
                        self.priorities.push(severity);
                    }
                }
                let both = condition.severities.map(|known| known.intersection(&severities).cloned().collect());
                condition.severities = Some(both.unwrap_or(severities));
            } else {
                let message = "a branch asks here whether hours are active, or whether the priority is one of some: \
                               this one is read as its `else`";
                unsayable(draft.notes, &asked, Level::Warning, "", "condition", self.name, message);
                understood = false;
            }
        }
        understood.then_some(condition)
    }

    /// Goes on with another path.
    fn go_on(&mut self, draft: &mut Draft<'_>, node: &Record<'a>, mut way: Way<'a>, depth: usize) {
        let id = node.record("escalation_path").and_then(|it| it.scalar("escalation_path_id"));
        let id = id.map(|id| super::super::terraform::referred(&id, draft.locals)).unwrap_or_default();
        let Some(other) = self.paths.get(&id).copied() else {
            let message = "the path with which it goes on is not in the export: it ends there";
            node.note(draft.notes, Level::Warning, codes::UNKNOWN_REFERENCE, "escalation_path", message);
            return self.all.push(way);
        };
        let at_once = way.nodes.iter().all(|(node, _)| kind(node) == Kind::Branch);
        if at_once && way.other.is_none() {
            way.other = Some(id);
        }
        let before = self.all.len();
        let nodes = first(draft, other);
        self.walk(draft, other, &nodes, way, depth.saturating_add(1));
        if self.all.len() > before.saturating_add(1) {
            // The branches of the other path are ways of this one.
            self.all.iter_mut().skip(before).for_each(|way| way.other = None);
        }
    }
}

/// The values that a condition compares with: as they are shown, else as they are.
fn values(draft: &mut Draft<'_>, condition: &Record<'_>) -> Vec<String> {
    let mut values = Vec::new();
    for binding in condition.records(draft.notes, "param_bindings") {
        let listed = if binding.has("array_value") { "array_value" } else { "value" };
        let items = binding.records(draft.notes, listed);
        values.extend(items.iter().filter_map(|item| item.scalar("label").or_else(|| item.scalar("literal"))));
    }
    values
}

/// The working hours of a path as a window of a team: those, or all other hours.
pub(super) fn window(
    draft: &mut Draft<'_>,
    owner: &TeamId,
    path: &Record<'_>,
    id: &str,
    active: bool,
) -> Option<String> {
    let all = path.records(draft.notes, "working_hours");
    let record = all.iter().find(|hours| hours.id().as_deref() == Some(id))?;
    let zone = record.zone(draft.notes, "timezone").unwrap_or(Zone::UTC);
    let stretches = intervals::read(draft, record, "weekday_intervals");
    let stretches = if active { united(&stretches) } else { without(&[WEEK], &stretches) };
    let name = record.scalar("name").unwrap_or_else(|| id.to_owned());
    let wanted = if active { name } else { format!("outside {name}") };
    let hours = hours(&stretches);
    // Hours that are none, or all, are no window.
    (!hours.is_empty()).then(|| draft.window(owner, &wanted, Window::new(zone, hours)))
}
