// The remembered account: one record, in a database of its own.

async function run(mode, work) {
  const request = indexedDB.open('mychat', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('kept');
  const database = await new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction('kept', mode, { durability: 'strict' });
      const outcome = work(transaction.objectStore('kept'));
      transaction.oncomplete = () => resolve(outcome.result ?? null);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export const loadAccount = () => run('readonly', kept => kept.get('account'));

export const saveAccount = json => run('readwrite', kept => json === null ? kept.delete('account') : kept.put(json, 'account'));
