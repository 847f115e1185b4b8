use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Wake, Waker};

use super::{Core, TaskKey};

thread_local! {
    /// The loops of this thread, so that a waker, which may be sent anywhere, finds its own without holding it.
    static LOOPS: RefCell<Vec<(u64, Weak<Core>)>> = const { RefCell::new(Vec::new()) };
}

/// Numbers the loops of all threads: a waker on a foreign thread must not find a loop that is not its own.
static LOOP_COUNT: AtomicU64 = AtomicU64::new(0);

/// Whom other threads have woken. There is a mark beside the list, because the loop looks into it in every turn.
#[derive(Default)]
struct Letters {
    some: AtomicBool,
    keys: Mutex<Vec<TaskKey>>,
}

type Mail = Arc<Letters>;

/// Makes the wakers for futures that are not of this crate, and takes what they say.
pub(crate) struct Inbox {
    id: u64,
    core: Weak<Core>,
    mail: Mail,
}

struct TaskWaker {
    id: u64,
    key: TaskKey,
    /// Wakes from other threads; they are seen in the loop's next turn.
    mail: Mail,
}

impl Inbox {
    pub(super) fn new(core: Weak<Core>) -> Self {
        let id = LOOP_COUNT.fetch_add(1, Ordering::Relaxed);
        LOOPS.with_borrow_mut(|loops| loops.push((id, core.clone())));
        Inbox { id, core, mail: Mail::default() }
    }

    pub(super) fn waker(&self, key: TaskKey) -> Waker {
        Arc::new(TaskWaker { id: self.id, key, mail: self.mail.clone() }).into()
    }

    /// Wakes those whose wakers were called on other threads.
    #[inline]
    pub(super) fn empty(&self) {
        if self.mail.some.load(Ordering::Acquire) {
            self.read();
        }
    }

    #[cold]
    fn read(&self) {
        self.mail.some.store(false, Ordering::Relaxed);
        let keys = std::mem::take(&mut *self.mail.keys.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(core) = self.core.upgrade() {
            keys.into_iter().for_each(|key| core.wake_because(key, "woken"));
        }
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        // The thread may be ending, and the list be gone with it.
        let _ = LOOPS.try_with(|loops| loops.borrow_mut().retain(|(id, _)| *id != self.id));
    }
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let find = |loops: &RefCell<Vec<(u64, Weak<Core>)>>| {
            loops.borrow().iter().find(|(id, _)| *id == self.id).and_then(|(_, core)| core.upgrade())
        };
        let own: Option<Rc<Core>> = LOOPS.try_with(find).ok().flatten();
        match own {
            Some(core) => core.wake_because(self.key, "woken"),
            None => {
                self.mail.keys.lock().unwrap_or_else(PoisonError::into_inner).push(self.key);
                self.mail.some.store(true, Ordering::Release);
            }
        }
    }
}
