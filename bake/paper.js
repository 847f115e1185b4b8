/**
 * As much of a document as the renderer needs, where there is no browser: SVG elements that are made, moved and written out, the
 * way `XMLSerializer` does it, to the byte.
 */

class Element {
  /** @type {Element | null} */
  parent = null;
  /** @type {(Element | string)[]} */
  childNodes = [];
  /** @type {Map<string, string>} */
  #attributes = new Map();

  /** @param {string} name */
  constructor(name) {
    this.name = name;
  }

  /** @param {string} name */
  getAttribute(name) {
    return this.#attributes.get(name) ?? null;
  }

  /** @param {string} name @param {string} text */
  setAttribute(name, text) {
    this.#attributes.set(name, text);
  }

  /** @returns {Element | string | null} */
  get firstChild() {
    return this.childNodes[0] ?? null;
  }

  /** @returns {Element | string | null} */
  get lastChild() {
    return this.childNodes.at(-1) ?? null;
  }

  get childElementCount() {
    return this.childNodes.filter((node) => typeof node !== "string").length;
  }

  /** @param {(Element | string)[]} nodes */
  append(...nodes) {
    this.childNodes.push(...this.#adopt(nodes));
  }

  /** @param {(Element | string)[]} nodes */
  prepend(...nodes) {
    this.childNodes.unshift(...this.#adopt(nodes));
  }

  remove() {
    const nodes = this.parent?.childNodes ?? [];
    const place = nodes.indexOf(this);
    if (place >= 0) nodes.splice(place, 1);
    this.parent = null;
  }

  /** @returns {string} */
  get textContent() {
    return this.childNodes.map((node) => (typeof node === "string" ? node : node.textContent)).join("");
  }

  set textContent(text) {
    this.childNodes = text === "" ? [] : [text];
  }

  /** @returns {string} */
  get markup() {
    const attributes = [...this.#attributes].map(([name, text]) => ` ${name}="${escape(text).replaceAll('"', "&quot;")}"`).join("");
    const inside = this.childNodes.map((node) => (typeof node === "string" ? escape(node) : node.markup)).join("");
    return inside ? `<${this.name}${attributes}>${inside}</${this.name}>` : `<${this.name}${attributes}/>`;
  }

  /** @param {(Element | string)[]} nodes */
  #adopt(nodes) {
    for (const node of nodes) {
      if (typeof node === "string") continue;
      node.remove();
      node.parent = this;
    }
    return nodes;
  }
}

/** @param {string} text */
export function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Lets the modules that draw find what they ask a browser for. */
export function lay() {
  Object.assign(globalThis, {
    document: { createElementNS: (/** @type {string} */ _, /** @type {string} */ name) => new Element(name) },
    XMLSerializer: class {
      /** @param {Element} root */
      serializeToString(root) {
        return root.markup.replace(/^<svg/, '<svg xmlns="http://www.w3.org/2000/svg"');
      }
    },
  });
}
