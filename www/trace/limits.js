/** What of a saved run a page can hold; more is refused with a sentence. The programs of this page stay below. */
export const LIMITS = {
  /** Characters of the file: V8 has no text with many more. */
  characters: 5e8,
  events: 5e6,
  /** The greatest number of a task, and of a resource: there are columns for all up to it. */
  tasks: 2 ** 22,
  resources: 2 ** 20,
  /** Characters of one text: the recorder keeps half as much. */
  text: 2 ** 17,
  kinds: 256,
  /** How deep a result may be nested. */
  depth: 64,
};
