//! A small data set with known answers.

/// Minutes, and whether it is open; the data of the oracles named in the tests.
pub(super) const BEFORE: [(i64, bool); 24] = [
    (3, false),
    (5, false),
    (7, false),
    (7, false),
    (9, false),
    (12, false),
    (12, false),
    (15, false),
    (18, false),
    (21, false),
    (25, false),
    (30, false),
    (34, false),
    (41, false),
    (48, false),
    (60, false),
    (75, false),
    (90, false),
    (120, false),
    (180, true),
    (240, false),
    (420, false),
    (900, true),
    (2880, false),
];
