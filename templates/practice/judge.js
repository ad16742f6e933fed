/* Judging a student's answers to one item by its key (gen/practice/keys.py), without Python.

   Judge.grade(key, texts) takes what was typed for each part, or null, and returns for each part

       verdict   "right", "follows" (from an earlier wrong answer), "slip" (a known mistake leads to
                 it), "partly", "wrong", "missing" or "unreadable"; of a statement that is called
                 true or false, "partly" is the best there is, as its reason is not judged
       slips     the mistakes that lead to the answer, by name
       given     the earlier parts, counted from 0, whose wrong answers this one follows from
       cells     where numbers are asked for: for each quantity which entries are right or follow,
                 flat, in the order in which they are typed; null elsewhere
       message   where an answer cannot be read: one sentence that says why

   The verdicts are those of `python -m gen mark` (gen/grading/grades.py), which also asks the
   solver for the cause of a wrong number; here only the item's own wrong answers are known. */
(function (Judge) {
  "use strict";

  const { Complaint } = Judge.text;
  const { Following, unsigned, typed } = Judge.follow;

  const READERS = {
    numbers: (text, part) => Judge.numbers.numbers(text, part.asks),
    choice: (text, part) => Judge.written.ticks(text, part.slips.length),
    choose_all: (text, part) => Judge.written.ticks(text, part.slips.length),
    true_false: (text) => Judge.written.verdict(text),
    shapes: (text, part) => Judge.written.shapes(text, part.shapes.length),
    expressions: (text, part, language) => Judge.expressions.expressions(text, part, language),
  };
  const JUDGES = { choice: ticked, choose_all: ticked, true_false: called, shapes, expressions };

  const result = (verdict, more = {}) =>
    ({ verdict, slips: [], given: [], cells: null, message: "", ...more });

  function verdict(share, slips) {
    if (share === 1) return "right";
    if (slips.length) return "slip";
    return share > 0 ? "partly" : "wrong";
  }

  function grade(key, texts) {
    const answers = key.parts.map((part, number) => readAnswer(key, part, texts[number]));
    const claims = key.parts.map((part, number) => claimsOf(key, number, answers[number].found));
    const judgements = judgementsOf(key, claims.flat());
    return key.parts.map((part, number) => {
      const { found, message } = answers[number];
      if (message) return result("unreadable", { message });
      if (found === undefined) return result("missing");
      if (part.kind !== "numbers") return JUDGES[part.kind](part, found);
      return numbers(part, number, found, claims[number].map((each) => judgements.get(each)));
    });
  }

  function readAnswer(key, part, text) {
    if (text === null || text === undefined) return {};
    try {
      return { found: READERS[part.kind](text, part, key.language) };
    } catch (error) {
      if (error instanceof Complaint) return { message: error.message };
      throw error;
    }
  }

  /** What a student says of the quantities of one part, for follow-through. */
  function claimsOf(key, number, found) {
    if (!key.program || key.parts[number].kind !== "numbers" || found === undefined) return [];
    const quantities = key.program.quantities.filter((each) => each.part === number);
    return quantities.map((quantity, place) =>
      ({ quantity, value: unsigned(found[place], quantity) }));
  }

  function judgementsOf(key, claims) {
    if (!key.program) return new Map();
    const judged = new Following(key.program).judge(claims);
    return new Map(claims.map((claim, number) => [claim, judged[number]]));
  }

  function numbers(part, number, found, judged) {
    const fits = part.asks.map(({ values, tolerance }, place) =>
      values.map((value, n) => Math.abs(found[place][n] - value) <= tolerance));
    const right = fits.map((each) => each.every(Boolean));
    const earned = right.map((each, place) => each || Boolean(judged[place]?.follows));
    const follows = judged.map((each) => each.cells && typed(each.cells, each.claim.quantity));
    const cells = fits.map((each, place) =>
      each.map((cell, n) => cell || earned[place] || Boolean(follows[place]?.[n])));
    const share = earned.filter(Boolean).length / earned.length;
    if (share === 1) {
      const sources = judged.filter((each, place) => each && !right[place])
        .flatMap((each) => each.given.map((claim) => claim.quantity.part));
      const given = [...new Set(sources)].filter((each) => each !== number).sort((a, b) => a - b);
      return result(right.every(Boolean) ? "right" : "follows", { given, cells });
    }
    const slips = ownSlips(part, found);
    return result(verdict(share, slips), { slips, cells });
  }

  /** The slips of the item's own wrong answer that the numbers are. */
  function ownSlips(part, found) {
    const wrong = part.wrong.find(({ values }) => values.every((numbers, place) =>
      numbers.every((value, n) =>
        Math.abs(found[place][n] - value) <= part.asks[place].tolerance)));
    return wrong ? wrong.slips : [];
  }

  function ticked(part, places) {
    const hits = places.filter((place) => part.right.includes(place)).length;
    const misses = places.filter((place) => !part.right.includes(place));
    const share = Math.max((hits - misses.length) / part.right.length, 0);
    const slips = misses.map((place) => part.slips[place]).filter(Boolean);
    return result(verdict(share, slips), { slips });
  }

  function called(part, said) {
    return result(said === part.truth ? "partly" : "wrong");
  }

  function shapes(part, found) {
    const spelled = found.map((sizes) => sizes.join(" "));
    const same = (entries) => entries.map((sizes, n) => sizes.join(" ") === spelled[n]);
    const right = same(part.shapes);
    const wrong = part.wrong.find((each) => same(each.shapes).every(Boolean));
    const slips = wrong ? [wrong.slip] : [];
    return result(verdict(right.filter(Boolean).length / right.length, slips), { slips });
  }

  function expressions(part, judged) {
    const slips = judged.map((each) => each.slip).filter(Boolean).slice(0, 1);
    const right = judged.filter((each) => each.verdict === "right").length;
    return result(verdict(right / judged.length, slips), { slips });
  }

  Judge.grade = grade;
})((globalThis.Judge ??= {}));
