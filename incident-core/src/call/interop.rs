//! Reading what other tools send.

use super::register::operations;
use crate::Zone;
use crate::interop::{Import, ImportFormat, LabelFact, Options, read};

operations! { Free:
    /// Reads what a tool sent, from bytes, so that no number is rounded: candidates that a person decides about, and
    /// findings. `format` is told by the shape, `zone` is that of times that name none, and `label_facts` says which
    /// labels become facts (`default_label_facts` where absent).
    ///
    /// Invalid: `contract.not_json`, `interop.unknown_format`, `interop.ambiguous_format`. Limit: `contract.too_large`.
    slow new read(data: &[u8], format: Option<ImportFormat>, zone: Option<Zone>, label_facts: Option<Vec<LabelFact>>) -> Result<Import> {
        read(data, &Options { format, zone, label_facts: label_facts.unwrap_or_else(LabelFact::defaults) })
    }

    /// Which labels become facts where the caller says nothing, to be changed and given to `read`.
    new default_label_facts() -> Result<Vec<LabelFact>> {
        Ok(LabelFact::defaults())
    }
}
