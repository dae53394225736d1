//! Why a command cannot be carried out.

use std::fmt;
use std::io;

use incident_core::Error;

/// Why a command cannot be carried out.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The reader of the output has gone.
    Closed,
    /// It was asked for something that cannot be.
    Asked(String),
    /// A file cannot be read or written.
    File { name: String, why: io::Error },
    /// The library refuses.
    Refused(Error),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => Ok(()),
            Self::Asked(what) => write!(f, "error: {what}"),
            Self::File { name, why } => write!(f, "error: {name}: {why}"),
            Self::Refused(error) if error.findings.is_empty() => {
                write!(f, "error[{}]: {}", error.code, error.message)?;
                error.hint.iter().try_for_each(|hint| write!(f, "\n  help: {hint}"))
            }
            Self::Refused(error) => {
                for (number, finding) in error.findings.iter().enumerate() {
                    if number > 0 {
                        writeln!(f)?;
                    }
                    write!(f, "{finding}")?;
                }
                Ok(())
            }
        }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl From<io::Error> for Trouble {
    /// Of the output: files name themselves.
    fn from(why: io::Error) -> Self {
        match why.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::File { name: "output".to_owned(), why },
        }
    }
}

impl From<serde_json::Error> for Trouble {
    fn from(why: serde_json::Error) -> Self {
        Self::from(io::Error::from(why))
    }
}

/// What a command gives: an exit code.
pub(crate) type Done = Result<u8, Trouble>;
