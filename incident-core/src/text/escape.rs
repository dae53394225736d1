//! Untrusted text made safe for an output.
