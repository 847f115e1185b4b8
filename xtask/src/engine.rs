//! The browser engines: what each is made of here.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::{paths, tools};

/// A browser engine that everything must work in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Engine {
    #[value(alias = "chrome")]
    Chromium,
    Firefox,
    #[value(alias = "safari")]
    Webkit,
}

impl Engine {
    /// The name in tables and in the environment of the page tests.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// The browser, or why it is missing.
    pub(crate) fn browser(self) -> Result<PathBuf> {
        let found = match self {
            Self::Chromium => any(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]),
            Self::Firefox => any(&["firefox-esr", "firefox"]),
            Self::Webkit => mini_browser(),
        };
        found.with_context(|| format!("the browser for {} is missing", self.name()))
    }

    /// The WebDriver program, or why it is missing. Firefox's comes from crates.io.
    pub(crate) fn driver(self) -> Result<PathBuf> {
        match self {
            Self::Chromium => paths::program("chromedriver").context("chromedriver is missing"),
            Self::Firefox => tools::GECKODRIVER.install(),
            Self::Webkit => paths::program("WebKitWebDriver").context("WebKitWebDriver is missing"),
        }
    }

    /// The Debian packages that are still needed.
    pub(crate) fn missing_packages(self) -> Vec<&'static str> {
        let needs: &[(&str, bool)] = match self {
            Self::Chromium => &[
                ("chromium", self.browser().is_ok()),
                ("chromium-driver", paths::program("chromedriver").is_some()),
            ],
            Self::Firefox => &[("firefox-esr", self.browser().is_ok())],
            // WebKit's browser is one with windows: it needs a display, and gets one that nobody sees.
            Self::Webkit => &[
                ("webkit2gtk-driver", self.browser().is_ok() && paths::program("WebKitWebDriver").is_some()),
                ("xvfb", paths::program("xvfb-run").is_some() && paths::program("Xvfb").is_some()),
                ("xauth", paths::program("xauth").is_some()),
            ],
        };
        needs.iter().filter(|(_, here)| !here).map(|(package, _)| *package).collect()
    }

    /// The arguments that make `wasm-pack test` use this engine.
    pub(crate) fn wasm_pack(self) -> Result<Vec<String>> {
        Ok(match self {
            Self::Chromium => vec!["--chrome".into()],
            Self::Firefox => vec!["--firefox".into()],
            // Speaks the same protocol as Safari's driver, whose name wasm-pack knows.
            Self::Webkit => {
                vec![
                    "--safari".into(),
                    "--safaridriver".into(),
                    self.driver()?.to_string_lossy().into_owned(),
                ]
            }
        })
    }
}

fn any(names: &[&str]) -> Option<PathBuf> {
    names.iter().find_map(|name| paths::program(name))
}

/// WebKitGTK's browser for tests is on no PATH; where it is depends on the distribution.
fn mini_browser() -> Option<PathBuf> {
    let versions = ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"];
    let mut folders =
        vec![PathBuf::from("/usr/libexec"), PathBuf::from("/usr/lib64"), PathBuf::from("/usr/lib")];
    // Debian has a folder for each architecture: /usr/lib/x86_64-linux-gnu.
    let inner = Path::new("/usr/lib").read_dir().into_iter().flatten().flatten();
    folders.extend(inner.map(|entry| entry.path()).filter(|path| path.to_string_lossy().contains("-linux-")));
    let files = versions
        .iter()
        .flat_map(|version| folders.iter().map(move |folder| folder.join(version).join("MiniBrowser")));
    files.into_iter().find(|file| file.is_file())
}
