//! A generator that was dropped before its end.

use futures::TryStreamExt;
use loopscope::{AsyncGen, Gen, aclosing, async_with, print};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{pause, said_of, silent};

const LINE: u32 = line!() + 4;
fn pages() -> AsyncGen<u64> {
    AsyncGen::new(async |co| {
        for page in 0.. {
            let asked = co.yield_(page).await;
            if asked.is_err() {
                pause(100).await?; // the session is closed
            }
            asked?;
        }
        Ok(())
    })
}

#[wasm_bindgen_test(unsupported = test)]
fn clean_up_that_runs_after_the_generator_was_dropped_is_told() {
    let lint = said_of(async {
        let mut pages = pages();
        while let Some(page) = pages.try_next().await? {
            if page == 2 {
                break;
            }
        }
        drop(pages);
        pause(1000).await
    });
    assert_eq!((lint.line, lint.task), (LINE, 1));
    assert!(lint.text.contains("dropped before its end"), "{}", lint.text);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_generator_that_is_closed_in_its_place_is_no_mistake() {
    silent(async {
        async_with(aclosing(pages()), async |pages| pages.anext().await.map(drop)).await?;
        pause(1000).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn one_that_has_nothing_to_clean_up_is_no_mistake() {
    silent(async {
        let plain = AsyncGen::new(async |co| {
            for number in 0.. {
                pause(10).await?;
                co.yield_(number).await?;
            }
            Ok(())
        });
        plain.anext().await?;
        drop(plain);
        // A sync one cleans up as it is dropped.
        let mut sync = Gen::new(async |co| {
            let asked = co.yield_(1).await;
            print("clean-up");
            asked.map(drop)
        });
        sync.next();
        drop(sync);
        pause(1000).await
    });
}
