export default {
  title: "A tutorial",
  srcDir: "docs",
  outDir: "site",
  head: [["script", { type: "module", src: "/loopscope/loopscope.js" }]],
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "loop-scope" } } },
  themeConfig: {
    nav: [{ text: "A pool", link: "/pool" }],
    sidebar: [{ text: "Who ends first?", link: "/" }, { text: "A pool", link: "/pool" }],
  },
};
