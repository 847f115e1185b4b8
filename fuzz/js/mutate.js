// Changes an input a little: bits, bytes, runs of bytes, words of the formats, and parts of other inputs.

/** What a format is made of, and what nobody means. */
const WORDS = [
  "__proto__", "constructor", "toString", "null", "true", "-1", "0", "1e999", "-0", "4294967296", "9007199254740993", "1e300", "0.5", "\"\"", "[]", "{}", "[", "{",
  "#v1?", "#v2?", "%", "%00", "+", "&", "=", "\n", "javascript:", "<script>", "\u202e", "\ud83d\ude00", "\u0000",
  ...["version", "scenario", "params", "clock", "seed", "hash", "tasks", "resources", "events", "output", "result", "dropped", "seq", "t", "turn", "task", "kind", "file", "line", "id", "name", "capacity"].map((name) => `"${name}":`),
  ...["spawn", "poll-start", "wait", "yield", "print", "done", "enter-start", "acquire", "depth", "queue"].map((name) => `"${name}"`),
  "scenario=", "async-counter", "limit=", "view=", "axis=", "height=", "speed=", "theme=", "timeline", "ticks", "30rem",
].map((word) => Buffer.from(word));

const LONGEST = 4096;

/** @param {Buffer} input @param {Buffer} other @param {(below: number) => number} roll @returns {Buffer} */
export function mutate(input, other, roll) {
  let data = Buffer.from(input);
  for (let times = 1 << roll(4); times > 0; times -= 1) data = once(data, other, roll);
  return data.subarray(0, LONGEST);
}

/** @param {Buffer} data @param {Buffer} other @param {(below: number) => number} roll */
function once(data, other, roll) {
  const at = roll(data.length + 1);
  const to = Math.min(data.length, at + 1 + roll(roll(8) === 0 ? 256 : 8));
  const put = (/** @type {Buffer} */ part, from = at) => Buffer.concat([data.subarray(0, at), part, data.subarray(from)]);
  switch (roll(8)) {
    case 0:
      if (at < data.length) data[at] ^= 1 << roll(8);
      return data;
    case 1:
      if (at < data.length) data[at] = roll(256);
      return data;
    case 2:
      return put(Buffer.alloc(0), to);
    case 3:
      return put(data.subarray(at, to));
    case 4:
      return put(WORDS[roll(WORDS.length)]);
    case 5:
      return put(WORDS[roll(WORDS.length)], to);
    case 6: {
      const from = roll(other.length + 1);
      return put(other.subarray(from, from + 1 + roll(64)), roll(2) ? at : to);
    }
    default:
      return put(Buffer.from(String((roll(2) ? 1 : -1) * roll(2 ** (1 + roll(30))))), to);
  }
}
