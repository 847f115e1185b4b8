//! What is raised where nobody waits any more: the loop reports it.

use std::cell::RefCell;
use std::rc::Rc;

use futures::FutureExt;
use loopscope::{
    Duration, Error, Gen, Result, VirtualLoop, async_context, async_with, finally, sleep, task_group,
};
use wasm_bindgen_test::wasm_bindgen_test;

fn secs(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// Runs a program and returns what the loop reports.
fn reports(program: impl Future<Output = Result<()>> + 'static) -> Vec<String> {
    let told = Rc::new(RefCell::new(vec![]));
    let notes = told.clone();
    let virtual_loop = VirtualLoop::new();
    virtual_loop.on_unhandled(move |unhandled| {
        notes.borrow_mut().push(format!("{}: {}", unhandled.message(), unhandled.error()));
    });
    virtual_loop.run(program).unwrap();
    told.take()
}

/// Drops a program after a second.
async fn give_up<T>(program: impl Future<Output = T>) -> Result<()> {
    let program = Box::pin(program);
    drop(futures::future::select(program, Box::pin(sleep(secs(1)))).await);
    Ok(())
}

async fn fails<T>(message: &str) -> Result<T> {
    sleep(Duration::ZERO).await?;
    Err(Error::value(message))
}

#[wasm_bindgen_test(unsupported = test)]
fn the_exit_that_fails_after_its_body_was_dropped_is_reported() {
    let told = reports(async {
        let manager = async_context(async |co| {
            drop(co.yield_(()).await);
            fails("exit").await
        });
        give_up(async_with(manager, async |()| sleep(secs(60)).await)).await?;
        sleep(secs(5)).await
    });
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("Task exception was never retrieved: ValueError: exit"), "{told:?}");
}

#[wasm_bindgen_test(unsupported = test)]
fn entering_or_leaving_that_fails_after_it_was_dropped_is_reported() {
    let told = reports(async {
        let enters = async_context(async |co| {
            drop(sleep(secs(60)).await);
            fails::<()>("enter").await?;
            co.yield_(()).await.map(drop)
        });
        give_up(async_with(enters, async |()| Ok(()))).await?;
        let leaves = async_context(async |co| {
            co.yield_(()).await?;
            drop(sleep(secs(60)).await);
            fails("leave").await
        });
        give_up(async_with(leaves, async |()| Ok(()))).await?;
        sleep(secs(5)).await
    });
    let of = |message| told.iter().filter(|told| told.contains(message)).count();
    assert_eq!((told.len(), of("ValueError: enter"), of("ValueError: leave")), (2, 1, 1), "{told:?}");
}

#[wasm_bindgen_test(unsupported = test)]
fn an_exit_that_passes_the_error_on_has_nothing_to_report() {
    let told = reports(async {
        let manager = async_context(async |co| co.yield_(()).await.map(drop));
        give_up(async_with(manager, async |()| sleep(secs(60)).await)).await?;
        let enters = async_context(async |co| {
            sleep(secs(60)).await?;
            co.yield_(()).await.map(drop)
        });
        give_up(async_with(enters, async |()| Ok(()))).await?;
        sleep(secs(5)).await
    });
    assert!(told.is_empty(), "{told:?}");
}

#[wasm_bindgen_test(unsupported = test)]
fn tasks_of_a_dropped_group_that_fail_are_reported() {
    let told = reports(async {
        let group = task_group(async |group| {
            group.spawn(async {
                drop(sleep(secs(60)).await);
                fails::<()>("child").await
            })?;
            sleep(secs(60)).await
        });
        give_up(group).await?;
        sleep(secs(5)).await
    });
    assert_eq!(told, ["Task exception was never retrieved: ValueError: child"]);
}

#[wasm_bindgen_test(unsupported = test)]
fn the_error_of_a_task_that_a_group_knows_when_it_is_dropped_is_reported() {
    let told = reports(async {
        let group = task_group(async |group| {
            group.spawn(fails::<()>("child"))?;
            // The request to stop that the failure brings does not end the body.
            drop(sleep(secs(60)).await);
            sleep(secs(60)).await
        });
        give_up(group).await?;
        sleep(secs(5)).await
    });
    assert_eq!(told, ["Task exception was never retrieved: ValueError: child"]);
}

#[wasm_bindgen_test(unsupported = test)]
fn what_a_dropped_generator_raises_is_reported_while_a_loop_runs() {
    let generator = || {
        Gen::new(async |co| {
            drop(co.yield_(1).await);
            Err::<(), _>(Error::value("close"))
        })
    };
    let told = reports(async move {
        let open = generator();
        open.send(None)?;
        drop(open);
        drop(generator());
        let read = Gen::new(async |co| co.yield_(1).await.map(drop));
        read.send(None)?;
        Ok(())
    });
    let context = "while handling GeneratorExit";
    assert_eq!(told, [format!("Exception ignored while closing a generator: ValueError: close, {context}")]);
}

#[wasm_bindgen_test(unsupported = test)]
fn the_clean_up_of_a_dropped_finally_is_dropped_with_it() {
    let cleaned = VirtualLoop::new().run(async {
        let cleaned = RefCell::new(false);
        let guarded = finally(sleep(secs(60)), async || {
            *cleaned.borrow_mut() = true;
            Ok(())
        });
        assert!(guarded.now_or_never().is_none());
        sleep(secs(100)).await?;
        Ok(cleaned.take())
    });
    assert!(!cleaned.unwrap());
}
