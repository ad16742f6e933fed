/* What is on the page: elements made from cards. Nothing here decides anything. */

const View = (() => {
  "use strict";

  const find = (id) => document.getElementById(id);

  /** An element with attributes and children, which are elements or text. */
  function make(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
      else if (value === true) made.setAttribute(key, "");
      else if (value !== false && value !== null) made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  /** An element whose content is markup that the page was made with. */
  function filled(name, attributes, html) {
    const made = make(name, attributes);
    made.innerHTML = html;
    return made;
  }

  const percent = (share) => `${Math.round(100 * share)} %`;

  /** How far something has come, as a bar and in words. */
  function bar(label, share) {
    const meter = make("progress", { max: "1", value: share.toFixed(3), "aria-label": label });
    return make("span", { class: "bar" }, meter, make("span", { class: "share" }, percent(share)));
  }

  /** One box, or a grid of them for a matrix. */
  function field(asked, part, place, act) {
    const several = asked.rows * asked.columns > 1;
    const cells = [];
    for (let row = 0; row < asked.rows; row += 1) {
      for (let column = 0; column < asked.columns; column += 1) {
        const where = several ? `, row ${row + 1}, column ${column + 1}` : "";
        cells.push(make("input", {
          type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
          id: `cell-${part}-${place}-${row}-${column}`, class: "cell",
          "aria-label": `${asked.spoken}${where}`, "aria-describedby": `feedback-${part}`,
          on: { input: act },
        }));
      }
    }
    const grid = make("span", { class: several ? "grid matrix" : "grid", style: `--columns: ${asked.columns}` }, ...cells);
    const label = filled("span", { class: "label", "aria-hidden": "true" }, `${asked.label} ${asked.sign}`);
    return { element: make("div", { class: "field" }, label, grid), cells };
  }

  /** The options of a part, as buttons of which one or several may be on. */
  function options(card, part, act) {
    const several = card.form === "choose_all";
    const inputs = card.options.map((option, place) => make("input", {
      type: several ? "checkbox" : "radio", name: `part-${part}`, value: String(place),
      id: `option-${part}-${place}`, on: { change: act },
    }));
    const entries = card.options.map((option, place) => {
      const letter = option.letter ? make("span", { class: "letter" }, option.letter) : null;
      const words = filled("span", { class: "words" }, option.html);
      return make("div", { class: "option" },
        make("label", {}, inputs[place], letter, words),
        make("div", { class: "why", id: `why-${part}-${place}`, hidden: true }));
    });
    return { element: make("div", { class: several ? "choices several" : "choices" }, ...entries), inputs };
  }

  /** The words of a verdict, in the colour of one. */
  function feedback(place, kind, ...content) {
    const told = find(`feedback-${place}`);
    told.className = `feedback ${kind}`;
    told.replaceChildren(...content);
  }

  function notice(text) {
    const told = find("notice");
    told.textContent = text;
    told.hidden = text === "";
  }

  /** Every topic with its bar, and its skills as buttons. */
  function topics(groups, act) {
    find("topic-list").replaceChildren(...groups.map(({ topic, share, skills }) =>
      make("div", { class: "topic" },
        make("h3", {}, topic, " ", bar(`How far ${topic} has come`, share)),
        make("ul", {}, ...skills.map((skill) => make("li", {},
          make("button", { type: "button", class: "link", on: { click: () => act(skill.name) } }, skill.title),
          " ", make("span", { class: "soft" }, skill.box ? `box ${skill.box} of 5` : "not asked yet")))))));
  }

  return { find, make, filled, bar, field, options, feedback, notice, topics, percent };
})();
