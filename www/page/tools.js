/** Which tool? Three questions, an answer with the scenario that shows why, and sync beside async generators. */

import { make } from "../widget/dom.js";
import { write as address } from "./address.js";

/** @typedef {{ title: string, text: string, scenario: string }} Answer */

const QUESTIONS = /** @type {const} */ ([
  { name: "many", ask: "How many values do you need?", choices: [["one", "one"], ["all", "all of them, in a list"], ["stream", "one at a time"]] },
  { name: "wait", ask: "Does it have to wait for something outside: a network, a timer, another task?", choices: [["no", "no"], ["yes", "yes"]] },
  { name: "simple", ask: "Is each value just another one, changed or filtered?", choices: [["no", "no, there are steps in between"], ["yes", "yes"]] },
]);

/** By the answers: how many, waiting, simple; `*` for any. @type {Record<string, Answer>} */
const ANSWERS = {
  "one no *": { title: "A plain function", text: "It computes and returns. Keep it short on a loop: while it computes, nobody else gets a turn.", scenario: "blocking-the-loop" },
  "one yes *": { title: "A coroutine", text: "An async function: it gives its turn away while it waits, and others go on.", scenario: "breakfast" },
  "all no no": { title: "A list", text: "You can count it, index it and read it twice. All of it is in memory at once.", scenario: "list-vs-generator" },
  "all no yes": { title: "A list comprehension", text: "One line for a list made from another one. In Rust: an iterator and collect.", scenario: "sync-pipeline" },
  "all yes no": { title: "Coroutines, gathered", text: "Start them all and wait for all: the whole takes as long as the slowest.", scenario: "sequential-vs-concurrent" },
  "all yes yes": { title: "An async comprehension", text: "Collects what an async generator hands over, item by item, into a list.", scenario: "async-comprehension" },
  "stream no no": { title: "A generator", text: "It makes a value when it is asked for one, and freezes in between. Memory stays small however many there are.", scenario: "log-filter" },
  "stream no yes": { title: "A generator expression", text: "A comprehension that makes nothing until somebody asks.", scenario: "sync-pipeline" },
  "stream yes no": { title: "An async generator", text: "It waits before a value, hands it over and freezes until it is asked again. The loop is free while it waits.", scenario: "paginated-api" },
  "stream yes yes": { title: "An async generator expression", text: "An async generator in one line, to be read with async for.", scenario: "async-comprehension" },
};

const TABLE = [
  ["", "Generator", "Async generator"],
  ["Defined in Python", "def, with yield in it", "async def, with yield in it"],
  ["Defined in Rust, here", "Gen::new(async |co| …)", "AsyncGen::new(async |co| …)"],
  ["Read with", "for", "async for; in Rust while let … .await"],
  ["May stand", "anywhere", "inside a coroutine, on a running loop"],
  ["May await in its body", "no; in Rust its own yields only", "yes"],
  ["While it waits", "its whole thread stands still", "everyone else on the loop goes on"],
  ["Between two values", "its frame is frozen", "its frame is frozen"],
  ["Left early", "closed at once", "has to be closed with aclose, which may await"],
];

/** @param {HTMLElement} section @param {readonly { id: string, title: string }[]} scenarios */
export function show(section, scenarios) {
  const chosen = /** @type {Record<string, string>} */ ({ many: "stream", wait: "yes", simple: "no" });
  const answer = make("div", { class: "answer", role: "status" });
  const decide = () => {
    const { many, wait, simple } = chosen;
    const found = ANSWERS[`${many} ${wait} ${simple}`] ?? ANSWERS[`${many} ${wait} *`];
    const scenario = scenarios.find(({ id }) => id === found.scenario);
    answer.replaceChildren(make("h3", {}, found.title), make("p", {}, found.text),
      ...(scenario ? [make("a", { href: address({ scenario: scenario.id }) }, `See it: ${scenario.title}`)] : []));
  };
  const ask = QUESTIONS.map(({ name, ask, choices }) => make("fieldset", {}, make("legend", {}, ask),
    ...choices.map(([value, text]) => {
      const input = make("input", { type: "radio", name, value, checked: chosen[name] === value, onchange: () => {
        chosen[name] = value;
        decide();
      } });
      return make("label", {}, input, text);
    })));
  decide();
  const [head, ...rows] = TABLE;
  section.replaceChildren(make("h2", { tabindex: -1 }, "Which tool?"),
    make("p", {}, "List, generator, coroutine, async generator or comprehension: three questions decide it."),
    make("form", { class: "questions" }, make("div", {}, ...ask), answer),
    make("h3", { id: "table-title" }, "Generators, with and without async"),
    make("div", { class: "wide", tabindex: 0, role: "region", "aria-labelledby": "table-title" }, make("table", {},
      make("thead", {}, make("tr", {}, ...head.map((text) => (text ? make("th", { scope: "col" }, text) : make("td"))))),
      make("tbody", {}, ...rows.map(([name, ...cells]) => make("tr", {}, make("th", { scope: "row" }, name), ...cells.map((text) => make("td", {}, text))))))));
}
