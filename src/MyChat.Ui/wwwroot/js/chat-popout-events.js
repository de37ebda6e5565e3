// Lets a chat live in a window of its own. Blazor listens on this page's document; a popped-out chat's elements are in another document. So what is
// registered on this document is registered on the documents of those windows too. A classic script: it must run before Blazor's.
(() => {
  const documents = new Set();
  const registrations = [];
  // What concerns a document as a whole, not something in it.
  const ownToEach = new Set(['visibilitychange', 'readystatechange', 'DOMContentLoaded', 'selectionchange', 'fullscreenchange']);

  const add = document.addEventListener.bind(document);
  const remove = document.removeEventListener.bind(document);
  const query = document.querySelector.bind(document);
  const capture = options => typeof options === 'boolean' ? options : !!options?.capture;

  document.addEventListener = (type, listener, options) => {
    add(type, listener, options);
    if (!listener || ownToEach.has(type)) {
      return;
    }
    if (registrations.some(r => r.type === type && r.listener === listener && r.capture === capture(options))) {
      return;
    }
    const registration = { type, listener, options, capture: capture(options), relay: relay(listener) };
    registrations.push(registration);
    for (const other of documents) {
      other.addEventListener(type, registration.relay, options);
    }
  };

  document.removeEventListener = (type, listener, options) => {
    remove(type, listener, options);
    const at = registrations.findIndex(r => r.type === type && r.listener === listener && r.capture === capture(options));
    if (at >= 0) {
      const [registration] = registrations.splice(at, 1);
      for (const other of documents) {
        other.removeEventListener(type, registration.relay, options);
      }
    }
  };

  // Blazor finds a referenced element by an attribute, in this document only.
  document.querySelector = selector => {
    let found = query(selector);
    if (!found && typeof selector === 'string' && selector.startsWith('[_bl_')) {
      for (const other of documents) {
        found ??= other.querySelector(selector);
      }
    }
    return found;
  };

  function relay(listener) {
    return event => {
      const own = foreign(event) ? ownAncestor(event.target) : null;
      const told = own ? withTarget(event, own) : event;
      if (typeof listener === 'function') {
        listener.call(event.currentTarget, told);
      } else {
        listener.handleEvent(told);
      }
    };
  }

  // An element that a script made over there is no Element of this window, and Blazor would look away.
  const foreign = event => event.target?.nodeType === Node.ELEMENT_NODE && !(event.target instanceof Element);

  function ownAncestor(element) {
    while (element && !(element instanceof Element)) {
      element = element.parentElement;
    }
    return element;
  }

  const withTarget = (event, target) => new Proxy(event, {
    get(of, name) {
      const value = name === 'target' ? target : Reflect.get(of, name, of);
      return typeof value === 'function' ? value.bind(of) : value;
    },
  });

  window.myChatPopouts = {
    attach(other) {
      documents.add(other);
      for (const r of registrations) {
        other.addEventListener(r.type, r.relay, r.options);
      }
    },
    detach(other) {
      documents.delete(other);
      for (const r of registrations) {
        other.removeEventListener(r.type, r.relay, r.options);
      }
    },
  };
})();
