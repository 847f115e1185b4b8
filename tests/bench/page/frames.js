// Measures how long the frames are in which a large run is looked at: zoomed and moved by the wheel, as a hand does it.
import { busy } from "./tests/js/random.js";
import { toJSON } from "./www/trace/json.js";

/** Two runs of the engine, and two of an exact size: twelve tasks with a queue, a semaphore and contexts, made up. */
const RUNS = [
  { name: "async-pipeline with 10,000 items", axes: ["time", "ticks"], attributes: { scenario: "async-pipeline", count: 10_000 } },
  { name: "100,000 events of twelve tasks", axes: ["time", "ticks"], events: 100_000 },
  // Nothing in it takes time.
  { name: "csv-rows with 100,000 rows", axes: ["ticks"], attributes: { scenario: "csv-rows", rows: 100_000, give_way: 1 } },
  { name: "1,000,000 events of twelve tasks", axes: ["time", "ticks"], events: 1_000_000, late: 2 },
];

/** What a display of 60 Hz gives for a frame, in milliseconds, and what a clock that steps by a tenth of one may add to it. */
const FRAME = 1000 / 60 + 0.15;

/** What a hand does: so many frames, and in each a turn of the wheel. */
const GESTURES = [
  { frames: 90, turn: { deltaY: -40, ctrlKey: true } },
  { frames: 90, turn: { deltaX: 30 } },
  { frames: 90, turn: { deltaY: 40, ctrlKey: true } },
  { frames: 1, turn: { deltaY: -500, ctrlKey: true } },
  { frames: 90, turn: { deltaX: 20 } },
  { frames: 90, turn: { deltaX: -20 } },
];

const frame = () => new Promise(requestAnimationFrame);

/** Resolves when the frame that is drawn just now is done with. */
const after = () => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = done;
  port2.postMessage(0);
});

const quantile = (list, part) => list.toSorted((a, b) => a - b)[Math.floor(list.length * part)];

/** Puts a widget on the page that shows a run. */
async function show({ events, attributes = {} }) {
  const element = document.createElement("loop-scope");
  const all = { clock: "virtual", height: "860", view: "timeline memory queue controls", ...attributes };
  for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
  document.body.replaceChildren(element);
  if (events) {
    element.trace = toJSON(busy(events));
    while (element.state === "loading") await frame();
  } else await element.run();
  return element;
}

/** Waits until all of it was read and painted. */
async function drawn(element) {
  const picture = element.shadowRoot.querySelector(".picture");
  const canvas = () => picture.querySelector("canvas:not([hidden])");
  for (let looks = 0; looks < 600 && !canvas(); looks += 1) await frame();
  if (!canvas()) throw new Error("nothing was painted");
  await new Promise((rest) => setTimeout(rest, 2000));
  return picture.querySelector("svg");
}

/** Looks at what is shown; resolves to the 95th percentile of what lies between two frames, and of the work in one, in milliseconds. */
async function look(element, axis) {
  element.setAttribute("axis", axis);
  const svg = await drawn(element);
  const { left, top } = svg.getBoundingClientRect();
  const lengths = [];
  const works = [];
  let last = await frame();
  for (const { frames, turn } of GESTURES) {
    for (let k = 0; k < frames; k += 1) {
      svg.dispatchEvent(new WheelEvent("wheel", { bubbles: true, cancelable: true, clientX: left + 500, clientY: top + 100, ...turn }));
      const start = await frame();
      await after();
      works.push(performance.now() - start);
      lengths.push(start - last);
      last = start;
    }
  }
  return { frame: quantile(lengths, 0.95), work: quantile(works, 0.95) };
}

/** Returns what was measured in so many rounds for each run and axis; a run may have frames that come so many times later. */
globalThis.measure = async (rounds) => {
  await customElements.whenDefined("loop-scope");
  const measured = [];
  for (const run of RUNS) {
    const element = await show(run);
    for (const axis of run.axes) {
      const looks = [];
      for (let round = 0; round < rounds; round += 1) looks.push(await look(element, axis));
      const what = `${run.name} by ${axis}, zoomed and moved: 95th percentile`;
      measured.push(
        { what: `${what} of what lies between two frames`, who: "ours", unit: "ms", samples: looks.map(({ frame }) => frame) },
        { what: `${what} of what lies between two frames`, who: run.late ? "two frames of a display" : "a frame of a display", unit: "ms", samples: [FRAME * (run.late ?? 1)] },
        { what: `${what} of the work in a frame`, who: "ours", unit: "ms", samples: looks.map(({ work }) => work) },
      );
    }
  }
  return measured;
};
