use std::rc::Rc;

use loopscope::{AsyncExitStack, Error, Exit, Kind, Result, aclosing, async_with, reusable, suppress};

use super::leaf;
use crate::world::{Hand, World, made, pause, turn};

/// All kinds of managers, one inside of the other.
pub(crate) async fn managers(world: Rc<World>) -> Result<()> {
    let outer = async_with(Hand(world.clone()), async |()| {
        let failed = async_with(suppress([Kind::KeyError]), async |()| {
            async_with(made(&world), async |()| Err::<(), _>(Error::key("no"))).await
        });
        assert_eq!(failed.await?, None);
        async_with(AsyncExitStack::new(), async |stack| {
            stack.enter_async_context(made(&world)).await?;
            let (called, given) = (world.clone(), world.guard());
            called.by_hand.acquire();
            stack.push_async_exit(async move |error| {
                let paused = pause().await;
                called.by_hand.release();
                drop(given);
                paused.map(|()| if error.is_some() { Exit::Propagate } else { Exit::Suppress })
            });
            stack.enter_async_context(Hand(world.clone())).await?;
            let kept = stack.pop_all();
            async_with(kept, async |_| {
                async_with(aclosing(leaf(world.clone())), async |numbers| {
                    while numbers.anext().await? < 1 {}
                    Ok(())
                })
                .await
            })
            .await
        })
        .await?;
        let maker = world.clone();
        async_with(reusable_guard(maker), async |_| turn().await).await
    });
    outer.await.map(drop)
}

/// A manager that does not wait, in a body that does.
fn reusable_guard(world: Rc<World>) -> impl loopscope::AsyncContext<Value = ()> {
    use loopscope::{Context, context};

    reusable(move || {
        let world = world.clone();
        context(async move |co| {
            let _guard = world.guard();
            co.yield_(()).await.map(drop)
        })
    })
    .in_async()
}
