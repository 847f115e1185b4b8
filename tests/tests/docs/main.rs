//! Small sites of real documentation generators: a widget on a page of each, away to the next page and back.
//!
//! `cargo xtask test --only docs` builds the sites and names their folder. One trial for each generator.

mod reader;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use libtest_mimic::{Arguments, Failed, Trial};
use loopscope_tests::browser::Browser;
use loopscope_tests::driver::Driver;
use loopscope_tests::engine::Setup;
use tokio::runtime::Builder;

use crate::reader::Reader;

/// The generators and a bundler, and whether each changes pages without loading a new document.
const GENERATORS: [(&str, bool); 5] =
    [("mdbook", false), ("mkdocs", true), ("sphinx", false), ("vitepress", true), ("vite", false)];

fn main() -> ExitCode {
    // Each trial has a browser of its own: what one site leaves in it, the next one must not meet.
    let arguments = Arguments { test_threads: Some(1), ..Arguments::from_args() };
    let trials = GENERATORS.map(|(name, swaps)| {
        Trial::test(name, move || read(name, swaps).map_err(|error| Failed::from(format!("{error:#}"))))
    });
    libtest_mimic::run(&arguments, trials.into()).exit_code()
}

/// Reads a generator's site from its first page to the next and back.
fn read(name: &str, swaps: bool) -> Result<()> {
    let setup = Setup::from_env()?;
    let sites = env::var("LOOPSCOPE_SITES")
        .context("LOOPSCOPE_SITES is not set: run `cargo xtask test --only docs`")?;
    let site = PathBuf::from(sites).join(name).join("site");
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots");
    Builder::new_current_thread().enable_all().build()?.block_on(async {
        let driver = Driver::start(&setup).await?;
        let browser = Browser::open(&setup, &driver).await?;
        let picture = pictures.join(format!("docs-{name}.png"));
        let read = async { Reader::open(&browser, &site).await?.read(swaps, &picture).await }.await;
        browser.clone().close().await?;
        read
    })
}
