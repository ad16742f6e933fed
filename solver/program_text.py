"""Terms as program text, with no more parentheses than Python needs: `W2.T @ delta2 * (1 - o1)`."""

from __future__ import annotations

from solver.term import Term

_INFIX = {
    "add": (" + ", 1, 1),
    "subtract": (" - ", 1, 2),
    "multiply": (" * ", 2, 3),
    "divide": (" / ", 2, 3),
    "matmul": (" @ ", 2, 3),
    "power": ("**", 5, 4),
    "general_power": ("**", 5, 4),
}
"""By operation: its sign, and how tightly its left and its right argument have to hold together."""

_SUM, _PRODUCT, _SIGNED, _POWER, _ATOM = 1, 2, 3, 4, 5
_BINDING = {
    "add": _SUM,
    "subtract": _SUM,
    "multiply": _PRODUCT,
    "divide": _PRODUCT,
    "matmul": _PRODUCT,
    "negative": _SIGNED,
    "power": _POWER,
    "general_power": _POWER,
}


def program_text(term: Term) -> str:
    """The term as one would type it; entries are counted from 1."""
    match term.op:
        case "name":
            return str(term.args[0])
        case "number":
            return f"{term.args[0]:.10g}"
        case "transpose":
            return f"{_inside(term.args[0], _ATOM)}.T"
        case "entry":
            index = ", ".join(str(i + 1) for i in term.args[1])
            return f"{_inside(term.args[0], _ATOM)}[{index}]"
        case "negative":
            return f"-{_inside(term.args[0], _SIGNED)}"
        case op if op in _INFIX:
            sign, left, right = _INFIX[op]
            return _inside(term.args[0], left) + sign + _behind(term.args[1], right)
        case op:
            arguments = [program_text(a) for a in term.args if isinstance(a, Term)]
            settings = [f"{a:.10g}" for a in term.args if isinstance(a, float)]
            return f"{op}({', '.join(arguments + settings)})"


def _inside(term: Term, binding: int) -> str:
    text = program_text(term)
    return text if _binding(term) >= binding else f"({text})"


def _behind(term: Term, binding: int) -> str:
    """The text behind a sign, where a minus sign needs parentheses."""
    return f"({program_text(term)})" if _binding(term) == _SIGNED else _inside(term, binding)


def _binding(term: Term) -> int:
    if term.op == "number" and term.args[0] < 0:
        return _SIGNED
    return _BINDING.get(term.op, _ATOM)
