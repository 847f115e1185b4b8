//! A queue that is always full, or always empty.

use loopscope::{Queue, gather, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Lint, lints, millis};

/// Where it is filled and emptied.
const PUT: u32 = line!() + 11;
const GET: u32 = PUT + 6;

/// What is said of a queue that is filled and emptied at these paces.
fn said_of_paces(put: u64, get: u64, items: u64, capacity: usize) -> Vec<Lint> {
    lints(async move {
        let queue = Queue::new(capacity);
        let (filled, emptied) = (queue.clone(), queue);
        let fill = async move {
            for item in 0..items {
                sleep(millis(put)).await?;
                filled.put(item).await?;
            }
            Ok(())
        };
        let empty = async move {
            for _ in 0..items {
                emptied.get().await?;
                sleep(millis(get)).await?;
            }
            Ok(())
        };
        gather([spawn(fill), spawn(empty)]).await.map(drop)
    })
}

#[wasm_bindgen_test(unsupported = test)]
fn a_queue_that_is_always_full_is_told() {
    let said = said_of_paces(10, 30, 20, 3);
    assert!(said.len() == 1 && said[0].text.starts_with("the queue was full"), "{}", said.len());
    assert_eq!((said[0].line, said[0].task), (PUT, 2));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_queue_that_is_always_empty_is_told() {
    let said = said_of_paces(30, 10, 20, 3);
    assert!(said.len() == 1 && said[0].text.starts_with("the queue was empty"), "{}", said.len());
    assert_eq!((said[0].line, said[0].task), (GET, 3));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_queue_that_is_now_this_now_that_or_used_a_few_times_is_no_mistake() {
    assert!(said_of_paces(10, 10, 20, 3).iter().all(|lint| !lint.text.starts_with("the queue was full")));
    assert!(said_of_paces(10, 30, 7, 3).is_empty());
    assert!(said_of_paces(30, 10, 7, 3).is_empty());
    let bursts = lints(async {
        let queue = Queue::new(10);
        for _ in 0..20 {
            for item in 0..5 {
                queue.put(item).await?;
            }
            for _ in 0..5 {
                queue.get().await?;
            }
            sleep(millis(10)).await?;
        }
        Ok(())
    });
    assert!(bursts.is_empty());
}
