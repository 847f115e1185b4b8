/** Fetches a file of ours; throws a sentence for the reader where it cannot be had. @param {string} address @param {string} what */
export async function get(address, what) {
  const response = await fetch(address).catch((error) => {
    throw new Error(`${what} could not be fetched from ${new URL(".", address).href}: ${error.message}`);
  });
  if (!response.ok) throw new Error(`${what} could not be fetched: ${address} answered ${response.status}`);
  return response.arrayBuffer();
}
