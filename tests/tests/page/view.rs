//! What a widget shows that was asked for a part of it only.

use anyhow::{Result, ensure};

use crate::share::DROP;
use crate::stage::{SOON, Stage};

pub(crate) async fn single_rows(stage: &Stage) -> Result<()> {
    for (view, row) in [("queue", "queue"), ("memory", "memory")] {
        let widget = stage
            .widget(&format!(r#"scenario="producer-consumer" clock="virtual" view="{view}" autoplay"#))
            .await?;
        widget.wait_state("done", SOON).await?;
        widget.wait(&format!("shadow?.querySelector('[part=timeline] .band.{row}')"), SOON).await?;
        let shown =
            "['.label', '.lane'].map((kind) => shadow.querySelectorAll(`[part=timeline] ${kind}`).length)";
        let shown = widget.get(shown).await?;
        ensure!(shown == serde_json::json!([1, 0]), "for {view} there are so many labels and lanes: {shown}");
    }
    Ok(())
}

/// Notes come later than a picture, and also where there is none.
pub(crate) async fn notes_alone(stage: &Stage) -> Result<()> {
    for view in ["notes", "notes output", "code notes", "notes timeline"] {
        let widget = stage
            .widget(&format!(r#"scenario="forgotten-await" clock="virtual" view="{view}" autoplay"#))
            .await?;
        widget.wait("shadow?.querySelector('[part=notes] li button')?.checkVisibility()", SOON).await?;
        if view == "notes" {
            // Before the cursor has passed it, nobody says that there is none.
            widget.eval("element.seek(0)", &[]).await?;
            widget.wait("!shadow.querySelector('[part=notes] li')", SOON).await?;
            let said = widget.text().await?;
            ensure!(said.contains("Nothing to note so far."), "before the note is said: {said}");
        }
    }
    Ok(())
}

/// Where a run has nothing of what is wanted, the widget says so and is not blank.
pub(crate) async fn nothing_to_show(stage: &Stage) -> Result<()> {
    for (view, words) in [
        ("notes", "Nothing to note in this run."),
        ("notes controls", "Nothing to note in this run."),
        ("queue", "Nothing went through a queue in this run."),
    ] {
        let widget = stage
            .widget(&format!(r#"scenario="async-counter" clock="virtual" view="{view}" autoplay"#))
            .await?;
        widget.wait(&format!("shadow?.textContent.includes('{words}')"), SOON).await?;
        let said = widget.text().await?;
        ensure!(said.contains(words), "for {view} is said: {said}");
        let wide = "shadow.querySelector('[part=timeline]')";
        let wide = widget.get(&format!("[{wide}.scrollHeight, {wide}.clientHeight]")).await?;
        ensure!(wide[0] == wide[1], "the picture of {view} can be scrolled: {wide}");
    }
    let widget = stage.playground("#v1?scenario=async-counter&clock=virtual").await?;
    widget.wait_state("done", SOON).await?;
    let emptied = "const saved = JSON.parse(await element.export('json'));
        return JSON.stringify({ ...saved, scenario: 'breakfast', tasks: [], resources: [], events: [], output: [] })";
    let emptied = widget.eval(emptied, &[]).await?;
    widget.eval(DROP, &[emptied]).await?;
    widget.wait("shadow.textContent.includes('This run has no events.')", SOON).await?;
    let said = widget.text().await?;
    ensure!(said.contains("This run has no events."), "of a run without events is said: {said}");
    Ok(())
}
