/* One question on the page: what was answered, which hints were seen, and how it ended. */

class Question {
  constructor(card, skill, ended) {
    this.card = card;
    this.skill = skill;
    this.ended = ended;
    this.hints = 0;
    this.missed = false;
    this.result = null;
    this.slips = [];
    this.mistakes = [];
    this.parts = card.parts.map(() => ({ done: false, inputs: [], fields: [] }));
  }

  /** The answers so far as the judge takes them: a text for each part, or null. */
  texts() {
    return this.parts.map((part, place) => this.text(place));
  }

  /** What is written in a part, or null where that is nothing yet. */
  text(place) {
    const { inputs, fields } = this.parts[place];
    const part = this.card.parts[place];
    if (part.options) {
      const on = inputs.flatMap((input, n) => (input.checked ? [n] : []));
      if (!on.length) return null;
      if (part.form === "true_false") return on[0] === 0 ? "true" : "false";
      return on.map((n) => part.options[n].letter).join(", ");
    }
    const texts = fields.map((field) => Question.written(field));
    return texts.some((text) => text === null) ? null : texts.join("; ");
  }

  /** The text of one box, or of a matrix from its cells; null where a cell is empty. */
  static written({ asked, cells }) {
    const texts = cells.map((cell) => cell.value.trim());
    if (texts.some((text) => text === "")) return null;
    if (cells.length === 1) return texts[0];
    const numbers = texts.map((text) => {
      const read = Judge.number(text);
      return "value" in read ? String(read.value) : text;
    });
    const rows = [];
    for (let row = 0; row < asked.rows; row += 1) {
      rows.push(`[${numbers.slice(row * asked.columns, (row + 1) * asked.columns).join(", ")}]`);
    }
    return `[${rows.join(", ")}]`;
  }

  /** The first cell of a part that is empty or cannot be read, with what is wrong with it. */
  trouble(place) {
    const part = this.card.parts[place];
    if (part.options) {
      return this.text(place) === null ? { message: "Choose an option first." } : null;
    }
    for (const { cells } of this.parts[place].fields) {
      for (const cell of cells) {
        if (cell.value.trim() === "") {
          const message = cells.length > 1 ? "Fill in every cell first." : "Write an answer first.";
          return { cell, message };
        }
        const { message } = part.form === "numeric" ? Judge.number(cell.value) : {};
        if (message) return { cell, message };
      }
    }
    return null;
  }

  /** What the judge says of a part. */
  judged(place) {
    const found = Judge.grade(this.card.key, this.texts())[place];
    if (found.verdict === "unreadable") return found;
    const right = this.isRight(place, found);
    if (!right) {
      this.missed = true;
      this.slips.push(...found.slips.flatMap((slip) => slip.split("+")));
      this.mistakes.push(...this.told(place, found));
    }
    this.parts[place].done = this.parts[place].done || right;
    if (this.parts.every((part) => part.done)) this.end(this.missed || this.hints ? "helped" : "right");
    return { ...found, right };
  }

  /** The keys of what the card says of a wrong answer: of several options, one for each. */
  told(place, found) {
    const keys = this.card.parts[place].options ? found.slips : [found.slips.join("+")];
    return keys.filter((key) => key in this.card.told);
  }

  /** Of a statement, the judge leaves the reason to the student: half the points is all it gives. */
  isRight(place, found) {
    const half = this.card.parts[place].form === "true_false" && found.verdict === "partly";
    return half || found.verdict === "right" || found.verdict === "follows";
  }

  /** The next hint, or null where there is none left. */
  hint() {
    if (this.hints >= this.card.hints.length) return null;
    this.hints += 1;
    return this.card.hints[this.hints - 1];
  }

  /** Ends the question once: "right", "helped" or "wrong". */
  end(result) {
    if (this.result !== null) return;
    this.result = result;
    this.ended(this);
  }
}
