// The page and its surroundings: language, settings, network, cryptography, installing.

const settingsKey = 'mychat.settings'; // start.js reads it too

export const isSecure = () => isSecureContext;
export const isLoopback = () => isSecureContext && location.protocol === 'http:';
export const address = () => location.href;
export const languages = () => navigator.languages.join(',');

/** What the server tells of itself, or null when it does not answer. */
export async function loadFacts() {
  try {
    const answer = await fetch('client.json', { cache: 'no-cache' });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}

export function loadSettings() {
  try {
    return localStorage.getItem(settingsKey);
  } catch {
    return null; // forbidden
  }
}

export function saveSettings(json) {
  try {
    localStorage.setItem(settingsKey, json);
  } catch {
    // Forbidden or full: they hold for as long as the page does.
  }
}

/** PBKDF2 (RFC 8018), in base64; in its own thread, and a good deal faster than in WebAssembly. */
export async function deriveKey(hash, password, salt, iterations, bytes) {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(password), 'PBKDF2', false, ['deriveBits']);
  const parameters = { name: 'PBKDF2', hash, iterations, salt: Uint8Array.from(atob(salt), char => char.charCodeAt(0)) };
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.deriveBits(parameters, key, bytes * 8))));
}

/** Calls back when the network came or went, when the page can be seen again, or when the machine must have slept. */
export function watchNetwork(changed) {
  const tick = 30_000;
  const longest = 180_000; // a page in the background ticks once a minute
  addEventListener('online', changed);
  addEventListener('offline', changed);
  document.addEventListener('resume', changed);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && changed());
  let last = Date.now();
  setInterval(() => {
    const now = Date.now();
    if (now - last > longest) {
      changed();
    }
    last = now;
  }, tick);
}

/** Asks the browser not to throw this site's storage away when the disk is short. */
export async function keepStorage() {
  try {
    await navigator.storage?.persist?.();
  } catch {
    // It may be thrown away: the server's archive has it all.
  }
}

export async function setBadge(count) {
  try {
    await (count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.());
  } catch {
    // Not installed, or not allowed.
  }
}

export const canInstall = () => globalThis.mychatInstall?.offer != null;

export function watchInstall(changed) {
  globalThis.mychatInstall.changed = changed;
}

/** Shows the browser's question; call it from a click. */
export async function install() {
  const { offer } = globalThis.mychatInstall;
  globalThis.mychatInstall.offer = null; // each asks once
  await offer?.prompt();
}
