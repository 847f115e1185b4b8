use std::rc::Rc;

use futures::TryStreamExt;
use loopscope::{
    Error, Kind, Result, WaitUntil, as_completed, async_with, cancellable, finally, gather, gather_results,
    gather_tuple, interval, shield, spawn, wait, wait_for,
};

use crate::world::{Hand, World, held, made, millis, pause, turn};

/// A task that holds something for some time.
async fn job(world: Rc<World>, pauses: usize) -> Result<usize> {
    held(&world, async {
        let _guard = world.guard();
        for _ in 0..pauses {
            pause().await?;
        }
        Ok(pauses)
    })
    .await
}

async fn fail(world: Rc<World>) -> Result<usize> {
    job(world, 1).await?;
    Err(Error::value("no"))
}

/// All that waits for several tasks one by one.
pub(crate) async fn waits(world: Rc<World>) -> Result<()> {
    let mut completed = as_completed([2, 1].map(|pauses| job(world.clone(), pauses)), millis(5));
    while let Some(task) = completed.try_next().await? {
        task.await?;
    }
    let tasks = [1, 3].map(|pauses| spawn(job(world.clone(), pauses)));
    let stopped = finally(wait(&tasks, WaitUntil::FirstCompleted, None), async || {
        for task in &tasks {
            task.cancel();
        }
        turn().await
    });
    for task in stopped.await?.1 {
        assert!(task.join().await.is_err());
    }
    let saving = spawn(job(world.clone(), 2));
    shield(saving.clone()).await?;
    let late = wait_for(spawn(job(world.clone(), 5)), millis(2)).await;
    assert!(late.is_err_and(|error| !error.is(Kind::ValueError)));
    let mut clock = interval(millis(1));
    async_with(made(&world), async |()| cancellable(async { clock.tick().await }).await?).await.map(drop)
}

/// The kinds of gather, with and without errors.
pub(crate) async fn gathers(world: Rc<World>) -> Result<()> {
    let failed = gather([job(world.clone(), 3), job(world.clone(), 1)]).await?;
    assert_eq!(failed, [3, 1]);
    let guard = world.guard();
    let results = gather_results((0..2).map(|number| {
        let world = world.clone();
        async move { if number == 0 { fail(world).await } else { job(world, 2).await } }
    }));
    // The first one fails; the other may have been asked to stop.
    assert!(results.await?[0].is_err());
    drop(guard);
    let both = async_with(Hand(world.clone()), async |()| {
        // The other one goes on when the first has failed.
        gather_tuple((fail(world.clone()), job(world.clone(), 4))).await
    });
    let Err(error) = both.await else { panic!("one of them fails") };
    if error.is(Kind::ValueError) { Ok(()) } else { Err(error) }
}
