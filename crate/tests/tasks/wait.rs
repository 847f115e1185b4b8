//! Some of several tasks.

use futures::TryStreamExt;
use futures::stream::FusedStream;
use loopscope::{
    Result, Task, TaskRef, WaitUntil, as_completed, gather, gather_tuple, sleep, spawn, spawn_named, wait,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::twin::{ask, check, fail, job, just_ask, say, secs, tell, ticks, truth};

const TWINS: &str = include_str!("../twins/tasks.txt");

fn names<H: AsRef<TaskRef>>(some: &[H]) -> String {
    let names: Vec<_> = some.iter().map(|task| task.as_ref().name()).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(" ") }
}

fn named(name: &'static str, seconds: f64) -> Task<i32> {
    spawn_named(name, job(name, seconds, 0))
}

fn say_names<H: AsRef<TaskRef>>((done, pending): &(Vec<H>, Vec<H>)) {
    say(format!("{}, {}", names(done), names(pending)));
}

#[wasm_bindgen_test(unsupported = test)]
fn row_41_wait_for_the_first_or_for_all() {
    check(TWINS, "wait_for_the_first", async {
        let some = [named("a", 2.0), named("b", 1.0), named("c", 3.0)];
        let first = wait(some, WaitUntil::FirstCompleted, None).await?;
        say_names(&first);
        let rest = wait(first.1, WaitUntil::All, None).await?;
        say_names(&rest);
        say_names(&wait(rest.0, WaitUntil::All, None).await?);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_41_wait_for_the_first_error() {
    check(TWINS, "wait_for_the_first_error", async {
        let failing = || spawn_named("c", fail("c", 3.0));
        let some = [named("a", 1.0), named("b", 2.0), failing(), named("d", 4.0)];
        sleep(secs(0.5)).await?;
        some[0].cancel();
        say_names(&wait(&some, WaitUntil::FirstException, None).await?);
        say_names(&wait(&some, WaitUntil::FirstException, None).await?);
        say_names(&wait([&some[0], &some[3]], WaitUntil::FirstException, None).await?);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_41_wait_no_longer_than_this() {
    check(TWINS, "wait_with_a_timeout", async {
        let some = [named("a", 1.0), named("b", 2.0)];
        say_names(&wait(&some, WaitUntil::All, secs(1.5)).await?);
        say_names(&wait(&some, WaitUntil::All, secs(0.0)).await?);
        say_names(&wait(&some, WaitUntil::All, secs(0.5)).await?);
        let nothing = async { wait([] as [TaskRef; 0], WaitUntil::All, None).await.map(drop) };
        just_ask("nothing", nothing).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_41_a_stop_of_the_one_who_waits_stops_nobody_else() {
    check(TWINS, "wait_is_stopped", async {
        let task = spawn(job("a", 1.0, 0));
        let waiting = wait([task.clone()], WaitUntil::All, None);
        let waiter = spawn(async { waiting.await.map(drop) });
        sleep(secs(0.25)).await?;
        waiter.cancel_with("stop");
        ask("waiter", waiter).await?;
        just_ask("a", task).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_41_wait_turn_by_turn() {
    check(TWINS, "wait_turn_by_turn", async {
        let waiter = async {
            let (done, _) = wait([named("a", 0.0), named("b", 0.0)], WaitUntil::All, None).await?;
            say(names(&done));
            let (done, _) = wait(done, WaitUntil::FirstCompleted, None).await?;
            say(names(&done));
            Ok(())
        };
        gather_tuple((waiter, ticks(9))).await?;
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_41_tasks_come_as_they_end_and_each_once() {
    check(TWINS, "as_completed", async {
        let some = [named("a", 3.0), named("b", 1.0), named("c", 2.0), named("d", 2.0)];
        let again = some[..2].to_vec();
        let mut completed = as_completed(some.into_iter().chain(again), None);
        assert_eq!(completed.left(), 4);
        while let Some(task) = completed.try_next().await? {
            say(task.name());
        }
        assert_eq!(completed.left(), 0);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_41_tasks_that_are_too_slow_come_as_a_timeout() {
    check(TWINS, "as_completed_with_a_timeout", async {
        let some = [named("a", 1.0), named("b", 3.0), named("c", 4.0)];
        let mut completed = as_completed(some.clone(), secs(2.0));
        let error = loop {
            match completed.try_next().await {
                Ok(task) => say(task.unwrap().name()),
                Err(error) => break error,
            }
        };
        say(tell(&error));
        sleep(secs(3.0)).await?;
        let mut completed = as_completed(some[1..2].to_vec(), secs(2.0));
        while let Some(task) = completed.try_next().await? {
            say(task.name());
        }
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_41_tasks_that_fail_come_too() {
    check(TWINS, "as_completed_with_an_error", async {
        let some = [spawn(fail("a", 1.0)), spawn(job("b", 2.0, 5))];
        let mut completed = as_completed(some.clone(), None);
        while let Some(task) = completed.try_next().await? {
            ask(if task.is_same(&some[0]) { "a" } else { "b" }, task).await?;
        }
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_41_as_completed_turn_by_turn() {
    check(TWINS, "as_completed_turn_by_turn", async {
        let waiter = async {
            let mut completed = as_completed(["a", "b", "c"].map(|name| named(name, 0.0)), None);
            while let Some(task) = completed.try_next().await? {
                say(task.name());
            }
            Ok(())
        };
        gather_tuple((waiter, ticks(8))).await?;
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_41_gathered_tasks_come_in_the_turn_in_which_they_are_gathered() {
    check(TWINS, "as_completed_of_gather_turn_by_turn", async {
        let waiter = async {
            let [a, b, c] =
                [("a", 1), ("b", 2), ("c", 3)].map(|(name, value)| spawn_named(name, job(name, 0.0, value)));
            let mut completed = as_completed([gather(vec![a, b]), gather(vec![c])], None);
            while let Some(task) = completed.try_next().await? {
                say(format!("{} {:?}", truth(task.is_finished()), task.await?));
            }
            Ok(())
        };
        gather_tuple((waiter, ticks(8))).await?;
        Ok(())
    });
}

/// CPython loses one there: the wait that was stopped counts as one that came.
#[wasm_bindgen_test(unsupported = test)]
fn row_41_a_wait_that_was_stopped_loses_nothing() {
    let came = loopscope::VirtualLoop::new().run(async {
        let mut completed = as_completed([1.0, 2.0].map(|seconds| sleep(secs(seconds))), None);
        let short = loopscope::timeout(secs(0.5), async |_| completed.try_next().await);
        assert!(short.await.unwrap_err().is(loopscope::Kind::TimeoutError));
        let mut came = 0;
        sleep(secs(1.0)).await?;
        assert_eq!((completed.left(), completed.is_terminated()), (2, false));
        while let Some(task) = completed.try_next().await? {
            came += 1;
            task.await?;
        }
        assert_eq!((completed.left(), completed.is_terminated()), (0, true));
        Result::Ok(came)
    });
    assert_eq!(came.unwrap(), 2);
}
