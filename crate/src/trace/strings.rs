use std::borrow::Cow;
use std::rc::Rc;

use super::hash::Hash;
use crate::shelf::Index;

/// A text that is longer, in bytes, is cut: nobody reads more of one in a trace. No scenario prints as much.
const LONGEST: usize = 1 << 16;

/// How many bytes of text are kept, each with what keeping it costs.
const ROOM: usize = 1 << 24;
const COST: usize = 64;

/// What stands for the texts for which there is no room.
const MARK: &str = "… (no room for more texts)";

/// A text of the trace: an index in its string table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text(pub(crate) u32);

impl Text {
    /// Returns the index in the string table.
    pub fn index(self) -> u32 {
        self.0
    }
}

/// The string table: every text once, the empty one at index 0. It is bounded: what does not fit says so in its place.
#[derive(Debug, Default)]
pub(super) struct Strings {
    texts: Vec<Rc<str>>,
    /// By the hash of a text, or by the next number that was free when another text had that.
    index: Index,
    /// How many more bytes may be kept.
    room: usize,
    /// How often there was no room.
    lost: u64,
}

impl Strings {
    pub(super) fn new() -> Self {
        Self::with_room(ROOM)
    }

    fn with_room(room: usize) -> Self {
        Strings { texts: vec!["".into()], index: Index::default(), room, lost: 0 }
    }

    pub(super) fn intern(&mut self, text: &str) -> Text {
        // Most events have no text: they need not be looked up.
        if text.is_empty() {
            return Text::default();
        }
        let text = cut(text);
        let key = match self.find(&text) {
            Ok(known) => return known,
            Err(key) => key,
        };
        match self.room.checked_sub(text.len() + COST) {
            Some(room) => {
                self.room = room;
                self.add(key, &text)
            }
            None => {
                self.lost += 1;
                self.find(MARK).unwrap_or_else(|key| self.add(key, MARK))
            }
        }
    }

    /// Finds a text, or the number by which it is to be found.
    fn find(&self, text: &str) -> Result<Text, u64> {
        let mut key = Hash::of(text.as_bytes());
        while let Some(known) = self.index.get(key) {
            if *self.texts[known as usize] == *text {
                return Ok(Text(known));
            }
            key = key.wrapping_add(1);
        }
        Err(key)
    }

    fn add(&mut self, key: u64, text: &str) -> Text {
        let new = Text(self.texts.len() as u32);
        self.texts.push(text.into());
        self.index.insert(key, new.0);
        new
    }

    pub(super) fn get(&self, text: Text) -> Rc<str> {
        self.texts[text.0 as usize].clone()
    }

    pub(super) fn from(&self, first: usize) -> &[Rc<str>] {
        &self.texts[first..]
    }

    /// Says how often a text was not kept.
    pub(super) fn lost(&self) -> u64 {
        self.lost
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }
}

/// Cuts a text that is too long, and says how much is missing.
fn cut(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST {
        return text.into();
    }
    let kept = &text[..text.floor_char_boundary(LONGEST)];
    format!("{kept}… ({} more bytes)", text.len() - kept.len()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_two_characters_and_says_so() {
        let mut strings = Strings::new();
        let whole = "é".repeat(LONGEST / 2);
        let text = strings.intern(&whole);
        assert_eq!(&*strings.get(text), whole);
        let long = strings.intern(&format!("a{whole}b"));
        assert_eq!(*strings.get(long), format!("a{}… (3 more bytes)", "é".repeat(LONGEST / 2 - 1)));
    }

    #[test]
    fn a_full_table_knows_its_texts_and_has_one_word_for_all_others() {
        let mut strings = Strings::with_room(3 * (COST + 1));
        let kept: Vec<_> = ["a", "b", "c"].map(|text| strings.intern(text)).into();
        let lost: Vec<_> = (0..1000).map(|number| strings.intern(&format!("text {number}"))).collect();
        assert!(lost.iter().all(|text| &*strings.get(*text) == MARK));
        assert_eq!(strings.lost(), 1000);
        assert_eq!(["a", "b", "c"].map(|text| strings.intern(text)).to_vec(), kept);
        assert_eq!((strings.intern("").index(), strings.len(), strings.lost()), (0, 5, 1000));
    }
}
