/** In the page of the soak: runs all programs in rounds, notes what is not as it was, and weighs what is left. */

/** What each program said the first time it ran here, by clock and name. @type {Map<string, string>} */
const first = new Map();

globalThis.soak = { rounds: 0, runs: 0, seconds: 0, faults: [], rests: true, weigh, go };

/** Goes on for so many milliseconds, and to the end of the round. @param {"virtual" | "wall"} clock @param {number} length */
async function go(clock, length) {
  const end = performance.now() + length;
  soak.rests = false;
  soak.rounds = 0;
  try {
    const scenarios = await customElements.get("loop-scope").ready();
    do {
      await (clock === "virtual" ? inARow : atOnce)(scenarios);
      soak.rounds += 1;
    } while (performance.now() < end && soak.faults.length === 0);
  } catch (error) {
    soak.faults.push(String(error));
  }
  soak.rests = true;
}

/** On the virtual clock a run has the machine to itself: one element shows all of them. */
async function inARow(scenarios) {
  const element = place("virtual");
  for (const { id } of scenarios) {
    element.setAttribute("scenario", id);
    await once(element, "virtual");
  }
  element.remove();
}

/** Live they mostly wait: each has an element of its own, and all run together. */
async function atOnce(scenarios) {
  const elements = scenarios.map(({ id }) => {
    const element = place("wall");
    element.setAttribute("scenario", id);
    return element;
  });
  await Promise.all(elements.map((element) => once(element, "wall")));
  for (const element of elements) element.remove();
}

/** @param {"virtual" | "wall"} clock */
function place(clock) {
  const element = document.createElement("loop-scope");
  element.setAttribute("clock", clock);
  return document.body.appendChild(element);
}

/** A program may fail, some are about that: it has to do so each time. */
async function once(element, clock) {
  const trace = await element.run();
  const id = element.getAttribute("scenario");
  const said = clock === "virtual" ? `${element.state} ${trace.hash}` : element.state;
  if (!first.has(`${clock} ${id}`)) first.set(`${clock} ${id}`, said);
  if (first.get(`${clock} ${id}`) !== said) soak.faults.push(`${id}: ${said}, and ${first.get(`${clock} ${id}`)} at first`);
  if (trace.dropped !== 0) soak.faults.push(`${id}: ${trace.dropped} events were dropped`);
  if (trace.events.length === 0) soak.faults.push(`${id}: nothing was recorded`);
  soak.runs += 1;
  soak.seconds += (trace.events.at(-1)?.t ?? 0) / 1e9;
}

/** So long after a run the engine may still look for its worker, and hold what it recorded, in milliseconds. */
const REST = 1500;

/** Bytes of the wasm's memory, and of the page's heap after it was swept, null where the browser does not tell. */
async function weigh() {
  const wasm = await soak.wasm();
  if (!globalThis.gc || !performance.memory) return { wasm, heap: null };
  await new Promise((later) => setTimeout(later, REST));
  // What is let go by a finalizer goes with the next sweep.
  for (let k = 0; k < 3; k += 1) {
    gc();
    await new Promise((later) => setTimeout(later, 20));
  }
  return { wasm, heap: performance.memory.usedJSHeapSize };
}
