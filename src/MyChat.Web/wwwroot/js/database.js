// The store of one account: messages and documents in one IndexedDB database. Every function is one transaction, however much it moves.

const version = 2;
const searched = 1000; // messages that one step of a search looks at
const stores = new Map(); // what is open, by the number that .NET knows it by
let lastStore = 0;
const both = ['messages', 'documents'];

/** What is done by each version; a later one adds a step and changes none. */
const upgrades = [
  database => {
    const messages = database.createObjectStore('messages', { keyPath: 'key' });
    messages.createIndex('order', ['contact', 'order']);
    messages.createIndex('received', ['contact', 'received']); // the order of others' messages; mine lack it
    messages.createIndex('id', ['contact', 'id']);
    messages.createIndex('stanzaId', 'stanzaId');
    messages.createIndex('queued', 'queued'); // its place in the outbox; others lack it
    database.createObjectStore('documents');
  },
  (_, transaction) => transaction.objectStore('messages').createIndex('place', 'order'),
];

const done = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** An error that .NET can read: it gets nothing but the text. */
function told(error) {
  return new Error(`${error?.name ?? 'Error'}: ${error?.message ?? 'the transaction was aborted'}`);
}

async function guarded(work) {
  try {
    return await work();
  } catch (error) {
    throw told(error);
  }
}

export const openStore = name => guarded(async () => {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = event => upgrades.slice(event.oldVersion).forEach(step => step(request.result, request.transaction));
  const database = await new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    // A tab with an older version of the app did not let go (it does at once, see below).
    request.onblocked = () => reject(new DOMException('Another tab uses an older version.', 'InvalidStateError'));
  });
  database.onversionchange = () => database.close();
  stores.set(++lastStore, { database, isCleared: false });
  return lastStore;
});

const read = (store, name) => stores.get(store).database.transaction(name, 'readonly').objectStore(name);
const json = records => JSON.stringify(records);

export const readDocuments = (store, prefix) => guarded(async () => {
  const documents = read(store, 'documents');
  const range = prefix === '' ? undefined : IDBKeyRange.bound(prefix, prefix + '\uffff');
  const [keys, values] = await Promise.all([done(documents.getAllKeys(range)), done(documents.getAll(range))]);
  return json(Object.fromEntries(keys.map((key, index) => [key, values[index]])));
});

/** Messages above `after` and below `before`; orders are texts that sort as their numbers do. */
export const readMessages = (store, contact, after, before, count, fromStart) => guarded(async () => {
  if (after >= before || count <= 0) {
    return '[]';
  }
  const index = read(store, 'messages').index('order');
  const range = IDBKeyRange.bound([contact, after], [contact, before], true, true);
  if (fromStart) {
    return json(await done(index.getAll(range, count)));
  }
  const found = [];
  const request = index.openCursor(range, 'prev');
  await new Promise((resolve, reject) => {
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const cursor = request.result;
      if (cursor) {
        found.push(cursor.value);
      }
      if (cursor && found.length < count) {
        cursor.continue();
      } else {
        resolve();
      }
    };
  });
  return json(found.reverse());
});

export const countReceived = (store, contact, after) => guarded(() =>
  done(read(store, 'messages').index('received').count(IDBKeyRange.bound([contact, after], [contact, []], true)))); // a list sorts after every text

export const findByKey = (store, key) => guarded(async () => json(await done(read(store, 'messages').get(key)) ?? null));

export const findById = (store, contact, id) => guarded(async () => json(await done(read(store, 'messages').index('id').getAll([contact, id]))));

export const findByStanzaId = (store, id) => guarded(async () => json(await done(read(store, 'messages').index('stanzaId').get(id)) ?? null));

/** The last messages below `before` that have all words, and where to go on: it looks at a bounded number of them. */
export const search = (store, contact, words, before, count) => guarded(async () => {
  const wanted = JSON.parse(words).map(word => word.toLocaleLowerCase());
  const has = message => {
    const body = message.body.toLocaleLowerCase();
    return wanted.length > 0 && wanted.every(word => body.includes(word));
  };
  const messages = read(store, 'messages');
  const request = contact === null
    ? messages.index('place').openCursor(IDBKeyRange.upperBound(before, true), 'prev')
    : messages.index('order').openCursor(IDBKeyRange.bound([contact, ''], [contact, before], true, true), 'prev');
  const found = [];
  let looked = 0;
  let at = null;
  await new Promise((resolve, reject) => {
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) {
        at = null;
        resolve();
        return;
      }
      const message = cursor.value;
      if (at !== null && message.order !== at && (looked >= searched || found.length >= count)) {
        resolve();
        return;
      }
      at = message.order;
      looked++;
      if (has(message)) {
        found.push(message);
      }
      cursor.continue();
    };
  });
  return json({ messages: found, before: at });
});

export const readQueued = store => guarded(async () => json(await done(read(store, 'messages').index('queued').getAll())));

/** Runs a change in one transaction; it is on the disk when this returns. */
async function write(store, change) {
  const transaction = stores.get(store).database.transaction(both, 'readwrite', { durability: 'strict' });
  const ended = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
  try {
    await change(transaction.objectStore('messages'), transaction.objectStore('documents'));
  } catch (error) {
    ended.catch(() => { }); // the cause is the error itself
    try {
      transaction.abort();
    } catch {
      // It is already.
    }
    throw transaction.error ?? error;
  }
  await ended;
}

/** The message with its place in the outbox: the one that it has, or the end. */
async function queued(messages, message) {
  const place = (await done(messages.get(message.key)))?.queued
    ?? ((await done(messages.index('queued').openKeyCursor(null, 'prev')))?.key ?? 0) + 1;
  return { ...message, queued: place };
}

export const commit = (store, batch) => guarded(async () => {
  const { messages, deleted, documents } = JSON.parse(batch);
  await write(store, async (ofMessages, ofDocuments) => {
    for (const message of messages) {
      ofMessages.put(message.state === 'queued' ? await queued(ofMessages, message) : message);
    }
    deleted.forEach(key => ofMessages.delete(key));
    for (const [key, value] of Object.entries(documents)) {
      if (value === null) {
        ofDocuments.delete(key);
      } else {
        ofDocuments.put(value, key);
      }
    }
  });
  stores.get(store).isCleared = false;
});

export const clear = store => guarded(async () => {
  await write(store, (messages, documents) => {
    messages.clear();
    documents.clear();
  });
  stores.get(store).isCleared = true;
});

/** Closes it; one that was cleared goes altogether, for its name tells the account. */
export function closeStore(store) {
  const { database, isCleared } = stores.get(store);
  stores.delete(store);
  database.close();
  if (isCleared) {
    indexedDB.deleteDatabase(database.name);
  }
}
