"""The shared transcripts: text through the native door, and the same questions through the facade, compared as value."""

import json
from datetime import datetime
from pathlib import Path

import pytest

import incident_core as ic
from incident_core import _facade, _native, _runtime

FOLDER = Path(__file__).parents[2] / "testdata"
VECTORS = sorted(FOLDER.glob("*.txt"))


def run(transcript: str) -> str:
    """The transcript with the answers as they are now."""
    out: list[str] = []
    handles: dict[str, _native.Handle] = {}
    lines = [line for line in transcript.splitlines() if not line.startswith(("<", "!"))]
    while lines:
        line = lines.pop(0)
        out.append(line)
        if line.startswith("#"):
            handles.clear()
        if line.startswith("> "):
            inline = ""
            while lines and lines[0].startswith("|"):
                out.append(lines.pop(0))
                inline += out[-1].removeprefix("| ").removeprefix("|") + "\n"
            out.append(ask(line[2:], inline, handles))
    return "\n".join(out) + "\n"


def ask(question: str, inline: str, handles: dict[str, _native.Handle]) -> str:
    head, _, args = question.partition(" {")
    args = "{" + args if args else "{}"
    name, _, head = head.rpartition(" = ")
    path, *words = head.split(" ")
    with_ = [handles[word[1:]] for word in words if word.startswith("&")]
    data = [inline.encode() if word == "<<" else (FOLDER / word[1:]).read_bytes() for word in words if word[0] in "@<"]
    target, _, method = path.rpartition(".")
    this = handles.get(target)
    twin = this.copy() if this else None
    noun = this.noun if this else target
    try:
        if method == "from_json" and not this:
            answer: str | _native.Handle = _native.Handle.from_json(noun, args)
        elif method == "to_json" and this:
            answer = this.to_json()
        else:
            answer = _native.call(f"{noun}.{method}" if noun else method, this, args, tuple(with_), tuple(data))
    except ic.IncidentCoreError as no:
        if not no.code.startswith("contract."):
            with pytest.raises(type(no)) as again:
                facade(noun, method, twin, with_, data, args)
            assert told(again.value) == told(no)
        return "! " + told(no)
    if isinstance(answer, _native.Handle):
        handles[name or "_"] = answer
    elif method == "to_json":
        return f"< {answer}"
    value = facade(noun, method, twin, with_, data, args)
    if isinstance(answer, str):
        assert same(normal(json.loads(_runtime.write(value))), normal(json.loads(answer)))
        return f"< {answer}"
    assert isinstance(value, _runtime.Noun) and value.to_json() == answer.to_json()
    return "< handle"


def facade(noun: str, method: str, this: _native.Handle | None, with_: list[_native.Handle], data: list[bytes], args: str) -> object:
    owner = getattr(ic, noun) if noun else ic
    call = getattr(owner._of(this) if this else owner, method)
    if method == "from_json":
        return call(args)
    return call(*(getattr(_facade, other.noun)._of(other) for other in with_), *data, **json.loads(args))


def normal(value: object) -> object:
    """Instants and durations as values, and nothing that is absent."""
    if isinstance(value, dict):
        return {k: normal(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [normal(v) for v in value]
    if isinstance(value, str):
        for read in (_runtime.elapsed, datetime.fromisoformat):
            try:
                return read(value)
            except ValueError:
                pass
    return value


def same(told: object, answer: object) -> bool:
    """Equal as values; a member of a union has its `type` everywhere in Python."""
    if isinstance(told, dict) and isinstance(answer, dict):
        more = told.keys() - answer.keys()
        return more <= {"type"} and told.keys() >= answer.keys() and all(same(told[key], part) for key, part in answer.items())
    if isinstance(told, list) and isinstance(answer, list):
        return len(told) == len(answer) and all(map(same, told, answer))
    return told == answer


def told(no: ic.IncidentCoreError) -> str:
    parts = {"kind": type(no).__name__.lower(), "code": no.code, "message": no.message, "path": no.path, "hint": no.hint, "findings": no.findings or None}
    return _runtime.write(parts)


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_vectors(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert run(text) == text


def test_there_are_vectors() -> None:
    assert VECTORS
