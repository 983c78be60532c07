// A browser starts no worker for a page that was opened from the disk, and the search runs in one.
// Here its script runs in a hidden frame, which the page sees as a worker.
if (location.protocol === "file:") {
  const loaded = (frame, address) =>
    new Promise((resolve, reject) => {
      const script = frame.contentDocument.createElement("script");
      script.onload = resolve;
      script.onerror = reject;
      script.src = new URL(address, location.href).href;
      frame.contentDocument.body.append(script);
    });

  window.Worker = class extends EventTarget {
    #frame = document.createElement("iframe");
    #ready;
    onmessage = null;

    constructor(address) {
      super();
      this.#frame.hidden = true;
      document.body.append(this.#frame);
      const inside = this.#frame.contentWindow;
      inside.postMessage = (data) => this.#tell(data);
      inside.importScripts = async (...addresses) => {
        for (const one of addresses) await loaded(this.#frame, one);
      };
      this.#ready = loaded(this.#frame, address);
    }

    // What the script says, once the caller has gone on: a worker answers never at once.
    #tell(data) {
      setTimeout(() => {
        const event = new MessageEvent("message", { data });
        this.dispatchEvent(event);
        this.onmessage?.(event);
      });
    }

    async postMessage(data) {
      await this.#ready;
      const inside = this.#frame.contentWindow;
      inside.dispatchEvent(new inside.MessageEvent("message", { data: structuredClone(data) }));
    }

    terminate() {
      this.#frame.remove();
    }
  };
}
