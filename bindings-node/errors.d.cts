import type { Code, Finding } from "./types/ground.cjs";

/** A refusal of the core: what the caller does next (`kind`), which rule (`code`), where (`path`), and how to mend it. */
export class IncidentError extends Error {
  private constructor();
  readonly code: Code;
  readonly kind: "invalid" | "refused" | "conflict" | "limit";
  /** A JSON Pointer into what was given; empty for the whole. */
  readonly path: string;
  readonly hint?: string;
  /** Every unmet condition of a refusal. */
  readonly findings: readonly Finding[];
}
