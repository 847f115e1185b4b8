/** The published types against the element itself: a member that is missing or of another type does not compile. */

import type { LoopScopeConstructor, LoopScopeElement, LoopScopeScenario, LoopScopeState, LoopScopeTrace } from "../../xtask/npm/loopscope.js";
import type { LoopScope } from "../../www/widget/element.js";
import type { TraceJson } from "../../www/trace/json.js";

type Same<A, B> = [A, B] extends [B, A] ? true : false;
type Members = Exclude<Extract<keyof LoopScope, string>, keyof HTMLElement | "connectedCallback" | "disconnectedCallback">;

export const facts: [
  constructor: typeof LoopScope extends LoopScopeConstructor ? true : false,
  names: Same<Members, Exclude<keyof LoopScopeElement, keyof HTMLElement>>,
  statics: Same<Exclude<keyof typeof LoopScope, keyof typeof HTMLElement>, Exclude<keyof LoopScopeConstructor, "prototype">>,
  state: Same<LoopScope["state"], LoopScopeState>,
  trace: Same<TraceJson, LoopScopeTrace>,
  fields: Same<keyof (typeof LoopScope.scenarios)[number], keyof LoopScopeScenario>,
] = [true, true, true, true, true, true];
