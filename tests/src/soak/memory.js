/** Where the wasm is loaded: keeps its memory in sight, and says how large it is. */

let wasm = null;
for (const name of ["instantiate", "instantiateStreaming"]) {
  const make = WebAssembly[name];
  WebAssembly[name] = async (...given) => {
    const made = await make.apply(WebAssembly, given);
    wasm ??= (made.instance ?? made).exports.memory ?? null;
    return made;
  };
}

/** Bytes. */
const size = () => wasm?.buffer.byteLength ?? null;

// A page that asks a worker.
addEventListener("message", (event) => {
  if (event.data?.type !== "weigh") return;
  event.stopImmediatePropagation();
  event.data.port.postMessage(size());
});
