//! How tasks are asked to stop, and how often.

use std::cell::Cell;
use std::rc::Rc;

use loopscope::{Result, current_task, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::twin::{ask, careful, check, job, just_ask, say, secs, stubborn, tell, truth, turn};

const TWINS: &str = include_str!("../twins/tasks.txt");

#[wasm_bindgen_test(unsupported = test)]
fn row_25_a_stop_in_the_body_lets_the_clean_up_wait() {
    check(TWINS, "stopped_once_and_clean", async {
        let task = spawn(careful("a", 10.0, 1.0));
        sleep(secs(0.25)).await?;
        task.cancel();
        ask("a", task.clone()).await?;
        say(truth(task.is_cancelled()));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_25_a_stop_goes_through_the_tasks_that_wait_to_the_one_that_is_waited_for() {
    check(TWINS, "a_stop_goes_inward", async {
        let inner = spawn(job("b", 5.0, 0));
        let waited = inner.clone();
        let task = spawn(async move {
            ask("inner", waited).await?;
            sleep(secs(1.0)).await
        });
        sleep(secs(0.25)).await?;
        task.cancel_with("stop");
        say(format!("{} {}", task.cancelling(), inner.cancelling()));
        ask("outer", task.clone()).await?;
        say(format!("{} {}", truth(inner.is_cancelled()), truth(task.is_cancelled())));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_25_a_stop_may_be_refused() {
    check(TWINS, "a_stop_is_refused", async {
        let task = spawn(stubborn("a", 5.0, 42));
        sleep(secs(0.25)).await?;
        task.cancel_with("please");
        ask("a", task.clone()).await?;
        say(format!("{} {}", truth(task.is_cancelled()), task.cancelling()));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_25_a_stop_is_heard_between_two_turns() {
    check(TWINS, "a_stop_between_two_turns", async {
        let task = spawn(async {
            turn().await?;
            turn().await?;
            say("not reached");
            Ok(())
        });
        turn().await?;
        task.cancel();
        just_ask("a", task).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_27_a_stop_before_the_first_step_comes_before_the_body() {
    check(TWINS, "stopped_before_the_start", async {
        let task = spawn(job("a", 1.0, 0));
        say(truth(task.cancel_with("no")));
        ask("a", task.clone()).await?;
        say(format!("{} {} {}", truth(task.is_cancelled()), task.cancelling(), truth(task.cancel())));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_27_a_second_stop_in_the_clean_up_has_the_first_as_its_context() {
    check(TWINS, "stopped_twice", async {
        let task = spawn(careful("a", 10.0, 1.0));
        sleep(secs(0.25)).await?;
        task.cancel_with("once");
        sleep(secs(0.25)).await?;
        task.cancel_with("twice");
        ask("a", task.clone()).await?;
        say(task.cancelling());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_27_a_stop_in_the_last_step_takes_the_place_of_the_value() {
    check(TWINS, "stopped_at_the_end", async {
        let task = spawn(async {
            current_task().unwrap().cancel_with("late");
            Ok(5)
        });
        ask("a", task.clone()).await?;
        say(truth(task.is_cancelled()));
        Ok(())
    });
    check(TWINS, "stopped_while_it_runs", async {
        let itself = spawn(async {
            current_task().unwrap().cancel_with("own");
            say("goes on");
            sleep(secs(5.0)).await
        });
        just_ask("a", itself).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_27_a_stop_in_the_turn_of_the_end_comes_before_the_value() {
    check(TWINS, "a_stop_in_the_turn_of_the_end", async {
        let inner = spawn(job("b", 1.0, 7));
        let outer = spawn(just_ask("inner", inner.clone()));
        let stopped = outer.clone();
        inner.add_done_callback(move |_| {
            say(format!("asked to stop: {}", truth(stopped.cancel_with("late"))));
        });
        ask("outer", outer).await?;
        just_ask("again", inner).await
    });
    check(TWINS, "a_stop_that_comes_after_the_end", async {
        let inner = spawn(job("b", 1.0, 7));
        let outer = spawn(just_ask("inner", inner.clone()));
        sleep(secs(1.0)).await?;
        say(format!("asked to stop: {}", truth(outer.cancel_with("late"))));
        just_ask("outer", outer).await
    });
}

/// What a timeout does, by hand.
async fn limited(seconds: f64, limit: f64) -> Result<()> {
    let task = current_task().unwrap();
    let fired = Rc::new(Cell::new(false));
    let watch = spawn({
        let (task, fired) = (task.clone(), fired.clone());
        async move {
            sleep(secs(limit)).await?;
            fired.set(true);
            task.cancel();
            Ok(())
        }
    });
    match sleep(secs(seconds)).await {
        Ok(()) => say("in time"),
        Err(stop) => say(format!("{} {} {}", truth(fired.get()), task.uncancel(), tell(&stop))),
    }
    watch.cancel();
    turn().await?;
    say(format!("goes on, {}", task.cancelling()));
    Ok(())
}

#[wasm_bindgen_test(unsupported = test)]
fn row_31_a_stop_is_taken_back_by_the_one_who_asked() {
    check(TWINS, "uncancel_structured_blocks", async {
        spawn(limited(10.0, 0.25)).await?;
        spawn(limited(0.0, 10.0)).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_31_a_stop_that_nothing_has_taken_goes_with_the_last_request() {
    check(TWINS, "uncancel_resets_must_cancel", async {
        let inner = spawn(job("b", 1.0, 42));
        let outer = spawn(just_ask("inner", inner.clone()));
        let stopped = outer.clone();
        inner.add_done_callback(move |_| {
            say(format!("{} {}", truth(stopped.cancel()), stopped.cancelling()));
            say(format!("{} {}", stopped.uncancel(), stopped.cancelling()));
        });
        outer.clone().await?;
        say(outer.uncancel());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_31_a_stop_that_is_under_way_comes_though_it_is_taken_back() {
    check(TWINS, "uncancel_leaves_what_is_under_way", async {
        let task = spawn(job("a", 5.0, 0));
        sleep(secs(0.25)).await?;
        task.cancel();
        task.cancel();
        say(format!("{} {} {}", task.cancelling(), task.uncancel(), task.uncancel()));
        just_ask("a", task).await
    });
}
