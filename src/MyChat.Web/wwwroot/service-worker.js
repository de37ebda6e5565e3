// Lets the app start without a network, never with a version that the server no longer serves: what has a hash in its name comes from the cache,
// everything else from the server as long as it answers. Each version is cached whole; offline, one version is served and not a mixture.
importScripts('assets.js'); // self.assetsManifest: written at publishing, with a hash of every file

const prefix = 'mychat-';
const cacheName = prefix + self.assetsManifest.version;
const page = 'index.html';
const isHashed = path => /\.[a-z0-9]{10}\.(?:wasm|js|dat)$/.test(path);
const isUsed = ({ url }) => !url.includes('/icudt_no_CJK'); // see boot.js
const files = new Map(self.assetsManifest.assets.filter(isUsed).map(({ url, hash }) => [new URL(url, registration.scope).pathname, hash]));

addEventListener('install', event => event.waitUntil(fill().then(() => skipWaiting())));

addEventListener('activate', event => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix) && name !== cacheName) {
      await caches.delete(name);
    }
  }
  await clients.claim();
})()));

/** Caches this version: what an older one has under the same hash is copied. */
async function fill() {
  const cache = await caches.open(cacheName);
  await Promise.all([...files].map(async ([path, integrity]) => {
    const old = isHashed(path) ? await caches.match(path) : undefined;
    await cache.put(path, old ?? await fresh(path, integrity));
  }));
}

async function fresh(path, integrity) {
  const response = await fetch(path, { integrity, cache: isHashed(path) ? 'default' : 'no-cache' });
  if (!response.ok) {
    throw new Error(`${path}: ${response.status}`);
  }
  return response;
}

addEventListener('fetch', event => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) {
    return;
  }
  if (request.mode === 'navigate') {
    event.respondWith(serverFirst(request, new URL(page, registration.scope).pathname));
  } else if (isHashed(pathname)) {
    event.respondWith(cacheFirst(request, pathname));
  } else if (files.has(pathname)) {
    event.respondWith(serverFirst(request, pathname));
  }
});

async function cacheFirst(request, path) {
  return await (await caches.open(cacheName)).match(path) ?? await fetch(request);
}

async function serverFirst(request, path) {
  const cached = async () => await (await caches.open(cacheName)).match(path);
  try {
    const response = await fetch(request);
    // A proxy answers for a server that is down.
    return response.status >= 500 ? await cached() ?? response : response;
  } catch (error) {
    const response = await cached();
    if (response === undefined) {
      throw error;
    }
    return response;
  }
}

addEventListener('message', event => {
  // A page asks how it is called here, so that a click on its notification leads to it and not to another tab.
  if (event.data?.ask === 'id') {
    event.source.postMessage({ id: event.source.id });
  }
});

addEventListener('notificationclick', event => {
  event.notification.close();
  event.waitUntil(show(event.notification.data ?? {}));
});

async function show({ open, page }) {
  const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const window = pages.find(({ id }) => id === page) ?? pages[0];
  if (window) {
    await window.focus();
    window.postMessage({ open });
  } else {
    await clients.openWindow(`./?open=${encodeURIComponent(open)}`);
  }
}
