/* The practice: asks, judges, hints, remembers. */

const Practice = (() => {
  "use strict";

  const { find, make, filled } = View;
  const LETTERS = "abcdefghijklmnopqrstuvwxyz";

  const index = Cards.index();
  const skills = new Map(index.skills.map((skill) => [skill.name, skill]));
  const stored = Store.load();
  let record = stored.record;
  let question = null;
  let last = "";
  let chosen = null;
  const session = [];
  const passed = new Set();

  const seconds = () => Date.now() / 1000;
  const names = () => (chosen ? [...chosen] : [...skills.keys()]);

  function keep() {
    if (!Store.save(record)) {
      View.notice("This browser keeps nothing for this page: export your progress before you close it.");
    }
  }

  /** Takes in what another window of the page has kept meanwhile. */
  function refresh() {
    const other = Store.load();
    if (other.kept) record = Store.merged(record, other.record);
  }

  /* Which question comes */

  async function next() {
    leave();
    const skill = Schedule.following(open(), record.standings, last, seconds());
    await ask(skill);
  }

  /** The skills to choose from: those that were passed over come after all others. */
  function open() {
    const others = names().filter((name) => !passed.has(name));
    if (others.some((name) => name !== last)) return others;
    passed.clear();
    return names();
  }

  async function another() {
    const { skill, card } = question;
    const { items } = skills.get(skill);
    leave();
    await show(skill, Schedule.like(items, times(items), items.findIndex((item) => item.name === card.name)));
  }

  async function ask(skill) {
    const { items } = skills.get(skill);
    const levels = items.map((item) => item.level);
    await show(skill, Schedule.variant(levels, times(items), record.standings[skill]));
  }

  const times = (items) => items.map((item) => record.asked[item.name] || 0);

  async function show(skill, place) {
    const { name } = skills.get(skill).items[place];
    const cards = await Cards.of(skill);
    last = skill;
    question = new Question(cards[place], skill, ended);
    refresh();
    record.asked[name] = (record.asked[name] || 0) + 1;
    keep();
    draw();
  }

  /** A question that was begun and not finished counts as not known. */
  function leave() {
    if (!question || question.result !== null) return;
    if (question.missed || question.hints) question.end("wrong");
    else passed.add(question.skill);
  }

  function ended(asked) {
    refresh();
    const now = seconds();
    record.standings[asked.skill] = Schedule.after(record.standings[asked.skill], asked.result, now);
    const answer = {
      item: asked.card.name, time: now, result: asked.result, hints: asked.hints,
      slips: [...new Set(asked.slips)],
    };
    record.answers.push(answer);
    const { title } = skills.get(asked.skill);
    session.push({ ...answer, title, mistakes: [...new Set(asked.mistakes)].map((key) => asked.card.told[key]) });
    keep();
    topics();
  }

  /* The question on the page */

  function draw() {
    const { card, skill } = question;
    const { title, topic } = skills.get(skill);
    find("summary").hidden = true;
    const article = find("question");
    article.hidden = false;
    article.replaceChildren(
      make("h2", { id: "question-title", tabindex: "-1" }, title),
      make("p", { class: "meta" },
        make("span", {}, `${topic}, ${card.level}. Item `, make("code", {}, card.name)),
        View.bar(`How far ${topic} has come`, share(topic))),
      filled("div", { class: "stem" }, card.stem),
      ...card.parts.map(part),
      make("div", { class: "buttons", role: "group", "aria-label": "Help and further questions" },
        button("hint", hintLabel(), hint),
        button("reveal", "Worked solution", solution),
        button("another", "Another like this", another),
        button("next", "Next question", next)),
      make("ol", { id: "hints", "aria-label": "Hints", "aria-live": "polite" }),
      make("section", { id: "solution", hidden: true, "aria-labelledby": "solution-title" }));
    find("question-title").focus();
    window.scrollTo(0, 0);
  }

  const button = (id, label, act) => make("button", { type: "button", id, on: { click: act } }, label);

  function part(card, place) {
    const state = question.parts[place];
    const form = make("form", {
      class: "part", novalidate: true, "aria-label": question.parts.length > 1 ? `Part ${LETTERS[place]}` : "Answer",
      on: { submit: (event) => { event.preventDefault(); check(place); } },
    });
    form.append(filled("div", { class: "asked" }, card.words));
    const clear = () => View.feedback(place, "");
    if (card.options) {
      const { element, inputs } = View.options(card, place, clear);
      state.inputs = inputs;
      form.append(make("fieldset", {}, make("legend", { class: "hidden" }, "Options"), element));
    } else {
      for (const [number, asked] of card.fields.entries()) {
        const { element, cells } = View.field(asked, place, number, clear);
        state.fields.push({ asked, cells });
        form.append(element);
      }
      form.append(make("p", { class: "soft typing" }, typing(card)));
    }
    form.append(
      make("button", { type: "submit", class: "check" }, "Check"),
      make("div", { id: `feedback-${place}`, class: "feedback", role: "status" }));
    return form;
  }

  /** What may be typed. */
  function typing(card) {
    if (card.form === "shape") return "Rows and columns, such as 3x4 or (3, 4).";
    if (card.form === "symbolic") return "An expression, such as y (1 - y) x_1 or sigma'(z_1) x_2; write / and ^ for fractions and powers.";
    return "Numbers such as 0.25 or 0,25; also 1/4, 2.5e-1 and ln 2.";
  }

  function check(place) {
    const trouble = question.trouble(place);
    for (const cell of document.querySelectorAll(`[id^="cell-${place}-"]`)) {
      cell.removeAttribute("aria-invalid");
      cell.classList.remove("fits", "fails");
    }
    if (trouble) {
      View.feedback(place, "unreadable", sentence(trouble.message));
      if (trouble.cell) {
        trouble.cell.setAttribute("aria-invalid", "true");
        trouble.cell.focus();
      }
      return;
    }
    const found = question.judged(place);
    if (found.verdict === "unreadable") {
      View.feedback(place, "unreadable", sentence(found.message));
      for (const { cells } of question.parts[place].fields) cells[0].setAttribute("aria-invalid", "true");
      return;
    }
    cells(place, found);
    verdict(place, found);
  }

  const sentence = (text) => `${text}${text.endsWith(".") ? "" : "."}`;

  /** Where there are several numbers, each says for itself whether it is right. */
  function cells(place, found) {
    const { fields } = question.parts[place];
    if (fields.length < 2 && fields.every((field) => field.cells.length < 2)) return;
    for (const [number, field] of fields.entries()) {
      const fits = (found.cells || [])[number] || [];
      field.cells.forEach((cell, n) => {
        if (fits[n] === undefined) return;
        cell.classList.add(fits[n] ? "fits" : "fails");
        if (!fits[n]) cell.setAttribute("aria-invalid", "true");
      });
    }
  }

  function verdict(place, found) {
    const card = question.card.parts[place];
    const earlier = (found.given || []).map((n) => `(${LETTERS[n]})`).join(" and ");
    const mark = make("strong", {}, found.right ? "Right" : found.verdict === "partly" ? "Partly right" : "Not right");
    const words = [mark, found.right && earlier ? `, given your answer to ${earlier}.` : "."];
    if (card.options) words.push(...reasons(place, found));
    else if (!found.right) {
      for (const key of question.told(place, found)) {
        words.push(" ", filled("span", {}, question.card.told[key]));
      }
      const wrong = (found.cells || []).flat().filter((fits) => !fits).length;
      if (found.verdict === "partly" && wrong) {
        words.push(` ${wrong === 1 ? "One number is" : `${wrong} numbers are`} not right.`);
      }
    }
    if (question.result !== null) words.push(" ", finished());
    View.feedback(place, found.right ? "right" : "wrong", ...words);
    find("hint").disabled = question.result !== null || question.hints >= question.card.hints.length;
  }

  /** Of what was ticked, why it is right or wrong. */
  function reasons(place, found) {
    const { inputs } = question.parts[place];
    const { options } = question.card.parts[place];
    return inputs.flatMap((input, n) => {
      if (!input.checked || !options[n].why) return [];
      return [filled("div", { class: "reason" }, options[n].why)];
    });
  }

  function finished() {
    const { box } = record.standings[question.skill];
    return make("span", { class: "soft" }, `This skill is in box ${box} of 5.`);
  }

  /* Hints and the worked solution */

  function hintLabel() {
    const left = question.card.hints.length - question.hints;
    return left ? `Hint (${left} left)` : "No hint left";
  }

  function hint() {
    const html = question.hint();
    if (html === null) return;
    find("hints").append(filled("li", {}, html));
    find("hint").textContent = hintLabel();
    find("hint").disabled = question.hints >= question.card.hints.length;
  }

  function solution() {
    question.end("wrong");
    const shown = find("solution");
    shown.hidden = false;
    shown.replaceChildren(
      make("h3", { id: "solution-title", tabindex: "-1" }, "Worked solution"),
      ...question.card.parts.map((each, place) =>
        filled("p", {}, `${question.card.parts.length > 1 ? `(${LETTERS[place]}) ` : "Answer: "}${each.answer}`)),
      filled("div", {}, question.card.solution));
    find("reveal").disabled = true;
    find("hint").disabled = true;
    find("solution-title").focus();
  }

  /* Topics, weak spots and the summary */

  function topics() {
    const groups = new Map();
    for (const skill of index.skills) {
      if (!groups.has(skill.topic)) groups.set(skill.topic, []);
      groups.get(skill.topic).push({ ...skill, box: (record.standings[skill.name] || {}).box });
    }
    View.topics([...groups].map(([topic, members]) => ({
      topic, skills: members, share: share(topic),
    })), practise);
  }

  /** How far the skills of a topic have come together. */
  function share(topic) {
    const members = index.skills.filter((skill) => skill.topic === topic);
    return Schedule.mastery(members.map((skill) => skill.name), record.standings);
  }

  async function practise(skill) {
    leave();
    toggle("show-topics", "topics", false);
    await ask(skill);
  }

  function weak() {
    const results = (skill) => record.answers
      .filter((answer) => Store.skillOf(answer.item) === skill).map((answer) => answer.result);
    return [...skills.keys()].filter((skill) => Schedule.isWeak(record.standings[skill], results(skill)));
  }

  async function practiseWeak() {
    const found = weak();
    chosen = found.length ? new Set(found) : null;
    View.notice(found.length ? "" : "No skill is weak so far, so all of them are asked.");
    await next();
  }

  async function practiseAll() {
    chosen = null;
    await next();
  }

  function summary() {
    leave();
    find("question").hidden = true;
    const shown = find("summary");
    shown.hidden = false;
    shown.replaceChildren(make("h2", { id: "summary-title", tabindex: "-1" }, "Summary"),
      ...(session.length ? Summary.report(session) : [make("p", {}, "Nothing was answered yet.")]),
      make("p", { class: "buttons" },
        button("weak", "Practise my weak spots", practiseWeak),
        button("go-on", "Go on with all skills", practiseAll)));
    find("summary-title").focus();
  }

  /* Progress as a file */

  function exported() {
    const blob = new Blob([JSON.stringify(record, null, 1)], { type: "application/json" });
    const link = make("a", { href: URL.createObjectURL(blob), download: "backprep-progress.json" });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  async function imported(event) {
    const [file] = event.target.files;
    event.target.value = "";
    if (!file) return;
    try {
      const other = Store.read(await file.text());
      record = Store.merged(record, other);
      keep();
      topics();
      View.notice(`Imported: ${other.answers.length === 1 ? "one answer" : `${other.answers.length} answers`}.`);
    } catch (error) {
      View.notice(error.message);
    }
  }

  function forget() {
    if (!window.confirm("Forget all progress in this browser?")) return;
    record = Store.empty();
    keep();
    session.length = 0;
    topics();
    View.notice("All progress is forgotten.");
  }

  /* Looks and keys */

  const THEMES = { system: "as the system", light: "light", dark: "dark" };

  function theme(wanted) {
    document.documentElement.dataset.theme = wanted;
    find("theme").textContent = `Theme: ${THEMES[wanted]}`;
  }

  function toggle(id, panel, on) {
    find(panel).hidden = !on;
    find(id).setAttribute("aria-expanded", String(on));
  }

  const KEYS = { h: "hint", s: "reveal", n: "next", l: "another" };

  function pressed(event) {
    const typing = event.target.matches("input[type=text], textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !find("keys").checked) return;
    if (find("question").hidden || !question) return;
    const wanted = find(KEYS[event.key.toLowerCase()] || "");
    const option = /^[1-9]$/.test(event.key) && question.parts.map((p) => p.inputs[event.key - 1]).find(Boolean);
    if (wanted && !wanted.disabled) wanted.click();
    else if (option) option.click();
    else return;
    event.preventDefault();
  }

  function begin() {
    for (const [id, panel] of [["show-topics", "topics"], ["show-progress", "progress"]]) {
      find(id).addEventListener("click", () => toggle(id, panel, find(panel).hidden));
    }
    find("show-summary").addEventListener("click", summary);
    find("export").addEventListener("click", exported);
    find("import").addEventListener("change", imported);
    find("forget").addEventListener("click", forget);
    find("theme").addEventListener("click", () => {
      const all = Object.keys(THEMES);
      theme(all[(all.indexOf(document.documentElement.dataset.theme) + 1) % all.length]);
    });
    document.addEventListener("keydown", pressed);
    theme("system");
    if (!stored.kept) View.notice("This browser keeps nothing for this page: export your progress before you close it.");
    topics();
    return next();
  }

  return { ready: begin() };
})();
