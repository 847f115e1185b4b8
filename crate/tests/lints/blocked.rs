//! The loop was kept from everyone else.

use loopscope::{block, offload_block, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{millis, pause, said_of, silent};

#[wasm_bindgen_test(unsupported = test)]
fn a_blocking_call_that_holds_others_up_is_told() {
    let lint = said_of(async {
        let beat = spawn(async {
            for _ in 0..10 {
                pause(100).await?;
            }
            Ok(())
        });
        pause(50).await?;
        block(millis(500));
        beat.await
    });
    assert_eq!((lint.line, lint.task), (line!() - 3, 1));
    assert!(lint.text.contains("for 0.50 s, and 1 other task could not go on"), "{}", lint.text);
}

#[wasm_bindgen_test(unsupported = test)]
fn one_that_holds_nobody_up_or_is_short_or_beside_the_loop_is_not() {
    silent(async {
        block(millis(500));
        let slow = spawn(pause(1000));
        pause(1).await?;
        block(millis(500)); // the other one's time comes later
        slow.await?;
        let beat = spawn(pause(10));
        pause(1).await?;
        block(millis(20));
        beat.await?;
        let beat = spawn(pause(10));
        offload_block(millis(500)).await?;
        beat.await
    });
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen_test]
async fn on_the_wall_clock_a_long_turn_is_seen_without_being_told() {
    use std::rc::Rc;

    use loopscope::trace::Recorder;
    use loopscope::{BrowserLoop, print};

    let busy = |length: f64| {
        let start = js_sys::Date::now();
        while js_sys::Date::now() < start + length {}
    };
    let recorder = Rc::new(Recorder::default());
    let lap = BrowserLoop::new(1.0, Some(recorder.clone()));
    let task = lap.start(async move {
        let beat = spawn(async {
            for _ in 0..20 {
                pause(10).await?;
            }
            Ok(())
        });
        pause(5).await?;
        print("before");
        busy(150.0);
        print("after");
        beat.await
    });
    while !task.is_finished() {
        gloo_timers::future::TimeoutFuture::new(20).await;
    }
    let lints = crate::said(&recorder);
    let told: Vec<_> = lints.iter().filter(|lint| lint.line == line!() - 9).collect();
    assert_eq!(told.len(), 1, "{:?}", lints.iter().map(|lint| (&lint.text, lint.line)).collect::<Vec<_>>());
    assert!(told[0].text.contains("1 other task could not go on"), "{}", told[0].text);
}
