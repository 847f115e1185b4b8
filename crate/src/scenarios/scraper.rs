//! Fetches web pages, a few at a time, and takes them as they come: one that fails is a result like any other.

use futures::TryStreamExt;
use loopscope::value::{Value, json};
use loopscope::{Duration, Error, Kind, Result, Semaphore, as_completed, now, print, sleep, task_group};

struct Page {
    url: String,
    length: Result<u64>,
    in_flight: usize,
}

/// Gets a page from a web that is made up: each takes its own time, has its own length, and every fourth is missing.
async fn get(number: u64) -> Result<u64> {
    sleep(Duration::from_millis(100 + 70 * (number * 2 % 5))).await?;
    if number.is_multiple_of(4) {
        return Err(Error::new(Kind::ConnectionError, "no such page"));
    }
    Ok(400 + 300 * (number * 3 % 7))
}

/// Fetches a page as soon as fewer than `concurrent` others are under way.
/// The permit goes back when this function ends, however it does.
async fn fetch(number: u64, gate: Semaphore, concurrent: usize) -> Result<Page> {
    let _permit = gate.acquire().await?;
    let in_flight = concurrent - gate.value();
    let url = format!("/{number}");
    print(format!("fetch {url}"));
    match get(number).await {
        // It was cancelled: that is no result.
        Err(stop) if !stop.kind().is_ordinary() => Err(stop),
        length => Ok(Page { url, length, in_flight }),
    }
}

pub(super) async fn run(concurrent: u64, urls: u64, min_length: u64) -> Result<Value> {
    let concurrent = concurrent as usize;
    let gate = Semaphore::new(concurrent).named("gate");

    let pages = task_group(async |group| {
        let fetches = (1..=urls).map(|number| {
            let fetch = fetch(number, gate.clone(), concurrent);
            group.spawn_named(&format!("fetch /{number}"), fetch)
        });
        let mut fetches = as_completed(fetches.collect::<Result<Vec<_>>>()?, None);
        let mut pages = vec![];
        while let Some(fetched) = fetches.try_next().await? {
            let page = fetched.await?;
            match &page.length {
                Ok(length) => print(format!("{}: {length} characters", page.url)),
                Err(error) => print(format!("{}: {}", page.url, error.headline())),
            }
            pages.push(page);
        }
        Ok(pages)
    })
    .await?;

    let is_long = |page: &&Page| page.length.as_ref().is_ok_and(|length| *length >= min_length);
    Ok(json!({
        "completed": pages.iter().map(|page| &page.url).collect::<Vec<_>>(),
        "kept": pages.iter().filter(is_long).map(|page| &page.url).collect::<Vec<_>>(),
        "failed": pages.iter().filter(|page| page.length.is_err()).map(|page| &page.url).collect::<Vec<_>>(),
        "max_in_flight": pages.iter().map(|page| page.in_flight).max(),
        "total_s": now().as_secs_f64(),
    }))
}
