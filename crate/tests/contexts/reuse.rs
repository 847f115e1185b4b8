//! Managers that serve once, and those that are made anew for each use.

use std::cell::Cell;
use std::rc::Rc;

use loopscope::context::{AsyncGenContext, GenContext, Reusable};
use loopscope::{
    AsyncContext, AsyncGen, Context, Exit, Gen, Kind, Result, VirtualLoop, async_context, async_with,
    reusable,
};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test(unsupported = test)]
fn row_36_a_manager_from_a_generator_serves_once() {
    let mut once: GenContext<i32> = Gen::new(async |co| co.yield_(1).await.map(drop)).into();
    assert_eq!(once.enter().unwrap(), 1);
    let again = once.enter().unwrap_err();
    assert!(again.is(Kind::RuntimeError) && again.message().contains("already used"), "{again}");
    // That did no harm, and it is used up after its exit too.
    assert_eq!(once.exit(None).unwrap(), Exit::Propagate);
    assert!(once.enter().unwrap_err().message().contains("already used"));

    let refused = VirtualLoop::new().run(async {
        let mut once: AsyncGenContext<i32> = AsyncGen::new(async |co| co.yield_(1).await.map(drop)).into();
        assert_eq!(once.enter().await?, 1);
        let again = once.enter().await.unwrap_err();
        assert_eq!(once.exit(None).await?, Exit::Propagate);
        assert!(once.enter().await.unwrap_err().message() == again.message());
        Ok(again.message().contains("already used"))
    });
    assert!(refused.unwrap());
}

#[wasm_bindgen_test(unsupported = test)]
fn row_36_a_reusable_manager_is_made_anew_each_time() {
    let (made, depth) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let (count, inside) = (made.clone(), depth.clone());
    let counted = reusable(move || {
        count.set(count.get() + 1);
        let inside = inside.clone();
        async_context(async move |co| {
            let before = inside.replace(inside.get() + 1);
            let used = co.yield_(()).await;
            inside.set(inside.get() - 1);
            assert_eq!(inside.get(), before);
            used.map(drop)
        })
    });

    async fn recurse(manager: &Reusable<AsyncGenContext<()>>, depth: &Cell<i32>) -> Result<()> {
        let nested = async_with(manager.clone(), async |()| {
            if depth.get() < 10 { Box::pin(recurse(manager, depth)).await } else { Ok(()) }
        });
        nested.await.map(drop)
    }

    let inside = depth.clone();
    VirtualLoop::new().run(async move { recurse(&counted, &inside).await }).unwrap();
    assert_eq!((made.get(), depth.get()), (10, 0));
}

#[wasm_bindgen_test(unsupported = test)]
fn row_36_a_reusable_manager_is_left_as_the_one_that_it_made() {
    let calm = VirtualLoop::new().run(async {
        let calm = loopscope::reusable(|| loopscope::suppress([Kind::ValueError]));
        async_with(calm, async |()| Err::<(), _>(loopscope::Error::value("no"))).await
    });
    assert_eq!(calm.unwrap(), None);
}
