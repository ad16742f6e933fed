/* Which skill comes next: Leitner's boxes, as gen/practice/leitner.py has them.

   A standing is {box, due}: the box from 1 to 5, and the seconds since 1970 when the skill is due.
   The two implementations are tested against each other. */

const Schedule = (() => {
  "use strict";

  const BOXES = 5;
  const WAITS = [60, 600, 86400, 3 * 86400, 7 * 86400];
  const LEVELS = ["easy", "easy", "medium", "hard", "hard"];
  const RECENT = 3;
  const ORDER = { easy: 0, medium: 1, hard: 2 };

  /** Where a skill stands after a result: "right", "helped" or "wrong". */
  function after(standing, result, now) {
    let box = standing ? standing.box : 1;
    if (result === "right") box = Math.min(box + 1, BOXES);
    else if (result === "wrong") box = 1;
    return { box, due: now + WAITS[box - 1] };
  }

  /** The smallest by a list of numbers; of equals the first. */
  function smallest(things, numbers) {
    let best = 0;
    const keys = things.map(numbers);
    for (let place = 1; place < things.length; place += 1) {
      const unequal = keys[place].findIndex((number, n) => number !== keys[best][n]);
      if (unequal >= 0 && keys[place][unequal] < keys[best][unequal]) best = place;
    }
    return things[best];
  }

  /** The skill to ask next; the last one does not come twice running where there is another. */
  function following(skills, standings, last, now) {
    const others = skills.filter((skill) => skill !== last);
    const all = others.length ? others : skills;
    const due = all.filter((skill) => skill in standings && standings[skill].due <= now);
    if (due.length) return smallest(due, (skill) => [standings[skill].box, standings[skill].due]);
    const fresh = all.find((skill) => !(skill in standings));
    return fresh === undefined ? smallest(all, (skill) => [standings[skill].due]) : fresh;
  }

  /** The place of the variant to ask: of the box's difficulty, and asked least often so far. */
  function variant(levels, asked, standing) {
    const wanted = ORDER[LEVELS[standing ? standing.box - 1 : 0]];
    const places = levels.map((_, place) => place);
    return smallest(places, (n) => [Math.abs(ORDER[levels[n]] - wanted), asked[n], n]);
  }

  /** The place of another variant as hard as that one, asked least often, and of its form. */
  function like(items, asked, place) {
    const others = items.map((_, n) => n).filter((n) => n !== place);
    const { level, form } = items[place];
    const key = (n) => [Number(items[n].level !== level), asked[n], Number(items[n].form !== form)];
    return others.length ? smallest(others, key) : place;
  }

  /** Whether a skill that was asked is in the first box, or was missed lately; `results` in order. */
  function isWeak(standing, results) {
    if (!standing) return false;
    return standing.box === 1 || results.slice(-RECENT).some((result) => result !== "right");
  }

  /** How far skills have come together, from 0 to 1. */
  function mastery(skills, standings) {
    const boxes = skills.map((skill) => (skill in standings ? standings[skill].box : 1));
    return boxes.reduce((sum, box) => sum + box - 1, 0) / ((BOXES - 1) * boxes.length);
  }

  return { after, following, variant, like, isWeak, mastery };
})();
