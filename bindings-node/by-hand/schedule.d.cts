import { Instant, Noun } from "../runtime.cjs";
import type { PersonId } from "../types/ground.cjs";
import type { OnCallMany } from "../types/oncall.cjs";

/** Instants, or milliseconds since 1970. */
export type Instants = readonly Instant[] | Float64Array | BigInt64Array;

export class Schedule extends Noun {
  /** Who is on call at an instant, and nothing else; for whoever asks thousands of times a second. */
  peopleAt(at: Instant): PersonId[];
  /** Who is on call at many instants: the different answers once, and which holds for each instant. */
  onCallMany(instants: Instants): OnCallMany;
}
