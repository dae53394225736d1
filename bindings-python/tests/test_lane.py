"""The lane for numbers answers what the operations of the table answer, and refuses what they refuse."""

from array import array
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import incident_core as ic
from incident_core import _runtime
from incident_core._types.oncall import _on_call_many

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
SCHEDULE = ic.Schedule.of({
    "rotation": [{
        "zone": "America/New_York", "hours": "daily 06:00-02:30", "turn": "1 day", "start": "2026-10-25", "handoff": "08:00",
        "members": ["ana", ["bo", "cy"], "nobody"],
    }],
    "override": [{"cover": "dee", "days": "2026-11-02"}],
})
INSTANTS = [datetime(2026, 10, 31, tzinfo=ZoneInfo("America/New_York")) + timedelta(minutes=7 * step) for step in range(600)]


def told(name: str, args: dict[str, object]) -> Any:
    return _runtime.ask(f"Schedule.{name}", SCHEDULE._handle, args)


def test_people_at() -> None:
    for at in INSTANTS:
        assert SCHEDULE.people_at(at) == told("people_at", {"at": at}) == SCHEDULE.people_at(at.isoformat())
    for at in (EPOCH - timedelta(microseconds=1), datetime(1, 1, 1, tzinfo=timezone.utc), datetime(9999, 12, 31, tzinfo=timezone.utc)):
        assert SCHEDULE.people_at(at) == told("people_at", {"at": at}) == []


def test_on_call_many() -> None:
    expected = _on_call_many(told("on_call_many", {"instants": INSTANTS}))
    micros = array("q", [(at - EPOCH) // timedelta(microseconds=1) for at in INSTANTS])
    given: list[Any] = [INSTANTS, tuple(INSTANTS), iter(INSTANTS), [at.isoformat() for at in INSTANTS], micros, memoryview(micros)]
    for instants in given:
        assert SCHEDULE.on_call_many(instants) == expected
    assert len(expected.people) == 4 and SCHEDULE.on_call_many([]).index == []


def test_what_is_no_instant_is_refused_with_its_place() -> None:
    naive: list[Any] = [datetime(2026, 11, 1), 7, None, "yesterday"]
    for bad in naive:
        with pytest.raises(ic.Invalid) as no:
            SCHEDULE.people_at(bad)
        assert no.value.path in ("/at", "")
        with pytest.raises(ic.Invalid) as no:
            SCHEDULE.on_call_many([INSTANTS[0], bad])
        assert no.value.path == "/instants/1"
    with pytest.raises(ic.Invalid) as no:
        SCHEDULE.on_call_many(array("q", [0, 2**63 - 1]))
    assert (no.value.code, no.value.path) == ("time.bad_instant", "/instants/1")
