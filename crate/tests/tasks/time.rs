//! Time: who is woken first, clocks that tick, and a loop whose clock is moved by hand.

use std::cell::RefCell;
use std::rc::Rc;

use futures::{FutureExt, TryStreamExt};
use loopscope::{
    Duration, Instant, VirtualLoop, WaitUntil, as_completed, gather, gather_tuple, interval, now, sleep,
    sleep_until, spawn, timeout, wait, wait_for,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::timeout::at;
use crate::twin::{ask, check, job, say, secs, turn};

const TWINS: &str = include_str!("../twins/timeouts.txt");

#[wasm_bindgen_test(unsupported = test)]
fn row_47_equal_deadlines_come_in_the_order_in_which_they_were_set() {
    check(TWINS, "equal_deadlines", async {
        gather((0..5).map(|name| async move {
            sleep(secs(1.0)).await?;
            say(name);
            Ok(())
        }))
        .await?;
        Ok(())
    });
    check(TWINS, "equal_deadlines_of_timeouts", async {
        let sleeper = |name| ask(name, timeout(secs(1.0), async |_| sleep(secs(1.0)).await));
        let other = |name| async move {
            sleep(secs(1.0)).await?;
            say(name);
            Ok(())
        };
        let limited = ask("d", wait_for(sleep(secs(1.0)), secs(1.0)));
        gather_tuple((other("a"), sleeper("b"), other("c"), limited)).await?;
        let (done, pending) = wait([spawn(job("e", 1.0, 0))], WaitUntil::All, secs(1.0)).await?;
        say(format!("{} {}", done.len(), pending.len()));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_moment_that_has_passed_gives_way_for_one_turn() {
    let program = async {
        sleep_until(at(2.0)).await?;
        let other = spawn(async { Ok(now()) });
        sleep_until(at(1.0)).await?;
        assert!(other.is_finished());
        sleep_until(now()).await?;
        Ok(now())
    };
    assert_eq!(VirtualLoop::new().run(program).unwrap(), at(2.0));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_clock_ticks_regularly_and_makes_up_for_what_it_missed() {
    let program = async {
        let mut clock = interval(secs(1.0));
        let mut seen = vec![clock.tick().await?];
        sleep(secs(2.5)).await?;
        for _ in 0..3 {
            seen.push(clock.tick().await?);
        }
        assert_eq!(now(), at(4.0));
        let short = timeout(secs(0.5), async |_| clock.tick().await.map(drop));
        assert!(short.await.is_err());
        seen.push(clock.tick().await?);
        Ok(seen)
    };
    assert_eq!(VirtualLoop::new().run(program).unwrap(), [1.0, 2.0, 3.0, 4.0, 5.0].map(at));
}

/// A loop with two tasks that note their steps.
fn two() -> (VirtualLoop, Rc<RefCell<Vec<String>>>) {
    let log: Rc<RefCell<Vec<String>>> = Rc::default();
    let virtual_loop = VirtualLoop::new();
    for (name, period) in [("a", 2), ("b", 3)] {
        let log = log.clone();
        virtual_loop.spawn(name, async move {
            for _ in 0..3 {
                sleep(Duration::from_secs(period)).await?;
                log.borrow_mut().push(format!("{name}{}", now().as_secs_f64()));
            }
            Ok(())
        });
    }
    (virtual_loop, log)
}

#[wasm_bindgen_test(unsupported = test)]
fn a_clock_is_moved_by_hand() {
    let (virtual_loop, log) = two();
    virtual_loop.advance(secs(1.9));
    assert!(log.borrow().is_empty());
    assert_eq!(virtual_loop.now(), at(1.9));
    virtual_loop.advance(secs(0.1));
    assert_eq!(*log.borrow(), ["a2"]);
    virtual_loop.advance(secs(4.0));
    // Both are due at 6: b set its timer at 3, a at 4.
    assert_eq!(*log.borrow(), ["a2", "b3", "a4", "b6", "a6"]);
    assert_eq!(virtual_loop.now(), at(6.0));
    virtual_loop.advance(secs(60.0));
    assert_eq!(log.borrow().len(), 6);
    assert_eq!(virtual_loop.now(), at(66.0));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_clock_jumps_to_what_comes_next() {
    let (virtual_loop, log) = two();
    let mut moments = vec![];
    while virtual_loop.advance_to_next() {
        moments.push((virtual_loop.now(), log.borrow().len()));
    }
    assert_eq!(moments, [(2.0, 1), (3.0, 2), (4.0, 3), (6.0, 5), (9.0, 6)].map(|(s, n)| (at(s), n)));
    assert!(!virtual_loop.advance_to_next());
    assert_eq!(virtual_loop.now(), at(9.0));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_loop_runs_until_nothing_is_left_to_do() {
    let (virtual_loop, log) = two();
    let stuck = virtual_loop.spawn("stuck", futures::future::pending::<loopscope::Result<()>>());
    virtual_loop.run_until_idle();
    assert_eq!(log.borrow().len(), 6);
    assert_eq!(virtual_loop.now(), at(9.0));
    assert!(!stuck.is_finished() && !virtual_loop.turn());
}

#[wasm_bindgen_test(unsupported = test)]
fn a_turn_does_what_was_ready_at_its_start() {
    let log: Rc<RefCell<Vec<String>>> = Rc::default();
    let virtual_loop = VirtualLoop::new();
    for name in ["a", "b"] {
        let log = log.clone();
        virtual_loop.spawn(name, async move {
            for count in 0..2 {
                log.borrow_mut().push(format!("{name}{count}"));
                turn().await?;
            }
            Ok(())
        });
    }
    let mut seen = vec![];
    while virtual_loop.turn() {
        seen.push(log.borrow().len());
    }
    assert_eq!(*log.borrow(), ["a0", "b0", "a1", "b1"]);
    assert_eq!(seen, [2, 4, 4]);
    assert_eq!(virtual_loop.now(), Instant::START);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_limit_that_was_not_reached_leaves_no_timer() {
    let minute = secs(60.0);
    let virtual_loop = VirtualLoop::new();
    virtual_loop.spawn("limited", async move {
        timeout(minute, async |limit| {
            limit.reschedule(now() + minute * 2)?;
            sleep(secs(1.0)).await
        })
        .await?;
        wait([spawn(sleep(secs(1.0)))], WaitUntil::All, minute).await?;
        // One that is read to its end, and one that is given up.
        let mut completed = as_completed([sleep(secs(1.0))], minute);
        completed.try_next().await?;
        let given_up = as_completed([sleep(secs(1.0))], minute);
        drop(given_up);
        let mut left = std::pin::pin!(wait([spawn(sleep(secs(1.0)))], WaitUntil::All, minute));
        assert!(left.as_mut().now_or_never().is_none());
        Ok(completed)
    });
    virtual_loop.run_until_idle();
    assert_eq!(virtual_loop.now(), at(4.0));
}

/// In the turn after the one in which it was asked: a timer would come a turn later.
#[wasm_bindgen_test(unsupported = test)]
fn a_moment_that_has_passed_takes_no_timer() {
    for moment in [Instant::START, at(3.0)] {
        let virtual_loop = VirtualLoop::new();
        virtual_loop.advance(secs(3.0));
        let task = virtual_loop.spawn("late", sleep_until(moment));
        let turns: Vec<_> = (0..2).map(|_| (virtual_loop.turn(), task.is_finished())).collect();
        assert_eq!(turns, [(true, false), (true, true)]);
    }
}
