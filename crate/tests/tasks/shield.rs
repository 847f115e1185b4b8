//! Tasks that go on when the one who waits is asked to stop.

use futures::FutureExt;
use loopscope::{Error, gather, gather_tuple, shield, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::twin::{Shown, ask, cancel_later, check, job, just_ask, say, secs, ticks, truth, turn, work};

const TWINS: &str = include_str!("../twins/tasks.txt");

#[wasm_bindgen_test(unsupported = test)]
fn row_43_the_task_survives_the_stop_of_the_one_who_waits() {
    check(TWINS, "shield_lets_the_task_go_on", async {
        let inner = spawn(job("a", 1.0, 5));
        let shielded = inner.clone();
        let outer = spawn(async { shield(shielded).await });
        sleep(secs(0.25)).await?;
        outer.cancel_with("stop");
        ask("outer", outer).await?;
        just_ask("inner", inner).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_43_what_comes_goes_through() {
    check(TWINS, "shield_gives_what_comes", async {
        ask("value", shield(job("a", 1.0, 5))).await?;
        let error = Error::value("b");
        let raised = ask("error", shield(work("b", 1.0, Err(error.clone())))).await?.unwrap();
        say(truth(raised.is_same(&error)));
        let inner = spawn(job("c", 1.0, 0));
        turn().await?;
        cancel_later(&inner, 0.5, "inner");
        ask("stopped", shield(inner)).await?;
        let ended = spawn(job("d", 0.0, 6));
        sleep(secs(1.0)).await?;
        gather_tuple((ask("ended", shield(ended)), ticks(2))).await?;
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_43_the_wait_can_be_ended_alone() {
    check(TWINS, "shield_is_stopped_by_its_handle", async {
        let inner = spawn(job("a", 1.0, 5));
        let shielded = shield(inner.clone());
        turn().await?;
        say(format!("{} {}", truth(shielded.cancel()), truth(shielded.cancel())));
        ask("shield", shielded).await?;
        just_ask("inner", inner).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_43_shields_and_gathers_go_together() {
    check(TWINS, "gather_of_shields", async {
        let inner = [spawn(job("a", 1.0, 1)), spawn(job("b", 1.0, 2))];
        let gathered = gather(inner.clone().map(shield));
        sleep(secs(0.25)).await?;
        say(truth(gathered.cancel()));
        ask("shields", gathered).await?;
        say(gather(inner).await?.shown());
        Ok(())
    });
    check(TWINS, "shield_of_gather", async {
        let mut shielded = shield(gather([job("a", 1.0, 1), job("b", 1.0, 2)]));
        sleep(secs(0.25)).await?;
        say(truth(shielded.cancel()));
        ask("shield", &mut shielded).await?;
        sleep(secs(1.0)).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_43_shield_turn_by_turn() {
    check(TWINS, "shield_turn_by_turn", async {
        gather_tuple((ask("shield", shield(job("a", 0.0, 1))), ticks(6))).await?;
        let inner = spawn(job("b", 0.0, 1));
        let shielded = std::rc::Rc::new(std::cell::RefCell::new(shield(inner.clone())));
        let stopped = shielded.clone();
        inner.add_done_callback(move |_| say(truth(stopped.borrow().cancel())));
        let waited = std::future::poll_fn(move |context| shielded.borrow_mut().poll_unpin(context));
        gather_tuple((ask("shield", waited), ticks(6))).await?;
        Ok(())
    });
}
