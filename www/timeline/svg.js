/** Makes and keeps SVG: what is still there is moved, what is new is added, what is gone is removed. Text from outside goes in as text only. */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Record<string, string | number>} Attributes */

/** @param {string} name @param {Attributes} [attributes] @param {Node[]} children */
export function svg(name, attributes = {}, ...children) {
  const node = /** @type {SVGElement} */ (document.createElementNS(SVG, name));
  set(node, attributes);
  node.append(...children);
  return node;
}

/** Sets what changed and leaves the rest alone. @param {Element} node @param {Attributes} attributes */
export function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    const text = typeof value === "number" ? String(Math.round(value * 100) / 100) : value;
    if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
}

/** @param {Node} node @param {string} text */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** @param {SVGElement} node @param {number} k */
export const child = (node, k) => /** @type {SVGElement} */ (node.childNodes[k]);

/** A group whose children are kept by key. @template {{ key: string }} Item */
export class Layer {
  node = svg("g");
  /** @type {Map<string, SVGElement>} */
  #nodes = new Map();

  /**
   * @param {(item: Item) => SVGElement} make
   * @param {(node: SVGElement, item: Item) => void} update
   */
  constructor(make, update) {
    this.make = make;
    this.update = update;
  }

  /** @param {readonly Item[]} items */
  draw(items) {
    const stale = new Map(this.#nodes);
    for (const item of items) {
      let node = this.#nodes.get(item.key);
      if (!node) {
        node = this.make(item);
        this.#nodes.set(item.key, node);
        this.node.append(node);
      }
      stale.delete(item.key);
      this.update(node, item);
    }
    for (const [key, node] of stale) {
      node.remove();
      this.#nodes.delete(key);
    }
  }
}

/** The patterns: one for each state that is not solid. */
export function patterns() {
  const tile = (/** @type {string} */ state, /** @type {number} */ size, /** @type {string} */ transform, /** @type {SVGElement} */ ink) =>
    svg("pattern", { id: `loopscope-${state}`, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: transform },
      svg("rect", { class: `ground-${state}`, width: size, height: size }), ink);
  return svg("defs", {},
    tile("waiting", 6, "rotate(45)", svg("line", { class: "line-waiting", y2: 6 })),
    tile("frozen", 5, "", svg("line", { class: "line-frozen", y2: 5 })),
    tile("held", 5, "rotate(-45)", svg("line", { class: "line-held", y2: 5 })),
    tile("late", 5, "rotate(-45)", svg("line", { class: "line-held", y2: 5 })),
    tile("ready", 5, "", svg("circle", { class: "dot", cx: 2.5, cy: 2.5, r: 1 })));
}
