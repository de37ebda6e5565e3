// One tab of the browser runs the client (Web Locks).

const name = 'mychat';
let leads = false;

/** Becomes the leader: true. False: another tab is, and it was not to be taken over. */
export function lead(takeOver, lost) {
  if (leads || !navigator.locks) {
    return Promise.resolve(true); // without locks (an insecure page, where nobody can log in) there is nothing to lead
  }
  return new Promise((resolve, reject) => {
    const hold = lock => {
      leads = lock !== null;
      resolve(leads);
      return leads ? new Promise(() => { }) : undefined; // until the page goes, or another tab takes it
    };
    navigator.locks.request(name, takeOver ? { steal: true } : { ifAvailable: true }, hold).catch(error => {
      if (leads) {
        leads = false;
        lost();
      } else {
        reject(error);
      }
    });
  });
}
