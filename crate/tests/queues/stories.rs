//! Programs that tell, line by line, the story of their twins in ../twins/queues.py.

use loopscope::{Duration, Kind, Queue, Result, Task, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::story::{say, story};
use crate::turn;

const TWINS: &str = include_str!("../twins/queues.txt");

/// Finds what the twin of that name said.
fn twin(name: &str) -> Vec<&'static str> {
    let from_there = TWINS.lines().skip_while(|line| *line != format!("# {name}")).skip(1);
    from_there.take_while(|line| !line.starts_with('#')).collect()
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

type Counter = Queue<String>;

async fn cook(counter: Counter, name: &str, dishes: u32, pause: u64) -> Result<()> {
    let cooking = async {
        for dish in 0..dishes {
            sleep(millis(pause)).await?;
            counter.put(format!("{name}{dish}")).await?;
            say(format!("{name} put {dish}, {} there", counter.len()));
        }
        say(format!("{name} has cooked"));
        Ok(())
    };
    cooking.await.inspect_err(|_| say(format!("{name} goes home")))
}

async fn waiter(counter: Counter, name: &str, pause: u64) -> Result<()> {
    let serving = async {
        loop {
            let dish = counter.get().await?;
            say(format!("{name} got {dish}, {} there", counter.len()));
            sleep(millis(pause)).await?;
            counter.task_done()?;
        }
    };
    let ended: Result<()> = serving.await;
    match ended {
        Err(error) if error.is(Kind::QueueShutDown) => say(format!("{name} is told")),
        Err(error) => {
            say(format!("{name} goes home"));
            return Err(error);
        }
        Ok(()) => {}
    }
    Ok(())
}

#[wasm_bindgen_test(unsupported = test)]
fn row_45_cooks_and_waiters_share_a_counter_as_in_python() {
    let told = story(async {
        let counter = Counter::new(3);
        let cooks = [spawn(cook(counter.clone(), "a", 6, 1125)), spawn(cook(counter.clone(), "b", 8, 2375))];
        let waiters = [("x", 2875), ("y", 9000), ("z", 17250)]
            .map(|(name, pause)| spawn(waiter(counter.clone(), name, pause)));
        sleep(millis(11125)).await?;
        waiters[1].cancel();
        sleep(millis(9500)).await?;
        cooks[1].cancel();
        cooks[0].clone().await?;
        say("all is cooked");
        sleep(millis(500)).await?;
        counter.shutdown(false);
        waiters[0].clone().await?;
        waiters[2].clone().await?;
        say(format!("{} there", counter.len()));
        Ok(())
    });
    assert_eq!(told, twin("kitchen"));
}

/// Says how a put or a get ended.
async fn told<T: std::fmt::Display>(
    what: String,
    work: impl Future<Output = Result<Option<T>>>,
) -> Result<()> {
    match work.await {
        Ok(None) => say(what),
        Ok(Some(item)) => say(format!("{what}: {item}")),
        Err(_) => say(format!("{what} stopped")),
    }
    Ok(())
}

#[wasm_bindgen_test(unsupported = test)]
fn row_45_getters_and_putters_wake_in_the_turns_in_which_they_do_in_python() {
    let told = story(async {
        let queue: Queue<String> = Queue::new(2);
        let putter = |i: usize| {
            let queue = queue.clone();
            let put = async move { queue.put(i.to_string()).await.map(|()| None::<String>) };
            spawn(told(format!("put {i}"), put))
        };
        let getter = |i: usize| {
            let queue = queue.clone();
            spawn(told(format!("get {i}"), async move { queue.get().await.map(Some) }))
        };
        let getters: Vec<_> = (0..3).map(getter).collect();
        let mut putters: Vec<Task<()>> = Vec::new();
        let mut joiner = None;
        let mut unfinished = 0;
        for number in 0..14 {
            say(format!("turn {number}: {}", queue.len()));
            match number {
                1 => {
                    queue.put_nowait("p".to_owned())?;
                    queue.put_nowait("q".to_owned())?;
                    getters[0].cancel();
                    let queue = queue.clone();
                    joiner = Some(spawn(async move {
                        queue.join().await?;
                        say("joined");
                        Ok(())
                    }));
                }
                3 => {
                    say(format!("main: {}", queue.get_nowait().unwrap_or_else(|_| "None".to_owned())));
                    putters.extend((0..6).map(putter));
                }
                5 => {
                    putters[3].cancel();
                    say(format!("main: {}", queue.get_nowait()?));
                }
                6 => {
                    say(format!("main: {}", queue.get_nowait()?));
                    putters[4].cancel();
                }
                9 => {
                    say(format!("main: {}", queue.get().await?));
                    say(format!("main: {}", queue.get().await?));
                    // p, q, 0, 1, 2 and 5 were put.
                    unfinished = 6;
                }
                _ if unfinished > 0 => {
                    queue.task_done()?;
                    queue.task_done()?;
                    unfinished -= 2;
                }
                _ => {}
            }
            turn().await?;
        }
        for task in getters.into_iter().chain(putters).chain(joiner) {
            task.await?;
        }
        Ok(())
    });
    assert_eq!(told, twin("turns"));
}
