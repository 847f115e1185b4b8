//! One run of one program.

use std::cell::Cell;
use std::rc::Rc;

use futures::future::LocalBoxFuture;
use loopscope::{Result, Task, TaskRef, VirtualLoop, all_tasks, current_task};

use crate::books::Books;
use crate::world::World;

/// More turns than any of the programs takes, whatever is done to it.
const FOREVER: usize = 1000;

pub(crate) type Program = fn(Rc<World>) -> LocalBoxFuture<'static, Result<()>>;

/// A program on a loop of its own.
pub(crate) struct Trial {
    pub(crate) virtual_loop: VirtualLoop,
    pub(crate) main: Task<()>,
    world: Rc<World>,
    turns: Cell<usize>,
}

impl Trial {
    pub(crate) fn new<F>(program: impl FnOnce(Rc<World>) -> F) -> Self
    where
        F: Future<Output = Result<()>> + 'static,
    {
        let (virtual_loop, world) = (VirtualLoop::new(), World::new());
        // What nobody takes is no concern of these tests.
        virtual_loop.on_unhandled(|_| ());
        let main = virtual_loop.spawn("main", program(world.clone()));
        Trial { virtual_loop, main, world, turns: Cell::new(0) }
    }

    /// Runs so many turns; false when everything has come to rest before.
    pub(crate) fn go(&self, turns: usize) -> bool {
        (0..turns).all(|_| {
            let went = self.virtual_loop.step();
            self.turns.set(self.turns.get() + usize::from(went));
            went
        })
    }

    /// Runs until everything has come to rest.
    #[track_caller]
    pub(crate) fn rest(&self, what: &str) {
        assert!(!self.go(FOREVER), "{what}: it does not come to its end");
    }

    /// Lets one more task do something, from within the loop.
    fn visit<T: 'static>(&self, visitor: impl Future<Output = Result<T>> + 'static, what: &str) -> T {
        let visitor = self.virtual_loop.spawn("visitor", visitor);
        self.rest(what);
        visitor.result().unwrap_or_else(|| panic!("{what}: nothing can happen any more")).unwrap()
    }

    /// Lets a program come to its end and checks what it leaves behind.
    pub(crate) fn finish(self, what: &str, books: &Books) {
        self.rest(what);
        assert!(self.main.is_finished(), "{what}: it waits for ever");
        // Tasks that were started and not awaited are stopped at the end, as asyncio.run does; they may start others.
        for _ in 0..2 {
            let stop = async {
                for task in others() {
                    task.cancel();
                }
                Ok(())
            };
            self.visit(stop, what);
        }
        let left = self.visit(async { Ok(others()) }, what);
        assert!(left.is_empty(), "{what}: {left:?} are left");
        self.world.check(what);
        self.visit(self.world.clone().probe(), what);
        let Trial { virtual_loop, main, world, turns } = self;
        drop(main);
        close(&world, turns.get(), what, books);
        drop(virtual_loop);
    }

    /// As `finish`, for a program that may wait for ever for one of its tasks that was stopped: it is stopped as well.
    pub(crate) fn finish_stuck(self, what: &str, books: &Books) {
        self.rest(what);
        self.main.cancel();
        self.finish(what, books);
    }

    /// Drops the loop where it stands. No clean-up that waits can run then, but destructors do.
    pub(crate) fn drop_loop(self, what: &str, books: &Books) {
        let Trial { virtual_loop, main, world, turns } = self;
        drop((virtual_loop, main));
        world.check_drops(what);
        close(&world, turns.get(), what, books);
    }
}

fn close(world: &Rc<World>, turns: usize, what: &str, books: &Books) {
    assert_eq!(Rc::strong_count(world), 1, "{what}: something is left in memory");
    books.close(turns, &world.accounts());
}

fn others() -> Vec<TaskRef> {
    let own = current_task().unwrap();
    all_tasks().into_iter().filter(|task| !task.is_same(&own)).collect()
}
