/** What the element is doing. */
export type LoopScopeState = "idle" | "loading" | "running" | "paused" | "done" | "failed" | "stopped";

/** A recorded run. Its JSON Schema is `loopscope/trace.schema.json`. */
export interface LoopScopeTrace {
  version: 1;
  scenario: string;
  params: Record<string, number>;
  clock: "wall" | "virtual";
  seed: number;
  hash: string;
  tasks: { id: number; parent: number; name: string; start: number; end: number | null; outcome: string | null }[];
  resources: { id: number; kind: string; name: string; capacity: number }[];
  events: { seq: number; t: number; task: number; kind: string; [operand: string]: unknown }[];
  output: { seq: number; t: number; task: number; text: string }[];
  result: unknown;
  dropped: number;
}

/** A program that the element can run. */
export interface LoopScopeScenario {
  id: string;
  title: string;
  chapter: string;
  about: string;
  params: { name: string; label: string; type: "integer" | "number"; unit: string; default: number; min: number; max: number; step: number }[];
}

/** The element `<loop-scope>`. */
export interface LoopScopeElement extends HTMLElement {
  /** The run that is shown. Set it to show an exported one without running. */
  trace: LoopScopeTrace | null;
  /** What the element is doing; also an attribute. */
  readonly state: LoopScopeState;
  /** Nanoseconds on the run's clock. */
  position: number;
  run(): Promise<LoopScopeTrace>;
  pause(): void;
  resume(): void;
  /** Moves the cursor by events; a negative number steps back. */
  step(n: number): void;
  seek(ns: number): void;
  stop(): void;
  reset(): void;
  export(format: "json" | "chrome" | "svg"): string;
}

declare global {
  interface HTMLElementTagNameMap {
    "loop-scope": LoopScopeElement;
  }
}
