/* What a session came to, as elements. Each of its questions has a title, the item's name, a result,
   the number of hints, and what was said of its mistakes. */

const Summary = (() => {
  "use strict";

  const { make, filled } = View;
  const OUTCOMES = { right: "right", helped: "right in the end", wrong: "not solved" };

  /** What was asked and what came of it; of one question or more. */
  function report(session) {
    const right = session.filter((each) => each.result === "right").length;
    const hints = session.reduce((sum, each) => sum + each.hints, 0);
    const rows = session.map((each) => make("tr", {},
      make("th", { scope: "row" }, each.title), make("td", {}, OUTCOMES[each.result]),
      make("td", { class: "figures" }, String(each.hints)), make("td", {}, make("code", {}, each.item))));
    const head = ["Question", "Outcome", "Hints", "Item"].map((name) => make("th", { scope: "col" }, name));
    return [
      make("p", {}, `${session.length === 1 ? "One question was" : `${session.length} questions were`} asked: `
        + `${right} right at once, ${hints === 1 ? "one hint" : `${hints} hints`} in all.`),
      make("div", { class: "table", tabindex: "0", role: "region", "aria-label": "What was asked" },
        make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows))),
      ...mistakes(session),
    ];
  }

  /** Every mistake in words, the most frequent first. */
  function mistakes(session) {
    const counted = new Map();
    for (const html of session.flatMap((each) => each.mistakes)) {
      counted.set(html, (counted.get(html) || 0) + 1);
    }
    if (!counted.size) return [];
    const told = [...counted].sort((a, b) => b[1] - a[1]);
    return [make("h3", {}, "Mistakes that came up"), make("ul", {}, ...told.map(([html, count]) =>
      make("li", {}, filled("span", {}, html), count > 1 ? ` (${count} times)` : "")))];
  }

  return { report };
})();
