use std::rc::Rc;

use futures::TryStreamExt;
use loopscope::{AsyncGen, Gen, Kind, Result, aclosing, async_with, finally};

use crate::world::{Hand, World, held, made, pause, turn};

/// Something that makes a generator.
pub(crate) type Source = fn(Rc<World>) -> AsyncGen<i32>;

/// Three numbers out of a manager, with a guard around each.
pub(crate) fn leaf(world: Rc<World>) -> AsyncGen<i32> {
    AsyncGen::new(async move |co| {
        let counted = async_with(made(&world), async |()| {
            for number in 0..3 {
                let _guard = world.guard();
                pause().await?;
                co.yield_(number).await?;
            }
            Ok(())
        });
        counted.await.map(drop)
    })
}

/// A generator that reads another one, closes it, and yields in its own clean-up.
pub(crate) fn nested(world: Rc<World>) -> AsyncGen<i32> {
    AsyncGen::new(async move |co| {
        let read = async_with(aclosing(leaf(world.clone())), async |numbers| {
            held(&world, async {
                loop {
                    match numbers.anext().await {
                        Ok(number) => drop(co.yield_(number * 10).await?),
                        Err(end) if end.is(Kind::StopAsyncIteration) => return Ok(()),
                        Err(error) => return Err(error),
                    }
                }
            })
            .await
        });
        finally(read, turn).await.map(drop)
    })
}

/// A generator that goes on after what is thrown into it, except the request to close.
pub(crate) fn stubborn(world: Rc<World>) -> AsyncGen<i32> {
    AsyncGen::new(async move |co| {
        for number in 0..4 {
            let yielded = held(&world, async {
                let _guard = world.guard();
                turn().await?;
                co.yield_(number).await
            });
            match yielded.await {
                Err(error) if error.is(Kind::GeneratorExit) => return Err(error),
                Err(_) => drop(co.yield_(-number).await?),
                Ok(_) => {}
            }
        }
        Ok(())
    })
}

/// Reads generators to their ends, not to their ends, and by hand.
pub(crate) async fn generators(world: Rc<World>) -> Result<()> {
    let mut early = nested(world.clone());
    while early.try_next().await?.is_some_and(|number| number < 10) {}
    drop(early);
    let mut whole = stubborn(world.clone());
    while let Some(number) = whole.try_next().await? {
        if number == 1 {
            whole.athrow(loopscope::Error::value("once")).await?;
        }
    }
    let by_hand = leaf(world.clone());
    async_with(Hand(world), async |()| by_hand.anext_or(7).await).await?;
    by_hand.aclose().await
}

/// The adapters, one after the other, over generators in generators.
pub(crate) async fn adapters(world: Rc<World>) -> Result<()> {
    let guards = world.clone();
    let plain = Gen::new(async move |co| {
        let _guard = guards.guard();
        for number in 0..9 {
            co.yield_(number).await?;
        }
        Ok(())
    });
    let plain: Vec<i32> =
        plain.filter(|number| number % 3 == 0).chain(Gen::new(async |_| Ok(()))).collect()?;
    let pairs =
        nested(world.clone()).map(|number| number + 1).zip(leaf(world.clone()).chain(stubborn(world)));
    let batches = pairs.filter(move |(left, _)| !plain.contains(left)).enumerate().batch(2);
    let some: Vec<_> = batches.take_while(|batch| batch.len() == 2).take(1).collect().await?;
    assert_eq!(some, [[(0, (1, 0)), (1, (11, 1))]]);
    Ok(())
}
