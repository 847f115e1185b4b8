//! Programs that tell, line by line, the story of their twins in ../twins/pools.py.

use loopscope::{Duration, Error, Kind, Pool, RateLimiter, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::story::{say, story};

const TWINS: &str = include_str!("../twins/pools.txt");

/// Finds what the twin of that name said.
fn twin(name: &str) -> Vec<&'static str> {
    let from_there = TWINS.lines().skip_while(|line| *line != format!("# {name}")).skip(1);
    from_there.take_while(|line| !line.starts_with('#')).collect()
}

fn seconds(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

#[wasm_bindgen_test(unsupported = test)]
fn queries_share_connections_as_in_python() {
    let told = story(async {
        let pool = Pool::new(["c0", "c1", "c2"]);
        let lengths = [1.125, 0.75, 2.5, 1.0, 0.375, 3.0, 0.625, 1.5, 0.25, 0.5];
        let mut tasks = Vec::new();
        for (i, length) in lengths.into_iter().enumerate() {
            let pool = pool.clone();
            tasks.push(spawn(async move {
                let query = async {
                    say(format!("{i} asks"));
                    let connection = pool.acquire().await?;
                    say(format!("{i} has {}", *connection));
                    sleep(seconds(length)).await?;
                    if i == 4 { Err(Error::value("broken")) } else { Ok(()) }
                };
                match query.await {
                    Err(error) if error.is(Kind::ValueError) => say(format!("{i} failed")),
                    Err(error) => {
                        say(format!("{i} is stopped"));
                        return Err(error);
                    }
                    Ok(()) => say(format!("{i} is done")),
                }
                Ok(())
            }));
        }
        sleep(seconds(0.5)).await?;
        tasks[6].cancel();
        sleep(seconds(0.875)).await?;
        tasks[2].cancel();
        tasks[7].cancel();
        for (i, task) in tasks.into_iter().enumerate() {
            if task.await.is_err() {
                say(format!("without {i}"));
            }
        }
        say(pool.drain().await?.join(" "));
        Ok(())
    });
    assert_eq!(told, twin("queries"));
}

#[wasm_bindgen_test(unsupported = test)]
fn requests_pass_a_limiter_as_in_python() {
    let told = story(async {
        let limiter = RateLimiter::new(4, 2)?;
        let pauses =
            [0.0, 0.0, 0.0, 0.125, 0.0, 0.375, 0.0, 2.5, 2.53125, 2.59375, 2.625, 5.0, 5.125, 5.15625];
        let mut tasks = Vec::new();
        for (i, pause) in pauses.into_iter().enumerate() {
            let limiter = limiter.clone();
            tasks.push(spawn(async move {
                let request = async {
                    sleep(seconds(pause)).await?;
                    limiter.acquire().await
                };
                say(if request.await.is_ok() { format!("{i} goes") } else { format!("{i} is stopped") });
                Ok(())
            }));
        }
        sleep(seconds(0.15625)).await?;
        tasks[2].cancel();
        sleep(seconds(0.25)).await?;
        tasks[6].cancel();
        sleep(seconds(0.125)).await?;
        tasks[4].cancel();
        for task in tasks {
            task.await?;
        }
        say("over");
        Ok(())
    });
    assert_eq!(told, twin("requests"));
}
