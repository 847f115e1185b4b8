//! Tasks, one by one: how they end and who hears of it.

use std::cell::Cell;
use std::rc::Rc;

use loopscope::{
    Duration, Error, Kind, VirtualLoop, all_tasks, current_task, gather, gather_tuple, sleep, spawn,
    spawn_named,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::twin::{ask, check, job, say, secs, ticks, truth, turn, work};

const TWINS: &str = include_str!("../twins/tasks.txt");

#[wasm_bindgen_test(unsupported = test)]
fn several_hear_of_one_end() {
    check(TWINS, "several_hear_of_one_end", async {
        let error = Error::value("no");
        let failing = spawn(work("a", 1.0, Err(error.clone())));
        let askers = [ask("x", failing.clone()), ask("y", failing)];
        let errors = gather(askers).await?;
        say(truth(errors.iter().flatten().filter(|other| other.is_same(&error)).count() == 2));
        let stopped = spawn(job("b", 1.0, 0));
        turn().await?;
        stopped.cancel_with("stop");
        let mut errors = gather([ask("x", stopped.clone()), ask("y", stopped)]).await?;
        let (last, first) = (errors.pop().flatten().unwrap(), errors.pop().flatten().unwrap());
        say(truth(first.is_same(&last)));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_value_is_for_one_and_a_clone_of_it_for_all() {
    let values = VirtualLoop::new().run(async {
        let task = spawn(async { Ok(5) });
        let (first, second) = (spawn(task.join()), spawn(task.join()));
        let joined = (first.await?, second.await?, task.join().await?);
        let taken = task.clone().await?;
        let error = task.clone().await.unwrap_err();
        assert_eq!(error.to_string(), "RuntimeError: the result of task 2 was taken before");
        assert!(task.result().unwrap().unwrap_err().is(Kind::RuntimeError));
        assert!(task.exception().is_none() && task.is_finished() && !task.is_cancelled());
        Ok((joined, taken))
    });
    assert_eq!(values.unwrap(), ((5, 5, 5), 5));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_result_is_there_when_the_task_has_ended() {
    VirtualLoop::new()
        .run(async {
            let task = spawn(async { sleep(secs(1.0)).await.map(|()| 7) });
            assert!(task.result().is_none() && task.exception().is_none() && !task.is_finished());
            sleep(secs(2.0)).await?;
            assert_eq!(task.result().unwrap()?, 7);
            let failing = spawn(async { Err::<(), _>(Error::value("no")) });
            turn().await?;
            assert_eq!(failing.exception().unwrap().message(), "no");
            assert_eq!(failing.result().unwrap().unwrap_err().message(), "no");
            Ok(())
        })
        .unwrap();
}

#[wasm_bindgen_test(unsupported = test)]
fn a_task_that_waits_for_itself_is_told_so() {
    check(TWINS, "a_task_waits_for_itself", async {
        let own: Rc<Cell<Option<loopscope::Task<()>>>> = Rc::default();
        let found = own.clone();
        let task = spawn(async move {
            if let Err(error) = found.take().unwrap().await {
                say(&error.message()[..26]);
            }
            Ok(())
        });
        own.set(Some(task.clone()));
        gather_tuple((task, ticks(4))).await?;
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn tasks_that_wait_for_each_other_can_be_asked_to_stop() {
    let stuck = VirtualLoop::new().run(async {
        let other: Rc<Cell<Option<loopscope::Task<()>>>> = Rc::default();
        let found = other.clone();
        let one = spawn(async move { found.take().unwrap().await });
        let two = spawn(one.clone());
        other.set(Some(two.clone()));
        turn().await?;
        turn().await?;
        assert!(two.cancel());
        assert_eq!((one.cancelling(), two.cancelling()), (1, 2));
        two.await
    });
    assert!(stuck.unwrap_err().message().starts_with("deadlock: "));
}

#[wasm_bindgen_test(unsupported = test)]
fn callbacks_come_in_their_order_in_the_turn_after_the_end() {
    check(TWINS, "callbacks", async {
        fn call(name: &'static str) -> impl FnOnce(&loopscope::TaskRef) + 'static {
            move |task| {
                let nobody = if current_task().is_none() { "None" } else { "somebody" };
                say(format!("{name}: {} {} {nobody}", task.name(), truth(task.is_finished())));
                if name == "x" {
                    spawn(job("by x", 0.0, 0));
                }
            }
        }
        let task = spawn_named("a", job("a", 0.0, 1));
        task.add_done_callback(call("x"));
        let asker = spawn(ask("a", task.clone()));
        turn().await?;
        task.add_done_callback(call("y"));
        ticks(3).await?;
        task.add_done_callback(call("z"));
        ticks(3).await?;
        asker.await.map(drop)
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn tasks_have_names_and_know_who_runs() {
    check(TWINS, "who_runs", async {
        let worker = async {
            let own = current_task().unwrap();
            say(own.name());
            own.set_name("renamed");
            sleep(secs(1.0)).await
        };
        let task = spawn_named("worker", worker);
        sleep(secs(0.5)).await?;
        say(task.name());
        let names: Vec<_> = all_tasks().iter().map(|task| task.name()).collect();
        say(names.join(" "));
        task.await?;
        say(all_tasks().len());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_handle_outlives_the_loop() {
    let virtual_loop = VirtualLoop::new();
    let never = virtual_loop.spawn("never", sleep(Duration::from_secs(60)));
    virtual_loop.turn();
    drop(virtual_loop);
    assert!(!never.cancel());
    assert!(never.is_finished() && never.is_cancelled());
}
