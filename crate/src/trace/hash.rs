/// A rolling hash over all that was recorded: two runs with the same hash had the same schedule.
///
/// FNV-1a with 64 bits: a few instructions a byte, the same on every target, and not a defence against anyone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Hash(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    /// Returns the hash of some bytes alone.
    pub(super) fn of(bytes: &[u8]) -> u64 {
        let mut hash = Hash::default();
        hash.bytes(bytes);
        hash.0
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    pub(super) fn number(&mut self, number: u64) {
        self.bytes(&number.to_le_bytes());
    }

    pub(super) fn hex(self) -> String {
        format!("{:016x}", self.0)
    }
}
