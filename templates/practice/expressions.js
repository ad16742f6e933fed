/* Answers in symbols, read and evaluated: `y(1 - y) beta_1 z_1 (1 - z_1) x_2`.

   A port of the grammar of solver/parsing/answers.py and grammar.py. What is read is a term, nested
   as in lines.js, and never run: it is evaluated at the points of the key, where the values of the
   right and of the wrong expressions are written down.                                           */
(function (Judge) {
  "use strict";

  const { Complaint, strip, characters, onOneLine, parted } = Judge.text;
  const { Reader, lexicon, isSign, NUMERIC } = Judge.tokens;

  const LONGEST = 1000, MOST_OPERATIONS = 200, DEEPEST = 50;
  const NEEDED = 6, ENOUGH = 12, NEAR = 1e-9, TINY = 1e-14;
  const CONSTANTS = { e: Math.E, pi: Math.PI, "π": Math.PI };
  const SYNONYMS = {
    ln: "log", sigma: "sigmoid", "σ": "sigmoid", logistic: "sigmoid", ReLU: "relu",
    LReLU: "leaky_relu", ELU: "elu", absolute: "abs", maximum: "max", minimum: "min",
  };
  const ARGUMENTS = { max: 2, min: 2, leaky_relu: 2, elu: 2 };
  const SETTINGS = ["leaky_relu", "elu"];

  const half = (term) => ["divide", term, 2];
  const MADE = {
    abs: (x) => ["absolute", x],
    max: (a, b) => ["maximum", a, b],
    min: (a, b) => ["minimum", a, b],
    tan: (x) => ["divide", ["sin", x], ["cos", x]],
    sinh: (x) => half(["subtract", ["exp", x], ["exp", ["negative", x]]]),
    cosh: (x) => half(["add", ["exp", x], ["exp", ["negative", x]]]),
    log2: (x) => ["divide", ["log", x], ["log", 2]],
    log10: (x) => ["divide", ["log", x], ["log", 10]],
    square: (x) => ["power", x, 2],
  };
  const DERIVATIVES = {
    exp: (x) => ["exp", x],
    log: (x) => ["divide", 1, x],
    sqrt: (x) => ["divide", 1, ["multiply", 2, ["sqrt", x]]],
    sin: (x) => ["cos", x],
    cos: (x) => ["negative", ["sin", x]],
    tanh: (x) => ["subtract", 1, ["power", ["tanh", x], 2]],
    sigmoid: (x) => ["multiply", ["sigmoid", x], ["subtract", 1, ["sigmoid", x]]],
    relu: (x) => ["step", x],
    softplus: (x) => ["sigmoid", x],
  };

  /** The term that an answer says. */
  function read(text, language) {
    const start = text.lastIndexOf("=") + 1;
    // White in its place, so that complaints count the characters of the whole text.
    const plain = " ".repeat(characters(text.slice(0, start))) + text.slice(start);
    if (characters(plain) > LONGEST) {
      throw new Complaint(
        `the answer has ${characters(plain)} characters; give at most ${LONGEST}`);
    }
    if (!strip(plain)) throw new Complaint("there is no answer");
    return new Parser(new Reader(plain, lexicon(language.spellings)), language).whole();
  }

  class Parser {
    constructor(reader, { shown, unclear = [] }) {
      Object.assign(this, { reader, shown, unclear, depth: 0, operations: 0 });
    }

    whole() {
      this.reader.skipBreaks();
      const term = this.sum();
      this.reader.skipBreaks();
      this.reader.expectEnd();
      return term;
    }

    sum() {
      let term = this.product();
      while (this.reader.stands("+", "-")) {
        const op = this.reader.advance().text === "+" ? "add" : "subtract";
        term = this.made(op, term, this.product());
      }
      return term;
    }

    /** Factors, with or without signs between them. */
    product() {
      let term = this.signed(), divided = false;
      for (;;) {
        if (this.reader.stands("*", "/")) {
          divided = this.reader.advance().text === "/";
          const factor = divided ? this.operand() : this.signed();
          term = this.made(divided ? "divide" : "multiply", term, factor);
        } else if (this.reader.token.kind === "name" || this.reader.stands("(")) {
          if (divided) throw this.ambiguous();
          term = this.made("multiply", term, this.power());
        } else {
          return term;
        }
      }
    }

    ambiguous() {
      const { said, start } = this.reader.token;
      return new Complaint(`it is not clear whether '${said}' at character ${start} is divided by`
        + " or multiplied; write parentheses, such as a / (b c) or (a / b) c");
    }

    /** What stands behind / or ^; the number of a power ends it, as in `y^2 z_1`. */
    operand() {
      const sign = this.reader.ahead(-1);
      if (isSign(sign, "^", "**")) {
        const negative = this.reader.stands("-");
        if (this.reader.multipliesSilently(Number(negative))) {
          this.reader.passes("-");
          return negative ? -this.number() : this.number();
        }
      }
      let signs = 0;
      while (isSign(this.reader.ahead(signs), "-", "+")) signs += 1;
      if (this.reader.multipliesSilently(signs)) {
        const factor = this.reader.ahead(signs).text;
        throw new Complaint(`${sign.text} at character ${sign.start} could apply to ${factor} or to`
          + ` a product; write ${factor}*... or parentheses`);
      }
      return this.nested(() => this.signed());
    }

    signed() {
      if (this.reader.passes("+")) return this.nested(() => this.signed());
      if (!this.reader.passes("-")) return this.power();
      const inner = this.nested(() => this.signed());
      return typeof inner === "number" ? -inner : this.made("negative", inner);
    }

    power() {
      if (this.reader.multipliesSilently()) {
        const factor = this.number();
        return this.made("multiply", factor, this.power());
      }
      const base = this.atom();
      if (!this.reader.stands("^", "**")) return base;
      this.reader.advance();
      const exponent = this.operand();
      if (base.constant === "e") return this.made("exp", exponent);
      return this.made("power", base, exponent);
    }

    atom() {
      const { token } = this.reader;
      if (token.kind === "number") return this.number();
      if (this.reader.passes("(")) {
        const term = this.nested(() => this.sum());
        this.reader.expect(")");
        return term;
      }
      if (token.kind !== "name") throw this.reader.complaint("a number, a name or '('");
      this.reader.advance();
      if (token.symbol) return token.text;
      return this.reader.stands("(") ? this.call(token) : this.unbound(token);
    }

    number() {
      const { text, start } = this.reader.advance();
      if (!Number.isFinite(Number(text))) {
        throw new Complaint(`the number at character ${start} is too large`);
      }
      return Number(text);
    }

    /** A name that is no symbol of the question, nor called. */
    unbound({ text, said, start }) {
      if (Object.hasOwn(CONSTANTS, text)) return { constant: text };
      if (functionOf(text) !== null) {
        throw new Complaint(
          `${said} at character ${start} is a function; write ${said}(...) with parentheses`);
      }
      for (const [pattern, several] of this.unclear) {
        if (new RegExp(`^(?:${pattern})$`, "u").test(said)) {
          throw new Complaint(`'${said}' at character ${start} may be ${several.join(" or ")};`
            + " write the number of its layer as well");
        }
      }
      const known = this.shown.length
        ? `there are ${this.shown.join(", ")}, with a space or * between factors`
        : "write a space or * between factors";
      throw new Complaint(
        `there is no symbol '${said}' (at character ${start}) in this question; ${known}`);
    }

    /** A function of numbers with its arguments, or a fraction. */
    call({ text, said, start }) {
      if (text === "frac") return this.made("divide", this.group(), this.group());
      const found = functionOf(text);
      if (found === null) {
        throw new Complaint(
          `there is no function '${said}' (at character ${start}) in this question`);
      }
      const given = this.arguments();
      if (given.length !== found.count || found.settings) {
        throw new Complaint(`${said} at character ${start} takes ${found.count}`
          + ` argument${found.count > 1 ? "s" : ""}, not ${given.length}`);
      }
      return this.counted(found.make(...given));
    }

    group() {
      this.reader.expect("(");
      const term = this.nested(() => this.sum());
      this.reader.expect(")");
      return term;
    }

    arguments() {
      this.reader.expect("(");
      const found = [this.nested(() => this.sum())];
      while (this.reader.passes(",")) found.push(this.nested(() => this.sum()));
      this.reader.expect(")");
      return found;
    }

    nested(rule) {
      this.depth += 1;
      if (this.depth > DEEPEST) {
        throw new Complaint(`the expression nests more than ${DEEPEST} deep at character`
          + ` ${this.reader.token.start}; write it more simply`);
      }
      const term = rule();
      this.depth -= 1;
      return term;
    }

    made(op, ...given) {
      return this.counted([op, ...given]);
    }

    counted(term) {
      this.operations += 1;
      if (this.operations > MOST_OPERATIONS) {
        throw new Complaint(
          `one expression has more than ${MOST_OPERATIONS} operations; write it more simply`);
      }
      return term;
    }
  }

  /** A function of numbers, or the derivative of one that has a prime; null for none. */
  function functionOf(text) {
    const bare = text.replace(/'+$/, "");
    const called = Object.hasOwn(SYNONYMS, bare) ? SYNONYMS[bare] : bare;
    if (!NUMERIC.includes(called)) return null;
    if (bare === text) {
      const make = Object.hasOwn(MADE, called) ? MADE[called] : (x) => [called, x];
      return { count: ARGUMENTS[called] ?? 1, settings: SETTINGS.includes(called), make };
    }
    if (text !== `${bare}'` || !Object.hasOwn(DERIVATIVES, called)) return null;
    return { count: 1, settings: false, make: DERIVATIVES[called] };
  }

  /** The value of a term, NaN where some part of it has none. `values` are the symbols' by name. */
  function valueOf(term, values) {
    if (typeof term === "number") return term;
    if (typeof term === "string") return values.get(term) ?? NaN;
    if (term.constant) return CONSTANTS[term.constant];
    const [op, ...given] = term;
    const parts = given.map((each) => valueOf(each, values));
    if (!parts.every(Number.isFinite)) return NaN;
    const arrays = parts.map(Judge.arrays.scalar);
    const [found] = Judge.arrays.operations[op](...arrays).data;
    return Number.isFinite(found) ? found : NaN;
  }

  const near = (a, b) => Math.abs(a - b) <= NEAR * Math.max(Math.abs(a), Math.abs(b)) + TINY;

  /** Whether values agree with others wherever both exist; null where that is at too few points. */
  function agree(values, others) {
    let usable = 0;
    for (let point = 0; point < others.length && usable < ENOUGH; point += 1) {
      if (others[point] === null || Number.isNaN(values[point])) continue;
      usable += 1;
      if (!near(values[point], others[point])) return false;
    }
    return usable >= NEEDED ? true : null;
  }

  /** The verdict on each expression of a part: { verdict, slip }. */
  function expressions(text, part, language) {
    const texts = parted(text, part.right.length);
    return texts.map((each, place) => {
      const values = valuesOf(read(each, language), language);
      const right = agree(values, part.right[place]);
      if (right === null) {
        throw new Complaint(`'${onOneLine(each)}' has no value at most points where it is needed`);
      }
      if (right) return { verdict: "right", slip: "" };
      const wrong = part.wrong.find((other) => agree(values, other.values[place]));
      return { verdict: wrong ? "slip" : "wrong", slip: wrong ? wrong.slip : "" };
    });
  }

  /** The values of a term at all points. */
  function valuesOf(term, { nodes, points }) {
    return points[0].map((_, point) =>
      valueOf(term, new Map(nodes.map((node, n) => [node, points[n][point]]))));
  }

  Judge.expressions = { expressions, read };
})((globalThis.Judge ??= {}));
