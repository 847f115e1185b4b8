use std::cell::{Cell, RefCell};
use std::fmt::{Display, Write};
use std::rc::Rc;

use loopscope::{Condition, Error, Event, Lock, Queue, Semaphore, Task, now};

/// What the tasks of a program share.
pub(crate) struct World {
    said: RefCell<String>,
    now: Cell<u64>,
    count: Cell<i64>,
    pub(crate) tasks: RefCell<Vec<Task<()>>>,
    pub(crate) locks: [Lock; 2],
    pub(crate) semaphore: Semaphore,
    pub(crate) condition: Condition,
    pub(crate) event: Event,
    pub(crate) queues: [Queue<i64>; 3],
}

impl World {
    pub(crate) fn new() -> Rc<Self> {
        let locks = [Lock::new(), Lock::new()];
        Rc::new(World {
            said: RefCell::default(),
            now: Cell::new(0),
            count: Cell::new(0),
            tasks: RefCell::default(),
            condition: Condition::with_lock(locks[1].clone()),
            locks,
            semaphore: Semaphore::new(2),
            event: Event::new(),
            queues: [Queue::new(1), Queue::priority(2), Queue::lifo(1)],
        })
    }

    /// Says something; the time, where it is another one.
    pub(crate) fn say(&self, who: impl Display, text: impl Display) {
        let mut said = self.said.borrow_mut();
        let now = now().as_nanos() / 1_000_000;
        if self.now.replace(now) != now {
            write!(said, "@{now} ").unwrap();
        }
        write!(said, "{who}{text} ").unwrap();
    }

    pub(crate) fn said(&self) -> String {
        self.said.borrow().trim_end().to_owned()
    }

    /// Returns the next number of the program.
    pub(crate) fn next(&self) -> i64 {
        self.count.set(self.count.get() + 1);
        self.count.get()
    }

    /// Returns one of the tasks that were started after this one: so none waits for itself in the end.
    pub(crate) fn younger(&self, who: usize, digit: usize) -> Option<Task<()>> {
        let tasks = self.tasks.borrow();
        let some = &tasks[who + 1..];
        (!some.is_empty()).then(|| some[digit % some.len()].clone())
    }
}

/// Tells an error with its causes, without a space.
pub(crate) fn told(error: &Error) -> String {
    let mut text = error.kind().name().to_owned();
    if !error.message().is_empty() {
        write!(text, ":{}", error.message()).unwrap();
    }
    if let Some(cause) = error.cause() {
        write!(text, "<{}", told(&cause)).unwrap();
    }
    text.replace(' ', "_")
}
