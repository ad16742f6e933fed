"""What a line reads like without any format."""

from __future__ import annotations

from templates.markup import parse_inline
from templates.writers.words import plain_words


def test_a_line_reads_as_it_sounds() -> None:
    content = parse_inline(r"The *loss* is **large**: $\frac{1}{2} \hat y^2$ by `loss(y)`.")
    assert plain_words(content) == "The loss is large: 1/2 ŷ² by loss(y)."
