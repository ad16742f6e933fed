/* Answers that are no numbers: shapes, letters of options, true and false. */
(function (Judge) {
  "use strict";

  const { WHITE, WORD, Complaint, strip, first, cut, parted } = Judge.text;

  const SYMBOL = `(?![\\p{Nd}_])[${WORD}][${WORD}]*?`;
  const SIZE = new RegExp(
    `^(?:([0-9]{1,9})|(${SYMBOL})[${WHITE}]*(?:\\+[${WHITE}]*([0-9]{1,9}))?)$`, "u");
  const PLAIN = new RegExp(`[_{}${WHITE}]`, "gu");
  const NAMED = new RegExp(`[^${WHITE},;]+`, "gu");
  const SAID = { true: true, t: true, false: false, f: false };
  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /** The sizes of a shape such as `3x4`, `(3, 4)` or `(d+1)x1`, as texts. */
  function shape(text) {
    const plain = strip(text);
    if (plain === "scalar" || plain === "()") return [];
    const found = sizes(plain);
    if (found.length > 2) {
      throw new Complaint(`'${cut(text)}' is no shape; write 3x4, 3x1, mxn or scalar`);
    }
    return found.map((each) => size(each, text));
  }

  function sizes(text) {
    if (text.startsWith("(") && text.endsWith(")") && text.includes(",")) {
      return text.slice(1, -1).replace(/[, ]+$/, "").split(",").map(strip);
    }
    return (text.includes("*") ? text.split("*") : text.split(/[x×]/)).map(strip);
  }

  function size(text, whole) {
    const bare = text.startsWith("(") && text.endsWith(")") ? strip(text.slice(1, -1)) : text;
    const match = SIZE.exec(bare);
    if (match === null || match[1] === "0") {
      throw new Complaint(`'${cut(whole)}' is no shape; write 3x4, 3x1, mxn or scalar`);
    }
    if (match[1]) return String(Number(match[1]));
    const plus = Number(match[3] ?? 0);
    return (plus ? `${match[2]}+${plus}` : match[2]).replace(PLAIN, "");
  }

  function shapes(text, count) {
    return parted(text, count).map(shape);
  }

  /** The places of the options whose letters are named, as in `A, C`; each once, in order. */
  function ticks(text, count) {
    const named = text.toUpperCase().match(NAMED) ?? [];
    for (const letter of named) {
      if (letter.length !== 1 || !ALPHABET.slice(0, count).includes(letter)) {
        throw new Complaint(
          `there is no option '${first(letter, 20)}'; there are A to ${ALPHABET[count - 1]}`);
      }
    }
    if (named.length === 0) throw new Complaint("expected the letter of an option");
    const places = named.map((letter) => ALPHABET.indexOf(letter));
    return [...new Set(places)].sort((a, b) => a - b);
  }

  /** True or false, or the first letter of it. */
  function verdict(text) {
    const said = strip(text).toLowerCase();
    if (!Object.hasOwn(SAID, said)) {
      throw new Complaint(`expected true or false, not '${first(text, 20)}'`);
    }
    return SAID[said];
  }

  Judge.written = { shapes, ticks, verdict };
})((globalThis.Judge ??= {}));
