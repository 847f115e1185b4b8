//! Programs of `tests/` that drive a browser.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::engine::Engine;
use crate::run;

/// A cargo command that drives an engine, to which its programs and the served folder are named.
pub(crate) fn driven(engine: Engine, arguments: &[&str], folder: &Path) -> Result<Command> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let mut command = on_display(engine, &cargo);
    command
        .args(arguments)
        .env("LOOPSCOPE_ENGINE", engine.name())
        .env("LOOPSCOPE_DRIVER", engine.driver()?)
        .env("LOOPSCOPE_BROWSER", engine.browser()?)
        .env("LOOPSCOPE_DIST", folder);
    Ok(command)
}

/// A command, on a display of its own where the engine needs one.
pub(crate) fn on_display(engine: Engine, program: &str) -> Command {
    match engine {
        Engine::Webkit => {
            let mut command = run::command("xvfb-run");
            command.args(["--auto-servernum", program]);
            // Its compositor draws through Mesa's software renderer here, and was seen to break down in that.
            command.env("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
            command
        }
        Engine::Chromium | Engine::Firefox => run::command(program),
    }
}
