// What the core refuses. Nothing native is loaded here.
"use strict";

class IncidentError extends Error {
  constructor({ message, code, kind, path = "", hint, findings = [] }) {
    const where = path ? ` (at ${path})` : "";
    super([message + where, hint, ...findings.map((finding) => finding.message)].filter(Boolean).join("; "));
    this.name = "IncidentError";
    Object.assign(this, { code, kind, path, hint, findings });
  }
}

module.exports = { IncidentError };
