// Who is on call, from Node, beside rrule and rrule-rust: the answers are compared first.
//
// The rotation changes weekly among five people in New York, since 2021. The peers have a weekly rule with an interval of
// five for each person and are asked for the five weeks up to the instant. Every question is about another instant,
// because rrule-rust keeps the answers to questions that it was asked before. rrule works on times without a zone, so the
// local times are made for it beforehand.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";
import rruleModule from "rrule";
import { DateTime, RRuleSet } from "rrule-rust";

// The package of this repository, wherever the peers are.
const { Schedule } = createRequire(import.meta.url)("../../bindings-node");
const { RRule } = rruleModule;

const PEOPLE = ["ana", "bo", "cy", "dee", "eli"];
const WEEK = 7 * 24 * 3600 * 1000;
const FIRST = Date.UTC(2021, 0, 4, 9);
const schedule = Schedule.of({
  rotation: [{ zone: "America/New_York", turn: "1 week", start: "2021-01-04", handoff: "Mon 09:00", members: PEOPLE }],
});

/** Instants all over two years, none twice. */
function instants(count, from = 0) {
  const first = Date.UTC(2026, 0, 6);
  return Array.from({ length: count }, (_, step) => new Date(first + (((from + step) * 38_979_361) % (2 * 365 * 24 * 3600)) * 1000));
}

const text = (number) => new Date(FIRST + number * WEEK).toISOString().replace(/[-:]|\.000Z/g, "");
const rust = PEOPLE.map((_, number) => RRuleSet.fromString(`DTSTART;TZID=America/New_York:${text(number)}\nRRULE:FREQ=WEEKLY;INTERVAL=5`));
const plain = PEOPLE.map((_, number) => new RRule({ freq: RRule.WEEKLY, interval: 5, dtstart: new Date(FIRST + number * WEEK) }, true));

/** The person whose last week has begun last. */
function last(begun) {
  return PEOPLE[begun.reduce((best, at, number) => (at > begun[best] ? number : best), 0)];
}

function askRust(at) {
  const [start, end] = [at.getTime() - 5 * WEEK, at.getTime()].map((millis) => DateTime.fromTimestamp(millis));
  return last(rust.map((rule) => rule.between(start, end, true).at(-1)?.toTimestamp() ?? -Infinity));
}

function askPlain(local) {
  return last(plain.map((rule) => rule.between(new Date(local.getTime() - 5 * WEEK), local, true).at(-1)?.getTime() ?? -Infinity));
}

const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: "America/New_York", dateStyle: "short", timeStyle: "medium" });
const local = (at) => new Date(`${parts.format(at).replace(" ", "T")}Z`);

/** The mean of one round, in microseconds; the best of a few where a question may come again. */
function time(ask, asked, rounds = 1) {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (const at of asked) ask(at);
    best = Math.min(best, ((performance.now() - start) * 1e3) / asked.length);
  }
  return best;
}

for (const at of instants(300)) {
  const [person] = schedule.peopleAt(at);
  assert.equal(person, askRust(at), at.toISOString());
  assert.equal(person, askPlain(local(at)), at.toISOString());
  assert.deepEqual(schedule.onCall(at).people, [person]);
}

const ours = time((at) => schedule.peopleAt(at), instants(20_000, 1_000), 5);
const say = (name, took) => console.log(`peopleAt: ${ours.toFixed(2)} us; ${name} ${took.toFixed(1)} us; ${(took / ours).toFixed(0)} times as fast`);
say("rrule-rust", time(askRust, instants(3_000, 30_000)));
say("rrule", time(askPlain, instants(500, 40_000).map(local)));
console.log(`onCall, decoded with its reasons: ${time((at) => schedule.onCall(at), instants(2_000)).toFixed(1)} us`);

const many = instants(100_000);
const millis = Float64Array.from(many, (at) => at.getTime());
const known = schedule.onCallMany(millis);
for (const [what, given] of Object.entries({
  dates: many,
  "a Float64Array": millis,
  "a BigInt64Array": BigInt64Array.from(many, (at) => BigInt(at.getTime())),
  texts: many.map((at) => at.toISOString()),
})) {
  assert.deepEqual(schedule.onCallMany(given), known);
  const start = performance.now();
  schedule.onCallMany(given);
  console.log(`onCallMany of 100,000, ${what}: ${(performance.now() - start).toFixed(0)} ms`);
}
