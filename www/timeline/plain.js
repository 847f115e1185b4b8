import { COLOURS } from "./colours.js";
import { FONTS } from "./fonts.js";

/**
 * The same style with plain colours and typefaces in it, for a picture that stands alone: not every viewer of SVG knows
 * variables.
 * @param {string} css
 * @param {0 | 1} theme
 */
export function plain(css, theme) {
  return css.replace(/var\(--([\w-]+)\)/g, (all, name) => COLOURS[name]?.[theme] ?? FONTS[name]?.[1] ?? all);
}
