// Before anything is shown: the language and the theme of the page, as they were chosen on this device or as the system prefers. And what the
// browser tells so early that nobody listens yet.
(() => {
  'use strict';
  let settings = {};
  try {
    settings = JSON.parse(localStorage.getItem('mychat.settings')) ?? {};
  } catch {
    // Storage is forbidden, or holds something else: the system decides.
  }
  const known = tag => /^zh\b/i.test(tag) ? 'zh-Hans' : /^en\b/i.test(tag) ? 'en' : null;
  const root = document.documentElement;
  root.lang = known(settings.language ?? '') ?? navigator.languages.map(known).find(tag => tag) ?? 'en';
  root.dataset.theme = settings.theme ?? 'system';
  root.classList.add('scripted');
  document.querySelector('link[rel=manifest]').href = `manifest.${root.lang}.webmanifest`;

  const install = globalThis.mychatInstall = { offer: null, changed: null };
  addEventListener('beforeinstallprompt', event => {
    event.preventDefault(); // the app offers it in its own place
    install.offer = event;
    install.changed?.();
  });
  addEventListener('appinstalled', () => {
    install.offer = null;
    install.changed?.();
  });
})();
