//! Scrapes a shop: list after list, and the page of each item, in one session and never too fast.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::TryStreamExt;
use loopscope::context::AsyncGenContext;
use loopscope::{
    AsyncGen, Duration, Error, Kind, RateLimiter, Result, async_context, async_with, now, print, sleep,
};
use serde_json::{Value, json};

/// One session for all requests, with when they were made, and how often it was closed.
struct Session {
    interval: RateLimiter,
    requests: RefCell<Vec<f64>>,
    closed: Cell<u32>,
}

impl Session {
    async fn get(&self, path: String, found: bool) -> Result<()> {
        self.interval.acquire().await?;
        self.requests.borrow_mut().push(now().as_secs_f64());
        print(format!("get {path}"));
        sleep(Duration::from_millis(100)).await?;
        if found { Ok(()) } else { Err(Error::new(Kind::ConnectionError, format!("no answer from {path}"))) }
    }
}

/// Hands the session over, and closes it whatever happens.
fn open(session: Rc<Session>) -> AsyncGenContext<()> {
    async_context(async move |co| {
        let used = co.yield_(()).await;
        session.closed.set(session.closed.get() + 1);
        print("the session is closed");
        used.map(drop)
    })
    .named("session")
}

/// Yields the items of all lists, two of each. A list that fails is skipped, an empty one is the last.
fn items(session: Rc<Session>, pages: u64, fail_page: u64, empty_page: u64) -> AsyncGen<u64> {
    AsyncGen::new(async move |co| {
        for page in 1..=pages {
            match session.get(format!("/list/{page}"), page != fail_page).await {
                Err(error) if error.is(Kind::ConnectionError) => {
                    print(format!("skipped: {}", error.message()));
                    continue;
                }
                got => got?,
            }
            if page == empty_page {
                break;
            }
            for item in [2 * page - 1, 2 * page] {
                session.get(format!("/item/{item}"), true).await?;
                co.yield_(item).await?;
            }
        }
        Ok(())
    })
    .named("items")
}

pub(super) async fn run(rate: f64, pages: u64, fail_page: u64, empty_page: u64) -> Result<Value> {
    // The time from one request to the next, rounded up so that none is early.
    let interval = RateLimiter::per(1, Duration::from_nanos((1e9 / rate).ceil() as u64), 1)?.named("interval");
    let session = Rc::new(Session { interval, requests: RefCell::default(), closed: Cell::default() });
    let mut scraped = vec![];
    async_with(open(session.clone()), async |()| {
        let mut items = items(session.clone(), pages, fail_page, empty_page);
        while let Some(item) = items.try_next().await? {
            scraped.push(item);
        }
        Ok(())
    })
    .await?;
    let (requests, closed) = (session.requests.take(), session.closed.get());
    Ok(json!({ "items": scraped, "requests_s": requests, "closed": closed, "total_s": now().as_secs_f64() }))
}
