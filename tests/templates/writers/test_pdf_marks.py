from __future__ import annotations

from templates.boxes import Bar, Box, Circle, Glyphs, Mark, Path
from templates.layout.frames import Frame
from templates.writers.pdf_marks import operators


class Plain:
    """An encoder that shows text as it is, each font under its own name."""

    def encoded(self, font: str, text: str) -> tuple[tuple[str, str], ...]:
        return ((f"/{font}", text),)


def drawn(*marks: Mark) -> list[str]:
    frame = Frame(10, 10, 0, ((100.0, 200.0, Box(10, 10, 0, marks)),))
    return operators(frame, Plain()).split("\n")  # type: ignore[arg-type]


def test_text_is_placed_from_the_corner_of_the_page() -> None:
    assert drawn(Glyphs("F", 10, "ab", 1, 2)) == [
        "BT",
        "0 0 0 rg",
        "/F 10.00 Tf",
        "1 0 0 1 101.00 202.00 Tm(ab)Tj",
        "ET",
    ]


def test_font_and_ink_are_set_only_when_they_change() -> None:
    lines = drawn(Glyphs("F", 10, "a"), Glyphs("F", 10, "b"), Glyphs("F", 7, "c", ink="#ff0000"))
    assert sum(line.endswith("Tf") for line in lines) == 2
    assert [line for line in lines if line.endswith("rg")] == ["0 0 0 rg", "1 0 0 rg"]


def test_a_bar_is_a_filled_rectangle_before_the_text() -> None:
    assert drawn(Bar(5, 0.4, 1, 2))[0] == "0 0 0 rg 101.00 202.00 5.00 0.40 re f"


def test_a_dashed_polygon_leaves_no_dashes_behind() -> None:
    path = Path(((0, 0), (1, 0), (1, 1)), fill="#ffffff", closed=True, dashed=True)
    assert drawn(path)[0] == (
        "[3 2] 0 d 0.50 w 0 0 0 RG 1 1 1 rg "
        "100.00 200.00 m 101.00 200.00 l 101.00 201.00 l h B [] 0 d"
    )


def test_a_curve_takes_its_points_in_threes() -> None:
    path = Path(((0, 0), (1, 0), (1, 1), (0, 1)), curved=True)
    assert "100.00 200.00 m 101.00 200.00 101.00 201.00 100.00 201.00 c S" in drawn(path)[0]


def test_a_circle_is_four_curves_through_its_compass_points() -> None:
    (line, *_) = drawn(Circle(2, 0, 0))
    assert line.count(" c") == 4
    for point in ("102.00 200.00", "100.00 202.00", "98.00 200.00", "100.00 198.00"):
        assert point in line
    assert line.endswith("h S")
