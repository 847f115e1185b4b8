//! A hash of contents, for names that change when the contents do.

/// FNV-1a: nobody attacks our own file names, so a few lines do.
pub(crate) struct Hash(u64);

impl Hash {
    /// Returns the hash of nothing.
    pub(crate) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Adds a piece; where one ends and the next begins counts.
    pub(crate) fn add(&mut self, piece: &[u8]) {
        let length = (piece.len() as u64).to_le_bytes();
        for byte in length.iter().chain(piece) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// Writes the hash as a name: a letter first, so that no tool takes it for a number.
    pub(crate) fn name(&self) -> String {
        format!("v{:012x}", self.0 >> 16)
    }

    /// Whether a name is one that `name` writes.
    pub(crate) fn is_name(name: &str) -> bool {
        let digits = name.strip_prefix('v').unwrap_or_default();
        digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    }
}

#[cfg(test)]
mod tests {
    use super::Hash;

    fn name(pieces: &[&str]) -> String {
        let mut hash = Hash::new();
        pieces.iter().for_each(|piece| hash.add(piece.as_bytes()));
        hash.name()
    }

    #[test]
    fn the_name_depends_on_every_piece_and_its_bounds() {
        assert_eq!(name(&["ab", "c"]), name(&["ab", "c"]));
        assert_ne!(name(&["ab", "c"]), name(&["a", "bc"]));
        assert_ne!(name(&["ab", "c"]), name(&["ab", "d"]));
        assert!(Hash::is_name(&name(&[])));
        assert!(!Hash::is_name("view"));
    }
}
