//! Circles among things that refer to each other.

use std::collections::{BTreeMap, BTreeSet};

/// Circles of a relation, each beginning with its smallest member. Wherever things refer to each other in a circle, at
/// least one circle among them is told, and no thing is in two of those told. A thing that refers to itself is one.
pub(super) fn cycles<'a, N: Ord>(
    nodes: impl IntoIterator<Item = &'a N>,
    next: impl Fn(&'a N) -> &'a [N],
) -> Vec<Vec<&'a N>> {
    // The place on the path for what is being looked at; none for what is done.
    let mut seen: BTreeMap<&N, Option<usize>> = BTreeMap::new();
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for root in nodes {
        if seen.contains_key(root) {
            continue;
        }
        seen.insert(root, Some(0));
        let mut path = vec![(root, next(root).iter())];
        while let Some((node, others)) = path.last_mut() {
            let Some(other) = others.next() else {
                seen.insert(node, None);
                path.pop();
                continue;
            };
            match seen.get(other) {
                None => {
                    seen.insert(other, Some(path.len()));
                    path.push((other, next(other).iter()));
                }
                Some(Some(at)) if told.insert(other) => {
                    let mut circle: Vec<&N> = path.iter().skip(*at).map(|(node, _)| *node).collect();
                    if circle.iter().all(|node| *node == other || !told.contains(node)) {
                        told.extend(&circle);
                        let smallest = (0..circle.len()).min_by_key(|at| circle.get(*at));
                        circle.rotate_left(smallest.unwrap_or_default());
                        found.push(circle);
                    }
                }
                Some(_) => {}
            }
        }
    }
    found
}
