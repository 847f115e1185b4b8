/** The typefaces, each with its hook for the host. @type {Record<string, readonly [hook: string, own: string]>} */
export const FONTS = {
  "sans": ["font", "system-ui, sans-serif"],
  "mono": ["code-font", 'ui-monospace, "Cascadia Mono", monospace'],
};

/** As custom properties. */
export const FACES = Object.entries(FONTS).map(([name, [hook, own]]) => `--${name}: var(--loopscope-${hook}, ${own});`).join("\n");
