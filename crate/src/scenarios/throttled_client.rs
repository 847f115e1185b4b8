//! Asks a server for page after page, not faster than a token bucket lets it, and works on the items meanwhile.

use std::cell::RefCell;
use std::rc::Rc;

use futures::TryStreamExt;
use loopscope::value::{Value, json};
use loopscope::{AsyncGen, Duration, RateLimiter, Result, now, print, sleep, task_group};

/// Requests to a server, each of which takes a token.
#[derive(Clone)]
struct Client {
    bucket: RateLimiter,
    takes: Duration,
    /// When requests were made.
    requests: Rc<RefCell<Vec<f64>>>,
}

impl Client {
    /// Waits until there is a token in the bucket, and makes a request.
    async fn request(&self, page: u64) -> Result<()> {
        self.bucket.acquire().await?;
        self.requests.borrow_mut().push(now().as_secs_f64());
        print(format!("request page {page}"));
        sleep(self.takes).await
    }

    /// Yields the pages, each a list of items, as they are asked for.
    fn pages(self, pages: u64, page_size: u64) -> AsyncGen<Vec<u64>> {
        AsyncGen::new(async move |co| {
            for page in 0..pages {
                self.request(page + 1).await?;
                let first = page * page_size + 1;
                co.yield_((first..first + page_size).collect()).await?;
            }
            Ok(())
        })
        .named("pages")
    }
}

async fn work_on(items: Vec<u64>, process: Duration) -> Result<usize> {
    for item in &items {
        sleep(process).await?;
        print(format!("item {item} is processed"));
    }
    Ok(items.len())
}

pub(super) async fn run(
    rate: f64,
    pages: u64,
    page_size: u64,
    request: Duration,
    process: Duration,
) -> Result<Value> {
    // Rounded up: no token comes too early. The bucket holds one.
    let period = Duration::from_nanos((1e9 / rate).ceil() as u64);
    let bucket = RateLimiter::per(1, period, 1)?.named("bucket");
    let client = Client { bucket, takes: request, requests: Rc::default() };

    let work = task_group(async |group| {
        let mut work = vec![];
        let mut pages = client.clone().pages(pages, page_size);
        while let Some(items) = pages.try_next().await? {
            let name = format!("page {}", work.len() + 1);
            // It goes on beside the next request.
            work.push(group.spawn_named(&name, work_on(items, process))?);
        }
        Ok(work)
    })
    .await?;

    let mut items = 0;
    for page in work {
        items += page.await?;
    }
    Ok(json!({ "items": items, "requests_s": client.requests.take(), "total_s": now().as_secs_f64() }))
}
