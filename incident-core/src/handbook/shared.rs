//! What a team may refer to besides its own file.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Cadences, CalendarDays, OrgDocument, TeamDocument};
use crate::directory::DirectoryDocument;
use crate::oncall::Absence;
use crate::severity::SeveritySchemeDocument;
use crate::time::{Date, Window};

/// What the organisation says, and who is in the files of other teams.
#[derive(Clone, Debug, Default)]
pub(super) struct Shared {
    /// The people and groups of everybody: of other teams, and before them of the organisation; and its areas. The areas
    /// of other teams are not among them: what is proved of a team would depend on what others write.
    pub(super) directory: DirectoryDocument,
    pub(super) windows: BTreeMap<String, Window>,
    pub(super) calendars: BTreeMap<String, CalendarDays>,
    pub(super) absence: Vec<Absence>,
    pub(super) severity: Option<SeveritySchemeDocument>,
    pub(super) cadence: Cadences,
    /// The days of calendars that are files, by the name of the file.
    pub(super) days: BTreeMap<String, BTreeSet<Date>>,
}

impl Shared {
    /// What an organisation says.
    pub(super) fn of(org: Option<&OrgDocument>, days: BTreeMap<String, BTreeSet<Date>>) -> Self {
        let Some(org) = org.cloned() else { return Self { days, ..Self::default() } };
        Self {
            directory: DirectoryDocument { schema: None, people: org.people, teams: org.teams, areas: org.areas },
            windows: org.windows,
            calendars: org.calendars,
            absence: org.absence,
            severity: org.severity,
            cadence: org.cadence,
            days,
        }
    }

    /// The same with everybody whom other teams have and the organisation has not.
    pub(super) fn with(mut self, teams: impl IntoIterator<Item = TeamDocument>) -> Self {
        for team in teams {
            self.directory = beneath(
                self.directory,
                DirectoryDocument { people: team.people, teams: team.teams, ..DirectoryDocument::default() },
            );
        }
        self
    }

    /// Everybody, from the point of view of a team: what it says itself stands before the rest.
    pub(super) fn directory(&self, team: &TeamDocument) -> DirectoryDocument {
        let own = DirectoryDocument {
            schema: None,
            people: team.people.clone(),
            teams: team.teams.clone(),
            areas: team.areas.clone(),
        };
        beneath(own, self.directory.clone())
    }
}

/// One directory, and beneath it what only the other has.
pub(super) fn beneath(mut over: DirectoryDocument, under: DirectoryDocument) -> DirectoryDocument {
    for (id, it) in under.people {
        over.people.entry(id).or_insert(it);
    }
    for (id, it) in under.teams {
        over.teams.entry(id).or_insert(it);
    }
    for (id, it) in under.areas {
        over.areas.entry(id).or_insert(it);
    }
    over
}
