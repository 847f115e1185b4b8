/**
 * What a hand does on the picture: a press seeks, a drag scrubs, or moves what is shown when that is a part; two fingers
 * and the wheel with Ctrl zoom. Knows pixels only.
 *
 * @typedef {{ seek(x: number, y: number): void, pan(pixels: number): void, zoom(factor: number, x: number): void,
 *   hover(x: number, y: number): void, leave(): void, zoomed(): boolean, ruler(y: number): boolean, look(x: number, y: number): void }} Wishes
 */

/** Further than this a press is a drag. */
const SLACK = 5;
/** How far a turn of the wheel goes. */
const WHEEL = 0.0022;

/** @param {HTMLElement} node where hands are looked for @param {SVGElement} picture whose corner is 0, 0 @param {Wishes} wishes */
export function gestures(node, picture, wishes) {
  /** @type {Map<number, { x: number, y: number }>} */
  const down = new Map();
  /** @type {"" | "press" | "scrub" | "pan" | "pinch"} */
  let mode = "";
  let from = { x: 0, y: 0 };
  const place = (/** @type {MouseEvent} */ { clientX, clientY }) => {
    const { left, top } = picture.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const spread = () => {
    const [a, b] = [...down.values()];
    return { gap: Math.max(8, Math.hypot(a.x - b.x, a.y - b.y)), x: (a.x + b.x) / 2 };
  };

  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !picture.contains(/** @type {Node} */ (event.target))) return;
    const at = place(event);
    down.set(event.pointerId, at);
    // One that is done again, or by a script, cannot be captured.
    if (event.isTrusted) picture.setPointerCapture(event.pointerId);
    from = at;
    if (down.size === 2) mode = "pinch";
    else if (wishes.zoomed() && !wishes.ruler(at.y)) mode = "press";
    else {
      mode = "scrub";
      wishes.seek(at.x, at.y);
    }
  });
  node.addEventListener("pointermove", (event) => {
    const at = place(event);
    const last = down.get(event.pointerId);
    if (!last) {
      if (event.pointerType !== "touch") wishes.hover(at.x, at.y);
      return;
    }
    const before = mode === "pinch" && down.size === 2 ? spread() : null;
    down.set(event.pointerId, at);
    if (before) {
      const now = spread();
      wishes.zoom(before.gap / now.gap, now.x);
      wishes.pan(before.x - now.x);
    } else if (mode === "scrub") wishes.seek(at.x, at.y);
    else if (mode === "pan") wishes.pan(last.x - at.x);
    else if (mode === "press" && Math.abs(at.x - from.x) > SLACK) {
      mode = "pan";
      wishes.pan(from.x - at.x);
    }
  });
  const up = (/** @type {PointerEvent} */ event) => {
    const at = down.get(event.pointerId);
    if (!down.delete(event.pointerId)) return;
    if (mode === "press" && at && event.type === "pointerup") wishes.seek(at.x, at.y);
    // The finger that stays neither seeks nor moves anything: it was half of two.
    mode = "";
  };
  node.addEventListener("pointerup", up);
  node.addEventListener("pointercancel", up);
  node.addEventListener("pointerleave", () => wishes.leave());
  node.addEventListener("dblclick", (event) => {
    const at = place(event);
    wishes.look(at.x, at.y);
  });
  node.addEventListener("wheel", (event) => {
    const step = event.deltaMode === 1 ? 16 : 1;
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (event.ctrlKey || event.metaKey) wishes.zoom(Math.exp(event.deltaY * step * WHEEL), place(event).x);
    else if (wishes.zoomed() && Math.abs(sideways) > (event.shiftKey ? 0 : Math.abs(event.deltaY))) wishes.pan(sideways * step);
    else return;
    event.preventDefault();
  }, { passive: false });
}
