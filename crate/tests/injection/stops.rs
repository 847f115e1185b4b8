//! Requests to stop.

use loopscope::{Kind, all_tasks};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::books::Books;
use crate::programs::ALL;
use crate::trial::Trial;

#[wasm_bindgen_test(unsupported = test)]
fn every_program_ends_when_nothing_is_done_to_it() {
    let books = Books::default();
    for (name, program) in ALL {
        let trial = Trial::new(program);
        trial.rest(name);
        assert!(trial.main.result().is_some_and(|result| result.is_ok()), "{name} fails");
        trial.finish(name, &books);
    }
    books.print("nothing is done", ALL.len());
}

#[wasm_bindgen_test(unsupported = test)]
fn row_25_whoever_is_asked_to_stop_in_whatever_turn_releases_what_it_has() {
    let books = Books::default();
    for (name, program) in ALL {
        for at in 0.. {
            let trial = Trial::new(program);
            let on = trial.go(at);
            trial.main.cancel();
            trial.finish(&format!("{name}, stopped after {at} turns"), &books);
            if !on {
                break;
            }
        }
    }
    books.print("the program is stopped", 300);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_26_whoever_is_asked_to_stop_again_while_it_cleans_up_releases_what_it_has() {
    let books = Books::default();
    for (name, program) in ALL {
        let (mut on, mut first) = (true, 0);
        while on {
            for second in 0.. {
                let trial = Trial::new(program);
                on = trial.go(first);
                trial.main.cancel();
                let cleans_up = trial.go(second) && !trial.main.is_finished();
                trial.main.cancel();
                trial.finish(&format!("{name}, stopped after {first} turns and {second} more"), &books);
                if !cleans_up {
                    break;
                }
            }
            first += 1;
        }
    }
    books.print("the program is stopped twice", 1500);
}

/// Asks one of the program's tasks to stop, from within the loop; false when there are no more.
fn stop_one(trial: &Trial, which: usize) -> bool {
    let stop = trial.virtual_loop.spawn("stopper", async move {
        let task = all_tasks().into_iter().filter(|task| task.name() != "stopper".into()).nth(which);
        Ok(task.is_some_and(|task| task.cancel()))
    });
    trial.go(1);
    stop.result().unwrap().unwrap()
}

#[wasm_bindgen_test(unsupported = test)]
fn row_25_whichever_task_is_asked_to_stop_the_others_are_not_left_without_what_it_had() {
    let books = Books::default();
    let mut stopped = 0;
    for (name, program) in ALL {
        for at in 0.. {
            let mut on = false;
            for which in 0.. {
                let trial = Trial::new(program);
                on = trial.go(at);
                // The first one is the program itself, which the others show.
                let asked = stop_one(&trial, which + 1);
                trial.finish_stuck(&format!("{name}, task {which} stopped after {at} turns"), &books);
                if !asked {
                    break;
                }
                stopped += 1;
            }
            if !on {
                break;
            }
        }
    }
    assert!(stopped > 250, "only {stopped} tasks are stopped");
    books.print("a task is stopped", 500);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_27_a_program_that_is_asked_to_stop_before_its_first_step_acquires_nothing() {
    for (_, program) in ALL {
        let trial = Trial::new(program);
        trial.main.cancel();
        trial.main.cancel();
        trial.rest("stopped before it began");
        let result = trial.main.result();
        assert!(result.is_some_and(|result| result.is_err_and(|error| error.is(Kind::CancelledError))));
    }
}
