// The command that the package carries.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../command.cjs", import.meta.url));
const team = `
[people]
ana = { zone = "Europe/Berlin" }
[[schedule.primary.rotation]]
zone = "Europe/Berlin"
members = ["ana"]
[escalation]
otherwise = { page = ["person:ana"] }
[escalation.sev1]
first = [{ page = ["on-call:primary"] }]
[prove]
horizon = "1 week"
sev1 = { first_page = "1m" }
`;

function run(folder, ...args) {
  return spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: "utf8" });
}

test("the command checks files, and its exit code is honest", () => {
  const folder = mkdtempSync(join(tmpdir(), "incident-core-"));
  try {
    writeFileSync(join(folder, "payments.toml"), team);
    const good = run(folder, "check", "payments.toml", "--from", "2026-12-07");
    assert.equal(good.status, 0, good.stderr);
    assert.match(good.stdout, /^payments: the claim is proved/);
    writeFileSync(join(folder, "x.toml"), team.replace("on-call:primary", "on-call:primry"));
    assert.equal(run(folder, "check", "x.toml").status, 1);
    assert.equal(run(folder, "check", "nowhere.toml").status, 2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
