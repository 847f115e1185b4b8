//! One future for a limited time.

use loopscope::{Error, gather, gather_tuple, shield, sleep, spawn, wait_for};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::twin::{
    ask, careful, check, fail, job, just_ask, say, secs, stubborn, ticks, truth, turn, unclean,
};

const TWINS: &str = include_str!("../twins/timeouts.txt");

#[wasm_bindgen_test(unsupported = test)]
fn row_28_wait_for_gives_what_comes_in_time() {
    check(TWINS, "wait_for_gives_what_comes", async {
        ask("a", wait_for(job("a", 1.0, 5), None)).await?;
        ask("b", wait_for(job("b", 1.0, 6), secs(2.0))).await?;
        ask("c", wait_for(fail("c", 1.0), secs(2.0))).await?;
        just_ask("d", wait_for(spawn(job("d", 1.0, 7)), secs(1.0))).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_29_wait_for_stops_what_is_too_slow_and_waits_for_its_end() {
    check(TWINS, "wait_for_is_too_slow", async {
        let task = spawn(job("a", 5.0, 0));
        ask("a", wait_for(task.clone(), secs(0.25))).await?;
        say(truth(task.is_cancelled()));
        ask("b", wait_for(job("b", 5.0, 0), secs(0.25))).await?;
        ask("c", wait_for(careful("c", 5.0, 1.0), secs(0.25))).await?;
        ask("d", wait_for(spawn(careful("d", 5.0, 1.0)), secs(0.25))).await?;
        ask("e", wait_for(spawn(unclean("e", 5.0)), secs(0.25))).await?;
        ask("f", wait_for(stubborn("f", 5.0, 42), secs(0.25))).await?;
        just_ask("g", wait_for(spawn(stubborn("g", 5.0, 42)), secs(0.25))).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_28_wait_for_with_no_time_lets_nothing_begin() {
    check(TWINS, "wait_for_no_time", async {
        let none = secs(0.0);
        let ended = spawn(job("a", 0.0, 1));
        sleep(secs(1.0)).await?;
        ask("a", wait_for(ended, none)).await?;
        ask("b", wait_for(job("b", 0.0, 0), none)).await?;
        let running = spawn(careful("c", 5.0, 1.0));
        sleep(secs(1.0)).await?;
        ask("c", wait_for(running.clone(), none)).await?;
        say(truth(running.is_cancelled()));
        let running = spawn(stubborn("d", 5.0, 42));
        sleep(secs(1.0)).await?;
        ask("d", wait_for(running, none)).await?;
        let running = spawn(unclean("e", 5.0));
        sleep(secs(1.0)).await?;
        ask("e", wait_for(running, none)).await?;
        gather_tuple((ask("f", wait_for(job("f", 0.0, 0), none)), ticks(6))).await?;
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_30_a_stop_of_the_one_who_waits_stops_what_it_waits_for() {
    check(TWINS, "wait_for_is_stopped", async {
        for limit in [None, Some(secs(60.0)), Some(secs(0.0))] {
            let inner = spawn(careful("a", 5.0, 1.0));
            let waiter = spawn(wait_for(inner.clone(), limit));
            sleep(secs(0.25)).await?;
            waiter.cancel_with("stop");
            ask("waiter", waiter).await?;
            say(truth(inner.is_cancelled()));
            sleep(secs(2.0)).await?;
        }
        Ok(())
    });
    check(TWINS, "wait_for_what_ends_as_it_is_stopped", async {
        let inner = spawn(job("a", 0.0, 5));
        let waited = inner.clone();
        let task = spawn(async {
            wait_for(waited, secs(100.0)).await?;
            say("not reached");
            Ok(())
        });
        turn().await?;
        turn().await?;
        task.cancel();
        ask("waiter", task).await?;
        just_ask("inner", inner).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_43_wait_for_a_shield_leaves_the_task_alone() {
    check(TWINS, "wait_for_a_shield", async {
        let inner = spawn(job("a", 1.0, 5));
        let shielded = shield(inner.clone());
        ask("zero", wait_for(shielded, secs(0.0))).await?;
        say(format!("{} True", truth(inner.is_finished())));
        ask("short", wait_for(shield(inner.clone()), secs(0.25))).await?;
        ask("none", wait_for(shield(inner), None)).await?;
        let gathered = gather([job("b", 1.0, 1), job("c", 1.0, 2)]);
        just_ask("gather", wait_for(gathered, secs(0.0))).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn an_error_of_what_ended_in_time_is_its_own() {
    let error = Error::value("own");
    let raised = error.clone();
    let program = wait_for(async move { Err::<(), _>(raised) }, secs(1.0));
    assert!(loopscope::VirtualLoop::new().run(program).unwrap_err().is_same(&error));
}
