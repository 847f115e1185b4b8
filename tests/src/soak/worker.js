/** In the page of the soak: puts the script `memory` in front of the engine's in its worker, and asks it. */

globalThis.Worker = class extends Worker {
  constructor(address, options) {
    const script = `${memory}import(${JSON.stringify(address)});`;
    super(URL.createObjectURL(new Blob([script], { type: "text/javascript" })), options);
    soak.wasm = () => new Promise((answer) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => answer(data);
      this.postMessage({ type: "weigh", port: port2 }, [port2]);
    });
  }
};
