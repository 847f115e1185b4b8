//! The timeline as it is drawn.

use anyhow::{Result, ensure};

use crate::stage::Stage;

/// Counts drawn shapes: what lies in the picture with a size of its own, and can be seen.
const DRAWN: &str = r"
    const svg = shadow.querySelector('[part=timeline] svg');
    if (!svg) return null;
    const frame = svg.getBoundingClientRect();
    const drawn = (selector) => [...svg.querySelectorAll(selector)].filter((node) => {
        const { width, height, left, right } = node.getBoundingClientRect();
        return width > 0.2 && height > 1 && left >= frame.left - 1 && right <= frame.right + 1 && node.checkVisibility();
    });
    return {
        width: frame.width, height: frame.height,
        lanes: drawn('.lane').length, labels: drawn('.label').map((node) => node.textContent),
        running: drawn('rect.running').length, waiting: drawn('rect.waiting').length,
        marks: drawn('.mark').map((node) => node.textContent),
    };
";

pub(crate) async fn lanes_segments_and_marks(stage: &Stage) -> Result<()> {
    stage.browser.resize(1000, 800).await?;
    for limit in [3, 6] {
        let attributes = format!(r#"scenario="async-counter" clock="virtual" limit="{limit}""#);
        let widget = stage.widget(&attributes).await?;
        widget.run().await?;
        widget.settle().await?;
        let drawn = widget.eval(DRAWN, &[]).await?;
        ensure!(drawn.is_object(), "no timeline is drawn");
        let count = |what: &str| drawn[what].as_u64().unwrap_or_default();
        ensure!(
            drawn["width"].as_f64() > Some(300.0) && drawn["height"].as_f64() > Some(40.0),
            "too small: {drawn}"
        );
        // The main task, and the generator that it pulls.
        ensure!(count("lanes") >= 2, "no lane for each: {drawn}");
        ensure!(count("running") > limit, "it ran more than {limit} times: {drawn}");
        ensure!(count("waiting") >= limit, "it waited {limit} times: {drawn}");
        let marks = drawn["marks"].as_array().cloned().unwrap_or_default();
        ensure!(marks.len() as u64 == limit, "not a mark for each of {limit} yields: {drawn}");
        for (i, mark) in marks.iter().enumerate() {
            let value = (i + 1).to_string();
            ensure!(
                mark.as_str().is_some_and(|text| text.contains(&value)),
                "no {value} in mark {i}: {mark}"
            );
        }
    }
    Ok(())
}
