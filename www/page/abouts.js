/** What each scenario shows, in a paragraph; only this page tells it. */

const ADDRESS = new URL("../pkg/programs/about.json", import.meta.url);

/** Fetches the paragraphs, by the scenarios' names. Without them all else works. @returns {Promise<Record<string, string>>} */
export async function abouts() {
  try {
    const response = await fetch(ADDRESS);
    return response.ok ? await response.json() : {};
  } catch {
    return {};
  }
}
