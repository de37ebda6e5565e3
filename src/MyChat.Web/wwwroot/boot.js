// Starts .NET in the language of the page, then the service worker, which would only compete with the first load.
(async () => {
  'use strict';
  try {
    await Blazor.start({ applicationCulture: document.documentElement.lang });
  } catch (error) {
    const start = document.querySelector('.start');
    start?.querySelector('.start-scripted').remove();
    start?.querySelector('.start-failed').removeAttribute('hidden');
    start?.querySelectorAll('.start-again').forEach(button => button.addEventListener('click', () => location.reload()));
    throw error;
  }
  await navigator.serviceWorker?.register('service-worker.js', { updateViaCache: 'none' });
})();
