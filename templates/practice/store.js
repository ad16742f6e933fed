/* Progress, kept in the browser: standings by skill, how often each item was asked, and answers.

   It is the same record that the terminal exports and imports. */

const Store = (() => {
  "use strict";

  const PLACE = "backprep-progress";
  const FORMAT = "backprep-progress";
  const MOST_ANSWERS = 5000;

  function empty() {
    return { format: FORMAT, version: 1, standings: {}, asked: {}, answers: [] };
  }

  /** What a text holds; throws an Error with one sentence where it is no record of progress. */
  function read(text) {
    let found;
    try {
      found = JSON.parse(text);
    } catch {
      throw new Error("The file is not a record of progress: it is not JSON.");
    }
    if (!found || found.format !== FORMAT) {
      throw new Error("The file is not a record of progress that backprep has exported.");
    }
    if (found.version !== 1) {
      throw new Error(`The record is of version ${found.version}, which this page cannot read.`);
    }
    return checked(found);
  }

  /** Only what is well formed: a file from elsewhere may hold anything. */
  function checked(found) {
    const record = empty();
    for (const [skill, standing] of Object.entries(found.standings || {})) {
      const { box, due } = standing || {};
      if (Number.isInteger(box) && box >= 1 && box <= 5 && Number.isFinite(due)) {
        record.standings[skill] = { box, due };
      }
    }
    for (const [name, times] of Object.entries(found.asked || {})) {
      if (Number.isInteger(times) && times > 0) record.asked[name] = times;
    }
    record.answers = (Array.isArray(found.answers) ? found.answers : [])
      .filter((each) => each && typeof each.item === "string" && Number.isFinite(each.time))
      .map((each) => ({
        item: each.item,
        time: each.time,
        result: ["right", "helped", "wrong"].includes(each.result) ? each.result : "wrong",
        hints: Number.isInteger(each.hints) && each.hints > 0 ? each.hints : 0,
        slips: Array.isArray(each.slips) ? each.slips.filter((s) => typeof s === "string") : [],
      }));
    return record;
  }

  /** The record in the browser, or a new one; `kept` says whether the browser keeps anything. */
  function load() {
    try {
      const text = window.localStorage.getItem(PLACE);
      return { record: text === null ? empty() : read(text), kept: true };
    } catch {
      return { record: empty(), kept: false };
    }
  }

  /** Whether the record could be kept. */
  function save(record) {
    record.answers = record.answers.slice(-MOST_ANSWERS);
    try {
      window.localStorage.setItem(PLACE, JSON.stringify(record));
      return true;
    } catch {
      return false;
    }
  }

  const skillOf = (name) => name.split(".")[0];

  /** Two records as one: of two standings that of the later answer, and every answer once. */
  function merged(mine, other) {
    const latest = (record, skill) =>
      Math.max(0, ...record.answers.filter((a) => skillOf(a.item) === skill).map((a) => a.time));
    const record = empty();
    for (const skill of new Set([...Object.keys(mine.standings), ...Object.keys(other.standings)])) {
      const newer = latest(other, skill) > latest(mine, skill) || !(skill in mine.standings);
      record.standings[skill] = newer && skill in other.standings ? other.standings[skill] : mine.standings[skill];
    }
    for (const name of new Set([...Object.keys(mine.asked), ...Object.keys(other.asked)])) {
      record.asked[name] = Math.max(mine.asked[name] || 0, other.asked[name] || 0);
    }
    const seen = new Map([...mine.answers, ...other.answers].map((a) => [`${a.item} ${a.time}`, a]));
    record.answers = [...seen.values()].sort((a, b) => a.time - b.time);
    return record;
  }

  return { empty, read, load, save, merged, skillOf };
})();
