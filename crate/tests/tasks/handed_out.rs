//! A yield inside of a timeout or a group: the generator's consumer is the task that is asked to stop (PEP 789).

use std::rc::Rc;

use loopscope::{AsyncGen, Result, current_task, finally, spawn, task_group, timeout};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::twin::{ask, check, fail, job, just_ask, say, secs, stubborn, truth};

const TWINS: &str = include_str!("../twins/timeouts.txt");

async fn ends() -> Result<()> {
    say("generator ends");
    Ok(())
}

fn numbers_in_time() -> AsyncGen<i32> {
    AsyncGen::new(async |co| {
        let numbers = async {
            co.yield_(1).await?;
            co.yield_(2).await?;
            Ok(())
        };
        timeout(secs(0.25), |_| finally(numbers, ends)).await
    })
}

fn numbers_in_a_group() -> AsyncGen<i32> {
    AsyncGen::new(async |co| {
        let numbers = async {
            co.yield_(1).await?;
            co.yield_(2).await?;
            Ok(())
        };
        task_group(async |group| {
            group.spawn(fail("a", 0.25))?;
            finally(numbers, ends).await
        })
        .await
    })
}

async fn consume(numbers: Rc<AsyncGen<i32>>) -> Result<()> {
    while let Some(number) = numbers.anext_or_none().await? {
        say(number);
        job("body", 5.0, 0).await?;
    }
    Ok(())
}

/// `async for` over a generator that others hold too.
trait NextOrNone {
    async fn anext_or_none(&self) -> Result<Option<i32>>;
}

impl NextOrNone for AsyncGen<i32> {
    async fn anext_or_none(&self) -> Result<Option<i32>> {
        match self.anext().await {
            Ok(number) => Ok(Some(number)),
            Err(error) if error.is(loopscope::Kind::StopAsyncIteration) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn row_46_the_consumer_gets_a_bare_stop_and_the_timeout_is_told_when_the_program_ends() {
    check(TWINS, "yield_in_a_timeout", async {
        ask("consumer", consume(Rc::new(numbers_in_time()))).await?;
        say(current_task().unwrap().cancelling());
        Ok(())
    });
    check(TWINS, "yield_in_a_timeout_as_the_program_ends", async {
        let numbers = numbers_in_time();
        numbers.anext().await?;
        stubborn("body", 5.0, 0).await?;
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_46_a_close_of_such_a_generator_is_quiet() {
    check(TWINS, "yield_in_a_timeout_that_is_kept", async {
        let numbers = Rc::new(numbers_in_time());
        let task = spawn(consume(numbers.clone()));
        ask("consumer", task.clone()).await?;
        say(format!("{} {}", truth(task.is_cancelled()), task.cancelling()));
        just_ask("close", numbers.aclose()).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_46_a_consumer_that_swallows_the_stop_goes_on() {
    check(TWINS, "yield_in_a_timeout_and_on", async {
        let numbers = numbers_in_time();
        let consumer = async {
            while let Some(number) = numbers.anext_or_none().await? {
                say(number);
                stubborn("body", 5.0, 0).await?;
            }
            say("over");
            Ok(())
        };
        just_ask("consumer", consumer).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_46_a_yield_in_a_group() {
    check(TWINS, "yield_in_a_group", async {
        let numbers = Rc::new(numbers_in_a_group());
        ask("consumer", consume(numbers.clone())).await?;
        ask("close", numbers.aclose()).await?;
        say(current_task().unwrap().cancelling());
        Ok(())
    });
}
