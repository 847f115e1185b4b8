//! One item fails inside of the generator: it is reported and skipped, and the others come all the same.

use std::cell::RefCell;
use std::rc::Rc;

use futures::TryStreamExt;
use loopscope::value::{Value, json};
use loopscope::{AsyncGen, Duration, Error, Kind, Result, now, print, sleep};

async fn load(item: u64, bad: u64, delay: Duration) -> Result<u64> {
    sleep(delay).await?;
    if item == bad { Err(Error::value(format!("item {item} is damaged"))) } else { Ok(item) }
}

fn load_all(items: u64, bad: u64, delay: Duration, reports: Rc<RefCell<Vec<String>>>) -> AsyncGen<u64> {
    AsyncGen::new(async move |co| {
        for item in 1..=items {
            // An error that leaves the body is the generator's end, so this one is caught in here.
            match load(item, bad, delay).await {
                Ok(item) => {
                    co.yield_(item).await?;
                }
                Err(error) if error.is(Kind::ValueError) => {
                    print(format!("skipped: {}", error.message()));
                    reports.borrow_mut().push(error.message().to_owned());
                }
                // What is no matter of the item, such as a request to stop, goes on.
                Err(error) => return Err(error),
            }
        }
        Ok(())
    })
    .named("load_all")
}

pub(super) async fn run(items: u64, bad: u64, delay: Duration) -> Result<Value> {
    let reports = Rc::default();
    let mut loaded = vec![];
    let mut source = load_all(items, bad, delay, Rc::clone(&reports));
    while let Some(item) = source.try_next().await? {
        print(format!("got item {item}"));
        loaded.push(item);
    }
    Ok(json!({ "items": loaded, "reports": reports.take(), "total_s": now().as_secs_f64() }))
}
