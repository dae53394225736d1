"""Who is on call, from Python, beside python-dateutil and recurring_ical_events: the answers are compared first.

The rotation changes weekly among five people in New York, since 2021. The peers have a weekly rule with an interval of
five for each person. Every question is about another instant; dateutil's `cache=True`, which keeps what it has expanded,
is a row of its own.
"""

from array import array
from datetime import datetime, timedelta, timezone
from time import perf_counter_ns
from zoneinfo import ZoneInfo

import icalendar
import incident_core as ic
import recurring_ical_events
from dateutil.rrule import WEEKLY, rrule

PEOPLE = ["ana", "bo", "cy", "dee", "eli"]
ZONE = ZoneInfo("America/New_York")
FIRST = datetime(2021, 1, 4, 9)
WEEK = timedelta(weeks=1)
SCHEDULE = ic.Schedule.of({"rotation": [{
    "zone": "America/New_York", "turn": "1 week", "start": "2021-01-04", "handoff": "Mon 09:00", "members": PEOPLE,
}]})


def instants(count):
    """Instants all over two years, none twice."""
    first = datetime(2026, 1, 6, tzinfo=timezone.utc)
    return [first + timedelta(seconds=step * 38_979_361 % (2 * 365 * 24 * 3_600)) for step in range(count)]


def rules(cache):
    """A rule a person, on the clock on the wall, as dateutil recommends."""
    return [rrule(WEEKLY, interval=5, dtstart=FIRST + number * WEEK, cache=cache) for number in range(5)]


def asked(rules, at):
    """The person whose last week has begun last."""
    local = at.astimezone(ZONE).replace(tzinfo=None)
    begun = [(rule.before(local, inc=True), person) for rule, person in zip(rules, PEOPLE)]
    return max(begun)[1]


def calendar():
    """An event a person, a week long."""
    whole = icalendar.Calendar()
    for number, person in enumerate(PEOPLE):
        event = icalendar.Event()
        start = (FIRST + number * WEEK).replace(tzinfo=ZONE)
        event.add("summary", person)
        event.add("uid", person)
        event.add("dtstart", start)
        event.add("dtend", start + WEEK)
        event.add("rrule", {"freq": "weekly", "interval": 5})
        whole.add_component(event)
    return recurring_ical_events.of(whole)


def of_events(events, at):
    return [str(event["summary"]) for event in events.at(at)]


def time(ask, asked, rounds=5):
    """The best mean of a few rounds, in microseconds."""
    best = None
    for _ in range(rounds):
        start = perf_counter_ns()
        for at in asked:
            ask(at)
        took = (perf_counter_ns() - start) / len(asked) / 1e3
        best = took if best is None else min(best, took)
    return best


def main():
    plain, cached, events = rules(False), rules(True), calendar()
    for at in instants(300):
        expected = [asked(plain, at)]
        assert SCHEDULE.people_at(at) == expected == [asked(cached, at)], at
        assert SCHEDULE.on_call(at).people == expected, at
    for at in instants(40):
        assert of_events(events, at) == SCHEDULE.people_at(at), at

    ours = time(SCHEDULE.people_at, instants(20_000))
    peers = {
        "dateutil": time(lambda at: asked(plain, at), instants(200)),
        "dateutil with cache=True": time(lambda at: asked(cached, at), instants(2_000)),
        "recurring_ical_events": time(lambda at: of_events(events, at), instants(40), rounds=2),
    }
    for name, took in peers.items():
        print(f"people_at: {ours:.3f} us; {name} {took:.1f} us; {took / ours:.0f} times as fast")
    print(f"on_call, decoded with its reasons: {time(SCHEDULE.on_call, instants(2_000)):.1f} us")

    many = instants(100_000)
    micros = array("q", [(at - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(microseconds=1) for at in many])
    texts = [at.isoformat() for at in many]
    known = SCHEDULE.on_call_many(micros)
    for what, given in {"datetimes": many, "a buffer": micros, "texts": texts}.items():
        assert SCHEDULE.on_call_many(given) == known
        start = perf_counter_ns()
        SCHEDULE.on_call_many(given)
        print(f"on_call_many of 100,000, {what}: {(perf_counter_ns() - start) / 1e6:.0f} ms")


if __name__ == "__main__":
    main()
