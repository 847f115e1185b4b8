use std::cell::Cell;
use std::rc::Rc;

use loopscope::{BoundedSemaphore, Pool, Queue, Result, async_with, finally, spawn, task_group};

use crate::world::{Hand, World, held, pause, turn};

/// A lock, a semaphore, an event and a condition, each in the way of three tasks.
pub(crate) async fn locks(world: Rc<World>) -> Result<()> {
    let stock = Rc::new(Cell::new(0));
    task_group(async |group| {
        for _ in 0..3 {
            let (world, stock) = (world.clone(), stock.clone());
            group.spawn(async move {
                let permit = world.semaphore.acquire().await?;
                {
                    let _locked = (world.lock.acquire().await?, world.guard());
                    pause().await?;
                }
                world.event.wait().await?;
                drop(permit);
                let _locked = (world.condition.acquire().await?, world.guard());
                world.condition.wait_for(|| stock.get() > 0).await?;
                stock.set(stock.get() - 1);
                turn().await
            })?;
        }
        pause().await?;
        world.event.set();
        let bounded = BoundedSemaphore::new(1);
        for _ in 0..3 {
            let _permit = bounded.acquire().await?;
            let _locked = (world.condition.acquire().await?, world.guard());
            stock.set(stock.get() + 1);
            world.condition.notify(1)?;
        }
        Ok(())
    })
    .await
}

/// Producers and consumers with little room between them.
pub(crate) async fn queues(world: Rc<World>) -> Result<()> {
    task_group(async |group| {
        for number in 0..2 {
            let world = world.clone();
            group.spawn(async move {
                held(&world, async {
                    for item in 0..3 {
                        world.put(10 * number + item).await?;
                    }
                    Ok(())
                })
                .await
            })?;
        }
        let consumers = [4, 2].map(|count| {
            let world = world.clone();
            group.spawn(async move {
                for _ in 0..count {
                    world.get().await?;
                    let _guard = world.guard();
                    turn().await?;
                    world.queue.task_done()?;
                }
                Ok(())
            })
        });
        for consumer in consumers {
            consumer?.await?;
        }
        world.queue.join().await
    })
    .await?;
    let (closing, ordered) = (Queue::new(1), Queue::priority(0));
    let waiting = spawn({
        let closing: Queue<i32> = closing.clone();
        async move { closing.get().await }
    });
    turn().await?;
    closing.shutdown(false);
    let failed =
        finally(waiting, async || async_with(Hand(world), async |()| ordered.put(1).await).await.map(drop));
    assert!(failed.await.is_err());
    Ok(())
}

/// A pool that lends, a limiter in front of it, and a pool that is drained.
pub(crate) async fn lending(world: Rc<World>) -> Result<()> {
    let small = Pool::new([world.guard()]);
    task_group(async |group| {
        for _ in 0..4 {
            let (world, small) = (world.clone(), small.clone());
            group.spawn(async move {
                world.limiter.acquire().await?;
                let lent = world.pool.acquire().await?;
                let _guard = (small.acquire().await?, world.guard());
                held(&world, pause()).await?;
                assert!(*lent > 0);
                Ok(())
            })?;
        }
        // Before the others are done: it has to wait for what they have.
        pause().await?;
        world.pool.acquire().await.map(drop)
    })
    .await?;
    small.drain().await.map(drop)
}
