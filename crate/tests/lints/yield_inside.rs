//! A yield inside of a timeout or a task group.

use loopscope::{AsyncGen, Result, async_context, async_with, task_group, timeout};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{millis, pause, said_of, silent};

async fn drain(numbers: AsyncGen<u64>) -> Result<()> {
    while numbers.anext().await.is_ok() {
        pause(10).await?;
    }
    Ok(())
}

#[wasm_bindgen_test(unsupported = test)]
fn a_yield_inside_of_a_timeout_is_told_once() {
    let lint = said_of(drain(AsyncGen::new(async |co| {
        timeout(millis(1000), async |_| {
            pause(10).await?;
            co.yield_(1).await?;
            pause(10).await?;
            co.yield_(2).await.map(drop)
        })
        .await
    })));
    assert!(lint.text.contains("inside of a timeout") && lint.line > 0, "{}", lint.text);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_yield_inside_of_a_task_group_is_told() {
    let lint = said_of(drain(AsyncGen::new(async |co| {
        task_group(async |group| {
            group.spawn(pause(10))?;
            co.yield_(1).await.map(drop)
        })
        .await
    })));
    assert!(lint.text.contains("inside of a task group") && lint.line == line!() - 4, "{}", lint.text);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_yield_behind_a_timeout_is_no_mistake_and_a_timeout_around_the_consumer_is_none() {
    let fine = || {
        AsyncGen::new(async |co| {
            for number in 0..3 {
                timeout(millis(1000), async |_| pause(10).await).await?;
                co.yield_(number).await?;
            }
            Ok(())
        })
    };
    silent(async move {
        drain(fine()).await?;
        timeout(millis(1000), async |_| drain(fine()).await).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn the_one_yield_of_a_context_manager_is_its_body() {
    silent(async {
        let manager =
            async_context(async |co| timeout(millis(1000), async |_| co.yield_(()).await.map(drop)).await);
        async_with(manager, async |()| pause(10).await).await.map(drop)
    });
}
