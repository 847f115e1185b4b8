//! Makes a context manager from an async generator with one yield: set up, hand over, tear down.

use std::cell::RefCell;
use std::rc::Rc;

use loopscope::context::AsyncGenContext;
use loopscope::value::{Value, json};
use loopscope::{Duration, Result, async_context, async_with, now, print, sleep};

/// The steps that were taken, in their order.
#[derive(Clone, Default)]
struct Steps(Rc<RefCell<Vec<&'static str>>>);

impl Steps {
    fn take(&self, step: &'static str) {
        print(step);
        self.0.borrow_mut().push(step);
    }
}

fn connection(setup: Duration, teardown: Duration, steps: Steps) -> AsyncGenContext<&'static str> {
    async_context(async move |co| {
        sleep(setup).await?;
        steps.take("setup");
        // The body runs while the generator stands here.
        let used = co.yield_("a connection").await;
        sleep(teardown).await?;
        steps.take("teardown");
        used.map(drop) // an error of the body goes on
    })
}

pub(super) async fn run(setup: Duration, teardown: Duration) -> Result<Value> {
    let steps = Steps::default();
    let got = async_with(connection(setup, teardown, steps.clone()), async |value| {
        steps.take("body");
        print(format!("the body got {value}"));
        Ok(value)
    })
    .await?;
    let order = steps.0.take();
    Ok(json!({ "order": order, "value": got, "total_s": now().as_secs_f64() }))
}
