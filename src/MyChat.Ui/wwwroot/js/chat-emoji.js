// The emoji picker: groups, search in both languages, the ones used last, everything by keyboard. Drawn with the system's emoji font.

import { groups } from './chat-emoji-data.js';

const groupNames = Object.keys(groups);

const all = groupNames.flatMap(group => groups[group].split('\n').map(line => {
  const [emoji, english, chinese, more] = line.split('\t');
  return { emoji, group, english, chinese, haystack: `${english} ${chinese} ${more} ${emoji}`.toLowerCase() };
}));
const byEmoji = new Map(all.map(entry => [entry.emoji, entry]));

/** Entries that have every word of the text: first that whose name it is, then those whose name begins with its first word. */
export function find(text) {
  const words = text.toLowerCase().split(/\s+/).filter(word => word);
  const name = words.join(' ');
  const rank = ({ english, chinese }) => english === name || chinese === name ? 0 : english.startsWith(words[0]) || chinese.startsWith(words[0]) ? 1 : 2;
  return all.filter(entry => words.every(word => entry.haystack.includes(word))).sort((a, b) => rank(a) - rank(b));
}

export class EmojiPicker {
  #pick;
  #closed;
  #recent;
  #host;
  #panel;
  #words;
  #abort;

  constructor(pick, closed) {
    this.#pick = pick;
    this.#closed = closed;
  }

  get isOpen() {
    return !!this.#panel?.isConnected;
  }

  /**
   * @param words language, title, search, nothing, recent and groups by name.
   * @param recent the emoji used last, the latest first.
   */
  open(host, words, recent) {
    this.#host = host;
    this.#recent = recent;
    this.#words = words;
    this.#abort = new AbortController();
    this.#panel = this.#build();
    host.append(this.#panel);
    const page = host.ownerDocument;
    page.addEventListener('pointerdown', event => {
      if (!host.contains(event.target) && !event.target.closest('[data-emoji-button]')) {
        this.close();
      }
    }, { signal: this.#abort.signal });
    this.#panel.querySelector('input').focus();
  }

  close() {
    if (this.isOpen) {
      this.#abort.abort();
      this.#panel.remove();
    }
  }

  #element(name, properties = {}, ...children) {
    const element = this.#host.ownerDocument.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element) {
        element[key] = value;
      } else {
        element.setAttribute(key, value);
      }
    }
    element.append(...children);
    return element;
  }

  #build() {
    const search = this.#element('input', {
      type: 'search', className: 'emoji-search', placeholder: this.#words.search, 'aria-label': this.#words.search, autocomplete: 'off',
    });
    const list = this.#element('div', { className: 'emoji-list', role: 'listbox', 'aria-label': this.#words.title });
    const panel = this.#element('div', { className: 'emoji-picker', role: 'dialog', 'aria-label': this.#words.title },
      search, this.#tabs(list), list);
    this.#fill(list, '');
    search.addEventListener('input', event => {
      // A composition is searched when it is done.
      if (!event.isComposing) {
        this.#fill(list, search.value);
      }
    });
    search.addEventListener('compositionend', () => this.#fill(list, search.value));
    panel.addEventListener('keydown', event => this.#keyDown(event, search, list));
    list.addEventListener('click', event => this.#choose(event.target.closest('[role=option]'), event.shiftKey));
    return panel;
  }

  #tabs(list) {
    const tabs = groupNames.map(group => {
      const first = all.find(entry => entry.group === group);
      const button = this.#element('button', { type: 'button', title: this.#words.groups[group], 'aria-label': this.#words.groups[group] }, first.emoji);
      button.addEventListener('click', () => list.querySelector(`[data-group=${group}]`)?.scrollIntoView({ block: 'start' }));
      return button;
    });
    return this.#element('div', { className: 'emoji-tabs' }, ...tabs);
  }

  #fill(list, text) {
    const sections = text.trim() ? [['found', null, find(text)]] : [
      ['recent', this.#words.recent, this.#recent.map(emoji => byEmoji.get(emoji)).filter(entry => entry)],
      ...groupNames.map(group => [group, this.#words.groups[group], all.filter(entry => entry.group === group)]),
    ];
    list.replaceChildren(...sections.filter(([, , entries]) => entries.length).map(section => this.#section(...section)));
    if (!list.firstChild) {
      list.append(this.#element('p', { className: 'emoji-nothing', role: 'status' }, this.#words.nothing));
    }
    list.scrollTop = 0;
    const first = list.querySelector('[role=option]');
    if (first) {
      first.tabIndex = 0;
    }
  }

  #section(id, title, entries) {
    const section = this.#element('div', { className: 'emoji-group', role: 'group', 'aria-label': title ?? this.#words.search, 'data-group': id });
    if (title) {
      section.append(this.#element('div', { className: 'emoji-title', 'aria-hidden': 'true' }, title));
    }
    const grid = this.#element('div', { className: 'emoji-grid', role: 'presentation' });
    for (const { emoji, english, chinese } of entries) {
      const name = this.#words.language.startsWith('zh') ? chinese : english;
      grid.append(this.#element('button', { type: 'button', tabIndex: -1, role: 'option', 'aria-selected': 'false', 'aria-label': name, title: name }, emoji));
    }
    section.append(grid);
    return section;
  }

  #keyDown(event, search, list) {
    if (event.isComposing) {
      return;
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      this.#closed();
      return;
    }
    const options = [...list.querySelectorAll('[role=option]')];
    if (event.target === search) {
      if (event.key === 'Enter' || event.key === 'ArrowDown') {
        event.preventDefault();
        if (event.key === 'Enter') {
          this.#choose(options[0], event.shiftKey);
        } else {
          options[0]?.focus();
        }
      }
      return;
    }
    const at = options.indexOf(event.target);
    if (at < 0) {
      return;
    }
    const target = this.#neighbour(options, at, event.key);
    if (target) {
      event.preventDefault();
      options[at].tabIndex = -1;
      target.tabIndex = 0;
      target.focus();
    } else if (event.key === 'ArrowUp') {
      event.preventDefault();
      search.focus();
    }
  }

  #neighbour(options, at, key) {
    switch (key) {
      case 'ArrowRight': return options[at + 1];
      case 'ArrowLeft': return options[at - 1];
      case 'Home': return options[0];
      case 'End': return options.at(-1);
      case 'ArrowDown': return this.#vertical(options.slice(at + 1), options[at]);
      case 'ArrowUp': return this.#vertical(options.slice(0, at).reverse(), options[at]);
      default: return null;
    }
  }

  // The nearest of the next row, whatever the width makes of the grid.
  #vertical(candidates, from) {
    const { offsetTop, offsetLeft } = from;
    const next = candidates.find(option => option.offsetTop !== offsetTop);
    if (!next) {
      return null;
    }
    return candidates.filter(option => option.offsetTop === next.offsetTop)
      .reduce((best, option) => Math.abs(option.offsetLeft - offsetLeft) < Math.abs(best.offsetLeft - offsetLeft) ? option : best);
  }

  #choose(option, keepOpen) {
    if (!option) {
      return;
    }
    this.#pick(option.textContent);
    if (keepOpen) {
      option.focus();
    } else {
      this.close();
    }
  }
}
