/**
 * The story: one incident from its alert to its retrospective, and the history behind it. The same program stands in
 * `story.rs` and `story.py`; all three print the same bytes.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  Escalation, Handbook, History, Incident, IncidentError, Retrospective, read, readColumns,
} from "incident-core";

const START = Date.parse("2026-03-14T01:12:00Z");

async function story(data: string, t: (minutes: number) => Date) {
  const team = Handbook.read(readFileSync(join(data, "payments.toml"), "utf8"), { file: "payments.toml" });
  console.log((await team.report({ start: "2026-03-16T08:00" })).why);
  const scheme = team.scheme();

  const alert = await read(readFileSync(join(data, "alertmanager.json")));
  const id = "019ce9f0-0000-7000-8000-000000000001";
  const inc = Incident.declareFrom(alert.candidates[0]!, { by: "ana", at: t(0), id });
  console.log(inc.title());

  inc.reportImpact("checkout", "partial", { by: "ana", at: t(2) });
  const answer = scheme.classify(inc.facts(t(2)));
  console.log(answer.why);
  inc.classify(answer, { by: "ana", at: t(2) });

  console.log(team.schedule("primary").onCall(t(2)).why);
  const world = team.world();
  const escalation = Escalation.start(inc, team.policy("payments"), { at: t(2) });
  for (const action of escalation.drain(world)) {
    if (action.type !== "unknown") console.log(action.why);
    inc.record(action, { by: "pager", at: t(2) });
  }

  inc.acknowledge({ by: "bo", at: t(5) });
  escalation.feed(inc);
  if (escalation.drain(world).length || escalation.nextDeadline()) throw new Error("somebody looks after it");
  try {
    inc.acknowledge({ by: "ana", at: t(6) });
  } catch (no) {
    if (no instanceof IncidentError && no.kind === "refused") console.log(no.code);
    else throw no;
  }
  inc.resolve({ by: "bo", at: t(31), resolution: "rolled back 4f1c" });
  for (const moment of inc.timeline()) console.log(moment.text);

  const retro = Retrospective.draft(inc, { at: t(60) });
  console.log(retro.toMarkdown().replace("_What went well?_", "The rollback took six minutes."));

  const columns = readColumns(readFileSync(join(data, "columns.toml"), "utf8"));
  const past = await History.fromCsv(readFileSync(join(data, "history.csv")), columns, { as_of: t(0) });
  console.log((await past.summarize("time_to_resolve")).median.why);
  process.stdout.write(await past.report());
}

await story(process.argv[2] ?? "data", (minutes) => new Date(START + minutes * 60_000));
