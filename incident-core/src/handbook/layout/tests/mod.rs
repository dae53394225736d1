//! What files look like, and that nothing in them is lost.

mod forms;
mod laws;
mod pages;
mod random;
mod written;

/// Equal line by line; where not, the first line that differs is told.
fn same(told: &str, expected: &str) {
    for (at, (told, expected)) in told.lines().zip(expected.lines()).enumerate() {
        assert_eq!(told, expected, "line {}", at + 1);
    }
    assert_eq!(told.len(), expected.len(), "{told}");
}
