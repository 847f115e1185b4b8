//! Errors that nobody takes, and what becomes of what is left when the program ends.

use std::cell::RefCell;
use std::rc::Rc;

use loopscope::trace::{Kind, Recorder};
use loopscope::{
    AsyncGen, Error, Result, Task, VirtualLoop, finally, gather, gather_results, shield, sleep, spawn,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::twin::{ask, careful, check, fail, job, just_ask, say, secs, stubborn, tell, turn, unclean};

const TWINS: &str = include_str!("../twins/unhandled.txt");

#[wasm_bindgen_test(unsupported = test)]
fn an_error_is_told_when_the_last_handle_of_its_task_goes() {
    check(TWINS, "task_that_nobody_asks", async {
        drop(spawn(fail("a", 1.0)));
        let kept = spawn(fail("b", 1.0));
        sleep(secs(2.0)).await?;
        say("later");
        drop(kept);
        spawn(job("c", 1.0, 0)).cancel();
        sleep(secs(2.0)).await?;
        say("end");
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn an_error_is_not_told_to_those_who_know_it() {
    check(TWINS, "task_that_somebody_asks", async {
        let looks: [fn(&Task<i32>); 3] = [|task| drop(task.exception()), |task| _ = task.cancel(), |_| {}];
        for look in looks {
            let task = spawn(fail("a", 1.0));
            sleep(secs(2.0)).await?;
            look(&task);
            drop(task);
            say("looked");
        }
        let task = spawn(fail("b", 1.0));
        spawn(ask("b", task)).await?;
        say("end");
        Ok(())
    });
    check(TWINS, "task_that_is_asked_to_stop_and_fails", async {
        let task = spawn(unclean("a", 5.0));
        sleep(secs(0.25)).await?;
        task.cancel();
        sleep(secs(0.25)).await?;
        drop(task);
        say("end");
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn what_stands_for_tasks_tells_their_error() {
    check(TWINS, "gather_that_nobody_asks", async {
        let gathered = gather([fail("a", 1.0), fail("b", 1.0), fail("c", 2.0)]);
        sleep(secs(1.5)).await?;
        drop(gathered);
        say("later");
        sleep(secs(1.5)).await?;
        let gathered = gather_results([spawn(fail("d", 1.0)), spawn(job("e", 1.0, 0))]);
        sleep(secs(2.0)).await?;
        drop(gathered);
        say("end");
        Ok(())
    });
    check(TWINS, "shield_that_nobody_asks", async {
        let inner = spawn(fail("a", 1.0));
        let shielded = shield(inner.clone());
        sleep(secs(2.0)).await?;
        drop(inner);
        say("later");
        drop(shielded);
        let task = spawn(async { shield(fail("b", 1.0)).await });
        sleep(secs(0.5)).await?;
        task.cancel();
        ask("waiter", task).await?;
        sleep(secs(1.0)).await?;
        say("end");
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_20_what_a_generator_raises_when_nobody_has_it_is_told() {
    check(TWINS, "generator_that_fails_when_it_is_closed", async {
        let numbers = AsyncGen::new(async |co| {
            finally(async { co.yield_(1).await.map(drop) }, async || {
                sleep(secs(0.25)).await?;
                Err(Error::value("numbers"))
            })
            .await
        });
        numbers.anext().await?;
        drop(numbers);
        sleep(secs(1.0)).await?;
        say("end");
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_20_a_generator_that_is_left_at_the_end_is_stopped_like_a_task() {
    check(TWINS, "generators_left_at_the_end", async {
        let numbers = AsyncGen::new(async |co| {
            let body = async {
                let error = co.yield_(1).await.unwrap_err();
                say(format!("a: {}", tell(&error)));
                Result::<()>::Err(error)
            };
            let clean = async || {
                sleep(secs(0.25)).await?;
                say("a is clean");
                Ok(())
            };
            finally(body, clean).await
        });
        numbers.anext().await?;
        say("end");
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_20_generators_that_somebody_has_at_the_end_are_closed() {
    let kept: Rc<RefCell<Vec<AsyncGen<i32>>>> = Rc::default();
    let keep = kept.clone();
    check(TWINS, "generators_kept_at_the_end", async move {
        let numbers = |name: &'static str, fails: bool| {
            AsyncGen::new(async move |co| {
                finally(async { co.yield_(1).await.map(drop) }, async || {
                    say(format!("{name} cleans up"));
                    sleep(secs(0.25)).await?;
                    say(format!("{name} is clean"));
                    if fails { Err(Error::value(name)) } else { Ok(()) }
                })
                .await
            })
        };
        for (name, fails) in [("a", false), ("b", true), ("c", false)] {
            keep.borrow_mut().push(numbers(name, fails));
        }
        let begun: Vec<_> = keep.take();
        for numbers in &begun[..2] {
            numbers.anext().await?;
        }
        *keep.borrow_mut() = begun;
        spawn(careful("d", 5.0, 0.5));
        turn().await?;
        say("end");
        Ok(())
    });
    let closed: Vec<_> = kept.borrow().iter().map(AsyncGen::is_closed).collect();
    assert_eq!(closed, [true, true, false]);
}

#[wasm_bindgen_test(unsupported = test)]
fn tasks_that_are_left_at_the_end_are_asked_to_stop() {
    check(TWINS, "tasks_left_at_the_end", async {
        spawn(job("a", 5.0, 0));
        spawn(careful("b", 5.0, 1.0));
        spawn(unclean("c", 5.0));
        spawn(stubborn("d", 5.0, 1));
        sleep(secs(0.25)).await?;
        spawn(job("e", 5.0, 0));
        say("end");
        Ok(())
    });
    check(TWINS, "tasks_that_run_in_the_last_turn", async {
        spawn(async {
            for count in 0..4 {
                say(count);
                turn().await?;
            }
            Ok(())
        });
        turn().await?;
        say("end");
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_task_made_by_a_clean_up_at_the_end_is_asked_to_stop_too() {
    let log: Rc<RefCell<Vec<&str>>> = Rc::default();
    let notes = log.clone();
    VirtualLoop::new()
        .run(async move {
            let late = notes.clone();
            spawn(finally(sleep(secs(60.0)), async move || {
                spawn(finally(sleep(secs(60.0)), async move || {
                    late.borrow_mut().push("late");
                    Ok(())
                }));
                sleep(secs(1.0)).await?;
                notes.borrow_mut().push("clean");
                Ok(())
            }));
            turn().await
        })
        .unwrap();
    assert_eq!(*log.borrow(), ["clean", "late"]);
}

#[wasm_bindgen_test(unsupported = test)]
fn an_error_that_nobody_takes_stands_in_the_trace() {
    let recorder = Rc::new(Recorder::default());
    let program = async {
        drop(spawn(async { Err::<(), _>(Error::value("no")) }));
        turn().await?;
        turn().await
    };
    VirtualLoop::with_recorder(recorder.clone()).run(program).unwrap();
    let events = recorder.take().events;
    let told = events.iter().find(|event| event.kind == Kind::Unhandled).unwrap();
    assert_eq!(told.subject, 2);
    assert_eq!(&*recorder.text(told.text), "Task exception was never retrieved: ValueError: no");
}

#[wasm_bindgen_test(unsupported = test)]
fn an_error_is_told_after_its_loop_has_gone() {
    let told: Rc<RefCell<Vec<String>>> = Rc::default();
    let notes = told.clone();
    let virtual_loop = VirtualLoop::new();
    virtual_loop.on_unhandled(move |unhandled| {
        assert_eq!((unhandled.task(), unhandled.error().message()), ("task 2", "no"));
        notes.borrow_mut().push(unhandled.to_string());
    });
    let failed = virtual_loop
        .run(async {
            let failed = spawn(async { Err::<(), _>(Error::value("no")) });
            just_ask("turn", turn()).await?;
            turn().await.map(|()| failed)
        })
        .unwrap();
    drop(virtual_loop);
    assert!(told.borrow().is_empty());
    drop(failed);
    assert_eq!(*told.borrow(), ["Task exception was never retrieved (task 2): ValueError: no"]);
}
