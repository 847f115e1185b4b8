//! Wakers, by which futures of other crates let a task go on. They may be kept for longer than the task lives.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use loopscope::{Result, VirtualLoop, cancellable, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::twin::turn;

#[wasm_bindgen_test(unsupported = test)]
fn a_waker_wakes_its_own_task_once_a_turn_and_none_that_has_taken_its_place() {
    let program = async {
        let wakers: Rc<RefCell<Vec<Waker>>> = Rc::default();
        let hand_out = wakers.clone();
        spawn(poll_fn(move |context| {
            hand_out.borrow_mut().push(context.waker().clone());
            Poll::Ready(Ok(()))
        }))
        .await?;
        // It has ended, and the next task gets its place in the table.
        let (hand_out, polls) = (wakers.clone(), Rc::new(Cell::new(0)));
        let count = polls.clone();
        let waits = poll_fn(move |context| {
            hand_out.borrow_mut().push(context.waker().clone());
            count.set(count.get() + 1);
            Poll::<Result<()>>::Pending
        });
        let next = spawn(cancellable(waits));
        turn().await?;
        let wakers = wakers.borrow().clone();
        let [stale, own] = &wakers[..] else { panic!("{} wakers", wakers.len()) };
        stale.wake_by_ref();
        turn().await?;
        let after_stale = polls.get();
        own.wake_by_ref();
        own.wake_by_ref();
        turn().await?;
        turn().await?;
        next.cancel();
        Ok((after_stale, polls.get()))
    };
    assert_eq!(VirtualLoop::new().run(program).unwrap(), (1, 2));
}
