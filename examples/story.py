"""The story: one incident from its alert to its retrospective, and the history behind it. The same program stands in
`story.rs` and `story.ts`; all three print the same bytes."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import incident_core as ic

START = datetime(2026, 3, 14, 1, 12, tzinfo=timezone.utc)


def story(t: Callable[[int], datetime]) -> None:
    data = Path(__file__).parent / "data"
    team = ic.Handbook.read((data / "payments.toml").read_text(), file="payments.toml")
    print(team.report(start="2026-03-16T08:00").why)
    scheme = team.scheme()

    alert = ic.read((data / "alertmanager.json").read_bytes())
    id = "019ce9f0-0000-7000-8000-000000000001"
    inc = ic.Incident.declare_from(alert.candidates[0], by="ana", at=t(0), id=id)
    print(inc.title())

    inc.report_impact("checkout", "partial", by="ana", at=t(2))
    answer = scheme.classify(inc.facts(t(2)))
    print(answer.why)
    inc.classify(answer, by="ana", at=t(2))

    print(team.schedule("primary").on_call(t(2)).why)
    world = team.world()
    escalation = ic.Escalation.start(inc, team.policy("payments"), at=t(2))
    for action in escalation.drain(world):
        if action.type != "unknown":
            print(action.why)
        inc.record(action, by="pager", at=t(2))

    inc.acknowledge(by="bo", at=t(5))
    escalation.feed(inc)
    assert not escalation.drain(world) and escalation.next_deadline() is None
    try:
        inc.acknowledge(by="ana", at=t(6))
    except ic.Refused as no:
        print(no.code)
    inc.resolve(by="bo", at=t(31), resolution="rolled back 4f1c")
    for moment in inc.timeline():
        print(moment.text)

    retro = ic.Retrospective.draft(inc, at=t(60))
    print(retro.to_markdown().replace("_What went well?_", "The rollback took six minutes."))

    columns = ic.read_columns((data / "columns.toml").read_text())
    past = ic.History.from_csv((data / "history.csv").read_bytes(), columns, as_of=t(0))
    print(past.summarize("time_to_resolve").median.why)
    print(past.report(), end="")


if __name__ == "__main__":
    story(lambda minutes: START + timedelta(minutes=minutes))
