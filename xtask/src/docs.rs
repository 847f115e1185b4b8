//! Small sites of real documentation generators, each with our widget on it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::{bake, npm, paths, python, run, site, tools};

/// Where the sites' sources are, below the root.
const SOURCES: &str = "tests/docs-sites";

/// A generator's site.
struct Docs {
    name: &'static str,
    /// Where its author keeps files that are served as they are.
    assets: &'static str,
    /// The pages that have widgets.
    pages: &'static [&'static str],
    /// Whether its templates refuse `<style>`.
    image: bool,
    /// The command that builds it in its folder, to `site`.
    build: fn(&Path) -> Result<Command>,
}

const SITES: [Docs; 5] = [
    Docs {
        name: "mdbook",
        assets: "src",
        pages: &["src/index.md", "src/pool.md"],
        image: false,
        build: |_| Ok(with(tools::MDBOOK.install()?, &["build"])),
    },
    Docs {
        name: "mkdocs",
        assets: "docs",
        pages: &["docs/index.md", "docs/pool.md"],
        image: false,
        build: |_| Ok(with(pythons("mkdocs")?, &["build", "--quiet", "--strict"])),
    },
    Docs {
        name: "sphinx",
        assets: "static",
        pages: &["greetings.html", "pool.html"],
        image: false,
        build: |_| {
            Ok(with(pythons("sphinx-build")?, &["--quiet", "--fresh-env", "--fail-on-warning", ".", "site"]))
        },
    },
    Docs {
        name: "vitepress",
        assets: "docs/public",
        pages: &["docs/index.md", "docs/pool.md"],
        image: true,
        build: |folder| {
            npm::install_at(folder, "tests/docs-sites/vitepress")?;
            Ok(with(folder.join("node_modules/.bin/vitepress"), &["build", "."]))
        },
    },
    // No generator but a bundler: one page has the npm package among what is served as it is, the other imports it.
    Docs {
        name: "vite",
        assets: "public",
        pages: &["index.html", "pool.html"],
        image: false,
        // VitePress has brought it.
        build: |folder| {
            let vite = folder.with_file_name("vitepress").join("node_modules/.bin/vite");
            Ok(with(vite, &["build", "--logLevel=warn"]))
        },
    },
];

/// Builds all sites with the widget of a built `dist`, and returns the folder that they are in.
pub(crate) fn build(dist: &Path) -> Result<PathBuf> {
    let sites = paths::target().join("docs-sites");
    for docs in &SITES {
        let start = Instant::now();
        let folder = sites.join(docs.name);
        docs.lay_out(dist, &folder).and_then(|()| docs.generate(&folder)).with_context(|| docs.name)?;
        println!("{}: {:.0} s", docs.name, start.elapsed().as_secs_f64());
    }
    Ok(sites)
}

impl Docs {
    /// Puts the sources and the widget where the author would have them. What was installed there before stays.
    fn lay_out(&self, dist: &Path, folder: &Path) -> Result<()> {
        let sources = paths::root().join(SOURCES).join(self.name);
        site::copy(&sources, folder)?;
        // A copy leaves hidden files out, but VitePress keeps its settings in one.
        let hidden = ".vitepress";
        if sources.join(hidden).is_dir() {
            site::copy(&sources.join(hidden), &folder.join(hidden))?;
        }
        let widget = folder.join(self.assets).join("loopscope");
        site::clear(&widget)?;
        site::clear(&folder.join("site"))?;
        if self.name == "vite" {
            let imported = folder.join("node_modules/loopscope");
            site::clear(&imported)?;
            site::copy(&dist.join("npm"), &imported)?;
            return site::copy(&dist.join("npm"), &widget);
        }
        site::copy(dist, &widget)?;
        site::clear(&widget.join("npm"))
    }

    fn generate(&self, folder: &Path) -> Result<()> {
        let pages: Vec<_> = self.pages.iter().map(|page| folder.join(page)).collect();
        run::output(&mut bake::command(false, self.image, &pages))?;
        run::output((self.build)(folder)?.current_dir(folder))?;
        Ok(())
    }
}

fn with(program: PathBuf, args: &[&str]) -> Command {
    let mut command = run::command(program);
    command.args(args);
    command
}

/// A program of the Python packages.
fn pythons(name: &str) -> Result<PathBuf> {
    Ok(python::install(&format!("{SOURCES}/requirements.txt"))?.join(name))
}
