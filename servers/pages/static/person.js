// Who is signed in here, and the proof that a request comes from our own page.

let known = { signed_in: false, name: null, csrf: null };

// Asks who this browser's session belongs to: a guest where that cannot be learned.
export async function meet() {
  try {
    const response = await fetch("/session", { headers: { Accept: "application/json" }, cache: "no-store" });
    if (response.ok) known = await response.json();
  } catch {
    // Whoever cannot be asked about is a guest; the server decides anyway.
  }
  return known;
}

// What a change made with the cookie must bring along.
export const proof = () => (known.csrf ? { "X-CSRF-Token": known.csrf } : {});

// Where to sign in, and back to this page.
export const door = () => `/sign-in?next=${encodeURIComponent(location.pathname)}`;
