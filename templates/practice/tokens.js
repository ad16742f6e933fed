/* Expressions in pieces: a port of solver/parsing/tokens.py and reader.py. */
(function (Judge) {
  "use strict";

  const { WHITE, WORD, Complaint, characters, printable } = Judge.text;

  const LONGEST_PIECE = 40;
  const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹", LOWERED = "₀₁₂₃₄₅₆₇₈₉";
  const PLAIN = new Map([
    ...[...LOWERED].map((digit, n) => [digit, String(n)]),
    ...[..."·×⋅∘⊙∗"].map((sign) => [sign, "*"]),
    ["−", "-"], ["÷", "/"], ["ˆ", "^"],
  ]);
  const TOKEN = new RegExp(
    "(?<number>(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    + `|(?<raised>⁻?[${RAISED}]+)`
    + `|(?<name>(?![${RAISED}_])(?!\\p{Nd})[${WORD}](?:(?![${RAISED}])[${WORD}])*'*)`
    + "|(?<sign>\\*\\*|[-+*/^@()\\[\\],.=])"
    + "|(?<break>[;\\n])"
    + `|(?<space>(?:(?!\\n)[${WHITE}])+|#[^\\n]*)`, "uy");

  const NUMERIC = [
    "abs", "cos", "cosh", "elu", "exp", "leaky_relu", "log", "log10", "log2", "max", "min", "relu",
    "sigmoid", "sin", "sinh", "softplus", "sqrt", "square", "tan", "tanh",
  ];
  const sticky = (source) => new RegExp(source, "uy");
  const LATEX = [
    [sticky("\\\\(?:cdot|times|ast)(?![A-Za-z])"), "sign", "*"],
    [sticky("\\\\(?:left|right|big|Big|quad|displaystyle)(?![A-Za-z])"), "space", ""],
    [sticky("\\\\[,;:! ]"), "space", ""],
    [sticky("\\\\[dt]?frac(?![A-Za-z])"), "name", "frac"],
    [sticky("\\\\operatorname(?=\\{)"), "space", ""],
    [sticky("\\{"), "sign", "("],
    [sticky("\\}"), "sign", ")"],
    ...[...NUMERIC, "sigma", "ln"].flatMap((name) => ["", "'"].map((prime) =>
      [sticky(`\\\\${name}${prime}(?![A-Za-z'])`), "name", name + prime])),
  ];

  /** What reads the spellings of an item's symbols, tried before everything else. */
  function lexicon(spellings) {
    const others = spellings.map(([source]) => source.replace("|(?=%OTHERS%)", "")).join("|");
    const symbols = spellings.map(([source, node]) =>
      [sticky(source.split("%OTHERS%").join(others)), "name", node, true]);
    return [...symbols, ...LATEX];
  }

  function longest(entries, text, place) {
    let best = null;
    for (const [pattern, kind, token, symbol] of entries) {
      pattern.lastIndex = place;
      if (pattern.test(text) && (best === null || pattern.lastIndex > best.end)) {
        best = { end: pattern.lastIndex, kind, token, symbol: symbol === true };
      }
    }
    return best;
  }

  /** The tokens of a text: { kind, text, start, said, symbol }, the last of kind "end". */
  function tokens(text, entries) {
    const composed = text.normalize("NFC");
    const found = [...outsideParentheses(pieces(composed, entries))];
    return [...found, { kind: "end", text: "", start: characters(composed) + 1, said: "" }];
  }

  function* pieces(text, entries) {
    const plain = [...text].map((character) => PLAIN.get(character) ?? character).join("");
    let place = 0;
    while (place < plain.length) {
      const start = characters(plain.slice(0, place)) + 1;
      const known = longest(entries, plain, place);
      if (known !== null) {
        const { kind, token, end, symbol } = known;
        const said = text.slice(place, end);
        if (kind !== "space") yield { kind, text: token, start, said, symbol };
        place = end;
        continue;
      }
      TOKEN.lastIndex = place;
      const match = TOKEN.exec(plain);
      if (match === null) {
        const strange = quoted(String.fromCodePoint(text.codePointAt(place)));
        throw new Complaint(`${strange} at character ${start} means nothing in an expression`);
      }
      yield* read(match.groups, start);
      place = TOKEN.lastIndex;
    }
  }

  /** A character as Python's repr() has it, as what cannot be seen has to be spelled out. */
  function quoted(character) {
    if (character === "'") return `"'"`;
    if (character === "\\") return "'\\\\'";
    if (printable(character)) return `'${character}'`;
    const code = character.codePointAt(0);
    const [letter, length] = code < 0x100 ? ["x", 2] : code < 0x10000 ? ["u", 4] : ["U", 8];
    return `'\\${letter}${code.toString(16).padStart(length, "0")}'`;
  }

  function* read(groups, start) {
    const kind = Object.keys(groups).find((each) => groups[each] !== undefined);
    const piece = groups[kind];
    if (kind === "space") return;
    if (kind !== "raised") {
      yield checked(kind, piece, start);
      return;
    }
    yield checked("sign", "^", start);
    if (piece.startsWith("⁻")) yield checked("sign", "-", start);
    const digits = [...piece].filter((digit) => digit !== "⁻");
    yield checked("number", digits.map((digit) => RAISED.indexOf(digit)).join(""), start);
  }

  function checked(kind, text, start) {
    const length = characters(text);
    if ((kind === "name" || kind === "number") && length > LONGEST_PIECE) {
      throw new Complaint(`the ${kind} at character ${start} has ${length} characters;`
        + ` give at most ${LONGEST_PIECE}`);
    }
    return { kind, text, start, said: text, symbol: false };
  }

  const isSign = (token, ...signs) => token.kind === "sign" && signs.includes(token.text);

  /** The pieces without the ends of lines inside parentheses and brackets. */
  function* outsideParentheses(found) {
    let depth = 0;
    for (const token of found) {
      depth += Number(isSign(token, "(", "[")) - Number(isSign(token, ")", "]"));
      if (depth <= 0 || token.text !== "\n") yield token;
    }
  }

  /** Moves through the tokens of a text. */
  class Reader {
    constructor(text, entries) {
      this.tokens = tokens(text, entries);
      this.place = 0;
    }

    get token() {
      return this.ahead(0);
    }

    ahead(by) {
      const place = Math.min(this.place + by, this.tokens.length - 1);
      return this.tokens.at(place);
    }

    advance() {
      const passed = this.token;
      this.place += 1;
      return passed;
    }

    stands(...signs) {
      return isSign(this.token, ...signs);
    }

    passes(sign) {
      const found = this.stands(sign);
      if (found) this.advance();
      return found;
    }

    skipBreaks() {
      while (this.token.kind === "break") this.advance();
    }

    /** Whether a number and then a name or a parenthesis come next: a product without a sign. */
    multipliesSilently(by = 0) {
      const [left, right] = [this.ahead(by), this.ahead(by + 1)];
      return left.kind === "number" && (right.kind === "name" || isSign(right, "("));
    }

    complaint(wanted) {
      const { kind, start, said } = this.token;
      if (kind === "end" || kind === "break") {
        return new Complaint(`the expression ends too early: expected ${wanted}`);
      }
      return new Complaint(`expected ${wanted} at character ${start}, not '${said}'`);
    }

    expect(sign) {
      if (!this.passes(sign)) throw this.complaint(`'${sign}'`);
    }

    expectEnd() {
      const { kind, start, said } = this.token;
      if (kind === "end") return;
      if (kind === "name" || kind === "number" || this.stands("(")) {
        throw new Complaint(
          `expected an operation at character ${start}, not '${said}'; write ${this.product()}`);
      }
      throw this.complaint("an operation or the end");
    }

    /** How a product of what was just passed and what comes next is written. */
    product() {
      const [before, { kind, said }] = [this.ahead(-1), this.token];
      const words = ["name", "number"];
      if (!words.includes(before.kind) || !words.includes(kind)) {
        return `* before '${said}' for a product`;
      }
      return `${before.said}*${said} for the product`;
    }
  }

  Judge.tokens = { Reader, lexicon, isSign, NUMERIC };
})((globalThis.Judge ??= {}));
