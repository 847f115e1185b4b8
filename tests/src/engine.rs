//! Which browser engine this process tests, and with which programs.

use std::env;
use std::fmt;
use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};

/// A browser engine that the page must work in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, driven by chromedriver.
    Chromium,
    /// Firefox, driven by geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser, driven by WebKitWebDriver; needs a display.
    Webkit,
}

impl Engine {
    /// Names the engine as trials, folders and the environment do.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    fn parse(name: &str) -> Result<Self> {
        [Self::Chromium, Self::Firefox, Self::Webkit]
            .into_iter()
            .find(|engine| engine.name() == name)
            .with_context(|| format!("LOOPSCOPE_ENGINE is {name:?}, must be chromium, firefox or webkit"))
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What the command that starts the page specs hands to them.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The engine under test.
    pub engine: Engine,
    /// Its WebDriver program.
    pub driver: PathBuf,
    /// The browser that the driver starts.
    pub browser: PathBuf,
    /// The built site.
    pub dist: PathBuf,
}

impl Setup {
    /// Reads the set-up from the environment.
    ///
    /// Finding and installing browsers is not done here: a missing variable means that the specs were not started
    /// by the command that does.
    pub fn from_env() -> Result<Self> {
        let engine = Engine::parse(&variable("LOOPSCOPE_ENGINE")?)?;
        let setup = Self {
            engine,
            driver: variable("LOOPSCOPE_DRIVER")?.into(),
            browser: variable("LOOPSCOPE_BROWSER")?.into(),
            dist: variable("LOOPSCOPE_DIST")?.into(),
        };
        for path in [&setup.driver, &setup.browser, &setup.dist.join("index.html")] {
            ensure!(path.is_file(), "no file {}; run the page specs with `cargo xtask test`", path.display());
        }
        Ok(setup)
    }
}

fn variable(name: &str) -> Result<String> {
    match env::var(name) {
        Ok(value) if !value.is_empty() => Ok(value),
        _ => bail!(
            "{name} is not set: the page specs need a browser and a built site; run them with `cargo xtask test`"
        ),
    }
}
