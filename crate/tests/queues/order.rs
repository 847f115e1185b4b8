use std::cell::{Cell, RefCell};
use std::cmp::{Ordering, Reverse};
use std::rc::Rc;

use loopscope::trace::{Kind, Recorder};
use loopscope::{Queue, Result, Task, VirtualLoop, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{ORDERS, run, turn};

#[wasm_bindgen_test(unsupported = test)]
fn a_queue_knows_whether_it_is_empty_or_full() {
    run(async {
        let queue = Queue::new(0);
        assert!(queue.is_empty());
        queue.put(1).await?;
        assert!(!queue.is_empty() && !queue.is_full());
        assert_eq!(queue.get().await?, 1);
        assert!(queue.is_empty());
        let queue = Queue::new(1);
        queue.put(1).await?;
        assert!(queue.is_full());
        assert_eq!((queue.len(), queue.maxsize()), (1, 1));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn each_order_is_kept() {
    run(async {
        for (order, expected) in ORDERS.into_iter().zip([[1, 3, 2], [2, 3, 1], [1, 2, 3]]) {
            let queue = order(0);
            for item in [1, 3, 2] {
                queue.put(item).await?;
            }
            let mut items = Vec::new();
            while !queue.is_empty() {
                items.push(queue.get().await?);
            }
            assert_eq!(items, expected);
        }
        Ok(())
    });
}

/// An errand of some urgency.
#[derive(Debug, PartialEq, Eq)]
struct Errand(u8, &'static str);

impl Ord for Errand {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Errand {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Python's heap leaves this open.
#[wasm_bindgen_test(unsupported = test)]
fn of_equal_items_the_one_that_came_first_is_first() {
    let (least, greatest) = (Queue::priority(0), Queue::priority(0));
    for errand in [(2, "a"), (1, "b"), (2, "c"), (1, "d"), (2, "e"), (1, "f"), (2, "g")] {
        least.put_nowait(Errand(errand.0, errand.1)).unwrap();
        greatest.put_nowait(Reverse(Errand(errand.0, errand.1))).unwrap();
    }
    let all: String = std::iter::from_fn(|| least.get_nowait().ok()).map(|errand| errand.1).collect();
    assert_eq!(all, "bdfaceg");
    let all: String = std::iter::from_fn(|| greatest.get_nowait().ok()).map(|errand| errand.0.1).collect();
    assert_eq!(all, "acegbdf");
}

/// q maxsize
#[wasm_bindgen_test(unsupported = test)]
fn who_puts_waits_for_room() {
    run(async {
        let queue = Queue::new(2);
        let put = Rc::new(RefCell::new(Vec::new()));
        let putter: Task<()> = spawn({
            let (queue, put) = (queue.clone(), put.clone());
            async move {
                for item in 0..3 {
                    queue.put(item).await?;
                    put.borrow_mut().push(item);
                }
                Ok(())
            }
        });
        turn().await?;
        turn().await?;
        assert_eq!(*put.borrow(), [0, 1]);
        assert_eq!(queue.get().await?, 0);
        turn().await?;
        assert_eq!(*put.borrow(), [0, 1, 2]);
        assert_eq!((queue.get().await?, queue.get().await?), (1, 2));
        assert!(putter.is_finished());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn the_trace_tells_what_goes_in_and_out_and_how_much_is_there() {
    let recorder = Rc::new(Recorder::default());
    let program = async {
        let queue = Queue::new(1).named("letters");
        let writer = spawn({
            let queue = queue.clone();
            async move {
                queue.put("a").await?;
                queue.put("b").await
            }
        });
        turn().await?;
        let reader = spawn(async move {
            for _ in 0..3 {
                queue.get().await?;
            }
            Ok(())
        });
        writer.await?;
        turn().await?;
        turn().await?;
        reader.cancel();
        Ok(())
    };
    VirtualLoop::with_recorder(recorder.clone()).run(program).unwrap();
    let batch = recorder.take();
    let resource = &batch.resources[0];
    assert_eq!((resource.kind, &*resource.name, resource.capacity), ("queue", "letters", 1));
    let about_it = batch.events.iter().filter(|event| {
        event.subject == 1 && matches!(event.kind, Kind::Put | Kind::Get | Kind::Depth | Kind::Wait)
    });
    let told: Vec<_> = about_it
        .map(|event| {
            assert_eq!(event.place.is_some(), event.kind != Kind::Depth);
            format!("{} {} {} {}", event.task, event.kind.name(), event.value, recorder.text(event.text))
        })
        .collect();
    let expected = [
        "2 put 0 \"a\"",
        "2 depth 1 ",
        "2 wait 0 room in the queue (1 of 1)",
        "3 get 0 \"a\"",
        "3 depth 0 ",
        "3 wait 0 an item in the queue",
        "2 put 0 \"b\"",
        "2 depth 1 ",
        "3 get 0 \"b\"",
        "3 depth 0 ",
        "3 wait 0 an item in the queue",
    ];
    assert_eq!(told, expected);
}

/// An item that looks into its queue when it goes.
struct Curious(Queue<Curious>, Rc<Cell<usize>>);

impl Drop for Curious {
    fn drop(&mut self) {
        self.1.set(self.1.get() + self.0.len() + 1);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn items_that_are_dropped_may_look_into_their_queue() {
    let (queue, seen) = (Queue::new(3), Rc::new(Cell::new(0)));
    for _ in 0..3 {
        queue.put_nowait(Curious(queue.clone(), seen.clone())).unwrap();
    }
    let refused: Result<()> = queue.put_nowait(Curious(queue.clone(), seen.clone()));
    assert!(refused.is_err());
    assert_eq!(seen.take(), 4);
    queue.shutdown(true);
    assert_eq!(seen.get(), 3);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_queue_knows_how_much_room_it_was_made_with() {
    let queues = [Queue::<i32>::new(3), Queue::lifo(2), Queue::priority(0)];
    assert_eq!(queues.map(|queue| queue.maxsize()), [3, 2, 0]);
}
