use std::collections::BTreeMap;
use std::rc::Rc;

/// A text of the trace: an index in its string table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text(pub(crate) u32);

impl Text {
    /// Returns the index in the string table.
    pub fn index(self) -> u32 {
        self.0
    }
}

/// The string table: every text once, the empty one at index 0.
#[derive(Debug, Default)]
pub(super) struct Strings {
    texts: Vec<Rc<str>>,
    index: BTreeMap<Rc<str>, Text>,
}

impl Strings {
    pub(super) fn new() -> Self {
        let empty: Rc<str> = "".into();
        Strings { texts: vec![empty.clone()], index: BTreeMap::from([(empty, Text(0))]) }
    }

    pub(super) fn intern(&mut self, text: &str) -> Text {
        if let Some(&known) = self.index.get(text) {
            return known;
        }
        let text: Rc<str> = text.into();
        let new = Text(self.texts.len() as u32);
        self.texts.push(text.clone());
        self.index.insert(text, new);
        new
    }

    pub(super) fn get(&self, text: Text) -> Rc<str> {
        self.texts[text.0 as usize].clone()
    }

    pub(super) fn from(&self, first: usize) -> &[Rc<str>] {
        &self.texts[first..]
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }
}
