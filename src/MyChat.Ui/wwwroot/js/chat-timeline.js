// The scroller of a conversation. It is a column-reverse with one child: at the end it stays at the end, and what comes before moves nothing. Elsewhere
// this module holds the topmost message where it is, whatever comes or goes; browsers' own anchoring loses it now and then. It also loads pages near
// the ends, opens at the first unread message, moves the focus among messages, and tells what the user can see.

const NEAR = 700; // px from an end where the next page is asked for
const AT_END = 40; // px from the end that still count as "at the end"

/** @param owner gets LoadOlder, LoadNewer, EndVisible(visible), OpenMenu(key, x, y). */
export function attach(scroller, owner, hasUnread, hasOlder, hasNewer) {
  // The component may have gone while this module was loading.
  return scroller && new TimelineView(scroller, owner, hasUnread, hasOlder, hasNewer);
}

class TimelineView {
  #scroller;
  #rows;
  #owner;
  #hasOlder = false;
  #hasNewer = false;
  #busy = false;
  #endVisible = null;
  #anchor = null;
  #end;
  #abort = new AbortController();
  #observers = [];

  constructor(scroller, owner, hasUnread, hasOlder, hasNewer) {
    this.#scroller = scroller;
    this.#owner = owner;
    this.#rows = scroller.firstElementChild;
    this.#end = scroller.querySelector('[data-end]');
    this.#hasOlder = hasOlder;
    this.#hasNewer = hasNewer;
    this.#paintAll();
    if (hasUnread) {
      this.#placeAtNewLine();
    }
    this.#record();
    this.#listen();
    this.#observeChanges();
    this.#observeEnd();
    scroller.classList.remove('is-placing');
    this.#load();
  }

  /** After a render: what there is beyond the ends now. */
  update(hasOlder, hasNewer) {
    this.#hasOlder = hasOlder;
    this.#hasNewer = hasNewer;
    // In WebAssembly this is called before the observer of changes is: what was held must not be recorded where the render has put it.
    this.#hold();
    this.#record();
    this.#load();
  }

  /** Right to the newest message. */
  toEnd() {
    this.#anchor = null;
    this.#scroller.scrollTop = 0;
    this.#load();
  }

  /** Brings a message into the middle and focuses it. */
  toMessage(key) {
    const row = this.#row(key);
    row?.scrollIntoView({ block: 'center' });
    this.#focus(row);
  }

  /** A message that was looked for: in the middle, and marked for a moment. */
  toFound(key) {
    const row = this.#row(key);
    if (!row) {
      return;
    }
    row.scrollIntoView({ block: 'center' });
    this.#record(true);
    row.dataset.found = '';
    row.addEventListener('animationend', event => event.target === row && delete row.dataset.found);
    this.#focus(row);
  }

  focusMessage(key) {
    this.#focus(this.#row(key));
  }

  focusLast() {
    this.#focus(this.#messages().at(-1));
  }

  copy(text) {
    return this.#scroller.ownerDocument.defaultView.navigator.clipboard.writeText(text);
  }

  dispose() {
    this.#abort.abort();
    this.#observers.forEach(observer => observer.disconnect());
  }

  #row(key) {
    return this.#messages().find(row => row.dataset.key === key);
  }

  #messages() {
    return [...this.#rows.querySelectorAll('[data-key]')];
  }

  #listen() {
    const { signal } = this.#abort;
    const on = (type, handler, passive) => this.#scroller.addEventListener(type, handler.bind(this), { signal, passive });
    on('scroll', this.#scrolled, true);
    on('keydown', this.#keyDown);
    on('contextmenu', this.#contextMenu);
    on('focusin', this.#focused);
    const chat = this.#scroller.closest('[data-chat]');
    chat?.addEventListener('keydown', event => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'f' && !event.isComposing) {
        event.preventDefault();
        this.#owner.invokeMethodAsync('Find');
      }
    }, { signal });
    chat?.addEventListener('find', () => this.#owner.invokeMethodAsync('Find'), { signal });
    on('click', event => {
      // What unfolds grows downwards, at the end too.
      if (event.target.closest('[data-fold]')) {
        this.#record(true);
      }
    });
  }

  #observeEnd() {
    // Of the window that the chat is in: it may be one of its own.
    const { IntersectionObserver } = this.#scroller.ownerDocument.defaultView;
    const observer = new IntersectionObserver(entries => this.#sawEnd(entries.at(-1).isIntersecting),
      { root: this.#scroller, rootMargin: `0px 0px ${AT_END}px 0px` });
    observer.observe(this.#end);
    this.#observers.push(observer);
  }

  #sawEnd(visible) {
    if (visible !== this.#endVisible) {
      this.#endVisible = visible;
      this.#owner.invokeMethodAsync('EndVisible', visible);
    }
  }

  #scrolled() {
    this.#record();
    this.#load();
  }

  // Which message to hold, and where. At the very end there is none: the end is held.
  #record(always) {
    if (!always && !this.#hasNewer && this.#scroller.scrollTop > -1) {
      this.#anchor = null;
      return;
    }
    const { top } = this.#scroller.getBoundingClientRect();
    const row = this.#messages().find(message => message.getBoundingClientRect().bottom > top);
    this.#anchor = row ? { row, top: row.getBoundingClientRect().top - top } : null;
  }

  #hold() {
    if (!this.#anchor) {
      return;
    }
    const { row, top } = this.#anchor;
    if (!row.isConnected) {
      this.#record();
      return;
    }
    const moved = row.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top - top;
    if (Math.abs(moved) >= 1) {
      this.#scroller.scrollTop += moved;
    }
  }

  async #load() {
    if (this.#busy || this.#abort.signal.aborted) {
      return;
    }
    const fromEnd = -this.#scroller.scrollTop;
    const fromStart = this.#scroller.scrollHeight - this.#scroller.clientHeight - fromEnd;
    const method = this.#hasNewer && fromEnd < NEAR ? 'LoadNewer' : this.#hasOlder && fromStart < NEAR ? 'LoadOlder' : null;
    if (!method) {
      return;
    }
    this.#busy = true;
    try {
      // It calls update() when it has rendered, and answers whether to go on.
      if (!await this.#owner.invokeMethodAsync(method)) {
        return;
      }
    } catch {
      return; // the app is going away
    } finally {
      this.#busy = false;
    }
    this.#load();
  }

  #placeAtNewLine() {
    const line = this.#scroller.querySelector('[data-new]');
    if (line) {
      const above = line.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
      // The line stands a little below the top, so that one sees where one was.
      this.#scroller.scrollTop += above - this.#scroller.clientHeight / 5;
    }
  }

  // One message is in the tab order; the arrows go from one to the next.
  #focused(event) {
    const row = event.target.closest('[data-key]');
    if (row) {
      this.#rove(row);
    }
  }

  #rove(row) {
    for (const other of this.#rows.querySelectorAll('[data-key][tabindex="0"]')) {
      other.tabIndex = -1;
    }
    row.tabIndex = 0;
  }

  #focus(row) {
    if (row) {
      this.#rove(row);
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: 'nearest' });
    }
  }

  #keyDown(event) {
    const row = event.target.closest('[data-key]');
    if (!row || event.target !== row || event.altKey || event.isComposing) {
      return;
    }
    if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      event.preventDefault();
      const box = row.querySelector('[data-bubble]').getBoundingClientRect();
      this.#openMenu(row, box.left + 16, Math.max(box.top, 0) + 16);
      return;
    }
    if (event.ctrlKey || event.metaKey) {
      return;
    }
    const rows = this.#messages();
    const at = rows.indexOf(row);
    const target = { ArrowUp: rows[at - 1], ArrowDown: rows[at + 1], Home: rows[0], End: rows.at(-1) }[event.key];
    if (target) {
      event.preventDefault();
      this.#focus(target);
    } else if (event.key === 'Escape' || event.key.length === 1 && event.key !== ' ') {
      // Who types means the composer.
      this.#scroller.closest('[data-chat]')?.querySelector('textarea')?.focus();
    }
  }

  #contextMenu(event) {
    const row = event.target.closest('[data-key]');
    const selection = this.#scroller.ownerDocument.getSelection();
    const selects = selection && !selection.isCollapsed && row?.contains(selection.anchorNode);
    // For a link or selected text the browser's own menu is the better one.
    if (!row || selects || event.target.closest('a, button')) {
      return;
    }
    event.preventDefault();
    this.#openMenu(row, event.clientX, event.clientY);
  }

  #openMenu(row, x, y) {
    this.#rove(row);
    this.#owner.invokeMethodAsync('OpenMenu', row.dataset.key, x, y);
  }

  // The content security policy forbids style attributes; colours that a writer chose freely are set from here.
  #paintAll() {
    for (const element of this.#rows.querySelectorAll('[data-ink]')) {
      paint(element);
    }
  }

  #observeChanges() {
    const changes = new MutationObserver(records => {
      for (const record of records) {
        if (record.type === 'attributes') {
          paint(record.target);
        }
        for (const node of record.addedNodes) {
          if (node.nodeType === Node.ELEMENT_NODE) {
            [node, ...node.querySelectorAll('[data-ink]')].forEach(paint);
          }
        }
      }
      this.#hold();
    });
    changes.observe(this.#rows, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['data-ink'] });
    const sizes = new ResizeObserver(() => this.#hold());
    sizes.observe(this.#rows);
    sizes.observe(this.#scroller);
    this.#observers.push(changes, sizes);
  }
}

/** Gives an element with data-ink="light dark" its colours. */
export function paint(element) {
  const [light, dark] = (element.dataset?.ink ?? '').split(' ');
  if (light && dark) {
    element.style.setProperty('--ink-light', light);
    element.style.setProperty('--ink-dark', dark);
  } else if (element.style?.length) {
    element.style.removeProperty('--ink-light');
    element.style.removeProperty('--ink-dark');
  }
}

export function copyText(text) {
  return navigator.clipboard.writeText(text);
}
