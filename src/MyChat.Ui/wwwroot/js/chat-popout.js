// Windows of their own for chats: a component's elements are moved into a window that this page opened, and stay Blazor's.
const windows = new Map();

/**
 * Opens a window and moves `root` into it. `owner.Closed` is told when the user closes it.
 * @returns whether the browser let it.
 */
export function open(key, root, title, owner) {
  if (windows.has(key)) {
    show(key);
    return true;
  }
  // A name makes a second attempt find the first one's window; the size is a phone's, as a chat needs no more.
  const view = window.open('', `chat-${hash(key)}`, 'popup,width=460,height=640');
  if (!view) {
    return false;
  }
  const page = prepare(view, title);
  const entry = { view, root, home: root.parentNode, observers: copyLook(page), owner };
  windows.set(key, entry);
  window.myChatPopouts.attach(page);
  page.body.append(root);
  view.addEventListener('pagehide', () => closed(key));
  view.focus();
  return true;
}

export function show(key) {
  windows.get(key)?.view.focus();
}

export function retitle(key, title) {
  const entry = windows.get(key);
  if (entry) {
    entry.view.document.title = title;
  }
}

/** Closes it from here: the component goes. */
export function close(key) {
  const entry = takeBack(key);
  entry?.view.close();
}

function prepare(view, title) {
  const page = view.document;
  // Written rather than built: a blank page would be in quirks mode.
  page.open();
  page.write('<!DOCTYPE html><html><head></head><body></body></html>');
  page.close();
  page.title = title;
  page.body.className = 'chat-window';
  const base = page.createElement('base');
  base.href = document.baseURI;
  page.head.append(base);
  for (const meta of document.querySelectorAll('meta[name=viewport], meta[name=color-scheme]')) {
    page.head.append(page.importNode(meta));
  }
  return page;
}

/** Style sheets, language and theme follow this page's. */
function copyLook(page) {
  const copyLinks = () => {
    const present = new Set([...page.querySelectorAll('link')].map(link => link.href));
    for (const link of document.querySelectorAll('link[rel=stylesheet], link[rel=icon]')) {
      if (!present.has(link.href)) {
        const copy = page.createElement('link');
        copy.rel = link.rel;
        copy.href = link.href;
        page.head.append(copy);
      }
    }
  };
  const copyAttributes = () => {
    const from = document.documentElement;
    const to = page.documentElement;
    for (const name of to.getAttributeNames().filter(name => name !== 'style' && !from.hasAttribute(name))) {
      to.removeAttribute(name);
    }
    for (const name of from.getAttributeNames().filter(name => name !== 'style')) {
      to.setAttribute(name, from.getAttribute(name));
    }
    // The content security policy forbids the attribute, not this.
    to.style.cssText = from.style.cssText;
  };
  copyLinks();
  copyAttributes();
  const attributes = new MutationObserver(copyAttributes);
  attributes.observe(document.documentElement, { attributes: true });
  const links = new MutationObserver(copyLinks);
  links.observe(document.head, { childList: true });
  return [attributes, links];
}

/** The user closed the window. */
function closed(key) {
  const entry = takeBack(key);
  entry?.owner.invokeMethodAsync('Closed').catch(() => { /* the app has gone too */ });
}

function takeBack(key) {
  const entry = windows.get(key);
  if (!entry) {
    return null;
  }
  windows.delete(key);
  entry.observers.forEach(observer => observer.disconnect());
  window.myChatPopouts.detach(entry.view.document);
  // Blazor removes it from where it put it.
  entry.home.append(entry.root);
  return entry;
}

function hash(text) {
  let value = 0;
  for (const unit of text) {
    value = (value * 31 + unit.codePointAt(0)) >>> 0;
  }
  return value.toString(36);
}

addEventListener('pagehide', () => {
  for (const key of [...windows.keys()]) {
    close(key);
  }
});
