/* The cards of the page: packed by skill, and unpacked when a skill is first asked. */

const Cards = (() => {
  "use strict";

  const unpacked = new Map();

  async function inflated(text) {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).text();
  }

  /** The cards of a skill, in the order of the index. */
  function of(skill) {
    if (!unpacked.has(skill)) {
      const text = document.getElementById(`cards-${skill}`).textContent.trim();
      unpacked.set(skill, inflated(text).then(JSON.parse));
    }
    return unpacked.get(skill);
  }

  /** What the page says of every skill: name, title, topic, and its items with their levels. */
  function index() {
    return JSON.parse(document.getElementById("index").textContent);
  }

  return { of, index };
})();
