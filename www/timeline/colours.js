/**
 * The colours that carry meaning, for paper and for night. Told apart by lightness and by pattern too, and chosen from
 * Okabe and Ito's palette, so that they survive colour blindness and a grey printer.
 *
 * @type {Record<string, readonly [light: string, dark: string]>}
 */
export const COLOURS = {
  "paper": ["#fffefb", "#17191d"],
  "sunk": ["#f5f3ed", "#1f2227"],
  "ink": ["#1d1f22", "#e9e7e1"],
  "soft": ["#5c5f66", "#a6a8ad"],
  "rule": ["#dedbd2", "#34373d"],
  "edge": ["#8b8a84", "#74777d"],
  "accent": ["#00609c", "#62b5ee"],
  "running": ["#00609c", "#62b5ee"],
  "ready": ["#5c5f66", "#a6a8ad"],
  "waiting": ["#a65f00", "#e0a13c"],
  "waiting-ground": ["#fbeed7", "#382b14"],
  "frozen": ["#38786a", "#6fbfac"],
  "frozen-ground": ["#e3f0ec", "#1c302c"],
  "error": ["#a8261c", "#ff9a8d"],
  "error-ground": ["#fdecea", "#3a1b18"],
};

/** As custom properties, each with a hook for the host: `--loopscope-accent` and so on. */
export const PROPERTIES = Object.entries(COLOURS)
  .map(([name, [light, dark]]) => `--${name}: var(--loopscope-${name}, light-dark(${light}, ${dark}));`)
  .join("\n");
