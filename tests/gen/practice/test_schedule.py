"""The page's schedule and the terminal's are one rule: they agree on thousands of histories."""

from __future__ import annotations

import json
from typing import Any

from gen.draw import Draw
from gen.practice.leitner import (
    BOXES,
    Standing,
    after,
    following,
    is_weak,
    like,
    mastery,
    variant,
)
from gen.vocabulary import DIFFICULTIES
from templates.practice import script

NOW = 1_800_000_000
RESULTS = ("right", "helped", "wrong")
CASES = 2_000

AGREE = """(cases) => cases.map((
  { skills, standings, last, now, result, skill, levels, forms, asked, place, results }
) => ({
  after: Schedule.after(standings[skill], result, now),
  following: Schedule.following(skills, standings, last, now),
  variant: Schedule.variant(levels, asked, standings[skill]),
  like: Schedule.like(levels.map((level, n) => ({ level, form: forms[n] })), asked, place),
  weak: Schedule.isWeak(standings[skill], results),
  mastery: Schedule.mastery(skills, standings),
}))"""


def case(draw: Draw) -> dict[str, Any]:
    skills = [f"skill_{n}" for n in range(draw.integer(1, 6))]
    standings = {
        skill: {"box": draw.integer(1, BOXES), "due": NOW + draw.integer(-3, 3)}
        for skill in skills
        if draw.integer(0, 2)
    }
    levels = [draw.choice(DIFFICULTIES) for _ in range(draw.integer(1, 8))]
    return {
        "skills": skills,
        "standings": standings,
        "last": draw.choice([*skills, ""]),
        "now": NOW,
        "result": draw.choice(RESULTS),
        "skill": draw.choice(skills),
        "levels": levels,
        "forms": [draw.choice(("numeric", "choice")) for _ in levels],
        "asked": [draw.integer(0, 3) for _ in levels],
        "place": draw.integer(0, len(levels) - 1),
        "results": [draw.choice(RESULTS) for _ in range(draw.integer(0, 5))],
    }


def in_python(case: dict[str, Any]) -> dict[str, Any]:
    standings = {skill: Standing(**each) for skill, each in case["standings"].items()}
    own = standings.get(case["skill"])
    moved = after(own, case["result"], case["now"])
    return {
        "after": {"box": moved.box, "due": moved.due},
        "following": following(case["skills"], standings, case["last"], case["now"]),
        "variant": variant(case["levels"], case["asked"], own),
        "like": like(case["levels"], case["forms"], case["asked"], case["place"]),
        "weak": is_weak(own, [result != "right" for result in case["results"]]),
        "mastery": mastery(case["skills"], standings),
    }


def test_both_agree_on_every_decision(browser: Any):
    cases = [case(Draw("schedule", number)) for number in range(CASES)]
    page = browser.new_page()
    page.set_content("<p>schedule</p>")
    source = script(["schedule.js"])
    found = page.evaluate(f"() => {{ {source}; return ({AGREE})({json.dumps(cases)}); }}")
    page.close()
    for number, (ours, theirs) in enumerate(zip(map(in_python, cases), found, strict=True)):
        assert ours == theirs, cases[number]
