//! Groups: when they take tasks, what they count, and which turns they take.

use std::cell::RefCell;
use std::rc::Rc;

use futures::FutureExt;
use loopscope::{
    Duration, Error, Kind, Result, TaskGroup, VirtualLoop, current_task, finally, gather_tuple, sleep, spawn,
    task_group, timeout,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::twin::{
    ask, careful, check, fail, job, just_ask, say, secs, stubborn, tell, ticks, truth, unclean, work,
};

const TWINS: &str = include_str!("../twins/groups.txt");

#[wasm_bindgen_test(unsupported = test)]
fn row_42_no_task_is_made_before_after_or_after_a_failure() {
    check(TWINS, "group_that_takes_no_more", async {
        let group = TaskGroup::new();
        let refused = {
            let group = group.clone();
            move |name| say(format!("{name}: {}", tell(&group.spawn(ticks(1)).unwrap_err())))
        };
        refused("before");
        let runner = async |group: TaskGroup| {
            group.enter()?;
            let late = refused.clone();
            group.spawn(async move {
                stubborn("late", 5.0, 0).await?;
                late("late");
                Ok(())
            })?;
            group.spawn(fail("a", 1.0))?;
            group.exit(None).await
        };
        ask("group", runner(group.clone())).await?;
        refused("after");
        just_ask("again", runner(group)).await
    });
    check(TWINS, "group_that_is_over", async {
        let over = task_group(async |group| {
            just_ask("again", async { group.enter() }).await?;
            Ok(group)
        });
        say(tell(&over.await?.spawn(ticks(1)).unwrap_err()));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_42_the_count_of_requests_is_kept() {
    check(TWINS, "group_keeps_the_count", async {
        let task = current_task().unwrap();
        let failed = task_group(async |group| group.spawn(fail("a", 0.0)).map(drop));
        assert!(failed.await.is_err());
        say(task.cancelling());
        let failed = task_group(async |outer| {
            let inner = task_group(async |inner| {
                inner.spawn(work("b", 0.0, Err(Error::key("b"))))?;
                outer.spawn(fail("c", 0.0)).map(drop)
            });
            assert!(inner.await.unwrap_err().errors()[0].is(Kind::KeyError));
            say("inner failed");
            say(current_task().unwrap().cancelling());
            Ok(())
        });
        assert!(failed.await.unwrap_err().errors()[0].is(Kind::ValueError));
        say("outer failed");
        say(task.cancelling());
        Ok(())
    });
    check(TWINS, "group_fails_and_is_stopped", async {
        let inner = async {
            let failed = task_group(async |group| {
                group.spawn(fail("a", 0.25))?;
                group.spawn(careful("b", 5.0, 1.0)).map(drop)
            });
            let error = failed.await.unwrap_err();
            say(format!("{} {}", error.errors().len(), current_task().unwrap().cancelling()));
            job("after", 5.0, 0).await
        };
        let task = spawn(inner);
        sleep(secs(0.5)).await?;
        say(task.cancelling());
        task.cancel_with("stop");
        say(task.cancelling());
        ask("inner", task.clone()).await?;
        say(format!("{} {}", truth(task.is_cancelled()), task.cancelling()));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_42_a_group_turn_by_turn() {
    check(TWINS, "group_turn_by_turn", async {
        for failing in [false, true] {
            let runner = task_group(async move |group| {
                group.spawn(job("a", 0.0, 0))?;
                if failing {
                    group.spawn(fail("b", 0.0))?;
                }
                group.spawn(stubborn("c", 0.0, 0)).map(drop)
            });
            gather_tuple((ask("group", runner), ticks(7))).await?;
        }
        Ok(())
    });
    check(TWINS, "group_whose_tasks_end_in_the_body", async {
        let runner = async {
            let body = async |group: TaskGroup| {
                group.spawn(job("a", 0.0, 0))?;
                sleep(secs(1.0)).await?;
                say("body ends");
                Ok(())
            };
            task_group(body).await?;
            say("group ends");
            Ok(())
        };
        gather_tuple((runner, ticks(2))).await?;
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_42_a_timeout_around_a_group() {
    check(TWINS, "group_with_a_timeout", async {
        let runner = timeout(secs(0.25), async |_| {
            task_group(async |group| {
                group.spawn(unclean("a", 2.0))?;
                let body = async { Err::<(), _>(Error::value("body")) };
                finally(body, || sleep(secs(1.0))).await
            })
            .await
        });
        just_ask("group", runner).await
    });
}

/// Python has no such thing: there a body that has begun is never just dropped.
#[wasm_bindgen_test(unsupported = test)]
fn a_group_that_is_dropped_stops_its_tasks() {
    let log: Rc<RefCell<Vec<&str>>> = Rc::default();
    let notes = log.clone();
    VirtualLoop::new()
        .run(async move {
            let child = |name| {
                let log = notes.clone();
                finally(sleep(secs(60.0)), async move || {
                    log.borrow_mut().push(name);
                    Result::Ok(())
                })
            };
            let mut group = Box::pin(task_group(async |group| {
                group.spawn(child("a"))?;
                group.spawn(child("b"))?;
                sleep(secs(60.0)).await
            }));
            assert!((&mut group).now_or_never().is_none());
            sleep(Duration::ZERO).await?;
            drop(group);
            sleep(Duration::ZERO).await?;
            assert_eq!(*notes.borrow(), ["a", "b"]);
            assert_eq!(current_task().unwrap().cancelling(), 0);
            sleep(secs(1.0)).await
        })
        .unwrap();
    assert_eq!(*log.borrow(), ["a", "b"]);
}
