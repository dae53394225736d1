//! `verify`: what is proved, and what is not.

use incident_core::Proof;

use crate::args::{ProofFormat, VerifyArgs};
use crate::host::Host;
use crate::load;
use crate::trouble::Done;
use crate::{FINE, FOUND};

pub(super) fn run(args: &VerifyArgs, host: &mut Host<'_>) -> Done {
    let book = load::handbook(host, &args.files.files)?;
    let from = super::from(&args.from, host);
    let mut proofs: Vec<Proof> = Vec::new();
    let mut without = Vec::new();
    for team in book.teams() {
        host.progress(&format!("proving {team}"));
        let world = book.world(Some(team.as_str()))?;
        for (name, policy) in book.policies_of(team.as_str())? {
            match policy.document().prove.is_some() {
                true => proofs.push(policy.verify(&world, from)?),
                false => without.push(name.to_string()),
            }
        }
    }
    host.progress("");
    // A file that cannot be used proves nothing.
    let broken: Vec<_> = book.check(None).into_iter().filter(|it| it.level == incident_core::Level::Error).collect();
    if !broken.is_empty() {
        let excerpts = crate::print::Excerpts::of(&book, host.color);
        broken.iter().try_for_each(|finding| writeln!(host.err, "{}\n", excerpts.show(finding)))?;
    }
    match args.format {
        ProofFormat::Text => {
            for proof in &proofs {
                writeln!(host.out, "{proof}")?;
                for claim in proof.claims.iter().filter(|claim| !claim.proved) {
                    for example in claim.counterexamples.iter().take(3) {
                        writeln!(host.out, "counterexample: {}", example.why)?;
                    }
                }
            }
            if !without.is_empty() {
                writeln!(host.out, "nothing to prove, for want of `[prove]`: {}", without.join(", "))?;
            }
        }
        ProofFormat::Json => super::json(host, &proofs)?,
    }
    let fine = broken.is_empty() && proofs.iter().all(|proof| proof.proved);
    Ok(if fine { FINE } else { FOUND })
}
