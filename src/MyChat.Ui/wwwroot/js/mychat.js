// What the components of the screens need from the page. No state of the app lives here.

// ---- dialogs

const openDialogs = new Map();

export function openDialog(element, component) {
  const entry = { element, from: element.ownerDocument.activeElement };
  openDialogs.set(element.getAttribute('aria-labelledby'), entry);
  element.addEventListener('cancel', event => {
    // The component decides whether it closes; it then is no longer rendered.
    event.preventDefault();
    component.invokeMethodAsync('CloseAsync');
  });
  element.showModal();
  (element.querySelector('[autofocus]') ?? element.querySelector('.dialog-body input, .dialog-body select, .dialog-body textarea, footer .primary, footer button')
    ?? element.querySelector('button'))?.focus();
}

// The element may be gone already: the focus goes back to where the dialog came from.
export function closeDialog(id) {
  const entry = openDialogs.get(id);
  openDialogs.delete(id);
  if (entry?.element.open) {
    entry.element.close();
  }
  giveBack(entry?.from);
}

function giveBack(element) {
  if (element?.isConnected && element !== element.ownerDocument.body) {
    element.focus();
  } else if (document.activeElement === document.body || !document.activeElement) {
    (document.querySelector('dialog[open]') ?? document.querySelector('[data-pane]:not([hidden])'))?.focus();
  }
}

// ---- menus

const openMenus = new Map();

export function openMenu(menu, component, x, y) {
  const from = menu.ownerDocument.activeElement;
  if (!menu.isConnected) {
    return;
  }
  menu.showPopover();
  const anchor = x === null || (x === 0 && y === 0) ? from.getBoundingClientRect() : new DOMRect(x, y, 0, 0);
  place(menu, anchor);
  openMenus.set(menu, { from, component });
  menu.addEventListener('keydown', onMenuKey);
  menu.addEventListener('toggle', onMenuToggle);
  (menu.querySelector('[aria-checked=true]') ?? items(menu)[0])?.focus();
}

export function closeMenu(menu) {
  if (menu.isConnected && menu.matches(':popover-open')) {
    menu.hidePopover();
    const entry = openMenus.get(menu);
    giveBack(entry?.from);
  }
}

// Below the anchor where there is room, else above; never out of the window.
function place(menu, anchor) {
  const { width, height } = menu.getBoundingClientRect();
  const { innerWidth, innerHeight } = menu.ownerDocument.defaultView;
  const margin = 8;
  const rtl = getComputedStyle(menu).direction === 'rtl';
  const wanted = rtl ? anchor.right - width : anchor.left;
  const left = Math.max(margin, Math.min(wanted, innerWidth - width - margin));
  const below = anchor.bottom + 4;
  const top = below + height + margin <= innerHeight ? below : Math.max(margin, anchor.top - 4 - height);
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}

function items(menu) {
  return [...menu.querySelectorAll('[role^=menuitem]:not(:disabled)')];
}

function onMenuKey(event) {
  const all = items(this);
  const at = all.indexOf(this.ownerDocument.activeElement);
  let next = -1;
  switch (event.key) {
    case 'ArrowDown': next = (at + 1) % all.length; break;
    case 'ArrowUp': next = (at + all.length - 1) % all.length; break;
    case 'Home': next = 0; break;
    case 'End': next = all.length - 1; break;
    case 'Escape': event.stopPropagation(); event.preventDefault(); closeMenu(this); return;
    case 'Tab': event.preventDefault(); closeMenu(this); return;
    default:
      if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
        const wanted = event.key.toLocaleLowerCase();
        const order = [...all.slice(at + 1), ...all.slice(0, at + 1)];
        next = all.indexOf(order.find(item => item.textContent.trim().toLocaleLowerCase().startsWith(wanted)));
      }
  }
  if (next >= 0) {
    event.preventDefault();
    event.stopPropagation();
    all[next].focus();
  }
}

function onMenuToggle(event) {
  if (event.newState === 'closed') {
    this.removeEventListener('keydown', onMenuKey);
    this.removeEventListener('toggle', onMenuToggle);
    const entry = openMenus.get(this);
    openMenus.delete(this);
    entry?.component.invokeMethodAsync('OnClosedAsync');
  }
}

// ---- lists: one tab stop, the arrow keys move in it

export function roveList(list) {
  list.addEventListener('keydown', event => {
    const rows = [...list.querySelectorAll('[data-row]')];
    const at = rows.indexOf(list.ownerDocument.activeElement.closest('[data-row]'));
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1, PageDown: Math.min(at + 8, rows.length - 1), PageUp: Math.max(at - 8, 0) }[event.key];
    const fromSearch = event.key === 'ArrowDown' && !event.isComposing && event.target.matches('input[type=search]');
    if (next !== undefined && rows[next] && (at >= 0 || fromSearch) && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      rows[next].focus();
      rows[next].scrollIntoView({ block: 'nearest' });
    }
  });
  list.addEventListener('focusin', event => {
    const row = event.target.closest('[data-row]');
    if (row) {
      for (const other of list.querySelectorAll('[data-row]')) {
        other.tabIndex = other === row ? 0 : -1;
      }
    }
  });
}

// ---- the page

let dark;

export function setAppearance(lang, theme, textSize) {
  const root = document.documentElement;
  root.lang = lang;
  // CSSOM, which a strict style-src permits.
  root.style.fontSize = textSize === 100 ? '' : `${textSize}%`;
  dark ??= matchMedia('(prefers-color-scheme: dark)');
  const isDark = theme === 'dark' || (theme === 'system' && dark.matches);
  root.dataset.theme = isDark ? 'dark' : 'light';
  document.querySelector('meta[name=color-scheme]')?.setAttribute('content', theme === 'system' ? 'light dark' : theme);
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', isDark ? '#12161d' : '#eef1f6');
}

export function setTitle(title, hasUnread) {
  document.title = title;
  const link = document.querySelector('link[rel=icon]');
  if (link) {
    link.dataset.plain ??= link.getAttribute('href');
    const wanted = hasUnread ? './_content/MyChat.Ui/icons/mychat-unread.svg' : link.dataset.plain;
    if (link.getAttribute('href') !== wanted) {
      link.setAttribute('href', wanted);
    }
  }
}

export function focusElement(selector) {
  const element = document.querySelector(selector);
  element?.focus();
  return !!element;
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

let audio;

// Two soft notes. A browser plays nothing before the user has touched the page.
export function ring() {
  try {
    audio ??= new AudioContext();
    audio.resume();
    [[880, 0], [1175, 0.11]].forEach(([pitch, after]) => {
      const start = audio.currentTime + after;
      const note = new OscillatorNode(audio, { type: 'sine', frequency: pitch });
      const volume = new GainNode(audio, { gain: 0 });
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(0.12, start + 0.015);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.35);
      note.connect(volume).connect(audio.destination);
      note.start(start);
      note.stop(start + 0.4);
    });
  } catch {
    // No sound here.
  }
}

// ---- window-wide: focus of the window, keys

let windowComponent;

export function watchWindow(component) {
  windowComponent = component;
  const tell = () => {
    const visible = document.visibilityState === 'visible';
    component.invokeMethodAsync('OnAttentionAsync', visible && document.hasFocus(), visible).catch(() => { });
  };
  addEventListener('focus', tell);
  addEventListener('blur', tell);
  document.addEventListener('visibilitychange', tell);
  document.addEventListener('keydown', onWindowKey);
  addEventListener('keydown', onListKey, true);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => component.invokeMethodAsync('OnSchemeAsync').catch(() => { }));
  tell();
}

/**
 * Keys of a box that has a list: they choose in the list and do not move the caret, and those that an input method uses are its own. Here, as a script
 * that is loaded later would miss what is typed until then.
 */
function onListKey(event) {
  if (event.target.matches?.('[data-list-keys]') && ['Enter', 'ArrowDown', 'ArrowUp'].includes(event.key)) {
    if (event.isComposing || event.keyCode === 229) {
      event.stopImmediatePropagation();
    } else {
      event.preventDefault();
    }
  }
}

function onWindowKey(event) {
  // A chat in a window of its own is no part of this one's panes.
  if (event.isComposing || event.keyCode === 229 || event.target.ownerDocument !== document) {
    return;
  }
  if (event.key === 'F6') {
    event.preventDefault();
    movePane(event.shiftKey ? -1 : 1);
    return;
  }
  const chat = document.querySelector('[data-chat]');
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'f' && !event.defaultPrevented
    && chat?.offsetParent && !document.querySelector('dialog[open]')) {
    event.preventDefault();
    chat.dispatchEvent(new CustomEvent('find'));
    return;
  }
  const command = commandOf(event);
  if (command && !document.querySelector('dialog[open]')) {
    event.preventDefault();
    windowComponent.invokeMethodAsync('OnCommandAsync', command).catch(() => { });
  }
}

function commandOf(event) {
  const control = event.ctrlKey || event.metaKey;
  const types = event.target.matches?.('input, textarea, select, [contenteditable=true]');
  if (control && !event.altKey && !event.shiftKey) {
    return { k: 'switcher', ',': 'settings' }[event.key.toLowerCase()];
  }
  if (event.altKey && !control) {
    return { 1: 'chats', 2: 'friends', 3: 'groups', ArrowDown: 'next', ArrowUp: 'previous', a: 'add' }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  }
  if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector(':popover-open')) {
    return 'escape';
  }
  if (!control && !event.altKey && !types) {
    return { '?': 'keys', '？': 'keys', '/': 'search' }[event.key];
  }
  return undefined;
}

// F6: the panes in the order of the page.
function movePane(step) {
  const panes = [...document.querySelectorAll('[data-pane]')].filter(pane => pane.offsetParent !== null);
  if (panes.length === 0) {
    return;
  }
  const at = panes.findIndex(pane => pane.contains(document.activeElement));
  const pane = panes[(at + step + panes.length) % panes.length];
  (pane.querySelector('[data-pane-focus]') ?? pane.querySelector('[data-row][tabindex="0"], [data-row]') ?? pane).focus();
}

export function focusMain() {
  const main = document.getElementById('main');
  (main?.querySelector('[data-pane-focus]') ?? main)?.focus();
}
