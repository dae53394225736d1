//! The name that Prometheus gives to a set of labels.

use std::collections::BTreeMap;

/// The fingerprint of a set of labels, as Prometheus computes it (`labelSetToFingerprint` in prometheus/common): 64-bit
/// FNV-1a over names in order, each with its value, with a byte 0xFF after either; 16 hexadecimal digits.
pub(super) fn fingerprint(labels: &BTreeMap<String, String>) -> String {
    format!("{:016x}", hash(labels))
}

fn hash(labels: &BTreeMap<String, String>) -> u64 {
    let bytes = labels.iter().flat_map(|(name, value)| {
        name.bytes().chain(std::iter::once(0xff)).chain(value.bytes()).chain(std::iter::once(0xff))
    });
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_the_name_that_prometheus_gives_them() {
        // The example of prometheus/common's own tests.
        let labels = [("name", "garland, briggs"), ("fear", "love is not enough")];
        let labels = labels.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        assert_eq!(hash(&labels), 5_799_056_148_416_392_346);
        assert_eq!(fingerprint(&BTreeMap::new()), "cbf29ce484222325");
    }
}
