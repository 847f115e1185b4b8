//! Scrapes a shop: list after list, and the page of each item, in one session and never too fast.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use loopscope::context::AsyncGenContext;
use loopscope::value::{Value, json};
use loopscope::{
    AsyncGen, Duration, Error, Kind, RateLimiter, Result, async_context, async_with, now, print, sleep,
};

/// One session for all requests, with when they were made, and how often it was closed.
struct Session {
    interval: RateLimiter,
    missing: String,
    requests: RefCell<Vec<f64>>,
    closed: Cell<u32>,
}

impl Session {
    async fn get(&self, path: String) -> Result<()> {
        self.interval.acquire().await?;
        self.requests.borrow_mut().push(now().as_secs_f64());
        print(format!("get {path}"));
        sleep(Duration::from_millis(100)).await?;
        if path == self.missing { Err(Error::new(Kind::ConnectionError, path)) } else { Ok(()) }
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
fn items(session: Rc<Session>, pages: u64, empty_page: u64) -> AsyncGen<u64> {
    AsyncGen::new(async move |co| {
        for page in 1..=pages {
            match session.get(format!("/list/{page}")).await {
                Err(error) if error.is(Kind::ConnectionError) => {
                    print(format!("skipped: no answer from {}", error.message()));
                    continue;
                }
                got => got?,
            }
            if page == empty_page {
                break;
            }
            for item in [2 * page - 1, 2 * page] {
                session.get(format!("/item/{item}")).await?;
                co.yield_(item).await?;
            }
        }
        Ok(())
    })
    .named("items")
}

pub(super) async fn run(rate: f64, pages: u64, fail_page: u64, empty_page: u64) -> Result<Value> {
    // Rounded up: a request is never too early.
    let apart = Duration::from_nanos((1e9 / rate).ceil() as u64);
    let session = Rc::new(Session {
        interval: RateLimiter::per(1, apart, 1)?.named("interval"),
        missing: format!("/list/{fail_page}"),
        requests: RefCell::default(),
        closed: Cell::default(),
    });
    let items = async_with(open(session.clone()), async |()| {
        items(session.clone(), pages, empty_page).collect::<Vec<_>>().await
    })
    .await?;
    let (requests, closed) = (session.requests.take(), session.closed.get());
    Ok(json!({ "items": items, "requests_s": requests, "closed": closed, "total_s": now().as_secs_f64() }))
}
