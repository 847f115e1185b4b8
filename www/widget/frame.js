/**
 * What every panel is given to draw: a run, a place in it, and what goes on around it.
 *
 * @typedef {"idle" | "loading" | "running" | "paused" | "done" | "failed" | "stopped"} State
 * @typedef {{
 *   trace: import("../trace/trace.js").Trace | null,
 *   cursor: import("../timeline/scale.js").Cursor,
 *   edge: number,
 *   waited: number,
 *   state: State,
 *   playing: boolean,
 *   following: boolean,
 *   axis: "time" | "ticks",
 *   speed: number,
 *   motion: boolean,
 *   scenario: import("../pkg/loopscope.js").ScenarioInfo | undefined,
 * }} Frame
 */

export {};
