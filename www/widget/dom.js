/** Makes elements without HTML text: what comes from outside can only become text. */

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number | boolean | ((event: any) => void)>} [properties] attributes; `on…` are
 *   listeners, true stands for an empty attribute, false for none
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else if (value !== false) node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children);
  return node;
}

/** @param {Node} node @param {string} text */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Keeps `list` scrolled so that `item` is seen, without moving the page. @param {HTMLElement} list @param {HTMLElement} item */
export function reveal(list, item) {
  const top = item.getBoundingClientRect().top - list.getBoundingClientRect().top + list.scrollTop;
  if (top < list.scrollTop) list.scrollTop = top - item.offsetHeight;
  else if (top + item.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + 2 * item.offsetHeight - list.clientHeight;
}
