// The shared transcripts: text through the native door, and the same questions through the facade, compared as value.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import * as core from "incident-core";
import runtime from "../runtime.cjs";

const { native, nouns, wrap } = runtime;
const folder = new URL("../../testdata/", import.meta.url);
const schemas = new URL("../../schemas/", import.meta.url);
const operations = readdirSync(schemas).flatMap((name) => JSON.parse(readFileSync(new URL(name, schemas), "utf8")).operations ?? []);
const transcripts = readdirSync(folder).filter((name) => name.endsWith(".txt"));

/** The transcript with the answers as they are now. */
async function run(transcript) {
  const handles = new Map();
  const out = [];
  const lines = transcript.split("\n").slice(0, -1).filter((line) => !/^[<!]/.test(line));
  while (lines.length > 0) {
    const line = lines.shift();
    out.push(line);
    if (line.startsWith("#")) handles.clear();
    if (!line.startsWith("> ")) continue;
    let inline = "";
    while (lines[0]?.startsWith("|")) {
      out.push(lines.shift());
      inline += `${out.at(-1).replace(/^\| ?/, "")}\n`;
    }
    out.push(await ask(line.slice(2), inline, handles));
  }
  return `${out.join("\n")}\n`;
}

async function ask(question, inline, handles) {
  const [, name, target, method, words, args = "{}"] = /^(?:(\w+) = )?(?:(\w+)\.)?(\w+)((?: [&@<][^ ]*)*)(?: (\{.*))?$/s.exec(question);
  const split = words.split(" ").slice(1);
  const given = split.filter((word) => word.startsWith("&")).map((word) => handles.get(word.slice(1)));
  const bytes = split.filter((word) => /^[@<]/.test(word)).map((word) => (word === "<<" ? Buffer.from(inline) : readFileSync(new URL(word.slice(1), folder))));
  const handle = handles.get(target) ?? null;
  const twin = handle?.copy();
  const noun = handle?.noun ?? target;
  const again = () => facade(noun, method, twin, given, bytes, args);
  let answer;
  try {
    if (method === "from_json" && !handle) answer = native.Handle.fromJson(noun, args);
    else if (method === "to_json" && handle) answer = handle.toJson();
    else answer = native.call(noun ? `${noun}.${method}` : method, handle, args, given, bytes);
  } catch (no) {
    assert.equal(no.code, "INCIDENT_CORE");
    const { message, ...told } = JSON.parse(no.message);
    if (!told.code.startsWith("contract.")) {
      await assert.rejects(async () => again(), (same) => same instanceof core.IncidentError && (assert.deepEqual({ ...same }, { name: "IncidentError", hint: undefined, findings: [], ...told }), true));
    }
    return `! ${no.message}`;
  }
  if (method === "to_json" && handle) return `< ${answer}`;
  const value = await again();
  if (typeof answer === "string") {
    assert.deepEqual(value, JSON.parse(answer) ?? undefined);
    return `< ${answer}`;
  }
  handles.set(name ?? "_", answer);
  assert.equal(value.toJson(), answer.toJson());
  return "< handle";
}

function facade(noun, method, handle, given, bytes, text) {
  const owner = noun ? core[noun] : core;
  if (method === "from_json") return owner.fromJson(text);
  const { by_position, by_name } = operations.find((row) => row.name === (noun ? `${noun}.${method}` : method));
  const args = JSON.parse(text);
  const options = Object.fromEntries(by_name.filter((key) => key in args).map((key) => [key, args[key]]));
  const call = method.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
  const positional = by_position.map((key) => args[key]);
  return (handle ? wrap(owner, handle) : owner)[call](...given.map((other) => wrap(nouns[other.noun], other)), ...bytes, ...positional, ...(by_name.length > 0 ? [options] : []));
}

for (const name of transcripts) {
  test(`vectors ${name}`, async () => {
    const text = readFileSync(new URL(name, folder), "utf8");
    assert.equal(await run(text), text);
  });
}

test("there are vectors", () => assert.ok(transcripts.length > 0));
