//! A request to stop, or a drop, at every position, for every set of two to four waiters: nothing is lost or stolen.
//!
//! The same programs in Python are in ../twins/positions.py; both must tell the same story of each run.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

mod run;

use std::cell::Cell;
use std::rc::Rc;

use loopscope::{Condition, Duration, Event, Lock, Queue, Result, Semaphore, sleep};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use crate::run::{By, Run, hash, stories};

wasm_bindgen_test_configure!(run_in_browser);

/// What CPython 3.13 says: a line for each kind and number of waiters.
const TWIN: &str = include_str!("../twins/positions.txt");

async fn lock(run: Rc<Run>) -> Result<()> {
    let shared = Lock::new();
    shared.acquire().await?.keep();
    let holders = Rc::new(Cell::new(0));
    let work = |i: usize| {
        let (shared, run, holders) = (shared.clone(), run.clone(), holders.clone());
        async move {
            let _guard = shared.acquire().await?;
            assert_eq!(holders.replace(1), 0, "two hold the lock");
            let _leave = Leave(holders);
            run.say(format_args!("{i}+"));
            sleep(Duration::ZERO).await?;
            run.say(format_args!("{i}-"));
            Ok(())
        }
    };
    let stuck = run.play(work, async |turn| if turn == 0 { shared.release() } else { Ok(()) }).await?;
    assert!(!stuck, "somebody waits for a lock that is free");
    run.say(if shared.locked() { "held" } else { "free" });
    Ok(())
}

/// Counts down when its owner goes, in whatever way.
struct Leave(Rc<Cell<usize>>);

impl Drop for Leave {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

async fn semaphore(run: Rc<Run>) -> Result<()> {
    let shared = Semaphore::new(0);
    let holders = Rc::new(Cell::new(0));
    let work = |i: usize| {
        let (shared, run, holders) = (shared.clone(), run.clone(), holders.clone());
        async move {
            let _permit = shared.acquire().await?;
            holders.set(holders.get() + 1);
            assert!(holders.get() <= 2, "more than two hold one of two permits");
            let _leave = Leave(holders);
            run.say(format_args!("{i}+"));
            sleep(Duration::ZERO).await?;
            run.say(format_args!("{i}-"));
            Ok(())
        }
    };
    let give = async |turn| {
        if turn < 2 {
            shared.release();
        }
        Ok(())
    };
    assert!(!run.play(work, give).await?, "somebody waits for a permit that is there");
    assert_eq!(shared.value(), 2);
    run.say(shared.value());
    Ok(())
}

/// Takes one from the stock when there is one.
async fn consume(i: usize, shared: Condition, stock: Rc<Cell<usize>>, run: Rc<Run>) -> Result<()> {
    let _guard = shared.acquire().await?;
    shared.wait_for(|| stock.get() > 0).await?;
    assert!(shared.locked());
    stock.set(stock.get() - 1);
    run.say(format_args!("{i}+"));
    Ok(())
}

async fn condition(run: Rc<Run>) -> Result<()> {
    let (shared, stock) = (Condition::new(), Rc::new(Cell::new(0)));
    let give = async |turn| {
        if turn < run.enough() {
            let _guard = shared.acquire().await?;
            stock.set(stock.get() + 1);
            shared.notify(1)?;
        }
        Ok(())
    };
    let stuck = run.play(|i| consume(i, shared.clone(), stock.clone(), run.clone()), give).await?;
    assert!(!stuck || stock.get() == 0, "a notification is lost");
    run.say(format_args!("{} {}", stock.get(), if shared.locked() { "held" } else { "free" }));
    Ok(())
}

/// As `condition`, but the lock is held for two turns each time: who was notified has to wait for it.
async fn relock(run: Rc<Run>) -> Result<()> {
    let (shared, stock) = (Condition::new(), Rc::new(Cell::new(0)));
    let give = async |turn| {
        if turn % 3 == 0 && turn < 3 * run.enough() {
            shared.acquire().await?.keep();
            stock.set(stock.get() + 1);
            shared.notify(1)?;
        }
        if turn % 3 == 2 && turn < 3 * run.enough() { shared.release() } else { Ok(()) }
    };
    let stuck = run.play(|i| consume(i, shared.clone(), stock.clone(), run.clone()), give).await?;
    assert!(!stuck || stock.get() == 0, "a notification is lost");
    run.say(format_args!("{} {}", stock.get(), if shared.locked() { "held" } else { "free" }));
    Ok(())
}

async fn event(run: Rc<Run>) -> Result<()> {
    let shared = Event::new();
    let work = |i: usize| {
        let (shared, run) = (shared.clone(), run.clone());
        async move {
            shared.wait().await?;
            run.say(format_args!("{i}+"));
            Ok(())
        }
    };
    let give = async |turn| {
        if turn == 0 {
            shared.set();
            shared.clear();
        }
        if turn == 2 {
            shared.set();
        }
        Ok(())
    };
    assert!(!run.play(work, give).await?, "somebody waits for an event that is set");
    Ok(())
}

async fn getters(run: Rc<Run>) -> Result<()> {
    let shared = Queue::new(0);
    let taken = Rc::new(Cell::new(0));
    let work = |i: usize| {
        let (shared, run, taken) = (shared.clone(), run.clone(), taken.clone());
        async move {
            run.say(format_args!("{i}+{}", shared.get().await?));
            taken.set(taken.get() + 1);
            Ok(())
        }
    };
    let give = async |turn| if turn < run.enough() { shared.put_nowait(turn) } else { Ok(()) };
    let stuck = run.play(work, give).await?;
    assert!(!stuck || shared.is_empty(), "somebody waits for an item that is there");
    assert_eq!(taken.get() + shared.len(), run.enough(), "an item is lost");
    run.say(shared.len());
    Ok(())
}

async fn putters(run: Rc<Run>) -> Result<()> {
    let shared = Queue::new(1);
    shared.put_nowait(9)?;
    let work = |i: usize| {
        let (shared, run) = (shared.clone(), run.clone());
        async move {
            shared.put(i).await?;
            run.say(format_args!("{i}+"));
            Ok(())
        }
    };
    let give = async |_| {
        if !shared.is_empty() {
            run.say(format_args!("={}", shared.get_nowait()?));
        }
        Ok(())
    };
    assert!(!run.play(work, give).await?, "somebody waits for room that is there");
    run.say(shared.len());
    Ok(())
}

fn check<F: Future<Output = Result<()>> + 'static>(name: &str, kind: fn(Rc<Run>) -> F) {
    for count in 2..=4 {
        let told = stories(name, kind, count, By::Cancel);
        let line = format!("{name} {count}: {} runs, {:016x}", told.len(), hash(&told));
        assert!(TWIN.lines().any(|twin| twin == line), "{line}: not so in Python\n{}", told.join("\n"));
        // Python has no such thing: only that nothing is lost or stolen, which each run asserts.
        for by in [By::Drop, By::DropUnpolled] {
            assert_eq!(stories(name, kind, count, by).len(), told.len());
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn row_44_no_stopped_waiter_of_a_lock_takes_the_wake_up_with_it() {
    check("lock", lock);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_44_no_stopped_waiter_of_a_semaphore_takes_a_permit_with_it() {
    check("semaphore", semaphore);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_44_no_stopped_waiter_of_a_condition_takes_the_notification_with_it() {
    check("condition", condition);
    check("relock", relock);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_44_a_stopped_waiter_of_an_event_is_no_matter_to_the_others() {
    check("event", event);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_45_no_stopped_getter_takes_an_item_with_it() {
    check("getters", getters);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_45_no_stopped_putter_takes_room_with_it() {
    check("putters", putters);
}
