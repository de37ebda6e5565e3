// Notifications: through the service worker where it runs, so that a click still leads somewhere when the page is gone.

const shown = new Map(); // by tag: those of this page
let pageId; // how the service worker calls this page

export const permission = () => isSecureContext && 'Notification' in globalThis ? Notification.permission : 'unsupported';

export const requestPermission = async () => permission() === 'unsupported' ? 'unsupported' : await Notification.requestPermission();

const registration = async () => await navigator.serviceWorker?.getRegistration();

export async function notify(tag, title, body, open) {
  if (permission() !== 'granted') {
    return;
  }
  const options = { tag, body, icon: '/icons/icon-192.png', badge: '/icons/badge-96.png', renotify: true, data: { open, page: pageId } };
  const worker = await registration();
  if (worker?.active) {
    await worker.showNotification(title, options);
    return;
  }
  try {
    const notification = new Notification(title, options);
    shown.set(tag, notification);
    notification.onclick = () => {
      focus();
      notification.close();
      requestOpen(open);
    };
    notification.onclose = () => shown.get(tag) === notification && shown.delete(tag);
  } catch {
    // Android has them in service workers only.
  }
}

export async function withdraw(tag) {
  shown.get(tag)?.close();
  for (const notification of await (await registration())?.getNotifications({ tag }) ?? []) {
    notification.close();
  }
}

let requestOpen = () => { };

/** Calls back with the address in the app that a clicked notification leads to. */
export function watchOpen(open) {
  requestOpen = open;
  navigator.serviceWorker?.addEventListener('message', event => {
    pageId = event.data?.id ?? pageId;
    if (typeof event.data?.open === 'string') {
      open(event.data.open);
    }
  });
  navigator.serviceWorker?.ready.then(worker => worker.active.postMessage({ ask: 'id' }));
  // The service worker opened this page for a click.
  const wanted = new URLSearchParams(location.search).get('open');
  if (wanted !== null) {
    history.replaceState(null, '', location.pathname);
    open(wanted);
  }
}
