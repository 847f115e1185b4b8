export default {
  build: { outDir: "site", rollupOptions: { input: ["index.html", "pool.html"] } },
};
