// Starts .NET, then the service worker, which would only compete with the first load.
(async () => {
  'use strict';
  // The words on the screen are not from there: the culture only says whose data loads, to order names in Chinese for who reads it.
  const readsChinese = [document.documentElement.lang, ...navigator.languages].some(tag => /^zh\b/i.test(tag));
  try {
    await Blazor.start({ applicationCulture: readsChinese ? 'zh-Hans' : 'en' });
  } catch (error) {
    const start = document.querySelector('.start');
    start?.querySelector('.start-scripted').remove();
    start?.querySelector('.start-failed').removeAttribute('hidden');
    start?.querySelectorAll('.start-again').forEach(button => button.addEventListener('click', () => location.reload()));
    throw error;
  }
  try {
    await navigator.serviceWorker?.register('service-worker.js', { updateViaCache: 'none' });
  } catch (error) {
    // A certificate that the user accepted for the page does not count for it, for instance.
    console.info(`MyChat cannot be installed here: ${error.message}`);
  }
})();
