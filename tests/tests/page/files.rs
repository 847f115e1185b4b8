//! Files of ours that are not there when the page asks for them, or of which half has come.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use loopscope_tests::site::Site;
use loopscope_tests::widget::Widget;
use serde_json::json;
use tokio::time::sleep;

use crate::hosts::{ELEMENT, expect_failure, page};
use crate::stage::Stage;

pub(crate) async fn are_missing(stage: &Stage) -> Result<()> {
    for (missing, sentence) in [("loopscope_bg.wasm", "answered 404"), ("scope", "could not be fetched")] {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("without-{missing}"));
        copy_without(stage.dist(), &folder, missing)?;
        let poor = Site::start(&folder).await?;
        expect_failure(stage, page("", ELEMENT, &poor.address("/loopscope.js")), sentence).await?;
        fs::remove_dir_all(&folder)?;
    }
    Ok(())
}

/// Files that are not there, and files of which half has come; once they are, the next run finds them.
pub(crate) async fn are_damaged(stage: &Stage) -> Result<()> {
    for (file, half, sentence) in [
        ("loopscope_bg.wasm", true, "the engine could not be started"),
        ("async-counter.wasm", false, "the program could not be fetched"),
        ("async-counter.wasm", true, "the program could not be started"),
    ] {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("damaged-{half}-{file}"));
        copy_without(stage.dist(), &folder, if half { "" } else { file })?;
        let whole = find(stage.dist(), file)?;
        let place = folder.join(whole.strip_prefix(stage.dist())?);
        let bytes = fs::read(&whole)?;
        if half {
            fs::write(&place, &bytes[..bytes.len() / 2])?;
        }
        let poor = Site::start(&folder).await?;
        expect_failure(stage, page("", ELEMENT, &poor.address("/loopscope.js")), sentence).await?;
        // Once it is there, the next run finds it.
        fs::write(&place, &bytes)?;
        let values = Widget::first(&stage.browser).run().await?["result"]["values"].clone();
        ensure!(values == json!([1, 2, 3]), "after {file} was mended: {values}");
        fs::remove_dir_all(&folder)?;
    }
    Ok(())
}

/// Copies a site but for the files whose names begin so.
fn copy_without(from: &Path, to: &Path, missing: &str) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
        if path.is_dir() {
            copy_without(&path, &to.join(&name), missing)?;
        } else if missing.is_empty() || !name.to_string_lossy().starts_with(missing) {
            fs::copy(&path, to.join(&name))?;
        }
    }
    Ok(())
}

/// Finds a file by its name.
fn find(folder: &Path, name: &str) -> Result<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() && !path.ends_with("npm") {
                folders.push(path);
            } else if path.file_name().is_some_and(|own| own == name) {
                return Ok(path);
            }
        }
    }
    bail!("there is no {name}")
}

/// Lets a program run for a while and asks it to stop: few programs ever need that, and it comes late.
const STOP: &str = "element.setAttribute('clock', 'wall');
    element.setAttribute('limit', '100');
    element.setAttribute('delay', '0.05');
    element.addEventListener('output', () => element.stop(), { once: true });
    await element.run();
    return { state: element.state, shown: shadow.textContent }";

/// Who needs nothing of it does not see that it is missing; who does is told, and may try again.
pub(crate) async fn late_half_is_missing(stage: &Stage) -> Result<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("without-late-half");
    copy_without(stage.dist(), &folder, "engine.wasm")?;
    let poor = Site::start(&folder).await?;
    stage
        .browser
        .goto(&stage.home.page("late.html", page("", ELEMENT, &poor.address("/loopscope.js"))))
        .await?;
    let widget = Widget::first(&stage.browser);
    ensure!(widget.run().await?["result"]["values"] == json!([1, 2, 3]), "it was needed");
    while !poor.requests().iter().any(|(path, _)| path.ends_with("late/engine.wasm")) {
        sleep(Duration::from_millis(20)).await;
    }
    let stopped = widget.eval(STOP, &[]).await?;
    let shown = stopped["shown"].as_str().unwrap_or_default();
    let sentence = "a part of the engine could not be fetched";
    ensure!(
        stopped["state"] == "failed" && shown.contains(sentence),
        "not told that “{sentence}”: {stopped}"
    );
    let whole = find(stage.dist(), "engine.wasm")?;
    fs::copy(&whole, folder.join(whole.strip_prefix(stage.dist())?))?;
    let stopped = widget.eval(STOP, &[]).await?;
    ensure!(stopped["state"] == "stopped", "after it was mended: {stopped}");
    Ok(fs::remove_dir_all(&folder)?)
}
