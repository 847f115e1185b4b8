//! What somebody has waited for on one loop is not waited for on another one: CPython's words, with its `repr` less the
//! address. Without a wait any loop will do.

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use loopscope::{
    BoundedSemaphore, Condition, Event, Kind, Lock, Pool, Queue, RateLimiter, Result, Semaphore, VirtualLoop,
};
use wasm_bindgen_test::wasm_bindgen_test;

/// Waits on a loop, gives that up, and waits on another loop: gives who refuses that.
#[track_caller]
fn refused<F: Future<Output = Result<()>> + 'static>(wait: impl Fn() -> F) -> String {
    let home = VirtualLoop::new();
    let waiting = home.spawn("waiting", wait());
    home.settle();
    waiting.cancel();
    home.settle();
    assert!(waiting.is_cancelled());
    let again = home.spawn("again", wait());
    home.settle();
    assert!(!again.is_finished(), "its own loop may wait as often as it likes");
    again.cancel();
    home.settle();
    drop(home);
    let error = VirtualLoop::new().run(wait()).unwrap_err();
    assert!(error.is(Kind::RuntimeError));
    error.message().strip_suffix(" is bound to a different event loop").unwrap().to_owned()
}

#[track_caller]
fn goes_on<F: Future<Output = Result<()>> + 'static>(wait: F) {
    VirtualLoop::new().run(wait).unwrap();
}

/// A future with a name for its type.
fn boxed<T: 'static>(wait: impl Future<Output = Result<T>> + 'static) -> LocalBoxFuture<'static, Result<()>> {
    wait.map(|result| result.map(drop)).boxed_local()
}

#[wasm_bindgen_test(unsupported = test)]
fn locks_and_their_kind_are_bound_to_the_loop_of_the_first_wait() {
    let lock = Lock::new();
    let guard = lock.acquire().now_or_never().unwrap().unwrap();
    assert_eq!(refused(|| boxed(lock.acquire())), "<Lock [locked]>");
    drop(guard);
    goes_on(boxed(lock.acquire()));
    let semaphore = Semaphore::new(1);
    let permit = semaphore.acquire().now_or_never().unwrap().unwrap();
    assert_eq!(refused(|| boxed(semaphore.acquire())), "<Semaphore [locked]>");
    drop(permit);
    goes_on(boxed(semaphore.acquire()));
    let bounded = BoundedSemaphore::new(1);
    bounded.acquire().now_or_never().unwrap().unwrap().keep();
    assert_eq!(refused(|| boxed(bounded.acquire())), "<BoundedSemaphore [locked]>");
    let event = Event::new();
    assert_eq!(refused(|| event.wait()), "<Event [unset]>");
    event.set();
    goes_on(event.wait());
    let condition = Condition::new();
    let wait = || {
        let condition = condition.clone();
        async move {
            let _guard = condition.acquire().await?;
            condition.wait().await
        }
    };
    assert_eq!(refused(wait), "<Condition [locked]>");
    assert!(!condition.locked());
}

#[wasm_bindgen_test(unsupported = test)]
fn queues_are_bound_to_the_loop_of_the_first_wait() {
    let queue = Queue::<i32>::new(1);
    assert_eq!(refused(|| boxed(queue.get())), "<Queue maxsize=1>");
    goes_on(queue.put(1));
    assert_eq!(VirtualLoop::new().run(queue.put(2)).unwrap_err().kind(), Kind::RuntimeError);
    goes_on(boxed(queue.get()));
    // As in CPython, those who join are apart from the others.
    assert_eq!(refused(|| queue.join()), "<Queue maxsize=1 tasks=1>");
    queue.task_done().unwrap();
    goes_on(queue.join());
    let queue = Queue::new(1);
    goes_on(queue.put(1));
    assert_eq!(refused(|| queue.put(2)), "<Queue maxsize=1 len=1 tasks=1>");
}

#[wasm_bindgen_test(unsupported = test)]
fn pools_are_bound_to_the_loop_of_the_first_wait() {
    let pool = Pool::new([1]);
    let item = pool.acquire().now_or_never().unwrap().unwrap();
    assert_eq!(refused(|| boxed(pool.acquire())), "<Pool [1 of 1 lent]>");
    drop(item);
    goes_on(boxed(pool.acquire()));
    // Who drains a pool waits for the same loop's tasks.
    let item = pool.acquire().now_or_never().unwrap().unwrap();
    let error = VirtualLoop::new().run(pool.drain()).unwrap_err();
    assert_eq!(error.message(), "<Pool [1 of 1 lent, closed]> is bound to a different event loop");
    drop(item);
    goes_on(boxed(pool.drain()));
    let pool = Pool::new([1]);
    let _item = pool.acquire().now_or_never().unwrap().unwrap();
    assert_eq!(refused(|| boxed(pool.drain())), "<Pool [1 of 1 lent, closed]>");
}

#[wasm_bindgen_test(unsupported = test)]
fn rate_limiters_are_bound_to_the_loop_of_the_first_wait() {
    let limiter = RateLimiter::new(2, 1).unwrap();
    assert!(limiter.try_acquire());
    // For a token, and for those who were first.
    assert_eq!(refused(|| limiter.acquire()), "<RateLimiter [2 in 1s, 1 at once]>");
    let limiter = RateLimiter::new(2, 1).unwrap();
    assert!(limiter.try_acquire());
    let home = VirtualLoop::new();
    let first = home.spawn("first", limiter.acquire());
    let second = home.spawn("second", limiter.acquire());
    home.settle();
    let error = VirtualLoop::new().run(limiter.acquire()).unwrap_err();
    let told = "<RateLimiter [2 in 1s, 1 at once, waiters:1]> is bound to a different event loop";
    assert_eq!(error.message(), told);
    home.run_until_idle();
    assert!(first.is_finished() && second.is_finished());
}
