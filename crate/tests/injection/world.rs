//! What a program shares with whoever comes after it.

use std::rc::Rc;

use loopscope::{
    AsyncContext, Condition, Duration, Error, Event, Exit, Lock, Pool, Queue, RateLimiter, Result, Semaphore,
    async_context, finally, sleep,
};

use crate::books::Account;

/// One of everything, and an account for each way to release.
pub(crate) struct World {
    /// Released by clean-up that waits.
    pub(crate) by_hand: Account,
    /// Released by a destructor.
    pub(crate) by_drop: Account,
    /// Put into the queue, and got from it.
    pub(crate) items: Account,
    pub(crate) lock: Lock,
    pub(crate) semaphore: Semaphore,
    pub(crate) condition: Condition,
    pub(crate) event: Event,
    pub(crate) queue: Queue<i32>,
    pub(crate) pool: Pool<i32>,
    pub(crate) limiter: RateLimiter,
}

const PERMITS: usize = 2;

impl World {
    pub(crate) fn new() -> Rc<Self> {
        Rc::new(World {
            by_hand: Account::default(),
            by_drop: Account::default(),
            items: Account::default(),
            lock: Lock::new(),
            semaphore: Semaphore::new(PERMITS),
            condition: Condition::new(),
            event: Event::new(),
            queue: Queue::new(1),
            pool: Pool::new([1, 2]),
            limiter: RateLimiter::new(1000, 2).unwrap(),
        })
    }

    pub(crate) fn accounts(&self) -> [&Account; 3] {
        [&self.by_hand, &self.by_drop, &self.items]
    }

    pub(crate) fn guard(self: &Rc<Self>) -> Guard {
        self.by_drop.acquire();
        Guard(self.clone())
    }

    /// `put`, on account: it comes into the queue in the step that goes on from the wait, or not at all.
    pub(crate) async fn put(&self, item: i32) -> Result<()> {
        self.queue.put(item).await?;
        self.items.acquire();
        Ok(())
    }

    pub(crate) async fn get(&self) -> Result<i32> {
        let item = self.queue.get().await?;
        self.items.release();
        Ok(item)
    }

    /// Checks that what clean-up and destructors release was released, and that no item is lost.
    pub(crate) fn check(&self, what: &str) {
        assert_eq!(self.by_hand.held(), 0, "{what}: a clean-up was left out");
        self.check_drops(what);
    }

    /// As `check`, where clean-up that waits could not run.
    pub(crate) fn check_drops(&self, what: &str) {
        assert_eq!(self.by_drop.held(), 0, "{what}: a destructor did not run");
        assert_eq!(self.items.held(), self.queue.len(), "{what}: an item is lost");
        assert!(!self.lock.locked() && !self.condition.locked(), "{what}: a lock is held");
        assert_eq!(self.semaphore.value(), PERMITS, "{what}: a permit is lost");
        assert_eq!(self.pool.held(), 0, "{what}: an item of the pool is lost");
    }

    /// Acquires all there is, without a wait: nothing may be on its way to someone who is gone.
    pub(crate) async fn probe(self: Rc<Self>) -> Result<()> {
        let _locks = (self.lock.acquire().await?, self.condition.acquire().await?);
        let mut lent = Vec::new();
        for _ in 0..PERMITS {
            lent.push((self.semaphore.acquire().await?, self.pool.acquire().await?));
            self.limiter.acquire().await?;
        }
        assert!(self.semaphore.locked() && self.pool.held() == PERMITS);
        while !self.queue.is_empty() {
            self.get().await?;
        }
        self.put(1).await?;
        self.get().await.map(drop)
    }
}

/// Something that a destructor releases.
pub(crate) struct Guard(Rc<World>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.by_drop.release();
    }
}

pub(crate) fn millis(count: u64) -> Duration {
    Duration::from_millis(count)
}

pub(crate) async fn pause() -> Result<()> {
    sleep(millis(1)).await
}

pub(crate) async fn turn() -> Result<()> {
    sleep(Duration::ZERO).await
}

/// What Python guarantees: an await in the clean-up may fail, the clean-up around it runs all the same.
async fn release(world: &World) -> Result<()> {
    let paused = pause().await;
    world.by_hand.release();
    paused
}

/// A manager written by hand, whose exit waits before it releases and after.
pub(crate) struct Hand(pub(crate) Rc<World>);

impl AsyncContext for Hand {
    type Value = ();

    async fn enter(&mut self) -> Result<()> {
        pause().await?;
        self.0.by_hand.acquire();
        Ok(())
    }

    async fn exit(&mut self, _: Option<&Error>) -> Result<Exit> {
        release(&self.0).await?;
        turn().await?;
        Ok(Exit::Propagate)
    }
}

/// The same, made from a generator.
pub(crate) fn made(world: &Rc<World>) -> impl AsyncContext<Value = ()> + use<> {
    let world = world.clone();
    async_context(async move |co| {
        pause().await?;
        world.by_hand.acquire();
        let used = co.yield_(()).await;
        release(&world).await?;
        used.map(drop)
    })
}

/// The same as `try … finally`. Only for tasks and generators: when it is dropped by the one who awaits it, as no task
/// and no generator is, a destructor is all that runs.
pub(crate) async fn held<T>(world: &World, body: impl Future<Output = Result<T>>) -> Result<T> {
    world.by_hand.acquire();
    finally(body, || release(world)).await
}
