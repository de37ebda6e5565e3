// What BrowserPlatform.cs and IndexedDbStore.cs call.
export * from './account.js';
export * from './database.js';
export * from './lead.js';
export * from './notifications.js';
export * from './page.js';
