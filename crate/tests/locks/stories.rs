//! Programs that tell, line by line, the story of their twins in ../twins/locks.py.

use std::cell::RefCell;
use std::rc::Rc;

use loopscope::{Condition, Duration, Event, Lock, Result, Semaphore, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::story::{say, story};
use crate::turn;

const TWINS: &str = include_str!("../twins/locks.txt");

/// Finds what the twin of that name said.
fn twin(name: &str) -> Vec<&'static str> {
    let from_there = TWINS.lines().skip_while(|line| *line != format!("# {name}")).skip(1);
    from_there.take_while(|line| !line.starts_with('#')).collect()
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

async fn car(name: &str, bridge: Lock, tickets: Semaphore) -> Result<()> {
    let crossing = async {
        {
            let _ticket = tickets.acquire().await?;
            say(format!("{name} has a ticket"));
            let _bridge = bridge.acquire().await?;
            say(format!("{name} is on the bridge"));
            sleep(millis(1000)).await?;
            say(format!("{name} is over"));
        }
        say(format!("{name} is gone"));
        Ok(())
    };
    crossing.await.inspect_err(|_| say(format!("{name} turns back")))
}

#[wasm_bindgen_test(unsupported = test)]
fn row_44_cars_cross_a_bridge_as_in_python() {
    let told = story(async {
        let (bridge, opened, tickets) = (Lock::new(), Event::new(), Semaphore::new(2));
        let names = ["ann", "bob", "cid", "dee", "eve"];
        let mut cars = Vec::new();
        for (i, name) in names.into_iter().enumerate() {
            let (bridge, opened, tickets) = (bridge.clone(), opened.clone(), tickets.clone());
            cars.push(spawn(async move {
                sleep(millis(100 * (i as u64 % 3))).await?;
                opened.wait().await?;
                car(name, bridge, tickets).await
            }));
        }
        sleep(millis(150)).await?;
        say("open");
        opened.set();
        sleep(millis(1250)).await?;
        say("dee stops");
        cars[3].cancel();
        for (name, car) in names.into_iter().zip(cars) {
            if car.await.is_err() {
                say(format!("without {name}"));
            }
        }
        assert!(!bridge.locked());
        say(format!("False {}", tickets.value()));
        Ok(())
    });
    assert_eq!(told, twin("crossing"));
}

type Shelf = Rc<RefCell<Vec<u32>>>;

async fn buyer(name: &str, more: Condition, room: Condition, shelf: Shelf) -> Result<()> {
    let buying = async {
        {
            let _lock = more.acquire().await?;
            say(format!("{name} waits"));
            more.wait_for(|| shelf.borrow().len() == 2).await?;
            say(format!("{name} takes {:?}", shelf.take()));
            sleep(millis(200)).await?;
            room.notify(1)?;
        }
        say(format!("{name} leaves"));
        Ok(())
    };
    buying.await.inspect_err(|_| {
        let state = if more.locked() { "held" } else { "free" };
        say(format!("{name} gives up, the lock is {state}"));
    })
}

#[wasm_bindgen_test(unsupported = test)]
fn row_44_two_conditions_share_a_lock_as_in_python() {
    let told = story(async {
        let lock = Lock::new();
        let (more, room) = (Condition::with_lock(lock.clone()), Condition::with_lock(lock.clone()));
        let shelf = Shelf::default();
        let mut tasks: Vec<_> = ["fay", "gus", "hal", "ida"]
            .into_iter()
            .map(|name| spawn(buyer(name, more.clone(), room.clone(), shelf.clone())))
            .collect();
        tasks.push(spawn(async move {
            for loaf in 0..6 {
                {
                    let _lock = lock.acquire().await?;
                    room.wait_for(|| shelf.borrow().len() < 2).await?;
                    shelf.borrow_mut().push(loaf);
                    say(format!("baked {loaf}"));
                    if shelf.borrow().len() == 2 {
                        more.notify_all()?;
                    }
                }
                sleep(millis(500)).await?;
            }
            Ok(())
        }));
        sleep(millis(500)).await?;
        tasks[1].cancel();
        for task in tasks {
            say(if task.await.is_ok() { "served" } else { "not served" });
        }
        Ok(())
    });
    assert_eq!(told, twin("stock"));
}

#[wasm_bindgen_test(unsupported = test)]
fn row_44_all_four_wake_in_the_turns_in_which_they_do_in_python() {
    let told = story(async {
        let (lock, event, semaphore, condition) =
            (Lock::new(), Event::new(), Semaphore::new(0), Condition::new());
        lock.acquire().await?.keep();
        let mut tasks = Vec::new();
        for i in 0..3 {
            let a_lock = lock.clone();
            tasks.push(spawn(async move {
                let _guard = a_lock.acquire().await?;
                say(format!("lock {i}"));
                Ok(())
            }));
            let an_event = event.clone();
            tasks.push(spawn(async move {
                an_event.wait().await?;
                say(format!("event {i}"));
                Ok(())
            }));
            let a_semaphore = semaphore.clone();
            tasks.push(spawn(async move {
                a_semaphore.acquire().await?.keep();
                say(format!("semaphore {i}"));
                Ok(())
            }));
            let a_condition = condition.clone();
            tasks.push(spawn(async move {
                let _guard = a_condition.acquire().await?;
                a_condition.wait().await?;
                say(format!("condition {i}"));
                Ok(())
            }));
        }
        for number in 0..12 {
            say(format!("turn {number}"));
            if number == 1 {
                event.set();
                semaphore.release();
                lock.release()?;
            }
            if number == 2 {
                let guard = condition.acquire().await?;
                condition.notify(2)?;
                drop(guard);
                semaphore.release();
                tasks[0].cancel();
                tasks[4].cancel();
            }
            if number == 5 {
                let _guard = condition.acquire().await?;
                condition.notify_all()?;
                semaphore.release();
                turn().await?;
                say("the lock will be free");
            }
            turn().await?;
        }
        for (i, task) in tasks.into_iter().enumerate() {
            if task.await.is_err() {
                say(format!("task {i} was stopped"));
            }
        }
        Ok(())
    });
    assert_eq!(told, twin("turns"));
}
