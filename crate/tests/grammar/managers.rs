use std::rc::Rc;

use loopscope::context::AsyncGenContext;
use loopscope::{AsyncExitStack, Exit, Kind, Result, async_context, async_with, finally};

use crate::play::run;
use crate::step::Body;
use crate::world::{World, told};

pub(crate) fn manager(
    world: &Rc<World>,
    who: usize,
    calm: bool,
    before: &Body,
    after: &Body,
) -> AsyncGenContext<i64> {
    let (world, before, after) = (world.clone(), before.clone(), after.clone());
    async_context(async move |co| {
        run(&world, who, &before).await?;
        let used = async {
            match co.yield_(world.next()).await {
                Err(error) if error.is(Kind::ValueError) => {
                    world.say(who, format_args!("m!{}", told(&error)));
                    if calm { Ok(()) } else { Err(error) }
                }
                other => other.map(drop),
            }
        };
        finally(used, || run(&world, who, &after)).await
    })
}

pub(crate) async fn stack(world: &Rc<World>, who: usize, digit: usize, bodies: &[Body]) -> Result<()> {
    let body = async |stack: AsyncExitStack| {
        let callback = run(world, who, &bodies[0]);
        stack.push_async_callback(async move || callback.await);
        if digit % 2 == 1 {
            let world = world.clone();
            stack.push_async_exit(async move |error| {
                world.say(who, format_args!("k!{}", error.map_or("None".to_owned(), told)));
                let calm = error.is_some_and(|error| error.kind().is_ordinary());
                Ok(if calm { Exit::Suppress } else { Exit::Propagate })
            });
        }
        if digit > 1 {
            let manager = manager(world, who, false, &Body::default(), &bodies[1]);
            stack.enter_async_context(manager).await?;
        }
        run(world, who, &bodies[2]).await
    };
    async_with(AsyncExitStack::new(), body).await.map(drop)
}
