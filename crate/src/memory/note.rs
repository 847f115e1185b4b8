use std::cell::{Ref, RefCell};

use super::aside;

/// A text that is only there to be shown: its bytes are not the program's.
#[derive(Debug, Default)]
pub(crate) struct Note(RefCell<String>);

impl Note {
    /// Replaces the text.
    pub(crate) fn set(&self, text: &str) {
        aside(|| text.clone_into(&mut self.0.borrow_mut()));
    }

    /// Gives the text to read.
    pub(crate) fn read(&self) -> Ref<'_, str> {
        Ref::map(self.0.borrow(), String::as_str)
    }
}

impl Drop for Note {
    fn drop(&mut self) {
        let text = std::mem::take(self.0.get_mut());
        if text.capacity() > 0 {
            aside(|| drop(text));
        }
    }
}
