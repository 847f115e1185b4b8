use std::rc::Rc;

use super::{Beside, Core, Promise, Ready};
use crate::time::Duration;

impl Core {
    /// Lets a blocking call take its time on this very thread.
    pub(crate) fn block(&self, length: Duration) {
        self.host.block(length);
    }

    /// Lets a blocking call take its time beside the loop and settles `end` after it; `None` where a timer is as good.
    pub(crate) fn block_beside(self: &Rc<Self>, length: Duration, end: &Rc<Promise>) -> Option<Beside> {
        let (core, end) = (Rc::downgrade(self), end.clone());
        let done = move || {
            if let Some(core) = core.upgrade() {
                core.push(Ready::Fire(end));
            }
        };
        self.host.block_beside(length, Box::new(done))
    }
}
