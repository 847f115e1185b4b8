// The peers of tasks that a page has without us.

/** Begins so many async functions, each of which goes on in a later microtask, and waits for all. */
export function promises(count) {
  const task = async (number) => {
    await null;
    return number;
  };
  return Promise.all(Array.from({ length: count }, (_, number) => task(number)));
}

/** Wakes so many promises with a timer each. */
export function sleepers(count) {
  return Promise.all(Array.from({ length: count }, () => new Promise((wake) => setTimeout(wake, 1))));
}
