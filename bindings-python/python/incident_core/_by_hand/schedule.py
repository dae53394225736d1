"""Questions that are asked many thousand times: numbers go in and come out, and text only for what is unusual."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from .._runtime import _EPOCH, _MICROSECOND, Instant, Noun, _read, ask
from .._types.oncall import OnCallMany, _on_call_many

if TYPE_CHECKING:
    from .._types.ground import PersonId

Instants: TypeAlias = "Iterable[Instant] | array[int] | memoryview"
"""Instants, or a buffer of microseconds since 1970 in 64 bits: `array('q')`, NumPy `int64` or `datetime64`."""


class Schedule(Noun):
    __slots__ = ()

    def people_at(self, at: Instant) -> list[PersonId]:
        """Who is on call at an instant, and nothing else; for whoever asks thousands of times a second."""
        try:
            since = at - _EPOCH  # type: ignore[operator]
            return self._handle.people_at(since.days, since.seconds, since.microseconds)
        except TypeError:  # text, or what no instant is: the core says which
            return cast("list[PersonId]", ask("Schedule.people_at", self._handle, {"at": at}))

    def on_call_many(self, instants: Instants) -> OnCallMany:
        """Who is on call at many instants: the different answers once, and which holds for each instant."""
        given: Any = instants if hasattr(instants, "__len__") else list(instants)
        numbers = _numbers(given) if len(given) else None
        if numbers is None:
            return _on_call_many(ask("Schedule.on_call_many", self._handle, {"instants": list(given)}))
        text, index = self._handle.on_call_many(numbers)
        told = _read(text)
        return OnCallMany(people=told["people"], index=memoryview(index).cast("I").tolist(), tz_version=told["tz_version"])


def _numbers(instants: Any) -> Any:
    """A buffer of microseconds since 1970; nothing where some are no aware datetimes."""
    if getattr(getattr(instants, "dtype", None), "kind", "") == "M":
        return instants.astype("datetime64[us]").view("i8")
    try:
        if memoryview(instants).format in ("q", "l"):
            return instants
    except TypeError:
        pass
    try:
        return array("q", [(at - _EPOCH) // _MICROSECOND for at in instants])
    except TypeError:
        return None
