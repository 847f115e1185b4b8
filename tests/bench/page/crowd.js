// Counts the workers that a page of widgets starts, and the instances of wasm in them.

globalThis.counts = { workers: 0, instances: 0 };

// A worker's own script says what is instantiated there.
const channel = new BroadcastChannel("instances");
channel.onmessage = () => { counts.instances += 1; };

/** Runs first in a worker. */
function listen() {
  const told = new BroadcastChannel("instances");
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const real = WebAssembly[name];
    WebAssembly[name] = (...given) => {
      told.postMessage(name);
      return real(...given);
    };
  }
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(real, given) {
      told.postMessage("Instance");
      return new real(...given);
    },
  });
}

globalThis.Worker = class extends Worker {
  constructor(address, options) {
    counts.workers += 1;
    const script = `(${listen})(); await import(${JSON.stringify(String(address))});`;
    super(URL.createObjectURL(new Blob([script], { type: "text/javascript" })), options);
  }
};

/** Puts so many widgets on the page, each as high as one with a picture. */
globalThis.fill = (widgets) => {
  const one = `<loop-scope scenario="async-counter" clock="virtual" autoplay style="min-height: 300px"></loop-scope>`;
  document.body.insertAdjacentHTML("beforeend", one.repeat(widgets));
};

/** Runs all of them to their ends. */
globalThis.runAll = () => Promise.all([...document.querySelectorAll("loop-scope")].map((widget) => widget.run()));
