/** Fetches a file of ours; throws a sentence for the reader where it cannot be had. @param {string} address @param {string} what */
export async function get(address, what) {
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return await response.arrayBuffer();
  } catch (error) {
    throw new Error(`${what} could not be fetched from ${address}: ${/** @type {Error} */ (error).message}`);
  }
}
