//! One async iterator twice: written by hand as a type that remembers where it is, and as a generator.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures::{Stream, TryStreamExt};
use loopscope::{AsyncGen, Duration, Result, now, print, sleep};
use serde_json::{Value, json};

/// Reads lines that take their time. By hand, all that a generator would remember by itself stands in fields.
struct LineReader {
    line: u64,
    lines: u64,
    delay: Duration,
    reading: Option<Pin<Box<dyn Future<Output = Result<()>>>>>,
}

impl Stream for LineReader {
    type Item = Result<String>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<String>>> {
        if self.line == self.lines {
            return Poll::Ready(None);
        }
        let delay = self.delay;
        let reading = self.reading.get_or_insert_with(|| Box::pin(sleep(delay)));
        let read = ready!(reading.as_mut().poll(context));
        self.reading = None;
        read?;
        self.line += 1;
        Poll::Ready(Some(Ok(format!("line {}", self.line))))
    }
}

/// The same: where it is, is where it stands.
fn read_lines(lines: u64, delay: Duration) -> AsyncGen<String> {
    AsyncGen::new(async move |co| {
        for line in 1..=lines {
            sleep(delay).await?;
            co.yield_(format!("line {line}")).await?;
        }
        Ok(())
    })
    .named("read_lines")
}

/// Whoever reads them sees no difference.
async fn read(mut source: impl Stream<Item = Result<String>> + Unpin) -> Result<Value> {
    let (start, mut lines) = (now(), vec![]);
    while let Some(line) = source.try_next().await? {
        print(&line);
        lines.push(line);
    }
    Ok(json!({ "lines": lines, "total_s": (now() - start).as_secs_f64() }))
}

pub(super) async fn run(lines: u64, delay: Duration) -> Result<Value> {
    print("by hand:");
    let by_hand = read(LineReader { line: 0, lines, delay, reading: None }).await?;
    print("as a generator:");
    let generator = read(read_lines(lines, delay)).await?;
    Ok(json!({ "by_hand": by_hand, "generator": generator }))
}
