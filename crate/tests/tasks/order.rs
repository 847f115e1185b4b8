//! Programs that use many things at once: which callback runs in which turn decides what they say.

use std::rc::Rc;

use futures::TryStreamExt;
use futures::future::LocalBoxFuture;
use loopscope::{
    AsyncGen, Event, Kind, Lock, Queue, Result, Task, WaitUntil, as_completed, current_task, finally, gather,
    gather_results, gather_tuple, shield, sleep, spawn, task_group, timeout, wait, wait_for,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::twin::{Shown, ask, careful, check, job, just_ask, say, secs, stubborn, tell, ticks, truth, turn};

const TWINS: &str = include_str!("../twins/order.txt");

#[wasm_bindgen_test(unsupported = test)]
fn runners_hand_a_baton_on_by_events_and_callbacks() {
    check(TWINS, "relay", async {
        let ready: Rc<[Event]> = (0..3).map(|_| Event::new()).collect();
        let runner = |number: usize| {
            let ready = ready.clone();
            async move {
                ready[number].wait().await?;
                say(format!("runner {number} has the baton"));
                turn().await?;
                if number + 1 < ready.len() {
                    ready[number + 1].set();
                    say(format!("runner {number} hands it on"));
                }
                turn().await?;
                Ok(number as i32)
            }
        };
        let runners: Vec<Task<i32>> = (0..3).map(|number| spawn(runner(number))).collect();
        for (number, task) in runners.iter().enumerate() {
            task.add_done_callback(move |_| say(format!("runner {number} is seen")));
        }
        let team = gather(runners);
        let clock = spawn(ticks(14));
        let watcher = spawn(just_ask("team", team));
        ready[0].set();
        wait([watcher, clock], WaitUntil::All, None).await.map(drop)
    });
}

async fn cook(dishes: Queue<String>, name: &'static str, pace: f64) -> Result<()> {
    for number in 0..4 {
        sleep(secs(pace)).await?;
        dishes.put(format!("{name}{number}")).await?;
        say(format!("{name} puts {name}{number}"));
    }
    Ok(())
}

async fn waiter(dishes: Queue<String>, name: &'static str, patience: f64) -> Result<()> {
    loop {
        let dish = match timeout(secs(patience), |_| dishes.get()).await {
            Err(error) if error.is(Kind::TimeoutError) => {
                say(format!("{name} goes home: {}", tell(&error)));
                return Ok(());
            }
            dish => dish?,
        };
        say(format!("{name} has {dish}"));
        sleep(secs(0.5)).await?;
        dishes.task_done()?;
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn cooks_and_waiters_share_a_queue_with_deadlines_at_the_same_moments() {
    check(TWINS, "kitchen", async {
        let dishes = Queue::new(2);
        task_group(async |group| {
            let cooks =
                [group.spawn(cook(dishes.clone(), "a", 0.25))?, group.spawn(cook(dishes.clone(), "b", 0.5))?];
            group.spawn(waiter(dishes.clone(), "x", 1.0))?;
            group.spawn(waiter(dishes.clone(), "y", 0.5))?;
            sleep(secs(1.0)).await?;
            say(format!("b is sent away: {}", truth(cooks[1].cancel())));
            wait(&cooks, WaitUntil::All, None).await?;
            say(format!("{} {}", truth(cooks[0].is_cancelled()), truth(cooks[1].is_cancelled())));
            dishes.join().await?;
            say("all is served");
            Ok(())
        })
        .await
    });
}

async fn boat(names: [&'static str; 4], patience: f64) -> Result<()> {
    let [name, one, two, three] = names;
    timeout(secs(patience), async |limit| {
        let crew = async {
            gather_tuple((careful(one, 5.0, 0.25), stubborn(two, 5.0, 2), job(three, 1.0, 3))).await.map(drop)
        };
        finally(crew, async || {
            let asked = current_task().unwrap().cancelling();
            say(format!("{name}: {} {asked}", truth(limit.expired())));
            Ok(())
        })
        .await
    })
    .await
}

#[wasm_bindgen_test(unsupported = test)]
fn stops_and_deadlines_come_in_one_turn_from_several_sides() {
    check(TWINS, "storm", async {
        let names = [["a", "a1", "a2", "a3"], ["b", "b1", "b2", "b3"], ["c", "c1", "c2", "c3"]];
        let boats = names.map(|names| spawn(boat(names, 1.0)));
        let targets = boats.clone();
        let wind = spawn(async move {
            sleep(secs(1.0)).await?;
            let (first, third) = (targets[0].cancel_with("wind"), targets[2].cancel_with("wind"));
            say(format!("wind: {} {}", truth(first), truth(third)));
            turn().await?;
            say(format!("wind: {}", truth(targets[1].cancel_with("again"))));
            Ok(())
        });
        for (name, task) in ["boat 0", "boat 1", "boat 2"].into_iter().zip(boats.clone()) {
            ask(name, task).await?;
        }
        wind.await?;
        say(boats.iter().map(|task| task.cancelling() as i32).collect::<Vec<_>>().shown());
        Ok(())
    });
}

async fn reader(book: Lock, name: &'static str, pages: f64) -> Result<f64> {
    {
        let _book = book.acquire().await?;
        say(format!("{name} reads"));
        sleep(secs(pages)).await?;
    }
    say(format!("{name} is done"));
    Ok(pages)
}

#[wasm_bindgen_test(unsupported = test)]
fn readers_of_one_book_are_waited_for_in_many_ways() {
    check(TWINS, "library", async {
        let book = Lock::new();
        let readers = [("a", 0.5), ("b", 0.25), ("c", 0.0), ("d", 0.5)]
            .map(|(name, pages)| spawn(reader(book.clone(), name, pages)));
        let impatient = wait_for(shield(readers[0].clone()), secs(0.25));
        ask("impatient", async { impatient.await.map(drop) }).await?;
        say(format!("b is sent away: {}", truth(readers[1].cancel_with("noise"))));
        let (done, pending) = wait(&readers, WaitUntil::FirstCompleted, None).await?;
        say(format!("{} {}", done.len(), pending.len()));
        let mut completed = as_completed(readers[2..].to_vec(), secs(0.5));
        let error = loop {
            match completed.try_next().await {
                Ok(task) => {
                    let task = task.unwrap();
                    let number = readers.iter().position(|reader| reader.is_same(&task)).unwrap();
                    say(format!("{number} comes"));
                }
                Err(error) => break error,
            }
        };
        say(tell(&error));
        let results = gather_results(readers).await?;
        let told = results.iter().map(|result| match result {
            Ok(pages) if *pages == 0.0 => "0".to_owned(),
            Ok(pages) => pages.to_string(),
            Err(error) => tell(error),
        });
        say(told.collect::<Vec<_>>().join(" "));
        Ok(())
    });
}

fn spring() -> AsyncGen<i32> {
    AsyncGen::new(async |co| {
        let water = async {
            for drop in 0..100 {
                sleep(secs(0.25)).await?;
                co.yield_(drop).await?;
            }
            Ok(())
        };
        let dry = async || {
            say("the spring dries up");
            sleep(secs(0.25)).await?;
            say("the spring is dry");
            Ok(())
        };
        finally(water, dry).await
    })
}

fn mill(water: AsyncGen<i32>) -> AsyncGen<i32> {
    AsyncGen::new(async move |co| {
        let flour = async {
            while let Some(drop) = next(&water).await? {
                if drop % 2 == 1 {
                    say(format!("the mill turns with {drop}"));
                    co.yield_(drop * 10).await?;
                }
            }
            Ok(())
        };
        let still = async || {
            say("the mill stands still");
            water.aclose().await
        };
        finally(flour, still).await
    })
}

async fn next(numbers: &AsyncGen<i32>) -> Result<Option<i32>> {
    match numbers.anext().await {
        Err(error) if error.is(Kind::StopAsyncIteration) => Ok(None),
        number => number.map(Some),
    }
}

async fn village(name: &'static str, flow: AsyncGen<i32>, limit: usize) -> Result<Vec<i32>> {
    let meals = async {
        let mut taken = vec![];
        while let Some(flour) = next(&flow).await? {
            say(format!("{name} has {flour}"));
            taken.push(flour);
            turn().await?;
            if taken.len() == limit {
                break;
            }
        }
        Ok(taken)
    };
    finally(meals, || flow.aclose()).await
}

#[wasm_bindgen_test(unsupported = test)]
fn generators_in_a_chain_are_drained_by_two_tasks() {
    check(TWINS, "river", async {
        let first = spawn(village("a", mill(spring()), 2));
        let second = spawn(village("b", mill(spring()), 100));
        say(first.await?.shown());
        say(truth(second.cancel_with("flood")));
        gather_tuple((ask("b", second), ticks(3))).await?;
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn what_is_due_at_one_moment_comes_as_it_was_asked_for() {
    check(TWINS, "at_one_moment", async {
        let sleeping = |name| async move {
            sleep(secs(1.0)).await?;
            say(name);
            Ok(())
        };
        let waiting = |name, task| async move {
            let (done, pending) = wait([task], WaitUntil::All, secs(1.0)).await?;
            say(format!("{name}: {} {}", done.len(), pending.len()));
            Result::Ok(())
        };
        let stopper = |task: Task<()>| async move {
            sleep(secs(1.0)).await?;
            say(format!("stop: {}", truth(task.cancel_with("stop"))));
            Ok(())
        };
        let slow = spawn(job("slow", 1.0, 1));
        let some: [LocalBoxFuture<'static, Result<()>>; 4] = [
            Box::pin(sleeping("a")),
            Box::pin(just_ask("b", wait_for(sleep(secs(2.0)), secs(1.0)))),
            Box::pin(waiting("c", slow)),
            Box::pin(sleeping("d")),
        ];
        let mut tasks: Vec<_> = some.into_iter().map(spawn).collect();
        tasks.push(spawn(stopper(tasks[1].clone())));
        tasks.push(spawn(sleeping("e")));
        tasks.push(spawn(stopper(tasks[5].clone())));
        say(gather_results(tasks).await?.len());
        Ok(())
    });
}
