// Fetches a view, a piece of the page made by the server, and puts it in its place.
// A place shows the newest asking alone: one that comes late, after another was asked for, is thrown away.

const running = new WeakMap();

// A reply that is not wanted leaves the place as it was; its words are kept with it.
export async function fetchView(place, address, sent, isWanted = () => true) {
  running.get(place)?.abort();
  const control = new AbortController();
  running.set(place, control);
  place.setAttribute("aria-busy", "true");
  try {
    const reply = await fetch(address, { ...(sent && posted(sent)), signal: control.signal });
    const html = await reply.text();
    if (running.get(place) !== control) return null;
    if (isWanted(reply)) place.innerHTML = html;
    else reply.words = html;
    return reply;
  } catch (error) {
    if (error.name !== "AbortError") throw error;
    return null;
  } finally {
    if (running.get(place) === control) {
      running.delete(place);
      place.removeAttribute("aria-busy");
    }
  }
}

// Empties a place, whatever is on its way to it.
export function dropView(place) {
  running.get(place)?.abort();
  running.delete(place);
  place.removeAttribute("aria-busy");
  place.replaceChildren();
}

// What is posted: text and files as they are, anything else as JSON.
export function posted(sent) {
  if (typeof sent === "string" || sent instanceof Blob) return { method: "POST", body: sent };
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) };
}
