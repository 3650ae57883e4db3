"""Telling: which alerts are news to a buyer who was told of others before, in this run or an earlier one.

A finding is told once for as long as it holds: it is news again only where it was looked for in between and did not
hold. A rise is told once for the instant to which the exposure rose.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reasoning.analysis.alerts import Alert

Span = tuple[str, str]  # the first and the last instant of world time


@dataclass(frozen=True, slots=True)
class Told:
    """What was told before.

    Attributes:
        asked: The instants at which it was looked for alerts, ascending.
        held: By the key of an alert, when what was told of held: spans, ascending, that do not touch. A rise is kept
            under its key with the instant.
    """

    asked: tuple[str, ...] = ()
    held: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)


def news(found: Sequence[Alert], instants: Sequence[str], told: Told) -> tuple[Alert, ...]:
    """Those of the alerts found at these instants that were not told before, in their order."""
    after = remember(found, instants, told)
    return tuple(alert for alert in found if not _is_told(alert, told, after))


def remember(found: Sequence[Alert], instants: Sequence[str], told: Told) -> Told:
    """What was told, once these alerts were too."""
    asked = tuple(sorted({*told.asked, *instants}))
    spans: dict[str, list[Span]] = defaultdict(list, {key: list(held) for key, held in told.held.items()})
    for alert in found:
        mark, span = _mark(alert)
        spans[mark].append(span)
    return Told(asked, {mark: _joined(held, asked) for mark, held in sorted(spans.items())})


def _mark(alert: Alert) -> tuple[str, Span]:
    """Under what an alert is remembered, and when that held."""
    if alert.sort == "rise":
        return f"{alert.key}@{alert.until}", (alert.until, alert.until)
    return alert.key, (alert.since, alert.until)


def _is_told(alert: Alert, told: Told, after: Told) -> bool:
    mark, (first, last) = _mark(alert)
    now = next(span for span in after.held[mark] if span[0] <= first and last <= span[1])
    return any(now[0] <= since and until <= now[1] for since, until in told.held.get(mark, ()))


def _joined(spans: Iterable[Span], asked: Sequence[str]) -> tuple[Span, ...]:
    """The spans, with those made one between which it was never looked."""
    return tuple(_join(sorted(spans), asked))


def _join(spans: Sequence[Span], asked: Sequence[str]) -> Iterator[Span]:
    since, until = spans[0]
    for start, end in spans[1:]:
        if any(until < instant < start for instant in asked):
            yield since, until
            since, until = start, end
        until = max(until, end)
    yield since, until
