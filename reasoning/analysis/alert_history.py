"""Alert history: which alerts are new to a buyer, given those reported before, in this run or an earlier one.

A finding is reported once for as long as it holds. It is new again only after an instant at which alerts were computed
and it did not hold. A rise is reported once for the instant to which the exposure rose.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reasoning.analysis.alerts import Alert

Span = tuple[str, str]  # the first and the last instant of world time


@dataclass(frozen=True, slots=True)
class ReportedAlerts:
    """The alerts reported so far.

    Attributes:
        instants: The instants of world time at which alerts were computed, ascending.
        spans: By the key of an alert, when it held: spans, ascending, that do not touch. The key of a rise has its
            instant.
    """

    instants: tuple[str, ...] = ()
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)


def news(found: Sequence[Alert], instants: Sequence[str], reported: ReportedAlerts) -> tuple[Alert, ...]:
    """Those of the alerts found at some instants that were not reported before, in their order."""
    after = with_reported(found, instants, reported)
    return tuple(alert for alert in found if not _is_reported(alert, reported, after))


def with_reported(found: Sequence[Alert], instants: Sequence[str], reported: ReportedAlerts) -> ReportedAlerts:
    """The history after the alerts found at some instants are reported too."""
    computed = tuple(sorted({*reported.instants, *instants}))
    spans: dict[str, list[Span]] = defaultdict(list, {key: list(same) for key, same in reported.spans.items()})
    for alert in found:
        key, span = _entry(alert)
        spans[key].append(span)
    return ReportedAlerts(computed, {key: _joined(same, computed) for key, same in sorted(spans.items())})


def _entry(alert: Alert) -> tuple[str, Span]:
    """The key of an alert in the history, and when it held."""
    if alert.sort == "rise":
        return f"{alert.key}@{alert.until}", (alert.until, alert.until)
    return alert.key, (alert.since, alert.until)


def _is_reported(alert: Alert, before: ReportedAlerts, after: ReportedAlerts) -> bool:
    key, (first, last) = _entry(alert)
    now = next(span for span in after.spans[key] if span[0] <= first and last <= span[1])
    return any(now[0] <= since and until <= now[1] for since, until in before.spans.get(key, ()))


def _joined(spans: Iterable[Span], computed: Sequence[str]) -> tuple[Span, ...]:
    """The spans; two are one where alerts were computed at no instant between them."""
    return tuple(_join(sorted(spans), computed))


def _join(spans: Sequence[Span], computed: Sequence[str]) -> Iterator[Span]:
    since, until = spans[0]
    for start, end in spans[1:]:
        if any(until < instant < start for instant in computed):
            yield since, until
            since, until = start, end
        until = max(until, end)
    yield since, until
