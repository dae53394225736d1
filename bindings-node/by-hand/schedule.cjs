// Questions that are asked many thousand times: numbers go in and come out, and text only for what is unusual.
"use strict";
const { HANDLE, Noun, ask, guard } = require("../runtime.cjs");

exports.Schedule = class Schedule extends Noun {
  peopleAt(at) {
    const millis = at instanceof Date ? at.getTime() : NaN;
    // Text, or what no instant is: the core says which.
    if (Number.isNaN(millis)) return ask("Schedule.people_at", this, { at });
    return guard(() => this[HANDLE].peopleAt(millis));
  }
  onCallMany(instants) {
    const millis = numbers(instants);
    if (millis === undefined) return ask("Schedule.on_call_many", this, { instants });
    const { text, index } = guard(() => this[HANDLE].onCallMany(millis));
    const told = JSON.parse(text);
    return { people: told.people, index: Array.from(index), tz_version: told.tz_version };
  }
};

/** Milliseconds since 1970; nothing where some are no dates. */
function numbers(instants) {
  if (instants instanceof Float64Array) return instants;
  if (instants instanceof BigInt64Array) return Float64Array.from(instants, Number);
  if (!Array.isArray(instants)) return undefined;
  const millis = new Float64Array(instants.length);
  for (let at = 0; at < millis.length; at++) {
    const instant = instants[at];
    const found = instant instanceof Date ? instant.getTime() : NaN;
    if (Number.isNaN(found)) return undefined;
    millis[at] = found;
  }
  return millis;
}
