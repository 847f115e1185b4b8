// The peers of tasks that a page has without us.

/** Begins so many async functions, each of which goes on in a later microtask, and waits for all. */
export function promises(count) {
  const task = async (number) => {
    await null;
    return number;
  };
  return Promise.all(Array.from({ length: count }, (_, number) => task(number)));
}

/** Wakes so many promises with a timer each, after so many milliseconds. */
export function sleepers(count, milliseconds) {
  return Promise.all(Array.from({ length: count }, () => new Promise((wake) => setTimeout(wake, milliseconds))));
}

/** The same as programs have it: each is an async function that awaits its sleep. */
export function asyncSleepers(count, milliseconds) {
  const sleep = () => new Promise((wake) => setTimeout(wake, milliseconds));
  const task = async () => {
    await sleep();
  };
  return Promise.all(Array.from({ length: count }, task));
}
