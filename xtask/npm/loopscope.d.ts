/** What the element is doing. */
export type LoopScopeState = "idle" | "loading" | "running" | "paused" | "done" | "failed" | "stopped";

/** A recorded run. Its JSON Schema is `loopscope/trace.schema.json`. */
export interface LoopScopeTrace {
  version: 1;
  scenario: string;
  params: Record<string, unknown>;
  clock: string;
  seed: number | string;
  hash: string;
  tasks: { id: number; parent: number; name: string; start: number; end: number | null; outcome: string | null }[];
  resources: { id: number; kind: string; name: string; capacity: number }[];
  events: { seq: number; t: number; turn: number; task: number; kind: string; file?: string; line?: number; [operand: string]: unknown }[];
  output: { seq: number; t: number; task: number; text: string }[];
  result: unknown;
  dropped: number;
}

/** A program that the element can run. */
export interface LoopScopeScenario {
  id: string;
  title: string;
  chapter: string;
  /** The program's file, as events name it; its text is `pkg/programs/` and the file's name. */
  file: string;
  parameters: { name: string; label: string; type: "integer" | "number"; unit: string; default: number; min: number; max: number; step: number }[];
  /** Whether the seed makes a difference. */
  seeded: boolean;
}

/** The element `<loop-scope>`. */
export interface LoopScopeElement extends HTMLElement {
  /** The run that is shown. Set it to show an exported one without running. */
  get trace(): LoopScopeTrace | null;
  set trace(trace: LoopScopeTrace | string | null);
  /** What the element is doing; also an attribute. */
  readonly state: LoopScopeState;
  /** Nanoseconds on the run's clock. */
  position: number;
  /** Runs the program from its start; resolves to its trace, rejects with what is shown if it cannot be run. */
  run(): Promise<LoopScopeTrace>;
  pause(): void;
  resume(): void;
  /** Moves the cursor by events; a negative number steps back. */
  step(n?: number): void;
  seek(ns: number): void;
  stop(): void;
  reset(): void;
  /** The run that is shown, as a text; rejects if there is none yet. */
  export(format: "json" | "chrome" | "svg"): Promise<string>;
  /** Puts the run that is shown on the browser's own performance timeline, as one that ends now: turns and waits become tracks. */
  measure(): Promise<PerformanceMeasure[]>;
}

/** The element's class: `customElements.get("loop-scope")`, once `loopscope.js` is loaded. */
export interface LoopScopeConstructor {
  new (): LoopScopeElement;
  /** The programs there are; empty until the engine is loaded. */
  readonly scenarios: LoopScopeScenario[];
  /** Loads the engine, and resolves to the programs. */
  ready(): Promise<LoopScopeScenario[]>;
}

declare global {
  interface HTMLElementTagNameMap {
    "loop-scope": LoopScopeElement;
  }
}
