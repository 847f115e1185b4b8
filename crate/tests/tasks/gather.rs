//! Several tasks at once.

use loopscope::{Error, VirtualLoop, gather, gather_results, gather_tuple, shield, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::twin::{Shown, ask, check, fail, job, just_ask, say, secs, stubborn, tell, ticks, truth, work};

const TWINS: &str = include_str!("../twins/tasks.txt");

#[wasm_bindgen_test(unsupported = test)]
fn row_40_gather_gives_the_values_in_the_order_of_the_futures() {
    check(TWINS, "gather_gives_all", async {
        let jobs = (job("a", 2.0, 1), job("b", 1.0, 2), job("c", 3.0, 3), ticks(3));
        let (a, b, c, ()) = gather_tuple(jobs).await?;
        say(vec![a, b, c].shown());
        let nothing: [loopscope::Task<i32>; 0] = [];
        say(gather(nothing).await?.shown());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_40_the_first_error_comes_out_and_the_others_go_on() {
    check(TWINS, "gather_gives_the_first_error", async {
        let slow = spawn(job("c", 3.0, 3));
        let failing = spawn(fail("a", 2.0));
        let first = spawn(work("b", 1.0, Err(Error::key("b"))));
        ask("all", gather([failing, first, slow.clone()])).await?;
        say(truth(slow.is_finished()));
        just_ask("c", slow).await
    });
    check(TWINS, "gather_of_errors_in_one_turn", async {
        let error = Error::value("a");
        let jobs = [work("a", 1.0, Err(error.clone())), work("b", 1.0, Err(Error::key("b")))];
        let raised = ask("all", gather(jobs)).await?.unwrap();
        say(truth(raised.is_same(&error)));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_40_errors_are_results_if_one_wants() {
    check(TWINS, "gather_results", async {
        let started = spawn(job("c", 3.0, 0));
        let jobs = [spawn(fail("a", 2.0)), spawn(job("b", 1.0, 2)), started];
        let mut results = gather_results(jobs).await?;
        let error = results.remove(0).unwrap_err();
        say(tell(&error));
        let values: Vec<_> = results.into_iter().map(Result::unwrap).collect();
        say(values.shown());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_40_a_child_that_is_stopped_fails_and_stops_nobody() {
    check(TWINS, "gather_with_a_stopped_child", async {
        let (child, other) = (spawn(job("a", 5.0, 0)), spawn(job("b", 1.0, 1)));
        let gathered = gather([child.clone(), other.clone()]);
        sleep(secs(0.25)).await?;
        child.cancel_with("one");
        ask("all", gathered).await?;
        say(truth(other.is_cancelled()));
        let child = spawn(job("c", 5.0, 0));
        let gathered = gather_results([child.clone(), spawn(job("d", 1.0, 1))]);
        sleep(secs(0.25)).await?;
        child.cancel_with("one");
        let results = gathered.await?;
        say(format!("{} {}", tell(results[0].as_ref().unwrap_err()), results[1].as_ref().unwrap()));
        just_ask("child", child).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_40_a_stop_goes_to_all_of_them() {
    check(TWINS, "gather_is_stopped", async {
        let task = spawn(gather_tuple((job("a", 5.0, 0), job("b", 5.0, 0), ticks(2))));
        sleep(secs(0.25)).await?;
        task.cancel_with("stop");
        let all = async { task.await.map(drop) };
        just_ask("all", all).await
    });
    check(TWINS, "gather_results_is_stopped", async {
        let task = spawn(async {
            gather_results([spawn(job("a", 5.0, 0)), spawn(stubborn("b", 5.0, 2))]).await.map(drop)
        });
        sleep(secs(0.25)).await?;
        task.cancel_with("stop");
        just_ask("all", task).await
    });
    check(TWINS, "gather_is_stopped_and_a_child_refuses", async {
        let task = spawn(just_ask("all", gather([stubborn("a", 5.0, 1), stubborn("b", 5.0, 2)])));
        sleep(secs(0.25)).await?;
        task.cancel_with("stop");
        just_ask("waiter", task).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_40_a_stop_after_the_error_stops_nobody() {
    check(TWINS, "gather_is_stopped_after_an_error", async {
        let slow = spawn(job("b", 1.0, 2));
        let mut gathered = gather([spawn(fail("a", 0.5)), slow.clone()]);
        ask("all", &mut gathered).await?;
        say(truth(gathered.cancel()));
        just_ask("b", slow).await
    });
    check(TWINS, "gather_is_stopped_by_its_handle", async {
        let mut gathered = gather([job("a", 5.0, 0), job("b", 5.0, 0)]);
        sleep(secs(0.25)).await?;
        say(truth(gathered.cancel()));
        ask("all", &mut gathered).await?;
        say(truth(gathered.cancel()));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_40_what_has_ended_is_not_waited_for() {
    check(TWINS, "gather_of_what_has_ended", async {
        let (ended, failed) = (spawn(job("a", 0.0, 1)), spawn(fail("b", 0.0)));
        sleep(secs(1.0)).await?;
        say(gather([ended, spawn(job("c", 0.0, 3))]).await?.shown());
        let gathered = gather([spawn(async { Ok(0) }), failed]);
        say(truth(gathered.is_finished()));
        just_ask("all", gathered).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_40_gather_in_gather_costs_no_task() {
    check(TWINS, "gather_in_gather", async {
        let inner = gather([job("a", 0.0, 1), job("b", 0.0, 2)]);
        let other = gather([job("c", 0.0, 3)]);
        let both = gather([inner, other]);
        gather_tuple((ask("both", both), ticks(6))).await?;
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_40_gather_turn_by_turn() {
    check(TWINS, "gather_turn_by_turn", async {
        let jobs = [job("a", 0.0, 1), job("b", 0.0, 2)];
        gather_tuple((ask("all", gather(jobs)), ticks(7))).await?;
        let jobs = [work("a", 0.0, Ok(1)), work("b", 0.0, Err(Error::value("b")))];
        gather_tuple((ask("all", gather(jobs)), ticks(7))).await?;
        Ok(())
    });
}

/// As CPython 3.13 does it: what a gather fails with is its error, also when that is a request to stop.
#[wasm_bindgen_test(unsupported = test)]
fn what_a_gather_fails_with_goes_through() {
    let program = async {
        let stopped = || {
            let task = spawn(job("a", 1.0, 1));
            task.cancel_with("why");
            gather([task])
        };
        let shielded = shield(stopped()).await.unwrap_err();
        let listed = gather_results([stopped()]).await?.remove(0).unwrap_err();
        Ok([shielded, listed].map(|error| error.to_string()))
    };
    assert_eq!(VirtualLoop::new().run(program).unwrap(), ["CancelledError: why"; 2]);
}
