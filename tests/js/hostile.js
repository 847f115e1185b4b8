// A saved run as somebody makes it who means harm: by its form it is one.

const MARKUP = "<img src=x onerror=\"globalThis.hurt=1\">";

/** Names that are markup, that all objects have, that turn the direction of the text, or that no XML may hold. */
export const NAMES = [MARKUP, "</title><script>globalThis.hurt=1</script>", "__proto__", "constructor", "\u202egnp.exe", "a\0b\x1b[31m\ud800", "javascript:globalThis.hurt=1", "]]>-->{{constructor}}\n\n&lt;"];

/** The text of a saved run with these names wherever a name can stand. */
export function hostile() {
  const events = [];
  const say = (kind, task, rest) => events.push({ seq: events.length, t: events.length * 1e6, turn: events.length, task, kind, file: MARKUP, line: 1, ...rest });
  for (const [k, name] of NAMES.entries()) {
    const task = k + 1;
    const on = k + 1;
    say("spawn", task, { parent: k, name });
    say("poll-start", task, {});
    say("print", task, { text: name });
    say("enter-start", task, { context: on });
    say("entered", task, { context: on });
    say("put", task, { queue: 20 + on, value: name });
    say("depth", task, { queue: 20 + on, depth: 9007199254740991 });
    say("resume", task, { generator: 40 + on, sent: name });
    say("yield", task, { generator: 40 + on, value: name });
    say("receive", task, { generator: 40 + on, value: name });
    say("lint", task, { of: task, text: name });
    say("wait", task, { on: 20 + on, until: 1e300, why: name });
    say("poll-end", task, {});
    say(name, task, { [name]: 1, text: name });
  }
  say("done", 1, { outcome: NAMES[0] });
  const resources = NAMES.flatMap((name, k) => [[1, "context"], [21, "queue"], [41, "generator"]].map(([first, kind]) => ({ id: first + k, kind, name, capacity: 2 })));
  const parts = NAMES.map((name) => `${JSON.stringify(name)}:${JSON.stringify(name)}`).join();
  const whole = { version: 1, scenario: MARKUP, params: {}, clock: "virtual", seed: NAMES[1], hash: MARKUP, tasks: [], resources, events, output: [], result: null, dropped: 3 };
  // Not by an object: there `__proto__` would be no name.
  return JSON.stringify(whole).replace('"params":{}', () => `"params":{${parts}}`).replace('"result":null', () => `"result":{${parts},"nested":{"__proto__":{"polluted":1}}}`);
}
