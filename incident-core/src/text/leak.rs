//! Secrets found in text.
