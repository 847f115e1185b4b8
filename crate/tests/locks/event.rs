use loopscope::{Event, Kind, Task, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Log, cancel_soon, run, turn};

/// Waits for the event, and notes it.
fn waiter(event: &Event, log: &Log, mark: usize) -> Task<()> {
    let (event, log) = (event.clone(), log.clone());
    spawn(async move {
        event.wait().await?;
        log.borrow_mut().push(mark);
        Ok(())
    })
}

#[wasm_bindgen_test(unsupported = test)]
fn setting_wakes_all_and_a_newcomer_does_not_wait() {
    run(async {
        let (event, log) = (Event::new(), Log::default());
        assert!(!event.is_set());
        let (first, second) = (waiter(&event, &log, 1), waiter(&event, &log, 2));
        turn().await?;
        assert!(log.borrow().is_empty());
        let third = waiter(&event, &log, 3);
        event.set();
        turn().await?;
        assert_eq!(*log.borrow(), [3, 1, 2]);
        assert!(first.is_finished() && second.is_finished() && third.is_finished());
        event.wait().await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_cancelled_waiter_leaves_the_line() {
    run(async {
        let event = Event::new();
        let waiter = spawn(event.wait());
        cancel_soon(&waiter);
        assert!(waiter.await.is_err_and(|error| error.is(Kind::CancelledError)));
        assert_eq!(format!("{event:?}"), "<Event [unset]>");
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn who_was_woken_goes_on_though_the_event_is_cleared() {
    run(async {
        let (event, log) = (Event::new(), Log::default());
        let waiter = waiter(&event, &log, 1);
        turn().await?;
        event.set();
        event.clear();
        assert!(!event.is_set());
        event.set();
        event.set();
        assert_eq!(format!("{event:?}"), "<Event [set, waiters:1]>");
        turn().await?;
        assert_eq!(*log.borrow(), [1]);
        assert_eq!(format!("{event:?}"), "<Event [set]>");
        assert!(waiter.is_finished());
        Ok(())
    });
}
