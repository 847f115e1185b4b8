/// Something that tasks share or drive: a generator, a lock, a queue.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its number, from 1.
    pub id: u32,
    /// What it is: `generator`, `lock`, `queue` and so on.
    pub kind: &'static str,
    /// The program's name for it.
    pub name: String,
    /// How much it holds; 0 where that means nothing.
    pub capacity: u32,
}
