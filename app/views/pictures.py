"""Pictures as plain SVG: a curve with its interval over time, and a network by tiers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from ontology.errors import StoreReadOnlyError

_WIDTH, _HEIGHT, _EDGE = 900, 420, 60
_NAME = 180  # room for the names beside the last tier
_STYLE = (
    "text{font:12px sans-serif;fill:#222;paint-order:stroke;stroke:#fff;stroke-width:3px}"
    ".axis{stroke:#888}.band{fill:#4477aa;fill-opacity:.18}"
    ".line{fill:none;stroke:#4477aa;stroke-width:2}.dot{fill:#4477aa}.way{stroke:#bbb;stroke-width:1}"
    ".firm{fill:#ccc}.point{fill:#cc3311}.hot{stroke:#cc3311;stroke-width:2}"
)


@dataclass(frozen=True, slots=True)
class Spot:
    """One point of a curve, with the interval that it lies in."""

    label: str
    low: float
    value: float
    high: float


def curve(title: str, spots: Sequence[Spot]) -> str:
    """A curve in its interval, from left to right in the order given; the axis begins at 0."""
    top = max((spot.high for spot in spots), default=0.0) or 1.0
    xs = [_EDGE + (_WIDTH - 2 * _EDGE) * (place / max(len(spots) - 1, 1)) for place in range(len(spots))]

    def y(value: float) -> float:
        return _HEIGHT - _EDGE - (_HEIGHT - 2 * _EDGE) * value / top

    upper = [f"{x:.1f},{y(spot.high):.1f}" for x, spot in zip(xs, spots, strict=True)]
    lower = [f"{x:.1f},{y(spot.low):.1f}" for x, spot in zip(xs, spots, strict=True)]
    line = [f"{x:.1f},{y(spot.value):.1f}" for x, spot in zip(xs, spots, strict=True)]
    parts = [
        f'<polygon class="band" points="{" ".join([*upper, *reversed(lower)])}"/>',
        f'<polyline class="line" points="{" ".join(line)}"/>',
        *_axes(top),
    ]
    for x, spot in zip(xs, spots, strict=True):
        told = escape(f"{spot.label}: {spot.value:.4f} ({spot.low:.4f} – {spot.high:.4f})")
        parts.append(f'<circle class="dot" cx="{x:.1f}" cy="{y(spot.value):.1f}" r="4"><title>{told}</title></circle>')
        parts.append(f'<text x="{x:.1f}" y="{_HEIGHT - _EDGE + 20}" text-anchor="middle">{escape(spot.label)}</text>')
    return _picture(title, parts, _HEIGHT)


def _axes(top: float) -> Iterable[str]:
    bottom = _HEIGHT - _EDGE
    yield f'<line class="axis" x1="{_EDGE}" y1="{_EDGE}" x2="{_EDGE}" y2="{bottom}"/>'
    yield f'<line class="axis" x1="{_EDGE}" y1="{bottom}" x2="{_WIDTH - _EDGE}" y2="{bottom}"/>'
    for part in (0.0, 0.5, 1.0):
        height = bottom - (bottom - _EDGE) * part
        yield f'<text x="{_EDGE - 8}" y="{height + 4:.1f}" text-anchor="end">{top * part:.3f}</text>'


@dataclass(frozen=True, slots=True)
class Firm:
    """One firm of a tier picture; `marked` ones stand out."""

    name: str
    tier: int
    marked: bool = False


def tier_picture(title: str, firms: Mapping[str, Firm], ways: Iterable[tuple[str, str]]) -> str:
    """Firms by tier from left (the buyer) to right, with a line for each supplier and customer; by id."""
    columns: dict[int, list[str]] = {}
    for one in sorted(firms, key=lambda entity: (firms[entity].tier, firms[entity].name, entity)):
        columns.setdefault(firms[one].tier, []).append(one)
    height = max(_HEIGHT, 22 * max((len(column) for column in columns.values()), default=0) + 2 * _EDGE)
    step = (_WIDTH - _EDGE - _NAME) / max(len(columns) - 1, 1)
    spots = {
        one: (_EDGE + step * number, _EDGE + (height - 2 * _EDGE) * (place + 0.5) / len(columns[tier]))
        for number, tier in enumerate(sorted(columns))
        for place, one in enumerate(columns[tier])
    }
    parts = [_line(spots[one], spots[two], hot=firms[one].marked) for one, two in sorted(set(ways))]
    parts += [_firm(firms[one], spot) for one, spot in spots.items()]
    return _picture(title, parts, height)


def _line(one: tuple[float, float], two: tuple[float, float], *, hot: bool) -> str:
    ends = f'x1="{one[0]:.1f}" y1="{one[1]:.1f}" x2="{two[0]:.1f}" y2="{two[1]:.1f}"'
    return f'<line class="{"hot" if hot else "way"}" {ends}/>'


def _firm(firm: Firm, spot: tuple[float, float]) -> str:
    sort, size = ("point", 7) if firm.marked else ("firm", 4)
    named = f'<text x="{spot[0] + 9:.1f}" y="{spot[1] + 4:.1f}">{escape(firm.name)}</text>' if firm.marked else ""
    circle = f'<circle class="{sort}" cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="{size}">'
    return f"{circle}<title>{escape(firm.name)}, tier {firm.tier}</title></circle>{named}"


def _picture(title: str, parts: Iterable[str], height: int) -> str:
    body = "\n".join(parts)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">'
    named = f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>"
    heading = f'<text x="{_EDGE}" y="28" font-size="16">{escape(title)}</text>'
    return f"{head}\n{named}\n{heading}\n{body}\n</svg>\n"


def write_picture(path: Path, picture: str) -> None:
    """Write a picture.

    Raises:
        StoreReadOnlyError: The file cannot be written.
    """
    try:
        path.write_text(picture, encoding="utf-8")
    except OSError as error:
        raise StoreReadOnlyError(f"{path} cannot be written: {error.strerror}", fix="name another file") from error
