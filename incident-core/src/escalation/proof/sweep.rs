//! Every minute of a horizon, played once for each class of minutes that cannot differ.
//!
//! A play begins at a minute and asks the world questions, such as who is on call five minutes later. Plays that have been
//! answered alike so far ask the same question next, so the answers of all plays together are a tree: its inner nodes
//! ask, its leaves are what came of the play. A minute walks down the tree by what the world answers it; where it leaves
//! the known part, it is played, and the tree grows. The answers along the way also say until when nothing changes, so
//! the next minute that is looked at is the first at which some answer on the way may differ.

/// What is answered, as a number: equal where the answers are the same.
pub(in crate::escalation) type Reply = u32;

/// Something that happens the same way whenever it is answered the same way.
pub(in crate::escalation) trait Play {
    /// What it asks: something of the world, and how long after the beginning.
    type Query: Copy + PartialEq;
    /// What comes of it.
    type Outcome;

    /// Plays from a minute: what was asked, in order, and what came of it.
    fn play(&mut self, minute: u32) -> (Vec<Self::Query>, Self::Outcome);

    /// What the world answers to a question of a play from a minute, and the first later minute from which the answer may
    /// be another. Minutes never go back for one `cursor`, which begins at 0.
    fn reply(&self, minute: u32, question: Self::Query, cursor: &mut usize) -> (Reply, u32);
}

#[derive(Debug)]
enum Node<Q> {
    /// The ways from here, by what is answered.
    Ask {
        question: Q,
        cursor: usize,
        next: Vec<(Reply, usize)>,
    },
    Leaf(usize),
}

/// What came of every minute: stretches of minutes with the number of an outcome.
#[derive(Debug)]
pub(in crate::escalation) struct Sweep<O> {
    pub(in crate::escalation) outcomes: Vec<O>,
    pub(in crate::escalation) pieces: Vec<(u32, u32, usize)>,
}

/// Plays every minute of some stretches.
pub(in crate::escalation) fn sweep<P: Play>(
    player: &mut P,
    stretches: impl IntoIterator<Item = (u32, u32)>,
) -> Sweep<P::Outcome> {
    let mut tree = Tree { nodes: Vec::new(), outcomes: Vec::new() };
    let mut pieces: Vec<(u32, u32, usize)> = Vec::new();
    for (from, until) in stretches {
        let mut minute = from;
        while minute < until {
            let (outcome, end) = tree.walk(player, minute);
            let end = end.clamp(minute + 1, until);
            match pieces.last_mut() {
                Some(last) if last.1 == minute && last.2 == outcome => last.1 = end,
                _ => pieces.push((minute, end, outcome)),
            }
            minute = end;
        }
    }
    Sweep { outcomes: tree.outcomes, pieces }
}

struct Tree<P: Play> {
    nodes: Vec<Node<P::Query>>,
    outcomes: Vec<P::Outcome>,
}

impl<P: Play> Tree<P> {
    /// The outcome of a minute, and until when it holds.
    fn walk(&mut self, player: &mut P, minute: u32) -> (usize, u32) {
        let (mut at, mut end) = (0, u32::MAX);
        loop {
            match self.nodes.get_mut(at) {
                None => return self.grow(player, minute),
                Some(Node::Leaf(outcome)) => return (*outcome, end),
                Some(Node::Ask { question, cursor, next }) => {
                    let (reply, until) = player.reply(minute, *question, cursor);
                    end = end.min(until);
                    let known = next.binary_search_by_key(&reply, |(known, _)| *known);
                    match known.ok().and_then(|place| next.get(place)) {
                        Some((_, node)) => at = *node,
                        None => return self.grow(player, minute),
                    }
                }
            }
        }
    }

    /// Plays a minute and adds its way to the tree.
    fn grow(&mut self, player: &mut P, minute: u32) -> (usize, u32) {
        let (asked, outcome) = player.play(minute);
        self.outcomes.push(outcome);
        let leaf = self.outcomes.len() - 1;
        let (mut at, mut end) = (0, u32::MAX);
        for question in asked {
            if at == self.nodes.len() {
                self.nodes.push(Node::Ask { question, cursor: 0, next: Vec::new() });
            }
            let new = self.nodes.len();
            match self.nodes.get_mut(at) {
                Some(Node::Ask { question: known, cursor, next }) if *known == question => {
                    let (reply, until) = player.reply(minute, question, cursor);
                    end = end.min(until);
                    at = match next.binary_search_by_key(&reply, |(known, _)| *known) {
                        Ok(place) => next.get(place).map_or(new, |(_, node)| *node),
                        Err(place) => {
                            next.insert(place, (reply, new));
                            new
                        }
                    };
                }
                // Not a play by the rules: what came of this minute holds for no other.
                _ => return (leaf, minute + 1),
            }
        }
        if at == self.nodes.len() {
            self.nodes.push(Node::Leaf(leaf));
        }
        (leaf, end)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A world of two piecewise constant answers, and a play that asks the second only where the first is odd.
    struct Two {
        answers: [Vec<u32>; 2],
        plays: usize,
    }

    impl Two {
        fn answer(&self, question: usize, minute: u32) -> u32 {
            let all = &self.answers[question];
            all[(minute as usize / 10).min(all.len() - 1)]
        }
        fn outcome(&self, minute: u32) -> (Vec<(u32, usize)>, u32) {
            let first = self.answer(0, minute);
            if first.is_multiple_of(2) {
                return (vec![(0, 0)], first);
            }
            let second = self.answer(1, minute + 7);
            let third = self.answer(0, minute + 13);
            (vec![(0, 0), (7, 1), (13, 0)], first * 100 + second * 10 + third)
        }
    }

    impl Play for Two {
        /// How much later, and which.
        type Query = (u32, usize);
        type Outcome = u32;
        fn play(&mut self, minute: u32) -> (Vec<(u32, usize)>, u32) {
            self.plays += 1;
            self.outcome(minute)
        }
        fn reply(&self, minute: u32, (after, question): (u32, usize), _: &mut usize) -> (Reply, u32) {
            let asked = minute + after;
            (self.answer(question, asked), ((asked / 10 + 1) * 10).saturating_sub(after))
        }
    }

    proptest! {
        #[test]
        fn it_is_every_minute(
            first in proptest::collection::vec(0_u32..4, 1..9),
            second in proptest::collection::vec(0_u32..3, 1..9),
            skip in 0_u32..5,
        ) {
            let mut world = Two { answers: [first, second], plays: 0 };
            let swept = sweep(&mut world, [(skip, 40), (45, 100)]);
            let mut minutes = (skip..40).chain(45..100);
            for (from, until, outcome) in &swept.pieces {
                for minute in *from..*until {
                    prop_assert_eq!(minutes.next(), Some(minute));
                    prop_assert_eq!(world.outcome(minute).1, swept.outcomes[*outcome]);
                }
            }
            prop_assert_eq!(minutes.next(), None);
            // No more plays than ways to be answered.
            prop_assert!(world.plays <= 2 + 2 * 3 * 4);
        }
    }
}
