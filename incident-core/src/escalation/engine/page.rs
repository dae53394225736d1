//! Asking for one page.

use super::deed::{Deed, PageDeed};
use super::state::State;

/// Asks for a page, once per person and minute. Whether it was asked for.
pub(super) fn page(state: &mut State, page: PageDeed) -> bool {
    if state.paged_now.contains(&page.person) {
        return false;
    }
    state.paged_now.push(page.person);
    state.engage(page.person);
    state.outbox.push_back(Deed::Page(page));
    true
}
