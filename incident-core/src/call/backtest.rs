//! Operations that compare: findings against a base.

use super::register::operations;
use crate::Finding;

operations! { Free:
    /// The findings of `new` that a change introduced: what a check against a base fails for.
    ///
    /// Lines do not count, nor moves in a list; a finding that is graver than before, or reaches further, is new. Checks
    /// that know both documents, such as `check_against`, recognize what was renamed too.
    new new_findings(old: Vec<Finding>, new: Vec<Finding>) -> Result<Vec<Finding>> {
        Ok(crate::new_findings(&old, &new))
    }
}
