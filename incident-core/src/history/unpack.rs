//! Bytes of a file as text, or nearly: unzipped, without a byte order mark.

use std::borrow::Cow;
use std::io::Read;

use flate2::bufread::MultiGzDecoder;

use crate::codes;
use crate::error::{Error, Result};
use crate::limits::LIMITS;

/// The bytes, and whether a zipped file ended too early.
///
/// # Errors
/// `contract.too_large` if more would come out than is taken; `history.binary_file` for UTF-16, zip archives and
/// spreadsheets.
pub(super) fn unpack(bytes: &[u8]) -> Result<(Cow<'_, [u8]>, bool)> {
    let (unpacked, cut) = match bytes {
        [0x1f, 0x8b, ..] => {
            let (unpacked, cut) = gunzip(bytes, LIMITS.document_bytes)?;
            (Cow::Owned(unpacked), cut)
        }
        _ => (Cow::Borrowed(bytes), false),
    };
    let not_text =
        |what: &str, hint: &str| Err(Error::invalid(codes::BINARY_FILE, format!("the file is {what}")).hint(hint));
    match &*unpacked {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => not_text("UTF-16", "save it as UTF-8"),
        [b'P', b'K', 3, 4, ..] => not_text("a zip archive or a spreadsheet", "save it as CSV, or zip it with gzip"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => not_text("a spreadsheet", "save it as CSV"),
        [b'P', b'A', b'R', b'1', ..] => not_text("Parquet", "write it as CSV or JSON Lines"),
        [0xef, 0xbb, 0xbf, ..] => Ok((without_mark(unpacked), cut)),
        _ => Ok((unpacked, cut)),
    }
}

fn without_mark(bytes: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    match bytes {
        Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(3..).unwrap_or_default()),
        Cow::Owned(mut bytes) => {
            bytes.drain(..3);
            Cow::Owned(bytes)
        }
    }
}

/// What comes out, in whole lines as far as it can be unzipped; at most so many bytes.
fn gunzip(bytes: &[u8], most: usize) -> Result<(Vec<u8>, bool)> {
    let mut unpacked = Vec::with_capacity(bytes.len().saturating_mul(4).min(most));
    // One byte more than is taken tells too much from just enough.
    let mut reader = MultiGzDecoder::new(bytes).take(most as u64 + 1);
    let cut = reader.read_to_end(&mut unpacked).is_err();
    if cut {
        // Half a line is no row.
        let whole = unpacked.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        unpacked.truncate(whole);
    }
    if unpacked.len() > most {
        let message = format!("more than {most} bytes come out of {}", bytes.len());
        return Err(Error::limit(codes::TOO_LARGE, message).hint("unzip it first, if it is what you think it is"));
    }
    Ok((unpacked, cut))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_bomb_is_refused_before_it_is_unpacked() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![b'a'; 1 << 20]).unwrap();
        let bomb = encoder.finish().unwrap();
        assert!(bomb.len() < 2_000);
        assert_eq!(gunzip(&bomb, (1 << 20) - 1).unwrap_err().code, codes::TOO_LARGE);
        assert_eq!(gunzip(&bomb, 1 << 20).map(|(bytes, cut)| (bytes.len(), cut)), Ok((1 << 20, false)));
        let twice = [bomb.clone(), bomb].concat();
        assert_eq!(gunzip(&twice, 1 << 20).unwrap_err().code, codes::TOO_LARGE);
    }
}
