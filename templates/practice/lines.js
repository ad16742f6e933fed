/* The lines of a worked solution, evaluated with some numbers of a student put in.

   A term is a number, a text (a leaf) or [operation, ...arguments]; see gen/practice/programs.py.
   A port of solver/saturation.py and of the first part of solver/follow.py.                      */
(function (Judge) {
  "use strict";

  const { scalar, operations } = Judge.arrays;

  const TERMS = {
    // Where the arguments of these are no terms, they are settings, such as an axis or an index.
    sum: 1, softmax: 1, log_softmax: 1, entry: 1, spread: 1, place: 1, step: 1, leaky_relu: 1,
    elu: 1,
  };
  const LOGARITHMS = {
    sigmoid: ["log_sigmoid", "log_one_minus_sigmoid"],
    softmax: ["log_softmax", undefined],
  };

  const isOperation = (term, op) => Array.isArray(term) && term[0] === op;
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  function evaluate(term, values) {
    if (typeof term === "number") return scalar(term);
    if (typeof term === "string") return values.get(term);
    const [op, ...given] = term;
    const count = TERMS[op] ?? given.length;
    return operations[op](
      ...given.map((each, n) => (n < count ? evaluate(each, values) : each)));
  }

  /** A term with the parts replaced for which `change` returns a term, outermost first. */
  function rewrite(term, change) {
    const changed = change(term);
    if (changed !== undefined) return changed;
    if (!Array.isArray(term)) return term;
    const [op, ...given] = term;
    const count = TERMS[op] ?? given.length;
    return [op, ...given.map((each, n) => (n < count ? rewrite(each, change) : each))];
  }

  function* leaves(term) {
    if (typeof term === "string") yield term;
    if (!Array.isArray(term)) return;
    const [op, ...given] = term;
    for (const each of given.slice(0, TERMS[op] ?? given.length)) yield* leaves(each);
  }

  /** The logarithm of an output, found from what the output was computed from. */
  function logarithm(inner, definitions) {
    const complement = isOperation(inner, "subtract") && inner[1] === 1;
    const output = complement ? inner[2] : inner;
    const definition = typeof output === "string" ? definitions.get(output) : undefined;
    if (!Array.isArray(definition)) return undefined;
    const found = LOGARITHMS[definition[0]]?.[complement ? 1 : 0];
    return found === undefined ? undefined : [found, ...definition.slice(1)];
  }

  /** (p - y) / (p (1 - p)) as (1 - y)/(1 - p) - y/p, one of which has a value at p = y. */
  function inTwoFractions(term) {
    if (!isOperation(term, "divide") || !isOperation(term[1], "subtract")) return undefined;
    const [, [, p, target], below] = term;
    if (!isOperation(below, "multiply") || !same(below[1], p)) return undefined;
    if (!same(below[2], ["subtract", 1, p])) return undefined;
    return ["subtract", ["divide", ["subtract", 1, target], below[2]], ["divide", target, p]];
  }

  /** With 0 ln 0 and 0/0 taken for 0 where what is 0 is given. */
  function withLimits(formula, definitions) {
    const isGiven = (term) => [...leaves(term)].every((leaf) => !definitions.has(leaf));
    return rewrite(formula, (term) => {
      if (isOperation(term, "multiply") && isOperation(term[2], "log") && isGiven(term[1])) {
        return ["xlogy", term[1], term[2][1]];
      }
      if (isOperation(term, "divide") && isGiven(term[1])) return ["ratio", term[1], term[2]];
      return undefined;
    });
  }

  /** The value of a line, also where the logarithm of a printed 0 would have none. */
  function evaluated(formula, values, definitions) {
    const found = evaluate(formula, values);
    if (found.data.every(Number.isFinite)) return found;
    const fromScores = rewrite(formula, (term) =>
      (isOperation(term, "log") ? logarithm(term[1], definitions) : undefined));
    const longer = rewrite(fromScores, inTwoFractions);
    return evaluate(withLimits(longer, definitions), values);
  }

  /** To whole numbers, halves to even ones, as NumPy rounds. */
  function toWhole(x) {
    return Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x);
  }

  function rounded(x, places) {
    const scale = Number(`1e${places}`);
    return { shape: x.shape, data: x.data.map((number) => toWhole(number * scale) / scale) };
  }

  function patched(x, entries) {
    if (entries === undefined || entries.length === 0) return x;
    const data = [...x.data];
    for (const [place, number] of entries) data[place] = number;
    return { shape: x.shape, data };
  }

  /** The entries of a quantity when the lines carry on with the numbers `put`, by leaf.

      `changed` are other givens, by name; with `places`, every line is rounded to so many. */
  function follow(program, quantity, put, changed = {}, places = null) {
    const values = new Map(Object.entries({ ...program.arrays, ...changed }));
    values.set(program.output, scalar(1));
    const definitions = new Map();
    for (const number of quantity.lines) {
      const [leaf, formula] = program.lines[number];
      const found = evaluated(formula, values, definitions);
      const kept = places === null ? found : rounded(found, places);
      values.set(leaf, patched(kept, put.get(leaf)));
      definitions.set(leaf, formula);
    }
    const whole = values.get(quantity.leaf);
    return quantity.entries.map((place) => (whole === undefined ? 0 : whole.data[place]));
  }

  Judge.lines = { evaluate, evaluated, follow, leaves };
})((globalThis.Judge ??= {}));
