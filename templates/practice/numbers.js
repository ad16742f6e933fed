/* Numbers, lists and matrices as they are typed: `-0.5`, `1/2`, `ln 3`, `[[1, 2], [3, 4]]`.

   A port of solver/parsing/values.py and solver/exact_text.py, with their limits and sentences:

       sum     = product { ("+" | "-") product }
       product = signed { ("*" | "/") signed }
       signed  = "-" signed | function signed | power
       power   = ( number | "e" | "pi" | "(" sum ")" ) [ "^" signed ]                         */
(function (Judge) {
  "use strict";

  const { WHITE, Complaint, strip, characters, printable, onOneLine, cut, parted, general } =
    Judge.text;

  const CONSTANTS = { e: Math.E, pi: Math.PI };
  const LONGEST = 1000000, MOST_NUMBERS = 10000, LONGEST_NUMBER = 200;
  const DEEPEST_LIST = 2, DEEPEST_NUMBER = 64;
  const DECIMAL = /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/;
  const WITHOUT_COMMA = new RegExp(`[0-9.][${WHITE}]+[-+]?[0-9.]`, "u");
  const NOT_FINITE = /^[-+]?(nan|inf|infinity)$/i;
  const QUOTED = /^(['"])([^]*)\1$/;
  const TOKEN = new RegExp(`[${WHITE}]*([0-9]+(?:\\.[0-9]+)?|ln|exp|sqrt|e|pi|[-+*/^()]|$)`, "uy");
  const SIGNS = { "−": "-", "–": "-", "·": "*", "⋅": "*", "×": "*", "÷": "/" };

  /** The array that a text says, as { shape, data }. */
  function value(text) {
    if (characters(text) > LONGEST) {
      throw new Complaint(`the value has ${characters(text)} characters; give at most ${LONGEST}`);
    }
    const quoted = QUOTED.exec(strip(text));
    const bare = strip(quoted ? quoted[2] : text);
    return asArray(nested(bare.replace(/[−–·⋅×÷]/g, (sign) => SIGNS[sign]), DEEPEST_LIST));
  }

  function asArray(found) {
    if (!Array.isArray(found)) return { shape: [], data: [found] };
    if (!Array.isArray(found[0])) return { shape: [found.length], data: found };
    return { shape: [found.length, found[0].length], data: found.flat() };
  }

  function nested(text, depth) {
    if (!text.startsWith("[")) return real(text);
    if (depth === 0) {
      throw new Complaint(`'${cut(text)}' nests too deep; give a list of numbers or of rows`);
    }
    if (!text.endsWith("]")) throw new Complaint(`'${cut(text)}' has no ] at its end`);
    const parts = between(text.slice(1, -1));
    if (parts.length > MOST_NUMBERS) {
      throw new Complaint(
        `there are ${parts.length} numbers in one list; give at most ${MOST_NUMBERS}`);
    }
    const found = parts.map((part) => nested(part, depth - 1));
    checkRows(found, text);
    return found;
  }

  /** What stands between the commas that are in no brackets. */
  function between(text) {
    const parts = [];
    let depth = 0, start = 0;
    for (let place = 0; place < text.length; place += 1) {
      const character = text[place];
      if (character === "[" || character === "(") depth += 1;
      if (character === ")" || character === "]") depth -= 1;
      if (character === "," && depth === 0) {
        parts.push(strip(text.slice(start, place)));
        start = place + 1;
      }
    }
    parts.push(strip(text.slice(start)));
    if (parts.length === 1 && parts[0] === "") {
      throw new Complaint("the brackets [] hold no number; give one or more");
    }
    return parts;
  }

  function checkRows(found, text) {
    const rows = found.filter(Array.isArray);
    if (rows.length === 0) return;
    if (rows.length < found.length) {
      throw new Complaint(`'${cut(text)}' mixes numbers and rows; give one or the other`);
    }
    const other = rows.find((row) => row.length !== rows[0].length);
    if (other !== undefined) {
      throw new Complaint(`the rows of '${cut(text)}' have ${rows[0].length} and ${other.length}`
        + " numbers; make them equal");
    }
    const total = rows.length * rows[0].length;
    if (total > MOST_NUMBERS) {
      throw new Complaint(`there are ${total} numbers; give at most ${MOST_NUMBERS}`);
    }
  }

  function real(text) {
    checkText(text);
    const number = DECIMAL.test(text) ? Number(text) : read(text);
    if (!Number.isFinite(number)) throw new Complaint(`'${cut(text)}' is too large a number`);
    return number;
  }

  function checkText(text) {
    if (characters(text) > LONGEST_NUMBER) {
      throw new Complaint(
        `the number '${cut(text)}' has ${characters(text)} characters; write it shorter`);
    }
    if (!text) throw new Complaint("a number is missing; write one such as 2 or -0.5");
    if (!printable(text)) {
      throw new Complaint(`'${cut(text)}' is no number; write one such as 2 or -0.5`);
    }
    if (NOT_FINITE.test(text)) {
      throw new Complaint(`'${text}' is not a finite number; give one such as 2 or -0.5`);
    }
  }

  function read(text) {
    if (WITHOUT_COMMA.test(text)) {
      throw new Complaint(`'${cut(text)}' has numbers without a comma between; write [1, 2]`);
    }
    return new Calculation(strip(text.startsWith("+") ? text.slice(1) : text), text).whole();
  }

  class Calculation {
    constructor(text, typed) {
      Object.assign(this, { text, typed, token: "", start: 0, end: 0, depth: 0 });
      this.advance();
    }

    advance() {
      const passed = this.token;
      TOKEN.lastIndex = this.end;
      const match = TOKEN.exec(this.text);
      if (match === null) {
        this.start = this.end;
        throw this.complaint("a number, e, ln, exp, sqrt, an operation or a parenthesis");
      }
      this.token = match[1];
      this.end = TOKEN.lastIndex;
      this.start = this.end - match[1].length;
      return passed;
    }

    complaint(wanted) {
      const place = characters(this.text.slice(0, this.start)) + 1;
      return new Complaint(
        `'${this.text}' is no exact number: at character ${place}, expected ${wanted}`);
    }

    /** A result; what its arguments do not explain is no finite number. */
    checked(result, ...given) {
      if (given.every(Number.isFinite) && !Number.isFinite(result)) {
        throw new Complaint(`'${cut(this.typed)}' is no finite number`);
      }
      return result;
    }

    whole() {
      const found = this.sum();
      if (this.token) throw this.complaint("an operation or the end");
      return found;
    }

    sum() {
      let found = this.product();
      while (this.token === "+" || this.token === "-") {
        const plus = this.advance() === "+";
        const other = this.product();
        found = plus ? found + other : found - other;
      }
      return found;
    }

    product() {
      let found = this.signed();
      while (this.token === "*" || this.token === "/") {
        const times = this.advance() === "*";
        const other = this.signed();
        if (!times && other === 0) throw new Complaint(`'${cut(this.typed)}' divides by 0`);
        found = times ? found * other : found / other;
      }
      return found;
    }

    signed() {
      this.depth += 1;
      if (this.depth > DEEPEST_NUMBER) {
        throw this.complaint("a number, for this one nests too deep");
      }
      const found = this.power();
      this.depth -= 1;
      return found;
    }

    power() {
      switch (this.token) {
        case "-":
          this.advance();
          return -this.signed();
        case "ln":
          return this.logarithm(this.argument());
        case "sqrt":
          return this.root(this.argument());
        case "exp":
          return this.exponential(this.argument());
        case "e":
          if (strip(this.text.slice(this.end)).startsWith("^")) {
            this.advance();
            return this.exponential(this.argument());
          }
      }
      const base = this.base();
      return this.token === "^" ? this.raised(base, this.argument()) : base;
    }

    logarithm(x) {
      if (x <= 0) throw new Complaint(`${general(x)} has no logarithm`);
      return Math.log(x);
    }

    root(x) {
      if (x < 0) throw new Complaint(`${general(x)} has no real root`);
      return Math.sqrt(x);
    }

    exponential(x) {
      return this.checked(Math.exp(x), x);
    }

    raised(x, exponent) {
      return this.checked(Math.pow(x, exponent), x, exponent);
    }

    base() {
      if (this.token === "(") return this.parenthesised();
      const found = CONSTANTS[this.token] ?? Number(this.token);
      if (this.token === "" || Number.isNaN(found)) throw this.complaint("a number");
      this.advance();
      return found;
    }

    /** What a function or an exponent applies to; a bare one may not be divided. */
    argument() {
      this.advance();
      if (this.token === "(") return this.parenthesised();
      const found = this.signed();
      if (this.token === "/") throw this.complaint("parentheses that say what is divided");
      return found;
    }

    parenthesised() {
      this.advance();
      const found = this.sum();
      if (this.token !== ")") throw this.complaint("')'");
      this.advance();
      return found;
    }
  }

  const withPoint = (text) => text.replace(/([0-9]),(?=[0-9])/g, "$1.");
  const long = (shape) => shape.filter((size) => size !== 1);

  /** The flat numbers of one quantity. A vector may be typed as a row or as a column. */
  function array(text, shape) {
    // A list of numbers has commas of its own.
    const single = shape.every((size) => size === 1);
    const found = value(single ? withPoint(text) : text);
    const [given, wanted] = [long(found.shape), long(shape)];
    if (given.length !== wanted.length || given.some((size, axis) => size !== wanted[axis])) {
      const said = wanted.length ? `an array of shape ${shape.join("x")}` : "one number";
      throw new Complaint(`expected ${said}, not '${onOneLine(text)}'`);
    }
    return found.data;
  }

  /** The numbers of a part: a flat array for each quantity, with semicolons between. */
  function numbers(text, asks) {
    return parted(text, asks.length).map((each, place) => array(each, asks[place].shape));
  }

  /** One number alone, as in a cell of a matrix: { value }, or { message } for what is none. */
  function number(text) {
    try {
      return { value: array(parted(text, 1)[0], [])[0] };
    } catch (error) {
      if (error instanceof Complaint) return { message: error.message };
      throw error;
    }
  }

  Judge.numbers = { value, numbers };
  Judge.number = number;
})((globalThis.Judge ??= {}));
