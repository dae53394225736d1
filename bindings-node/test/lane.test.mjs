// The lane for numbers answers what the operations of the table answer, and refuses what they refuse.
import assert from "node:assert/strict";
import { test } from "node:test";
import { IncidentError, Schedule } from "incident-core";
import runtime from "../runtime.cjs";

const schedule = Schedule.of({
  rotation: [{
    zone: "America/New_York", hours: "daily 06:00-02:30", turn: "1 day", start: "2026-10-25", handoff: "08:00",
    members: ["ana", ["bo", "cy"], "nobody"],
  }],
  override: [{ cover: "dee", days: "2026-11-02" }],
});
const instants = Array.from({ length: 600 }, (_, step) => new Date(Date.UTC(2026, 9, 31, 4) + step * 7 * 60_000));

test("people at an instant", () => {
  for (const at of instants) {
    const expected = runtime.ask("Schedule.people_at", schedule, { at });
    assert.deepEqual(schedule.peopleAt(at), expected);
    assert.deepEqual(schedule.peopleAt(at.toISOString()), expected);
  }
});

test("on call at many instants", () => {
  const expected = runtime.ask("Schedule.on_call_many", schedule, { instants });
  assert.equal(expected.people.length, 4);
  const millis = Float64Array.from(instants, (at) => at.getTime());
  for (const given of [instants, instants.map((at) => at.toISOString()), millis, BigInt64Array.from(millis, BigInt)]) {
    assert.deepEqual(schedule.onCallMany(given), expected);
  }
  assert.deepEqual(schedule.onCallMany([]).index, []);
});

test("what is no instant is refused with its place", () => {
  for (const bad of [new Date(NaN), 7, null, "yesterday"]) {
    assert.throws(() => schedule.peopleAt(bad), IncidentError);
    assert.throws(() => schedule.onCallMany([instants[0], bad]), (no) => no instanceof IncidentError && no.path === "/instants/1");
  }
  for (const bad of [NaN, Infinity, 8.64e18]) {
    assert.throws(() => schedule.onCallMany(Float64Array.of(0, bad)), (no) => no.code === "time.bad_instant" && no.path === "/instants/1");
  }
});
