//! Futures and loops that are dropped where they stand.

use loopscope::{Error, sleep};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::books::Books;
use crate::given_up::GivenUp;
use crate::programs::ALL;
use crate::trial::Trial;
use crate::world::millis;

#[wasm_bindgen_test(unsupported = test)]
fn whatever_is_given_up_at_whatever_poll_tasks_of_their_own_clean_up_after_it() {
    let books = Books::default();
    for (name, program) in ALL {
        for at in 0.. {
            let trial = Trial::new(async move |world| {
                let ended = GivenUp::after(at, program(world)).await.transpose()?;
                // No limit or group of the program may reach the task later.
                sleep(millis(1000)).await?;
                ended.ok_or_else(Error::timeout)
            });
            let what = format!("{name}, given up after {at} half steps");
            trial.rest(&what);
            let ended = trial.main.result().unwrap().is_ok();
            trial.finish(&what, &books);
            if ended {
                break;
            }
        }
    }
    books.print("the program is given up", 200);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_loop_can_be_dropped_in_whatever_turn() {
    let books = Books::default();
    for (name, program) in ALL {
        for at in 0.. {
            let trial = Trial::new(program);
            let on = trial.go(at);
            trial.drop_loop(&format!("{name}, its loop dropped after {at} turns"), &books);
            if !on {
                break;
            }
        }
    }
    books.print("the loop is dropped", 300);
}
