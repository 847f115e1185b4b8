//! Tasks that end together.

use loopscope::{Error, Kind, sleep, spawn, task_group};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::twin::{ask, careful, check, fail, job, just_ask, say, secs, stubborn, truth, unclean, work};

const TWINS: &str = include_str!("../twins/groups.txt");

#[wasm_bindgen_test(unsupported = test)]
fn row_42_a_group_waits_for_all() {
    check(TWINS, "group_waits_for_all", async {
        let (a, b) = task_group(async |group| {
            let a = group.spawn(job("a", 1.0, 42))?;
            sleep(secs(0.5)).await?;
            let b = group.spawn_named("yolo", job("b", 2.0, 11))?;
            say(b.name());
            Ok((a, b))
        })
        .await?;
        say(format!("{} {}", a.await?, b.await?));
        Ok(())
    });
    check(TWINS, "group_with_a_stopped_child", async {
        let (a, b) = task_group(async |group| {
            let a = group.spawn(job("a", 1.0, 0))?;
            sleep(secs(0.25)).await?;
            a.cancel();
            Ok((a, group.spawn(job("b", 1.0, 11))?))
        })
        .await?;
        say(format!("{} {}", truth(a.is_cancelled()), b.await?));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_42_a_child_that_fails_stops_the_others_and_the_body() {
    check(TWINS, "group_with_a_failing_child", async {
        let runner = task_group(async |group| {
            group.spawn(fail("a", 1.0))?;
            group.spawn(job("b", 5.0, 0))?;
            job("body", 5.0, 0).await
        });
        let task = spawn(async {
            runner.await?;
            say("not reached");
            Ok(())
        });
        ask("group", task.clone()).await?;
        say(format!("{} {}", truth(task.is_cancelled()), task.cancelling()));
        Ok(())
    });
    check(TWINS, "group_with_several_failing_children", async {
        let runner = task_group(async |group| {
            for name in ["a", "b", "c"] {
                group.spawn(fail(name, 1.0))?;
            }
            group.spawn(unclean("d", 5.0))?;
            group.spawn(job("e", 5.0, 0))?;
            Ok(())
        });
        just_ask("group", spawn(runner)).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_42_a_stop_from_outside_goes_to_all() {
    check(TWINS, "group_is_stopped_while_it_waits", async {
        let task = spawn(task_group(async |group| {
            group.spawn(job("a", 5.0, 0))?;
            group.spawn(job("b", 5.0, 0)).map(drop)
        }));
        sleep(secs(0.25)).await?;
        task.cancel_with("stop");
        ask("group", task.clone()).await?;
        say(task.cancelling());
        Ok(())
    });
    check(TWINS, "group_is_stopped_in_its_body", async {
        let task = spawn(task_group(async |group| {
            group.spawn(job("a", 5.0, 0))?;
            job("body", 5.0, 0).await
        }));
        sleep(secs(0.25)).await?;
        task.cancel_with("stop");
        just_ask("group", task).await
    });
    check(TWINS, "group_is_stopped_twice", async {
        let task = spawn(task_group(async |group| group.spawn(careful("a", 5.0, 1.0)).map(drop)));
        sleep(secs(0.25)).await?;
        task.cancel_with("once");
        sleep(secs(0.25)).await?;
        task.cancel_with("twice");
        just_ask("group", task).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_42_errors_come_before_the_stop() {
    check(TWINS, "group_is_stopped_and_children_fail", async {
        let task = spawn(task_group(async |group| {
            group.spawn(unclean("a", 5.0))?;
            group.spawn(unclean("b", 5.0))?;
            job("body", 5.0, 0).await
        }));
        sleep(secs(0.25)).await?;
        task.cancel_with("stop");
        ask("group", task.clone()).await?;
        say(task.cancelling());
        Ok(())
    });
    check(TWINS, "group_is_stopped_while_a_child_fails", async {
        let task = spawn(task_group(async |group| {
            group.spawn(fail("a", 0.5))?;
            careful("body", 5.0, 1.0).await
        }));
        sleep(secs(0.25)).await?;
        task.cancel_with("stop");
        ask("group", task.clone()).await?;
        say(task.cancelling());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_42_a_body_that_fails_stops_the_children() {
    check(TWINS, "group_whose_body_fails", async {
        let runner = |wait| {
            task_group(async move |group| {
                group.spawn(job("a", 1.0, 0))?;
                group.spawn(job("b", 2.0, 0))?;
                if wait {
                    sleep(secs(0.25)).await?;
                }
                Err::<(), _>(Error::value("body"))
            })
        };
        ask("group", runner(true)).await?;
        just_ask("group", runner(false)).await
    });
    check(TWINS, "group_whose_body_is_stopped_and_fails", async {
        let runner = |outside: bool| {
            task_group(async move |group| {
                if !outside {
                    group.spawn(fail("a", 0.25))?;
                }
                unclean("body", 5.0).await
            })
        };
        let task = spawn(runner(true));
        sleep(secs(0.25)).await?;
        task.cancel();
        ask("group", task).await?;
        just_ask("group", spawn(runner(false))).await
    });
    check(TWINS, "group_whose_body_swallows_the_stop", async {
        let runner = task_group(async |group| {
            group.spawn(fail("a", 0.25))?;
            stubborn("body", 5.0, 1).await?;
            say("goes on");
            Ok(())
        });
        just_ask("group", spawn(runner)).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_42_groups_in_groups() {
    check(TWINS, "groups_in_groups", async {
        let task = spawn(task_group(async |outer| {
            outer.spawn(job("a", 5.0, 0))?;
            task_group(async |inner| {
                inner.spawn(unclean("b", 5.0))?;
                inner.spawn(unclean("c", 5.0))?;
                sleep(secs(5.0)).await
            })
            .await
        }));
        sleep(secs(0.25)).await?;
        task.cancel();
        just_ask("group", task).await
    });
    let runner = |outside: f64, inside: f64| {
        task_group(async move |outer| {
            outer.spawn(fail("a", outside))?;
            task_group(async |inner| inner.spawn(fail("b", inside)).map(drop)).await
        })
    };
    check(
        TWINS,
        "group_whose_outer_child_fails",
        async move { just_ask("group", spawn(runner(1.0, 5.0))).await },
    );
    check(
        TWINS,
        "group_whose_inner_child_fails",
        async move { just_ask("group", spawn(runner(5.0, 1.0))).await },
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn row_42_an_error_that_is_not_ordinary_makes_a_base_group() {
    check(TWINS, "group_with_an_error_that_is_not_ordinary", async {
        let runner = task_group(async |group| {
            group.spawn(work("a", 0.25, Err(Error::new(Kind::GeneratorExit, "a"))))?;
            unclean("body", 5.0).await
        });
        just_ask("group", spawn(runner)).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_42_children_make_children() {
    check(TWINS, "group_that_grows", async {
        task_group(async |group| {
            let inner = group.clone();
            let root = async move {
                sleep(secs(0.5)).await?;
                inner.spawn(job("a", 0.5, 0))?;
                inner.spawn(job("b", 1.0, 0)).map(drop)
            };
            group.spawn(root).map(drop)
        })
        .await?;
        say("over");
        Ok(())
    });
}
