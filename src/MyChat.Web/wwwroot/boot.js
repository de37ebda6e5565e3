// Starts .NET in the language of the page, so that only that language's data loads.
(() => {
  'use strict';
  Blazor.start({ applicationCulture: document.documentElement.lang });
})();
