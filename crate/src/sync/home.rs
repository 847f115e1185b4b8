use std::cell::OnceCell;
use std::fmt::Debug;
use std::rc::{Rc, Weak};

use crate::error::{Error, Result};
use crate::executor::{Core, current, no_loop};

/// The loop on which somebody had to wait first. As in asyncio, nobody can wait on another one after that.
#[derive(Default)]
pub(super) struct Home(OnceCell<Weak<Core>>);

impl Home {
    /// Lets the running loop wait, if it is the first one or the same.
    pub(super) fn enter(&self, of: &dyn Debug) -> Result<()> {
        let core = current().ok_or_else(no_loop)?.core;
        if core.is(self.0.get_or_init(|| Rc::downgrade(&core))) {
            return Ok(());
        }
        Err(Error::runtime(format!("{of:?} is bound to a different event loop")))
    }
}
