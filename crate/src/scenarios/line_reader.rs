//! One async iterator twice: written by hand as a type that remembers where it is, and as a generator.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures::{Stream, TryStreamExt};
use loopscope::task::Sleep;
use loopscope::value::{Value, json};
use loopscope::{AsyncGen, Duration, Result, now, print, seconds, sleep};

/// Reads lines that take their time. What a generator remembers by itself stands in fields here.
struct LineReader {
    line: u64,
    lines: u64,
    delay: Duration,
    pause: Option<Sleep>,
}

impl Stream for LineReader {
    type Item = Result<String>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<String>>> {
        if self.line == self.lines {
            return Poll::Ready(None);
        }
        let delay = self.delay;
        let pause = self.pause.get_or_insert_with(|| sleep(delay));
        let paused = ready!(Pin::new(pause).poll(context));
        self.pause = None;
        paused?;
        self.line += 1;
        Poll::Ready(Some(Ok(format!("line {}", self.line))))
    }
}

/// The same as a generator: it stands still at the yield, and goes on from there.
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

/// Reads either of them: from outside they are the same.
async fn read(mut source: impl Stream<Item = Result<String>> + Unpin) -> Result<Value> {
    let (start, mut lines) = (now(), vec![]);
    while let Some(line) = source.try_next().await? {
        print(&line);
        lines.push(line);
    }
    Ok(json!({ "lines": lines, "total_s": seconds(now() - start) }))
}

pub(super) async fn run(lines: u64, delay: Duration) -> Result<Value> {
    print("by hand:");
    let by_hand = read(LineReader { line: 0, lines, delay, pause: None }).await?;
    print("as a generator:");
    let generator = read(read_lines(lines, delay)).await?;
    Ok(json!({ "by_hand": by_hand, "generator": generator }))
}
