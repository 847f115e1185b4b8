//! Reads an API item by item: it fetches a page when an item of it is needed, and closes its session in the end.

use std::cell::Cell;
use std::rc::Rc;

use futures::TryStreamExt;
use loopscope::value::{Value, json};
use loopscope::{
    AsyncContext, AsyncGen, Duration, Result, aclosing, async_context, async_with, now, print, sleep,
};

struct Session {
    pages: u64,
    page_size: u64,
    fetch: Duration,
    fetched: Cell<u64>,
    closed: Cell<bool>,
}

/// Returns the items of a page, and the number of the next one if there is one.
async fn fetch_page(session: &Session, page: u64) -> Result<(Vec<u64>, Option<u64>)> {
    print(format!("fetching page {page}"));
    sleep(session.fetch).await?;
    session.fetched.set(session.fetched.get() + 1);
    let last = page * session.page_size;
    let items = (last - session.page_size + 1..=last).collect();
    Ok((items, (page < session.pages).then_some(page + 1)))
}

fn open(session: Rc<Session>) -> impl AsyncContext<Value = ()> {
    async_context(async move |co| {
        print("session open");
        let used = co.yield_(()).await;
        session.closed.set(true);
        print("session closed");
        used.map(drop)
    })
    .named("session")
}

fn all_items(session: Rc<Session>) -> AsyncGen<u64> {
    AsyncGen::new(async move |co| {
        let read = async_with(open(session.clone()), async |()| {
            let mut next = Some(1);
            while let Some(page) = next {
                let items;
                (items, next) = fetch_page(&session, page).await?;
                for item in items {
                    co.yield_(item).await?;
                }
            }
            Ok(())
        });
        read.await.map(drop)
    })
    .named("all_items")
}

pub(super) async fn run(pages: u64, size: u64, fetch: Duration, work: Duration, most: u64) -> Result<Value> {
    let (fetched, closed) = (Cell::new(0), Cell::new(false));
    let session = Rc::new(Session { pages, page_size: size, fetch, fetched, closed });
    let mut items = vec![];
    // Leaving the loop early leaves the generator standing in its session; `aclosing` ends it there.
    async_with(aclosing(all_items(session.clone())), async |source| {
        while let Some(item) = source.by_ref().try_next().await? {
            sleep(work).await?;
            print(format!("processed item {item}"));
            items.push(item);
            if items.len() as u64 == most {
                break;
            }
        }
        Ok(())
    })
    .await?;
    let (fetched, closed, total) = (session.fetched.get(), session.closed.get(), now().as_secs_f64());
    Ok(json!({ "items": items, "pages_fetched": fetched, "closed": closed, "total_s": total }))
}
