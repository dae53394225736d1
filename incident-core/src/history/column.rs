//! Columns: instants, texts, categories and lists of categories, each with room for what is not known.

use std::collections::BTreeMap;

use crate::time::Timestamp;

/// An instant of one row.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Cell {
    /// Nothing was said.
    Absent,
    /// Something was said that is no instant.
    Unreadable,
    /// An instant.
    At(Timestamp),
}

/// A column of instants: microseconds since 1970, with two numbers outside the years 0001 to 9999 for the rest.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Instants(Vec<i64>);

const ABSENT: i64 = i64::MIN;
const UNREADABLE: i64 = i64::MIN + 1;

impl Instants {
    /// `rows` absent instants.
    pub(super) fn absent(rows: usize) -> Self {
        Self(vec![ABSENT; rows])
    }

    pub(super) fn push(&mut self, cell: Cell) {
        self.0.push(Self::number(cell));
    }

    /// Changes a row that there is.
    pub(super) fn set(&mut self, row: usize, cell: Cell) {
        self.0.get_mut(row).into_iter().for_each(|slot| *slot = Self::number(cell));
    }

    fn number(cell: Cell) -> i64 {
        match cell {
            Cell::Absent => ABSENT,
            Cell::Unreadable => UNREADABLE,
            Cell::At(at) => at.as_micros(),
        }
    }

    pub(super) fn get(&self, row: usize) -> Cell {
        match self.0.get(row) {
            None | Some(&ABSENT) => Cell::Absent,
            Some(micros) => Timestamp::from_micros(*micros).map_or(Cell::Unreadable, Cell::At),
        }
    }

    pub(super) fn keep(&mut self, kept: &[bool]) {
        keep(&mut self.0, kept);
    }
}

/// A column of texts, end to end.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// The text of a row; empty if there is none.
    pub(super) fn get(&self, row: usize) -> &str {
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(row).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }

    pub(super) fn keep(&mut self, kept: &[bool]) {
        let mut left = Self::default();
        (0..self.ends.len()).filter(|row| is_kept(kept, *row)).for_each(|row| left.push(self.get(row)));
        *self = left;
    }
}

/// Names, each written once.
#[derive(Clone, Debug, Default)]
struct Names {
    names: Vec<String>,
    codes: BTreeMap<String, u32>,
}

impl Names {
    fn code(&mut self, name: &str) -> u32 {
        if let Some(code) = self.codes.get(name) {
            return *code;
        }
        let code = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.codes.insert(name.to_owned(), code);
        code
    }

    fn name(&self, code: u32) -> Option<&str> {
        usize::try_from(code).ok().and_then(|at| self.names.get(at)).map(String::as_str)
    }
}

/// A column of a few names that come again and again.
#[derive(Clone, Debug, Default)]
pub(super) struct Category {
    names: Names,
    codes: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Category {
    /// `rows` rows without a name.
    pub(super) fn absent(rows: usize) -> Self {
        Self { names: Names::default(), codes: vec![NONE; rows] }
    }

    pub(super) fn push(&mut self, name: Option<&str>) {
        let code = name.map_or(NONE, |name| self.names.code(name));
        self.codes.push(code);
    }

    pub(super) fn get(&self, row: usize) -> Option<&str> {
        self.codes.get(row).and_then(|code| self.names.name(*code))
    }

    pub(super) fn keep(&mut self, kept: &[bool]) {
        keep(&mut self.codes, kept);
    }
}

/// A column of lists of such names.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    names: Names,
    codes: Vec<u32>,
    ends: Vec<usize>,
}

impl Lists {
    pub(super) fn push<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) {
        for name in names {
            let code = self.names.code(name);
            self.codes.push(code);
        }
        self.ends.push(self.codes.len());
    }

    pub(super) fn get(&self, row: usize) -> impl Iterator<Item = &str> {
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let codes = self.ends.get(row).and_then(|end| self.codes.get(start..*end)).unwrap_or_default();
        codes.iter().filter_map(|code| self.names.name(*code))
    }

    pub(super) fn keep(&mut self, kept: &[bool]) {
        let mut left = Self::default();
        (0..self.ends.len()).filter(|row| is_kept(kept, *row)).for_each(|row| left.push(self.get(row)));
        *self = left;
    }
}

fn is_kept(kept: &[bool], row: usize) -> bool {
    kept.get(row).copied().unwrap_or(false)
}

fn keep<T>(column: &mut Vec<T>, kept: &[bool]) {
    let mut row = 0;
    column.retain(|_| {
        row += 1;
        is_kept(kept, row - 1)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_keep_what_is_kept() {
        let (mut texts, mut category, mut lists) = (Texts::default(), Category::default(), Lists::default());
        let mut instants = Instants::absent(1);
        for (row, name) in ["a", "", "b", "a"].into_iter().enumerate() {
            texts.push(name);
            category.push(Some(name).filter(|name| !name.is_empty()));
            lists.push(std::iter::repeat_n(name, row));
            instants.push(if row == 1 { Cell::Unreadable } else { Cell::At(Timestamp::MIN) });
        }
        let kept = [true, false, false, true];
        texts.keep(&kept);
        category.keep(&kept);
        lists.keep(&kept);
        instants.keep(&kept);
        assert_eq!((texts.get(0), texts.get(1), texts.get(2)), ("a", "a", ""));
        assert_eq!((category.get(0), category.get(1), category.get(2)), (Some("a"), Some("a"), None));
        assert_eq!((lists.get(0).count(), lists.get(1).collect::<Vec<_>>()), (0, vec!["a", "a", "a"]));
        assert_eq!(
            (instants.get(0), instants.get(1), instants.get(9)),
            (Cell::Absent, Cell::At(Timestamp::MIN), Cell::Absent)
        );
    }
}
