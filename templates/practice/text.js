/* Texts as Python sees them: white space, characters beyond 16 bits, numbers in messages. */
(function (Judge) {
  "use strict";

  // What Python's str.strip() and its \s take for white.
  const WHITE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f"
    + "\\u3000";
  const WORD = "\\p{L}\\p{N}_";
  const ENDS = new RegExp(`^[${WHITE}]+|[${WHITE}]+$`, "gu");
  const GAPS = new RegExp(`[${WHITE}]+`, "gu");
  const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

  /** What is said of an answer that cannot be read: one sentence. */
  class Complaint extends Error {}

  const strip = (text) => text.replace(ENDS, "");
  const characters = (text) => [...text].length;
  const first = (text, count) => [...text].slice(0, count).join("");
  const printable = (text) => !UNPRINTABLE.test(text);

  /** The beginning of an answer on one line. */
  function onOneLine(text) {
    return first(strip(text).replace(GAPS, " "), 60);
  }

  /** The beginning of a text, as much as a message has room for. */
  function cut(text) {
    const shown = [...text].slice(0, 41).map((c) => (printable(c) ? c : "?"));
    return shown.length > 40 ? `${shown.slice(0, 40).join("")}...` : shown.join("");
  }

  /** The answers in a text, with semicolons between. */
  function parted(text, count) {
    const texts = text.split(";").map(strip);
    if (texts.length !== count || !texts.every(Boolean)) {
      const wanted = count === 1 ? "one answer" : `${count} answers with semicolons between`;
      // A column on one line is printed as [1; 2].
      const inside = /\[[^\]]*;/.test(text) ? ", and commas inside brackets" : "";
      throw new Complaint(`expected ${wanted}${inside}, not '${onOneLine(text)}'`);
    }
    return texts;
  }

  /** A number as Python's format "g" has it, with six significant digits. */
  function general(number) {
    if (number === 0) return Object.is(number, -0) ? "-0" : "0";
    const [digits, power] = number.toExponential(5).split("e");
    const exponent = Number(power);
    if (exponent < -4 || exponent >= 6) {
      const sign = exponent < 0 ? "-" : "+";
      return `${Number(digits)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
    }
    return String(Number(number.toPrecision(6)));
  }

  Judge.text = {
    WHITE, WORD, Complaint, strip, characters, first, printable, onOneLine, cut, parted, general,
  };
})((globalThis.Judge ??= {}));
