"""Pictures: well-formed SVG that shows what it was given, and obeys no name."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from app.views.pictures import Firm, Spot, curve, tier_picture, write_picture
from ontology.errors import StoreReadOnlyError

SVG = "{http://www.w3.org/2000/svg}"


def parsed(picture: str) -> Any:
    return ET.fromstring(picture)


def test_a_curve_has_a_dot_for_each_date_inside_its_band():
    spots = [Spot("2025-01-01", 0.1, 0.2, 0.4), Spot("2026-01-01", 0.0, 0.1, 0.2)]
    picture = parsed(curve("Exposure of <us>", spots))
    dots = picture.findall(f"{SVG}circle")
    assert len(dots) == 2
    assert dots[0].find(f"{SVG}title").text == "2025-01-01: 0.2000 (0.1000 – 0.4000)"
    heights = [float(dot.get("cy")) for dot in dots]
    assert heights[0] < heights[1]  # greater is higher
    band = picture.find(f"{SVG}polygon").get("points").split()
    assert len(band) == 4
    assert picture.find(f"{SVG}title").text == "Exposure of <us>"


@pytest.mark.parametrize("spots", [[], [Spot("x", 0.0, 0.0, 0.0)]])
def test_a_curve_of_nothing_is_a_picture_too(spots):
    assert len(parsed(curve("x", spots)).findall(f"{SVG}circle")) == len(spots)


def test_a_tier_picture_has_a_column_a_tier_and_marks_what_stands_out():
    firms = {"a": Firm("Us", 0), "b": Firm("B & sons", 1), "c": Firm("<script>", 1, marked=True), "d": Firm("D", 3)}
    picture = parsed(tier_picture("x", firms, [("b", "a"), ("c", "a"), ("d", "b"), ("d", "b")]))
    spots = {dot.find(f"{SVG}title").text: dot for dot in picture.findall(f"{SVG}circle")}
    assert set(spots) == {"Us, tier 0", "B & sons, tier 1", "<script>, tier 1", "D, tier 3"}
    places = {name: float(dot.get("cx")) for name, dot in spots.items()}
    assert places["Us, tier 0"] < places["B & sons, tier 1"] == places["<script>, tier 1"] < places["D, tier 3"]
    assert spots["<script>, tier 1"].get("class") == "point"
    assert len(picture.findall(f"{SVG}line")) == 3
    assert "<script>," not in tier_picture("x", firms, [])


def test_the_same_in_gives_the_same_bytes():
    firms = {"a": Firm("Us", 0), "b": Firm("B", 1)}
    assert tier_picture("x", firms, {("b", "a")}) == tier_picture("x", dict(reversed(firms.items())), [("b", "a")])


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    write_picture(tmp_path / "x.svg", curve("x", []))
    assert (tmp_path / "x.svg").read_text().startswith("<svg")
    with pytest.raises(StoreReadOnlyError) as raised:
        write_picture(tmp_path / "nowhere" / "x.svg", "")
    assert raised.value.fix
