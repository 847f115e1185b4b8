//! Awaited one after the other though independent.

use futures::TryStreamExt;
use loopscope::{AsyncGen, Queue, Result, Task, gather, sleep, spawn, spawn_named};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{millis, pause, said_of, silent};

const LINE: u32 = line!() + 2;
async fn call(number: u64) -> Result<u64> {
    sleep(millis(100)).await?;
    Ok(number)
}

#[wasm_bindgen_test(unsupported = test)]
fn calls_in_a_row_that_overlap_elsewhere_could_overlap() {
    let lint = said_of(async {
        for number in 0..5 {
            call(number).await?;
        }
        gather((0..5).map(call)).await.map(drop)
    });
    assert_eq!((lint.line, lint.task), (LINE, 1));
    assert!(lint.text.contains("5 times, one after the other, for 0.50 s"), "{}", lint.text);
}

#[wasm_bindgen_test(unsupported = test)]
fn it_does_not_matter_which_comes_first() {
    let lint = said_of(async {
        gather((0..5).map(call)).await?;
        for number in 0..4 {
            call(number).await?;
        }
        pause(1).await
    });
    assert!(lint.line == LINE && lint.text.contains("4 times"), "{}", lint.text);
}

#[wasm_bindgen_test(unsupported = test)]
fn tasks_that_are_started_and_awaited_one_by_one_could_overlap() {
    let lint = said_of(async {
        for _ in 0..3 {
            spawn(pause(100)).await?;
        }
        Ok(())
    });
    assert_eq!((lint.line, lint.task), (line!() - 4, 1));
    assert!(lint.text.contains("each in a task that was started for it"), "{}", lint.text);
}

#[wasm_bindgen_test(unsupported = test)]
fn calls_in_a_row_of_which_nothing_is_known_are_nobodys_business() {
    silent(async {
        for number in 0..5 {
            call(number).await?;
        }
        Ok(())
    });
    silent(async { gather((0..5).map(call)).await.map(drop) });
}

#[wasm_bindgen_test(unsupported = test)]
fn workers_that_go_on_and_on_beside_each_other_are_no_mistake() {
    silent(async {
        let jobs = Queue::new(0);
        (0..12).try_for_each(|job| jobs.put_nowait(job))?;
        let worker = async move |jobs: Queue<u64>| {
            while let Ok(job) = jobs.get_nowait() {
                call(job).await?;
            }
            Ok(())
        };
        gather([worker(jobs.clone()), worker(jobs)]).await.map(drop)
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_generator_waits_for_one_thing_after_the_other_as_it_should() {
    silent(async {
        let mut numbers = AsyncGen::new(async |co| {
            for number in 0..5 {
                co.yield_(call(number).await?).await?;
            }
            Ok(())
        });
        while numbers.try_next().await?.is_some() {}
        gather((0..5).map(call)).await.map(drop)
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn tasks_that_are_started_before_they_are_awaited_do_overlap() {
    silent(async {
        let tasks: Vec<_> = (0..5).map(|number| spawn_named("call", call(number))).collect();
        for task in tasks {
            task.await?;
        }
        for _ in 0..3 {
            let (_one, _other, last) = (spawn(pause(10)), spawn(pause(10)), spawn(pause(10)));
            last.await?;
        }
        Ok(())
    });
}

async fn end(task: Task<()>) -> Result<()> {
    task.await?;
    Ok(())
}

#[wasm_bindgen_test(unsupported = test)]
fn tasks_that_were_started_before_do_overlap_however_they_are_awaited() {
    silent(async {
        let start = || [100, 200, 300, 400].map(|millis| spawn(pause(millis)));
        for task in start() {
            end(task).await?;
        }
        gather(start().map(end)).await.map(drop)
    });
}
