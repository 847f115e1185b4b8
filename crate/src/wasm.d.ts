export interface ParamInfo {
  name: string;
  label: string;
  type: "integer" | "number";
  unit: string;
  default: number;
  min: number;
  max: number;
  /** The least and the most. */
  range: [number, number];
  step: number;
}

export interface ScenarioInfo {
  id: string;
  title: string;
  chapter: string;
  /** As events name it; its text is the file of the same name in `programs/` beside the glue. */
  file: string;
  params: ParamInfo[];
  /** Whether the seed makes a difference. */
  seeded: boolean;
}

/** What the operands of a kind of event mean: names in the JSON of the trace, "" for an operand that is not used. */
export interface KindInfo {
  name: string;
  subject: "" | "task" | "resource";
  subject_name: string;
  value_name: string;
  text_name: string;
}

/** Values may be as a person typed them: they are checked, and refused with a sentence. */
export interface RunOptions {
  scenario: string;
  clock?: string;
  speed?: string | number;
  seed?: string | number;
  params?: Record<string, string | number>;
}

export interface ResourceInfo {
  id: number;
  kind: string;
  name: string;
  capacity: number;
}

/** Events in columns, from number `first` on, and what was added to the tables they refer to. */
export interface Batch {
  first: number;
  /** Whole nanoseconds of the run's clock. */
  t: Float64Array;
  turn: Uint32Array;
  task: Uint32Array;
  /** Index in `kinds()`. */
  kind: Uint8Array;
  subject: Uint32Array;
  value: Float64Array;
  /** Index in the string table, whose first entry is "". */
  text: Uint32Array;
  /** Index in the string table. */
  file: Uint32Array;
  /** 0 where the place is not known. */
  line: Uint32Array;
  strings: string[];
  resources: ResourceInfo[];
  /** How many events were dropped so far. */
  dropped: number;
}

export interface Outcome {
  state: "done" | "failed" | "stopped";
  message: string;
  result: unknown;
  hash: string;
  now: number;
}
