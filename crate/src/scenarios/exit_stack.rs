//! Opens three files, nested and on an exit stack: both ways, the last one opened is the first one closed.

use std::cell::RefCell;
use std::rc::Rc;

use loopscope::context::AsyncGenContext;
use loopscope::value::{Value, json};
use loopscope::{AsyncExitStack, Duration, Error, Kind, Result, async_context, async_with, print, sleep};

/// What was done, in its order.
type Log = Rc<RefCell<Vec<String>>>;

fn write(log: &Log, line: String) {
    print(&line);
    log.borrow_mut().push(line);
}

fn file(name: &'static str, broken: bool, log: Log) -> AsyncGenContext<()> {
    async_context(async move |co| {
        sleep(Duration::from_millis(200)).await?;
        if broken {
            write(&log, format!("{name} does not open"));
            return Err(Error::new(Kind::ConnectionError, format!("{name} is out of reach")));
        }
        write(&log, format!("open {name}"));
        let used = co.yield_(()).await;
        let why = used.as_ref().err().map(|error| format!(" after {}", error.headline()));
        write(&log, format!("close {name}{}", why.unwrap_or_default()));
        sleep(Duration::from_millis(100)).await?;
        used.map(drop)
    })
    .named(name)
}

async fn nested(broken: bool, log: Log) -> Result<()> {
    async_with(file("first", false, log.clone()), async |()| {
        async_with(file("second", false, log.clone()), async |()| {
            async_with(file("third", broken, log.clone()), async |()| {
                write(&log, "use all three".into());
                Ok(())
            })
            .await
        })
        .await
    })
    .await
    .map(drop)
}

async fn flat(broken: bool, log: Log) -> Result<()> {
    async_with(AsyncExitStack::new(), async |stack| {
        for (name, broken) in [("first", false), ("second", false), ("third", broken)] {
            stack.enter_async_context(file(name, broken, log.clone())).await?;
        }
        write(&log, "use all three".into());
        Ok(())
    })
    .await
    .map(drop)
}

/// Runs one of the two, and gives what it did. That the third file is out of reach is no surprise.
async fn steps(program: impl Future<Output = Result<()>>, log: &Log) -> Result<Value> {
    match program.await {
        Err(error) if !error.is(Kind::ConnectionError) => Err(error),
        _ => Ok(json!(log.take())),
    }
}

pub(super) async fn run(fail: u64) -> Result<Value> {
    let (broken, log) = (fail > 0, Log::default());
    print("nested:");
    let nested = steps(nested(broken, log.clone()), &log).await?;
    print("on a stack:");
    let flat = steps(flat(broken, log.clone()), &log).await?;
    Ok(json!({ "nested": nested, "stack": flat }))
}
