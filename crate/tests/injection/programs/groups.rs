use std::rc::Rc;

use futures::TryStreamExt;
use loopscope::{
    AsyncExitStack, Error, Kind, Result, aclosing, async_with, now, sleep, task_group, timeout, timeout_at,
};

use super::nested;
use crate::world::{Hand, World, held, made, millis, pause, turn};

/// Goes on after an error of this kind.
fn expect(kind: Kind, result: Result<()>) -> Result<()> {
    match result {
        Err(error) if error.is(kind) => Ok(()),
        other => other,
    }
}

/// Groups in groups, one of whose tasks fails.
pub(crate) async fn groups(world: Rc<World>) -> Result<()> {
    let failed = task_group(async |group| {
        let inner = world.clone();
        group.spawn(async move {
            task_group(async |group| {
                let (first, second) = (inner.clone(), inner.clone());
                group.spawn(async move { held(&first, pause()).await })?;
                group.spawn(async move { held(&second, sleep(millis(60))).await })?;
                async_with(made(&inner), async |()| pause().await).await
            })
            .await
        })?;
        let guard = world.guard();
        group.spawn(async move {
            sleep(millis(3)).await?;
            drop(guard);
            Err::<(), _>(Error::value("no"))
        })?;
        async_with(Hand(world.clone()), async |()| sleep(millis(60)).await).await.map(drop)
    });
    expect(Kind::ExceptionGroup, failed.await)
}

/// Timeouts in timeouts, that fire, that do not, and that are moved.
pub(crate) async fn timeouts(world: Rc<World>) -> Result<()> {
    let outer = timeout(millis(6), async |limit| {
        let inner = timeout(millis(2), async |_| {
            async_with(made(&world), async |()| sleep(millis(60)).await).await.map(drop)
        });
        expect(Kind::TimeoutError, inner.await)?;
        limit.reschedule(now() + millis(3))?;
        let _guard = world.guard();
        timeout_at(now() + millis(2), async |_| turn().await).await?;
        timeout(None, async |_| async_with(Hand(world.clone()), async |()| sleep(millis(60)).await).await)
            .await?;
        Ok(())
    });
    expect(Kind::TimeoutError, outer.await)?;
    // Longer than all those limits: none of them may come now.
    sleep(millis(10)).await
}

/// A generator feeds a queue, workers with permits empty it, all within a limit and a stack.
pub(crate) async fn pipeline(world: Rc<World>) -> Result<()> {
    let whole = async_with(AsyncExitStack::new(), async |stack| {
        stack.enter_async_context(Hand(world.clone())).await?;
        let numbers = stack.enter_async_context(aclosing(nested(world.clone()))).await?;
        timeout(millis(40), async |_| {
            task_group(async |group| {
                for _ in 0..2 {
                    let world = world.clone();
                    group.spawn(async move {
                        while world.get().await? >= 0 {
                            let _held = (world.semaphore.acquire().await?, world.guard());
                            world.limiter.acquire().await?;
                            async_with(made(&world), async |()| world.lock.acquire().await.map(drop)).await?;
                        }
                        Ok(())
                    })?;
                }
                while let Ok(number) = numbers.anext().await.map(Ok).or_else(end)? {
                    world.put(number).await?;
                }
                for _ in 0..2 {
                    world.put(-1).await?;
                }
                Ok(())
            })
            .await
        })
        .await
    });
    whole.await?;
    let mut rest = nested(world).take(1);
    rest.try_next().await.map(drop)
}

/// The end of a generator is no error.
fn end(error: Error) -> Result<Result<i32, ()>> {
    if error.is(Kind::StopAsyncIteration) { Ok(Err(())) } else { Err(error) }
}
