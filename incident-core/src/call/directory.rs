//! The directory's operations.

use super::register::operations;
use crate::{AreaId, Directory, DirectoryDocument, Finding, Format, PersonId, Source};

operations! { Directory:
    /// Reads a directory from text in TOML, YAML or JSON; the format is taken from the file's name or the text where absent.
    ///
    /// Refused with every problem and its place: `contract.*`, `id.bad_id`, `time.unknown_zone`.
    new read(text: String, format: Option<Format>, file: Option<String>) -> Result<Directory> {
        Directory::read(Source::open(&text, format, file.as_deref())?)
    }

    /// A directory from a table, such as a part of a larger document.
    new of(directory: DirectoryDocument) -> Result<Directory> {
        Ok(Directory::of(directory))
    }

    /// Everything that is wrong with it: names that nobody has, circles, areas with one expert or none.
    view check(directory: &Directory) -> Result<Vec<Finding>> {
        Ok(directory.check())
    }

    /// The lead so many steps above a person (1 if absent); none above the top of the chain of command.
    ///
    /// Refused: `directory.unknown_person`.
    view lead_of(directory: &Directory, person: PersonId, steps: Option<u32>) -> Result<Option<PersonId>> {
        directory.person(&person).map_err(|error| error.at("/person"))?;
        Ok(directory.lead_of(&person, steps.unwrap_or(1)).cloned())
    }

    /// The chain of command above a person, the nearest first.
    ///
    /// Refused: `directory.unknown_person`.
    view leads(directory: &Directory, person: PersonId) -> Result<Vec<PersonId>> {
        directory.person(&person).map_err(|error| error.at("/person"))?;
        Ok(directory.leads(&person).into_iter().cloned().collect())
    }

    /// The buddies of a person, the first first.
    ///
    /// Refused: `directory.unknown_person`.
    view buddies(directory: &Directory, person: PersonId) -> Result<Vec<PersonId>> {
        Ok(directory.person(&person).map_err(|error| error.at("/person"))?.buddies.clone())
    }

    /// The experts of some areas, in the order of the areas, each once.
    ///
    /// Refused: `directory.unknown_area`.
    view experts(directory: &Directory, areas: Vec<AreaId>) -> Result<Vec<PersonId>> {
        for (at, area) in areas.iter().enumerate() {
            directory.area(area).map_err(|error| error.at(format!("/areas/{at}")))?;
        }
        Ok(directory.experts(&areas).into_iter().cloned().collect())
    }

    /// Every area that an area cannot work without, directly or through others, the nearest first.
    ///
    /// Refused: `directory.unknown_area`.
    view depends_on(directory: &Directory, area: AreaId) -> Result<Vec<AreaId>> {
        directory.area(&area).map_err(|error| error.at("/area"))?;
        Ok(directory.depends_on(&area).into_iter().cloned().collect())
    }

    /// Every area that cannot work without an area, directly or through others, the nearest first.
    ///
    /// Refused: `directory.unknown_area`.
    view dependents(directory: &Directory, area: AreaId) -> Result<Vec<AreaId>> {
        directory.area(&area).map_err(|error| error.at("/area"))?;
        Ok(directory.dependents(&area).into_iter().cloned().collect())
    }
}
